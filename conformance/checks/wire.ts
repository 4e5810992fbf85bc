import { declares, isErrorMessage, schemasOf, scimTypes } from '../../scim/message/error.ts';
import { LIST_RESPONSE, SCIM_JSON } from '../../scim/message/urn.ts';
import { isJsonMediaType } from '../../scim/wire/message.ts';
import { isObject } from '../../scim/message/list.ts';
import { REDACTED } from '../../scim/wire/redact.ts';
import type { Exchange, Json } from '../../reports/record/index.ts';
import type { Check } from '../run/check.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { memberOf } from '../run/shown.ts';
import { Violation } from '../run/violation.ts';

/** Statuses of which RFC 7644 itself speaks; others may come from something in front of the provider. */
const SCIM_ERRORS = new Set([400, 401, 403, 404, 409, 412, 413, 501]);

/** Failures of a response that is there, but cannot be read. */
const UNREADABLE = new Set(['malformed', 'wrong-length', 'stray-bytes', 'invalid-json', 'cut', 'timeout']);

/** Endpoints that hold many resources; a target may have others, of which nothing is known here. */
const COLLECTION = /^\/(?:Users|Groups|ResourceTypes|Schemas)\/?(?:\?|$)/;

/** What RFC 7644 section 8.2 registers. */
const MESSAGES: ReadonlySet<string> = new Set(
  ['ListResponse', 'SearchRequest', 'PatchOp', 'BulkRequest', 'BulkResponse', 'Error'].map(
    name => `urn:ietf:params:scim:api:messages:2.0:${name}`,
  ),
);

/** Table 9 of RFC 7644, and RFC 9865. */
const KEYWORDS: ReadonlySet<string> = new Set([
  ...Object.keys(scimTypes),
  'invalidCursor',
  'expiredCursor',
  'invalidCount',
]);

