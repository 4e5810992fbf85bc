import { byKind, kinds } from '../writers/kind.ts';
import { visible } from '../writers/visible.ts';
import { chosenBy } from './model.ts';
import { hashOf, start, toggled, type Place } from './place.ts';
import { useView } from './view.ts';

/** The tally; each number is also the filter for what it counts. */
export function Counters() {
  const { model, place } = useView();
  const counts = new Map(byKind(model.report.verdicts).map(([{ kind }, { length }]) => [kind, length]));
  const base: Place = place.view === 'overview' ? { ...start, view: 'verdicts' } : place;
  return (
    <nav class="counters" aria-label="Verdicts by what they mean">
      {kinds
        .filter(({ kind }) => counts.has(kind) || kind === 'failure')
        .map(({ kind, mark, one, many }) => {
          const count = counts.get(kind) ?? 0;
          return (
            <a
              key={kind}
              href={hashOf({ ...base, kinds: toggled(base.kinds, kind) })}
              class={count === 0 ? 'none' : `kind-${kind}`}
              aria-current={base.kinds.has(kind) ? 'true' : undefined}
            >
              <span class="number">{count.toLocaleString('en-US')}</span>{' '}
              <span class="label">
                <span aria-hidden="true">{mark} </span>
                {count === 1 ? one : many}
              </span>
            </a>
          );
        })}
    </nav>
  );
}

interface SearchProps {
  readonly hint: string;
  readonly found: number;
  readonly total: number;
  readonly noun: string;
}

/** The search, what it found, and a way back to all. */
export function Search({ hint, found, total, noun }: SearchProps) {
  const { model, place, adjust } = useView();
  const only = chosenBy(model, place.only);
  const narrowed = place.query !== '' || place.kinds.size > 0 || place.statuses.size > 0 || only !== undefined;
  return (
    <div class="search" role="search">
      <label for="query">Search</label>
      <input
        id="query"
        type="search"
        placeholder={hint}
        autocomplete="off"
        spellcheck={false}
        value={place.query}
        onInput={event => adjust({ ...place, query: event.currentTarget.value })}
      />
      <p role="status">
        {narrowed ? `${found.toLocaleString('en-US')} of ` : ''}
        {total.toLocaleString('en-US')} {noun}
      </p>
      {narrowed && <a href={hashOf({ ...start, view: place.view })}>Show all</a>}
      {only && <p class="because">Only {visible(only.words)}</p>}
    </div>
  );
}
