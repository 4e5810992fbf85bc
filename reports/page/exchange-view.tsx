import { useMemo, useState } from 'preact/hooks';
import type { Exchange, Headers, Json } from '../record/index.ts';
import { visible } from '../writers/visible.ts';
import { statusClass } from '../writers/wire-count.ts';
import { holders, marksField, noMarks, type Marks } from './highlight.ts';
import { JsonTree, LongText } from './json-tree.tsx';
import { hashOf, start } from './place.ts';
import { useView } from './view.ts';

/** Exchanges of one verdict that are listed; the last ones are the decisive ones. */
const LISTED = 20;

interface ListProps {
  readonly ids: readonly string[];
  /** What the judgement on them speaks about; the last one, which is decisive, is shown unfolded. */
  readonly marks?: Marks;
  /** What they have in common in the list of all, where not all of them are shown. */
  readonly scope?: string;
}

/** Exchanges in order, each one line that unfolds. */
export function ExchangeList({ ids, marks, scope = '' }: ListProps) {
  const { exchanges } = useView().model;
  const shown = ids.slice(-LISTED);
  return (
    <>
      {shown.length < ids.length && (
        <p>
          <a href={hashOf({ ...start, view: 'exchanges', query: scope })}>
            {(ids.length - shown.length).toLocaleString('en-US')} before these
          </a>
        </p>
      )}
      <ol class="exchanges">
        {shown.map((id, index) => {
          const exchange = exchanges.get(id);
          return (
            <li key={id}>
              {exchange ? (
                <Folded id={id} exchange={exchange} marks={marks} unfolded={!!marks && index === shown.length - 1} />
              ) : (
                <p class="muted">{visible(id)} is not in the record</p>
              )}
            </li>
          );
        })}
      </ol>
    </>
  );
}

interface ViewProps {
  readonly id: string;
  readonly exchange: Exchange;
  readonly marks?: Marks | undefined;
}

function Folded({ id, exchange, marks, unfolded }: ViewProps & { readonly unfolded: boolean }) {
  const [open, setOpen] = useState(unfolded);
  return (
    <>
      <button type="button" class="line" aria-expanded={open} onClick={() => setOpen(!open)}>
        <ExchangeLine exchange={exchange} />
      </button>
      {open && (
        <>
          <ExchangeSides exchange={exchange} marks={unfolded ? marks : noMarks} />
          <p class="exchange-id">
            <a href={hashOf({ ...start, view: 'exchanges', exchange: id })}>{visible(id)}</a>
          </p>
        </>
      )}
    </>
  );
}

/** A path with its escapes undone, where that makes it easier to read and no part of it another. */
function readablePath(path: string): string {
  const at = path.indexOf('?');
  if (at === -1) return path;
  return (
    path.slice(0, at) + path.slice(at).replace(/%(?:20|22|40|3A|3a|2C|2c|5B|5b|5D|5d|2F|2f|28|29)/g, decodeURIComponent)
  );
}

/** Method, path, status and time of an exchange, in one line. */
export function ExchangeLine({ exchange: { request, response, ms } }: { readonly exchange: Exchange }) {
  return (
    <>
      <span class="method">{visible(request.method)}</span>{' '}
      <span class="path">{visible(readablePath(request.path))}</span>{' '}
      <span class={`status status-${statusClass(response.status)}`}>
        {response.status ?? 'no answer'}
        {response.failure && ` ${response.failure.code}`}
      </span>{' '}
      <span class="ms">{Math.round(ms).toLocaleString('en-US')} ms</span>
    </>
  );
}

/** Request and response of an exchange side by side. */
export function ExchangeSides({ exchange: { request, response }, marks = noMarks }: Omit<ViewProps, 'id'>) {
  const { failure, status } = response;
  return (
    <div class="sides">
      <div>
        <p class="side">Request</p>
        <Query path={request.path} />
        {request.as !== undefined && <p class="reason">With the further credential {visible(request.as)}</p>}
        <HeaderList headers={request.headers} marks={noMarks} />
        <Body json={request.json} text={request.text} marks={noMarks} />
      </div>
      <div>
        <p class="side">
          Response{' '}
          {status !== undefined && (marks.status ? <mark>{status}</mark> : <span class="muted">{status}</span>)}
        </p>
        {failure && (
          <p class="reason">
            {failure.code}: {visible(failure.message)}
          </p>
        )}
        <HeaderList headers={response.headers} marks={marks} answered={status !== undefined} />
        <Body json={response.json} text={response.text} marks={marks} />
        {failure?.rawHead !== undefined && <Body json={undefined} text={failure.rawHead} marks={noMarks} />}
      </div>
    </div>
  );
}

/** The query of a path without its percent signs, where these make it hard to read. */
function Query({ path }: { readonly path: string }) {
  const query = path.includes('%') ? path.slice(path.indexOf('?') + 1) : '';
  const fields = [...new URLSearchParams(query)];
  if (!path.includes('?') || fields.length === 0) return null;
  return (
    <dl class="headers">
      {fields.map(([name, value], index) => (
        <div key={index}>
          <dt>{visible(name)} =</dt> <dd>{visible(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Fields whose absence is news where a judgement speaks of them. */
const MISSED = ['location', 'etag', 'www-authenticate', 'allow', 'content-type', 'content-location'];

interface HeaderProps {
  readonly headers: Headers;
  readonly marks: Marks;
  /** Whether a head came that could have held more fields. */
  readonly answered?: boolean;
}

function HeaderList({ headers, marks, answered = false }: HeaderProps) {
  const fields = Object.entries(headers);
  const missed = answered ? MISSED.filter(name => !(name in headers) && marksField(marks, name)) : [];
  if (fields.length + missed.length === 0) return null;
  return (
    <details open={missed.length > 0 || fields.some(([name]) => marksField(marks, name))}>
      <summary>
        {fields.length} {fields.length === 1 ? 'header' : 'headers'}
      </summary>
      <dl class="headers">
        {fields.map(([name, value]) => (
          <div key={name}>
            <dt>{visible(name)}:</dt>{' '}
            <dd>{marksField(marks, name) ? <mark>{visible(value)}</mark> : visible(value)}</dd>
          </div>
        ))}
        {missed.map(name => (
          <div key={name}>
            <dt>{name}:</dt>{' '}
            <dd>
              <mark>not there</mark>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

interface BodyProps {
  readonly json: Json | undefined;
  readonly text: string | undefined;
  readonly marks: Marks;
}

function Body({ json, text = '', marks }: BodyProps) {
  const unfolded = useMemo(() => (json === undefined ? new Set<Json>() : holders(json, marks)), [json, marks]);
  if (json !== undefined) return <JsonTree json={json} marks={marks} unfolded={unfolded} />;
  if (text === '') return null;
  return (
    <pre>
      <LongText text={visible(text)} />
    </pre>
  );
}
