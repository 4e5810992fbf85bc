import { useMemo } from 'preact/hooks';
import { visible } from '../writers/visible.ts';
import { Counters, Search } from './filters.tsx';
import { matching, type Row } from './model.ts';
import {
  countsOf,
  coverageOf,
  itemsOf,
  treeOf,
  type branchings,
  type Coverage,
  type Group,
  type Item,
} from './outline.ts';
import { hashOf } from './place.ts';
import { WorksWithList } from './summary.tsx';
import { useView } from './view.ts';
import { VirtualList } from './virtual-list.tsx';

/** As much of what came as a line can hold. */
const CAME_CHARS = 160;

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
  const all = treeOf(view, model.report, rows);
  const provider = model.worksWith.find(({ provider: { id } }) => place.only === `idp:${id}`)?.provider;
  const groups = view === 'providers' && provider ? all.filter(({ label }) => label === provider.name) : all;
  const coverage = useMemo(
    () => (view === 'clauses' || view === 'rules' ? coverageOf(view, model.report) : new Map<string, Coverage>()),
    [view, model],
  );
  const items = itemsOf(
    groups,
    group => folds.get(group.key) ?? (rows.length <= UNFOLDED || isOpenAtFirst(view, group)),
  );
  return (
    <>
      {view !== 'providers' && <Tools rows={rows} />}
      {items.length === 0 ? (
        <Nothing />
      ) : (
        <VirtualList items={items} label="Verdicts under headings" keyOf={keyOf}>
          {item =>
            item.kind === 'row' ? (
              <VerdictLine row={item.row} depth={item.depth} />
            ) : (
              <HeadingLine {...item} coverage={coverage.get(item.group.key)} />
            )
          }
        </VirtualList>
      )}
    </>
  );
}

/** Documents show their sections, and providers what stands in their way. */
const isOpenAtFirst = (view: keyof typeof branchings, { label, groups }: Group): boolean =>
  view === 'providers'
    ? groups.length > 0 || label === 'Breaks' || label === 'Done differently'
    : groups.some(({ groups }) => groups.length > 0);

/** What each identity provider counts on, and what became of it. */
export function ProvidersView() {
  return (
    <>
      <WorksWithList />
      <p class="intro">
        Below are the points that each of them counts on by its documents, those first that stand in its way.
      </p>
      <TreeView view="providers" />
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
  coverage,
}: {
  readonly group: Group;
  readonly depth: number;
  readonly open: boolean;
  readonly coverage: Coverage | undefined;
}) {
  const { fold } = useView();
  return (
    <button type="button" class={`heading depth-${depth}`} aria-expanded={open} onClick={() => fold(group.key, !open)}>
      <span class="label">{visible(group.label)}</span>
      <span class="note">{visible(group.note)}</span>
      {coverage && <CoverageBar {...coverage} />}
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

/** How much of a document or section this run judged. */
const CoverageBar = ({ judged, clauses }: Coverage) => (
  <span class="coverage">
    <meter min={0} max={clauses} value={judged} aria-label="Clauses that were judged" />
    <span class="muted">
      {judged.toLocaleString('en-US')} of {clauses.toLocaleString('en-US')}
      <span class="unseen"> clauses were judged </span>
    </span>
  </span>
);

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
      <span class="sub">
        <span class="id">
          {visible(verdict.check)}
          {verdict.case !== '' && <span class="case"> [{visible(verdict.case)}]</span>}
        </span>
        {verdict.actual !== '' && <span class="came">{visible(verdict.actual.slice(0, CAME_CHARS))}</span>}
      </span>
      <span class="clause">
        {verdict.clause} <span class="level">{verdict.level}</span>
      </span>
    </a>
  );
}
