import { isObject } from '../../scim/message/list.ts';
import { isJsonMediaType } from '../../scim/wire/message.ts';
import type { Exchange } from '../../reports/record/index.ts';
import type { Check } from '../run/check.ts';
import { expect, show } from '../run/expect.ts';
import { Violation } from '../run/violation.ts';
import { actsOf, decoded, isBulk, isCreate, parametersOf, wholesOf } from './client-request.ts';

/** Media ranges that let SCIM JSON through; plain JSON is what the same message was called before. */
const ADMITS = /(?:^|,)\s*(?:\*\/\*|application\/\*|application\/(?:scim\+)?json)\s*(?:;|,|$)/i;
const NOT_IN_URLS = /[^\x21-\x7e]|["<>\\^`{|}]|%(?![0-9A-Fa-f]{2})/;
const TOKENS = /^(?:access_token|token|bearer_token|api_?key|client_secret)$/i;
const ENTITY_TAGS = /^\s*(?:\*|(?:W\/)?"[^"]*"(?:\s*,\s*(?:W\/)?"[^"]*")*)\s*$/;

const hasBody = ({ request }: Exchange): boolean => request.json !== undefined || Boolean(request.text);
const conditionsOf = ({ request: { headers } }: Exchange): readonly string[] =>
  [headers['if-match'], headers['if-none-match']].filter(value => value !== undefined);

/** What holds of the head of every request: its URL and its header fields. */
export const clientHeaders = [
  {
    id: 'client.content-type',
    title: 'JSON is not sent under the name of another encoding',
    clause: 'RFC7644-3.8-03',
    judges: 'client',
    when: ({ request }) => request.json !== undefined && request.headers['content-type'] !== undefined,
    observe({ request }) {
      const type = request.headers['content-type'];
      expect.that(isJsonMediaType(type), 'a JSON media type, as the body is JSON', type ?? 'none');
    },
  },
  {
    id: 'client.body-json',
    title: 'What is sent is JSON',
    clause: 'RFC7643-2.1-03',
    judges: 'client',
    when: exchange => hasBody(exchange) && /^(?:POST|PUT|PATCH)$/.test(exchange.request.method),
    observe({ request }) {
      expect.that(request.json !== undefined, 'a body that JSON can parse', show(request.text));
    },
  },
  {
    id: 'client.accept',
    title: 'Accept, where it is sent, lets SCIM JSON through',
    clause: 'RFC7644-8.1-01',
    judges: 'client',
    when: ({ request }) => Boolean(request.headers['accept']),
    observe({ request }) {
      const accept = request.headers['accept'] ?? '';
      expect.that(ADMITS.test(accept), 'application/scim+json among what is accepted', accept);
    },
  },
  {
    id: 'client.url-encoded',
    title: 'URLs are percent-encoded',
    clause: 'RFC7644-1.2-01',
    judges: 'client',
    when: ({ request }) => request.path !== '',
    observe({ request }) {
      const [odd] = NOT_IN_URLS.exec(request.path) ?? [];
      expect.that(odd === undefined, 'characters of a URI only', `${show(odd)} in ${show(request.path)}`);
    },
  },
  {
    id: 'client.token-not-in-url',
    title: 'No token is passed in the query',
    clause: 'RFC6750-2.3-01',
    judges: 'client',
    when: ({ request }) => request.path.includes('?') || request.headers['authorization'] !== undefined,
    observe(exchange) {
      const found = parametersOf(exchange).find(([name, value]) => TOKENS.test(name) && value !== '');
      expect.that(found === undefined, 'the credential in the Authorization header', `a query parameter ${found?.[0]}`);
    },
  },
  {
    id: 'client.entity-tag',
    title: 'Conditional requests carry entity-tags in quotation marks, or *',
    clause: 'RFC7644-3.14-06',
    also: ['RFC7644-3.14-04'],
    judges: 'client',
    when: exchange => conditionsOf(exchange).length > 0,
    observe(exchange) {
      const odd = conditionsOf(exchange).find(value => !ENTITY_TAGS.test(value));
      expect.that(odd === undefined, 'entity-tags, or *', show(odd));
    },
  },
  {
    id: 'client.moved',
    title: 'After a 308 the new address is used',
    clause: 'RFC7644-3.12-08',
    judges: 'client',
    when: ({ request, response }, { memory }) => response.status === 308 || memory.has(placeOf(request)),
    observe({ request, response }, { memory }) {
      const moved = memory.get(placeOf(request));
      if (response.status === 308) memory.set(placeOf(request), response.headers['location'] ?? '');
      expect.that(moved === undefined, `${request.method} ${show(moved)}, as a 308 said`, placeOf(request));
    },
  },
  {
    id: 'client.id-of-server',
    title: 'A resource is addressed by the id that the service provider gave it',
    clause: 'RFC7643-3.1-08',
    judges: 'client',
    when: exchange => !isBulk(exchange) && actsOf(exchange).some(act => act.id !== undefined || isCreate(act)),
    observe(exchange, { memory }) {
      for (const { endpoint, body } of wholesOf(exchange)) {
        const id = createdId(exchange);
        const name = body['userName'] ?? body['displayName'];
        if (id === undefined) continue;
        if (typeof name === 'string' && name !== id) memory.set(`${endpoint}/${name}`, id);
        memory.delete(`${endpoint}/${id}`);
      }
      for (const { endpoint, id } of actsOf(exchange)) {
        const right = id === undefined ? undefined : memory.get(`${endpoint}/${id}`);
        if (right !== undefined) throw new Violation(`/${endpoint}/${right}`, `/${endpoint}/${id}, which is its name`);
      }
    },
  },
] as const satisfies readonly Check[];

const placeOf = ({ method, path }: Exchange['request']): string => `${method} ${decoded(path) ?? path}`;

function createdId({ response: { status, json } }: Exchange): string | undefined {
  const id = status === 201 && isObject(json) ? json['id'] : undefined;
  return typeof id === 'string' && id !== '' ? id : undefined;
}
