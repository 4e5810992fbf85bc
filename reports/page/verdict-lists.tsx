import { visible } from '../writers/visible.ts';
import { Counters, Search } from './filters.tsx';
import { matching, type Row } from './model.ts';
import { countsOf, itemsOf, treeOf, type branchings, type Group, type Item } from './outline.ts';
import { hashOf } from './place.ts';
import { useView } from './view.ts';
import { VirtualList } from './virtual-list.tsx';

/** Up to so many verdicts a tree is unfolded at first. */
const UNFOLDED = 40;

/** All verdicts that the place lets through, those that need attention first. */
export function VerdictsView() {
  const { model, place } = useView();
  const rows = matching(model, place);
  return (
    <>
      <Tools rows={rows} />
      {rows.length === 0 ? (
        <Nothing />
      ) : (
        <VirtualList items={rows} label="Verdicts" keyOf={({ key }) => key}>
          {row => <VerdictLine row={row} depth={0} />}
        </VirtualList>
      )}
    </>
  );
}

/** The same under headings: topics, clauses or rules. */
export function TreeView({ view }: { readonly view: keyof typeof branchings }) {
  const { model, place, folds } = useView();
  const rows = matching(model, place);
  const groups = treeOf(view, model.report, rows);
  const items = itemsOf(
    groups,
    ({ key, groups }) => folds.get(key) ?? (rows.length <= UNFOLDED || groups.some(({ groups }) => groups.length > 0)),
  );
  return (
    <>
      <Tools rows={rows} />
      {items.length === 0 ? (
        <Nothing />
      ) : (
        <VirtualList items={items} label="Verdicts under headings" keyOf={keyOf}>
          {item =>
            item.kind === 'row' ? <VerdictLine row={item.row} depth={item.depth} /> : <HeadingLine {...item} />
          }
        </VirtualList>
      )}
    </>
  );
}

const keyOf = (item: Item): string => (item.kind === 'row' ? `${item.depth} ${item.row.key}` : item.group.key);

function Tools({ rows }: { readonly rows: readonly Row[] }) {
  const { model } = useView();
  return (
    <>
      <Counters />
      <Search hint="check, clause, words of a value" found={rows.length} total={model.rows.length} noun="verdicts" />
    </>
  );
}

function Nothing() {
  const empty = useView().model.rows.length === 0;
  return <p class="nothing">{empty ? 'The run has no verdicts of this kind.' : 'Nothing matches.'}</p>;
}

function HeadingLine({
  group,
  depth,
  open,
}: {
  readonly group: Group;
  readonly depth: number;
  readonly open: boolean;
}) {
  const { fold } = useView();
  return (
    <button type="button" class={`heading depth-${depth}`} aria-expanded={open} onClick={() => fold(group.key, !open)}>
      <span class="label">{visible(group.label)}</span>
      {group.note !== '' && <span class="note">{visible(group.note)}</span>}
      <span class="counts">
        {countsOf(group.rows).map(({ text, count }) => (
          <span key={text.kind} class={`kind-${text.kind}`}>
            <span aria-hidden="true">{text.mark} </span>
            {count.toLocaleString('en-US')}
            <span class="unseen"> {count === 1 ? text.one : text.many} </span>
          </span>
        ))}
      </span>
    </button>
  );
}

/** A verdict in one line; it leads to the whole. */
export function VerdictLine({ row, depth }: { readonly row: Row; readonly depth: number }) {
  const { place } = useView();
  const { verdict, text, key } = row;
  return (
    <a class={`verdict depth-${depth} kind-${text.kind}`} href={hashOf({ ...place, verdict: key })}>
      <span class="outcome">
        <span aria-hidden="true">{text.mark} </span>
        {text.word}
      </span>
      <span class="title">{visible(verdict.title)}</span>
      <span class="id">
        {visible(verdict.check)}
        {verdict.case !== '' && <span class="case"> [{visible(verdict.case)}]</span>}
      </span>
      <span class="clause">
        {verdict.clause} <span class="level">{verdict.level}</span>
      </span>
    </a>
  );
}