/** Lines of a stack trace, as common languages print them. */
const STACK = /\n\s*at \S+.*[(:]\d+|Traceback \(most recent call last\)|\bat [\w$.]+\([\w$]+\.java:\d+\)/;

/** Shorter values turn up by chance. */
const SHORTEST_SECRET = 8;

const statusOf = ({ response }: Exchange) => response.status ?? 0;
const hasBody = ({ response }: Exchange) => response.json !== undefined || Boolean(response.text);
const isSuccess = (exchange: Exchange) => statusOf(exchange) >= 200 && statusOf(exchange) < 300;
const typeOf = ({ response }: Exchange) => (response.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
const asksForScim = ({ request }: Exchange) => [undefined, SCIM_JSON].includes(request.headers['accept']);

/** True when a member of that name holds a value, at any depth. */
function holds(value: Json | undefined, name: string): boolean {
  if (Array.isArray(value)) return value.some((entry: Json) => holds(entry, name));
  if (!isObject(value)) return false;
  return Object.entries(value).some(
    ([key, member]) => (key.toLowerCase() === name && member !== null) || holds(member, name),
  );
}

/** URNs of a body that is no resource: a list, an error, the answer to a bulk request. */
const messageUrns = ({ response: { json } }: Exchange): readonly string[] =>
  schemasOf(json).filter(urn => /:api:/i.test(urn) || /(?:ListResponse|Error|BulkResponse)$/i.test(urn));

/** Every password a request carries, so that it can be looked for in the answer. */
function secretsOf({ request }: Exchange): string[] {
  const token = /\S+$/.exec(request.headers['authorization'] ?? '')?.[0] ?? '';
  const password = isObject(request.json) ? request.json['password'] : undefined;
  return [token, typeof password === 'string' ? password : ''].filter(
    secret => secret.length >= SHORTEST_SECRET && secret !== REDACTED,
  );
}

/** What holds of every response, whatever was asked. */
export const wire = [
  {
    id: 'wire.framing',
    title: 'Every response can be read: whole, of the announced length, and JSON where it says so',
    clause: 'RFC7644-3.8-01',
    judges: 'server',
    when: exchange => exchange.response.status !== undefined || exchange.response.failure?.code === 'malformed',
    observe({ response }) {
      const { failure, status } = response;
      if (!failure || !UNREADABLE.has(failure.code) || (status === 204 && failure.code === 'stray-bytes')) return;
      throw new Violation('a response that can be read', `${failure.code}: ${failure.message}`);
    },
  },
  {
    id: 'wire.no-content',
    title: 'A 204 has no body',
    clause: 'RFC9110-15.3.5-01',
    judges: 'server',
    when: exchange => statusOf(exchange) === 204,
    observe(exchange) {
      const clean = !hasBody(exchange) && exchange.response.failure?.code !== 'stray-bytes';
      expect.that(clean, 'nothing after the head', exchange.response.failure?.message ?? 'a body');
    },
  },
  {
    id: 'wire.accept',
    title: 'Who accepts application/scim+json gets JSON',
    clause: 'RFC7644-3.8-07',
    judges: 'server',
    when: exchange => hasBody(exchange) && asksForScim(exchange) && statusOf(exchange) < 500,
    observe(exchange) {
      const came = exchange.response.headers['content-type'];
      expect.that(isJsonMediaType(came), `Content-Type ${SCIM_JSON}`, came ?? 'no Content-Type');
    },
  },
  {
    id: 'wire.media-type',
    title: 'SCIM bodies are marked application/scim+json',
    clause: 'RFC7644-3.1-01',
    also: ['RFC7644-8.1-01'],
    judges: 'server',
    when: exchange =>
      isObject(exchange.response.json) &&
      asksForScim(exchange) &&
      statusOf(exchange) < 500 &&
      isJsonMediaType(exchange.response.headers['content-type']),
    observe(exchange) {
      expect.that(typeOf(exchange) === SCIM_JSON, `Content-Type ${SCIM_JSON}`, typeOf(exchange) ?? 'none');
    },
  },
  {
    id: 'wire.error-shape',
    title: 'Errors come with a body of the SCIM error form',
    clause: 'RFC7644-3.12-01',
    judges: 'server',
    when: exchange => SCIM_ERRORS.has(statusOf(exchange)) && exchange.request.method !== 'HEAD',
    observe({ response }) {
      const right = `status ${response.status} with a SCIM error as body`;
      expect.that(
        isErrorMessage(response.json),
        right,
        hasErrorBody(response) ?? `${describeAnswer(response)} without it`,
      );
    },
  },
  {
    id: 'wire.error-status',
    title: 'An error repeats its status as a text',
    clause: 'RFC7644-3.12-02',
    also: ['RFC7644-3.2-09'],
    judges: 'server',
    when: exchange => statusOf(exchange) >= 400 && isErrorMessage(exchange.response.json),
    observe({ response }) {
      const came = isObject(response.json) ? response.json['status'] : undefined;
      expect.equal(came, String(response.status), 'status');
    },
  },
  {
    id: 'wire.success-is-no-error',
    title: 'A 2xx carries no error message',
    clause: 'RFC7644-3.12-05',
    judges: 'server',
    when: exchange => isSuccess(exchange) && isObject(exchange.response.json),
    observe({ response }) {
      expect.that(!isErrorMessage(response.json), 'no SCIM error under a 2xx', describeAnswer(response));
    },
  },
  {
    id: 'wire.list-envelope',
    title: 'A collection is answered with a list response',
    clause: 'RFC7644-3.4.2-04',
    also: ['RFC7644-4-06'],
    judges: 'server',
    when: exchange =>
      isSuccess(exchange) &&
      !exchange.response.failure &&
      exchange.request.method === 'GET' &&
      COLLECTION.test(exchange.request.path),
    observe({ response }) {
      expect.schema(response.json, LIST_RESPONSE, response);
      const entries = isObject(response.json) ? response.json['Resources'] : undefined;
      const right = entries === undefined || entries === null || Array.isArray(entries);
      expect.that(right, 'Resources as an array', show(entries));
    },
  },
  {
    id: 'wire.list-total',
    title: 'A list response counts its matches in an integer',
    clause: 'RFC7644-3.4.2-05',
    judges: 'server',
    // Servers with cursors only may leave the count out (RFC 9865 section 2).
    when: ({ response: { json } }) => declares(json, LIST_RESPONSE) && (memberOf(json, 'nextCursor') ?? null) === null,
    observe({ response }) {
      const total = isObject(response.json) ? response.json['totalResults'] : undefined;
      expect.that(Number.isInteger(total) && Number(total) >= 0, 'totalResults as an integer', show(total));
    },
  },
  {
    id: 'wire.allow',
    title: 'A 405 lists the methods that are allowed',
    clause: 'RFC9110-15.5.6-01',
    judges: 'server',
    when: exchange => statusOf(exchange) === 405,
    observe({ response }) {
      expect.that(response.headers['allow'] !== undefined, 'an Allow header', 'none');
    },
  },
  {
    id: 'wire.challenge',
    title: 'Each 401 carries a challenge',
    clause: 'RFC9110-11.6.1-01',
    judges: 'server',
    when: exchange => statusOf(exchange) === 401,
    observe({ response }) {
      expect.header(response, 'WWW-Authenticate');
    },
  },
  {
    id: 'wire.media-type-given',
    title: 'A response with a body names its media type',
    clause: 'RFC9110-8.3-01',
    judges: 'server',
    when: hasBody,
    observe({ response }) {
      expect.header(response, 'Content-Type');
    },
  },
  {
    id: 'wire.message-urns',
    title: 'Messages name themselves by the URNs that are registered for them',
    clause: 'RFC7644-8.2-01',
    also: ['RFC7644-3.1-04'],
    judges: 'server',
    when: exchange => messageUrns(exchange).length > 0,
    observe(exchange) {
      const odd = messageUrns(exchange).find(urn => !MESSAGES.has(urn));
      expect.that(odd === undefined, 'a URN of RFC 7644 section 8.2', show(odd));
    },
  },
  {
    id: 'wire.server-error',
    title: 'Nothing is answered with 500',
    clause: 'RFC7644-3.12-06',
    judges: 'server',
    // What one check reports as not working at all is not reported here again.
    when: (exchange, { facts }) =>
      statusOf(exchange) > 0 && !(facts?.faults ?? []).some(fault => fault.shows(exchange)),
    observe({ response }) {
      expect.that(response.status !== 500, 'a status that tells what is wrong', describeAnswer(response));
    },
  },
  {
    id: 'wire.keyword',
    title: 'The keywords of errors are those of RFC 7644 and RFC 9865',
    clause: 'RFC7644-3.12-03',
    judges: 'server',
    when: ({ response: { json } }) => isErrorMessage(json) && json['scimType'] !== undefined,
    observe({ response }) {
      const keyword = isObject(response.json) ? response.json['scimType'] : undefined;
      expect.that(typeof keyword === 'string' && KEYWORDS.has(keyword), 'a keyword of table 9', show(keyword));
    },
  },
  {
    id: 'wire.detail',
    title: 'The detail of an error is a text without the inside of the program',
    clause: 'RFC7644-3.12-04',
    judges: 'server',
    when: ({ response: { json } }) => isErrorMessage(json) && json['detail'] !== undefined,
    observe({ response }) {
      const detail = isObject(response.json) ? response.json['detail'] : undefined;
      const readable = detail === null || (typeof detail === 'string' && !STACK.test(detail));
      expect.that(readable, 'detail as a readable text', show(detail));
    },
  },
  {
    id: 'wire.secrets',
    title: 'No response shows a password, or the credential of the request',
    clause: 'RFC7643-4.1.1-16',
    also: ['RFC7643-7-22'],
    judges: 'server',
    when: exchange => exchange.response.status !== undefined,
    observe(exchange) {
      expect.that(!holds(exchange.response.json, 'password'), 'no member password', 'a response with it');
      const secrets = secretsOf(exchange);
      if (secrets.length === 0) return;
      const { headers, json, text } = exchange.response;
      const whole = JSON.stringify([headers, json ?? text ?? '']);
      const shown = secrets.some(secret => whole.includes(JSON.stringify(secret).slice(1, -1)));
      expect.that(!shown, 'no secret of the request in the response', 'a response that repeats it');
    },
  },
] as const satisfies readonly Check[];

const hasErrorBody = ({ json, text, status }: Exchange['response']): string | undefined => {
  if (json !== undefined) return `status ${status} with ${show(json)}`;
  return text ? `status ${status} with a body that is no JSON` : `status ${status} without a body`;
};
