import { byKind, kinds, type Kind } from '../writers/kind.ts';
import { useView } from './view.ts';

interface Props {
  readonly selected: ReadonlySet<Kind>;
  readonly onToggle: (kind: Kind) => void;
}

/** The tally; each number is also the filter for what it counts. */
export function Counters({ selected, onToggle }: Props) {
  const counts = new Map(byKind(useView().model.report.verdicts).map(([{ kind }, { length }]) => [kind, length]));
  return (
    <div class="counters" role="group" aria-label="Show only">
      {kinds
        .filter(({ kind }) => counts.has(kind) || kind === 'failure')
        .map(({ kind, mark, one, many }) => {
          const count = counts.get(kind) ?? 0;
          return (
            <button
              key={kind}
              type="button"
              class={`kind-${kind}`}
              aria-pressed={selected.has(kind)}
              onClick={() => onToggle(kind)}
            >
              <span class="number">{count.toLocaleString('en-US')}</span>{' '}
              <span class="label">
                <span aria-hidden="true">{mark} </span>
                {count === 1 ? one : many}
              </span>
            </button>
          );
        })}
    </div>
  );
}
