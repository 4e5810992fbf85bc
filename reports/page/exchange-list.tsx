import { useState } from 'preact/hooks';
import type { Exchange, Headers, Json } from '../record/index.ts';
import { visible } from '../writers/visible.ts';
import { statusClass } from '../writers/wire-count.ts';
import { useView } from './view.ts';
import { head, tokensOf } from './json-text.ts';

interface ListProps {
  readonly ids: readonly string[];
  /** The last one is decisive: shown unfolded. */
  readonly unfoldLast?: boolean;
}

/** Exchanges in order, each one line that unfolds. */
export function ExchangeList({ ids, unfoldLast = false }: ListProps) {
  const { exchanges } = useView().model;
  if (ids.length === 0) return null;
  return (
    <ol class="exchanges">
      {ids.map((id, index) => {
        const exchange = exchanges.get(id);
        return (
          <li key={id}>
            {exchange ? (
              <ExchangeView id={id} exchange={exchange} unfolded={unfoldLast && index === ids.length - 1} />
            ) : (
              <p class="muted">{id} is not in the record</p>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function ExchangeView({
  id,
  exchange,
  unfolded,
}: {
  readonly id: string;
  readonly exchange: Exchange;
  readonly unfolded: boolean;
}) {
  const [open, setOpen] = useState(unfolded);
  const { request, response, ms } = exchange;
  const { failure } = response;
  return (
    <>
      <button type="button" class="line" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span class="method">{visible(request.method)}</span> <span class="path">{visible(request.path)}</span>{' '}
        <span class={`status status-${statusClass(response.status)}`}>
          {response.status ?? 'no answer'}
          {failure && ` ${failure.code}`}
        </span>{' '}
        <span class="ms">{Math.round(ms).toLocaleString('en-US')} ms</span>
      </button>
      {open && (
        <div class="sides">
          <div>
            <h3>Request</h3>
            <HeaderList headers={request.headers} />
            <Body json={request.json} text={request.text} />
          </div>
          <div>
            <h3>Response</h3>
            {failure && (
              <p class="reason">
                {failure.code}: {visible(failure.message)}
              </p>
            )}
            <HeaderList headers={response.headers} />
            <Body json={response.json} text={response.text} />
            {failure?.rawHead !== undefined && <Body json={undefined} text={failure.rawHead} />}
          </div>
          <p class="muted exchange-id">{visible(id)}</p>
        </div>
      )}
    </>
  );
}

function HeaderList({ headers }: { readonly headers: Headers }) {
  const fields = Object.entries(headers);
  if (fields.length === 0) return null;
  return (
    <dl class="headers">
      {fields.map(([name, value]) => (
        <div key={name}>
          <dt>{visible(name)}:</dt> <dd>{visible(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A longer body is cut until somebody asks for all of it. */
const SHOWN_LINES = 120;
const SHOWN_CHARS = 20_000;

function Body({ json, text }: { readonly json: Json | undefined; readonly text: string | undefined }) {
  const [all, setAll] = useState(false);
  const whole = visible(json === undefined ? (text ?? '') : JSON.stringify(json, undefined, 2));
  if (whole === '') return null;
  const shown = all ? { text: whole, cut: false } : head(whole, SHOWN_LINES, SHOWN_CHARS);
  return (
    <>
      <pre>
        {json === undefined
          ? shown.text
          : tokensOf(shown.text).map(({ kind, text }) =>
              kind === 'plain' ? (
                text
              ) : (
                <span class={`json-${kind === 'string' && !text.includes(' ') ? 'unbroken' : kind}`}>{text}</span>
              ),
            )}
      </pre>
      {shown.cut && (
        <button type="button" class="plain" onClick={() => setAll(true)}>
          Show all {whole.length.toLocaleString('en-US')} characters
        </button>
      )}
    </>
  );
}
