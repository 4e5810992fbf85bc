import { useState } from 'preact/hooks';
import { visible } from '../writers/visible.ts';
import { namesOf, type BothSides, type SidesRow } from './both-sides.ts';

/** Changes that are told under a step; the table has all. */
const TOLD = 5;

const sides = [
  { side: 'directory', title: 'Directory' },
  { side: 'endpoint', title: 'Endpoint' },
] as const;

interface Change {
  readonly title: string;
  readonly kind: SidesRow['kind'];
  /** Those who changed in the same way. */
  readonly names: readonly string[];
  readonly was: string;
  readonly now: string;
}

function changesOf({ rows }: BothSides): readonly Change[] {
  const changes = new Map<string, Change>();
  for (const { side, title } of sides) {
    for (const row of rows) {
      const { name, kind, [side]: now } = row;
      const was = row.was[side];
      if (was === undefined) continue;
      const key = `${side} ${kind} ${was} > ${now}`;
      changes.set(key, { title, kind, was, now, names: [...(changes.get(key)?.names ?? []), name] });
    }
  }
  return [...changes.values()];
}

/** A step with what it changed on either side, and on demand all of both. */
export function StoryState({ title, state }: { readonly title: string; readonly state: BothSides }) {
  const [open, setOpen] = useState(false);
  const changes = changesOf(state);
  const more = changes.length - TOLD;
  return (
    <>
      <p class="step-head">
        <span class="step-title">{visible(title)}</span>
        {state.rows.length > 0 && (
          <button type="button" class="plain" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? 'Less' : 'Both sides'}
            <span class="unseen"> after this step</span>
          </button>
        )}
      </p>
      {!open &&
        changes.slice(0, TOLD).map(({ title, kind, names, was, now }) => (
          <p key={`${title} ${kind} ${names.join(' ')}`} class="change">
            <span class="side-name">{title}</span> <span class="who">{visible(namesOf(names, names.length))}</span>{' '}
            {was !== '' && (
              <>
                <s>{visible(was)}</s> <span aria-hidden="true">→</span>{' '}
              </>
            )}
            <mark>{now === '' ? 'gone' : visible(now)}</mark>
          </p>
        ))}
      {!open && more > 0 && <p class="change muted">and {more.toLocaleString('en-US')} changes more</p>}
      {open && <StateTable state={state} />}
    </>
  );
}

function StateTable({ state }: { readonly state: BothSides }) {
  return (
    <table class="both-sides">
      <thead>
        <tr>
          <th scope="col">Who</th>
          <th scope="col">
            Directory <span class="muted">{state.directory}</span>
          </th>
          <th scope="col">
            Endpoint, by its answers <span class="muted">{state.endpoint}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {state.rows.map(row => (
          <tr key={`${row.kind} ${row.name}`}>
            <th scope="row">{visible(row.name)}</th>
            <StateCell row={row} side="directory" />
            <StateCell row={row} side="endpoint" />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function StateCell({ row, side }: { readonly row: SidesRow; readonly side: 'directory' | 'endpoint' }) {
  const text = row[side] === '' ? '–' : visible(row[side]);
  return <td>{row.was[side] === undefined ? text : <mark>{text}</mark>}</td>;
}
