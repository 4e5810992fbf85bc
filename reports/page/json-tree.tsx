import { useState } from 'preact/hooks';
import type { Json } from '../record/index.ts';
import { visible } from '../writers/visible.ts';
import { marksMember, type Marks } from './highlight.ts';

/** Members of one object or array that are shown at first. */
const FIRST = 50;

/** JSON shorter than this is shown unfolded; of longer one, this many levels. */
const SHORT_CHARS = 1_500;
const LEVELS = 2;

/** A longer text is cut until somebody asks for all of it. */
const SHOWN_CHARS = 2_000;

interface TreeProps {
  readonly json: Json;
  readonly marks: Marks;
  /** What holds something marked, and so is unfolded. */
  readonly unfolded: ReadonlySet<Json>;
}

/** JSON to fold and unfold; what a judgement speaks about stands out. */
export function JsonTree(props: TreeProps) {
  const levels = JSON.stringify(props.json).length < SHORT_CHARS ? Infinity : LEVELS;
  return (
    <div class="json">
      <Value {...props} levels={levels} depth={0} name={undefined} />
    </div>
  );
}

interface ValueProps extends TreeProps {
  /** Levels that are unfolded at first. */
  readonly levels: number;
  readonly depth: number;
  /** Name of the member it is the value of; undefined at the top and in arrays. */
  readonly name: string | undefined;
}

function Value(props: ValueProps) {
  const { json, name, marks } = props;
  const isLeaf = typeof json !== 'object' || json === null || Object.keys(json).length === 0;
  const marked = marksMember(marks, name ?? '', json);
  if (!isLeaf) return <Branch {...props} json={json} marked={marked} />;
  const line = (
    <>
      <Name name={name} />
      <Leaf json={json} />
    </>
  );
  return <div class="leaf">{marked ? <mark>{line}</mark> : line}</div>;
}

function Branch({
  json,
  name,
  depth,
  levels,
  marks,
  unfolded,
  marked,
}: ValueProps & { readonly json: Exclude<Json, string | number | boolean | null>; readonly marked: boolean }) {
  const [open, setOpen] = useState(depth < levels || unfolded.has(json));
  const [all, setAll] = useState(false);
  const isArray = Array.isArray(json);
  const members = Object.entries(json) as readonly (readonly [string, Json])[];
  const [begin, end] = isArray ? '[]' : '{}';
  const said = `${members.length.toLocaleString('en-US')} ${isArray ? 'element' : 'member'}${members.length === 1 ? '' : 's'}`;
  const label = <Name name={name} />;
  return (
    <details open={open} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>
        {marked ? <mark>{label}</mark> : label}
        {begin}
        {!open && (
          <span class="muted">
            {' '}
            {said} {end}
          </span>
        )}
      </summary>
      {open && (
        <div class="members">
          {members.slice(0, all ? members.length : FIRST).map(([key, value]) => (
            <Value
              key={key}
              json={value}
              name={isArray ? undefined : key}
              levels={levels}
              depth={depth + 1}
              marks={marks}
              unfolded={unfolded}
            />
          ))}
          {!all && members.length > FIRST && (
            <button type="button" class="plain" onClick={() => setAll(true)}>
              Show all {said}
            </button>
          )}
        </div>
      )}
      {open && end}
    </details>
  );
}

const Name = ({ name }: { readonly name: string | undefined }) =>
  name === undefined ? null : (
    <>
      <span class="json-name">{visible(JSON.stringify(name))}</span>:{' '}
    </>
  );

function Leaf({ json }: { readonly json: Json }) {
  const text = visible(JSON.stringify(json));
  const kind = typeof json === 'string' ? 'string' : typeof json === 'number' ? 'number' : 'word';
  return (
    <span class={`json-${kind}`}>
      <LongText text={text} />
    </span>
  );
}

/** A text that is cut where it is long, with a button that shows the rest. */
export function LongText({ text }: { readonly text: string }) {
  const [all, setAll] = useState(false);
  if (all || text.length <= SHOWN_CHARS) return <>{text}</>;
  return (
    <>
      {text.slice(0, SHOWN_CHARS)}…{' '}
      <button type="button" class="plain" onClick={() => setAll(true)}>
        Show all {text.length.toLocaleString('en-US')} characters
      </button>
    </>
  );
}
