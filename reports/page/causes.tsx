import { useState } from 'preact/hooks';
import { countOf } from '../writers/kind.ts';
import type { Cause } from '../writers/cause.ts';
import { visible } from '../writers/visible.ts';
import { useView } from './view.ts';

/** Causes shown at first. */
const FIRST = 8;

interface Props {
  readonly selected: Cause | undefined;
  readonly onSelect: (cause: Cause | undefined) => void;
}

/** What failed, by cause, those that break most first. */
export function Causes({ selected, onSelect }: Props) {
  const { causes } = useView().model;
  const [all, setAll] = useState(false);
  if (causes.length === 0) return null;
  const shown = all ? causes : causes.slice(0, FIRST);
  return (
    <section>
      <h2>What breaks</h2>
      <ol class="causes">
        {shown.map(cause => (
          <li key={cause.verdicts[0]?.check}>
            <button
              type="button"
              class={`kind-${cause.text.kind}`}
              aria-pressed={selected === cause}
              onClick={() => onSelect(selected === cause ? undefined : cause)}
            >
              <span class="mark" aria-hidden="true">
                {cause.text.mark}
              </span>
              <span class="what">{visible(cause.title)}</span>
              <span class="reach">
                {countOf(cause.text, cause.verdicts.length)}
                {cause.blocked.length > 0 && `, blocks ${cause.blocked.length.toLocaleString('en-US')} more`}
              </span>
            </button>
          </li>
        ))}
      </ol>
      {shown.length < causes.length && (
        <button type="button" class="plain" onClick={() => setAll(true)}>
          Show all {causes.length.toLocaleString('en-US')} causes
        </button>
      )}
    </section>
  );
}
