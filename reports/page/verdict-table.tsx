import type { Filter, Row } from './model.ts';
import { visible } from '../writers/visible.ts';
import { noFilter } from './model.ts';
import { useView } from './view.ts';
import { VerdictDetail } from './verdict-detail.tsx';

interface Props {
  readonly rows: readonly Row[];
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
  readonly open: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
}

export function VerdictTable({ rows, filter, onFilter, open, onToggle }: Props) {
  const total = useView().model.rows.length;
  const narrowed = rows.length < total;
  return (
    <section>
      <h2 id="verdicts">Verdicts</h2>
      <div class="search">
        <label for="query">Search</label>
        <input
          id="query"
          type="search"
          placeholder="check, clause, words of a value"
          autocomplete="off"
          spellcheck={false}
          value={filter.query}
          onInput={event => onFilter({ ...filter, query: event.currentTarget.value })}
        />
        <p role="status">
          {narrowed ? `${rows.length.toLocaleString('en-US')} of ` : ''}
          {total.toLocaleString('en-US')} verdicts
        </p>
        {narrowed && (
          <button type="button" class="plain" onClick={() => onFilter(noFilter)}>
            Show all
          </button>
        )}
      </div>
      {filter.cause && <p class="because">Only what this cause breaks: {visible(filter.cause.title)}</p>}
      {rows.length === 0 ? (
        <p class="nothing">{total === 0 ? 'The run has no verdicts.' : 'Nothing matches.'}</p>
      ) : (
        <table class="verdicts" aria-labelledby="verdicts">
          <thead>
            <tr>
              <th scope="col">Outcome</th>
              <th scope="col">Severity</th>
              <th scope="col">Check</th>
              <th scope="col">Clause</th>
            </tr>
          </thead>
          {rows.map(row => (
            <VerdictRow key={row.key} row={row} open={open.has(row.key)} onToggle={onToggle} />
          ))}
        </table>
      )}
    </section>
  );
}

interface RowProps {
  readonly row: Row;
  readonly open: boolean;
  readonly onToggle: (key: string) => void;
}

function VerdictRow({ row, open, onToggle }: RowProps) {
  const { verdict, text, key } = row;
  return (
    <tbody id={key} class={`kind-${text.kind}`}>
      <tr class="row">
        <td class="outcome">
          <span aria-hidden="true">{text.mark} </span>
          {verdict.outcome}
        </td>
        <td class="severity">{verdict.severity === 'none' ? '' : verdict.severity}</td>
        <td class="check">
          <button type="button" aria-expanded={open} aria-controls={`${key}-more`} onClick={() => onToggle(key)}>
            <span>{visible(verdict.title)}</span>
          </button>
          <span class="id">
            {verdict.check}
            {verdict.case !== '' && <span class="case"> [{visible(verdict.case)}]</span>}
          </span>
        </td>
        <td class="clause">
          {verdict.clause} <span class="level">{verdict.level}</span>
        </td>
      </tr>
      <tr class="more" id={`${key}-more`} hidden={!open}>
        {open && (
          <td colSpan={4}>
            <VerdictDetail verdict={verdict} kind={text.kind} />
          </td>
        )}
      </tr>
    </tbody>
  );
}
