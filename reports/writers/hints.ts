import type { Exchange, Verdict } from '../record/index.ts';
import { visible } from './visible.ts';

/** What a decisive exchange shows that its verdict does not say: an expectation, and where to look. */
interface Hint {
  readonly holds: (exchange: Exchange, verdict: Pick<Verdict, 'expected'>) => boolean;
  readonly say: (exchange: Exchange) => string;
}

const asked = ({ request: { method, path } }: Exchange): string => visible(`${method} ${path.replace(/\?.*$/s, '')}`);
const at = ({ at }: Exchange): string => new Date(at).toISOString().slice(11, 19);
const statusOf = ({ response }: Exchange): number => response.status ?? 0;
const mediaTypeOf = ({ response }: Exchange): string =>
  (response.headers['content-type'] ?? '').replace(/;.*$/s, '').trim().toLowerCase();

const broken: Readonly<Record<string, string>> = {
  timeout: 'no answer came within the time limit: see what the handler waits for, a lock or another service',
  cut: 'the connection ended in the middle: see whether the process crashed, or a proxy in between gave up',
  malformed: 'what came is not HTTP: see what listens at that port',
  'wrong-length': 'Content-Length and body disagree: count bytes instead of characters',
  'stray-bytes': 'more bytes came than the answer may have: a 204 and a 304 have no body',
  'invalid-json': 'the body is marked as JSON and cannot be parsed: serialise it with a JSON library, as UTF-8',
  'too-large': 'the body is longer or deeper than is read: cut pages down',
  refused: 'nobody listened: see whether the process was still there',
};

/** Whether success was expected of a request whose refusal can only be about its method and path: it asks for nothing by a query. */
const isPlain = ({ request }: Exchange, { expected }: Pick<Verdict, 'expected'>): boolean =>
  SUCCESS.test(expected) && !request.path.includes('?');
const SUCCESS = /\bstatus 20\d\b|^20\d\b|\b20[014] /;

const hints: readonly Hint[] = [
  {
    holds: ({ response }) => response.failure !== undefined && response.failure.code in broken,
    say: exchange => `${asked(exchange)}: ${broken[exchange.response.failure?.code ?? ''] ?? ''}.`,
  },
  {
    holds: exchange => statusOf(exchange) >= 500 && statusOf(exchange) !== 501,
    say: exchange =>
      `The server broke on ${asked(exchange)}: its log at ${at(exchange)} UTC names the exception behind the ${statusOf(exchange)}.`,
  },
  {
    holds: exchange => statusOf(exchange) >= 400 && mediaTypeOf(exchange) === 'text/html',
    say: () => 'The error is a page in HTML: a framework or a proxy wrote it, and not the SCIM part of the server.',
  },
  {
    holds: (exchange, verdict) =>
      statusOf(exchange) === 404 && isPlain(exchange, verdict) && /^\/\w+$/.test(exchange.request.path),
    say: exchange => `There is no route for ${asked(exchange)}: register it below the base URL.`,
  },
  {
    holds: (exchange, verdict) => [405, 501].includes(statusOf(exchange)) && isPlain(exchange, verdict),
    say: exchange => `The server does not offer ${asked(exchange)}: implement it where identity providers need it.`,
  },
  {
    holds: (exchange, verdict) => [401, 403].includes(statusOf(exchange)) && isPlain(exchange, verdict),
    say: exchange => `The credential of the run does not get through to ${asked(exchange)}: see what it may do.`,
  },
  {
    holds: exchange => statusOf(exchange) === 415,
    say: () => 'The parser of bodies does not know the media type: let it read application/scim+json as JSON.',
  },
  {
    holds: (exchange, verdict) =>
      statusOf(exchange) === 400 && isPlain(exchange, verdict) && /^(?:POST|PUT)$/.test(exchange.request.method),
    say: () =>
      'The server demands something that this request does not bring: drop the demand, or publish it as required in /Schemas.',
  },
];

/** What the decisive exchange of a deviation tells about where to look; empty where it tells nothing. */
export const hintsOf = (verdict: Verdict, exchange: Exchange | undefined): readonly string[] =>
  exchange && (verdict.outcome === 'fail' || (verdict.outcome === 'observed' && verdict.expected !== ''))
    ? hints.filter(({ holds }) => holds(exchange, verdict)).map(({ say }) => say(exchange))
    : [];
