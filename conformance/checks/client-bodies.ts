import { declares, schemasOf } from '../../scim/message/error.ts';
import { isObject } from '../../scim/message/list.ts';
import { BULK_REQUEST } from '../../scim/message/bulk.ts';
import { ENTERPRISE_USER, PATCH_OP, SEARCH_REQUEST } from '../../scim/message/urn.ts';
import { enterpriseUserSchema } from '../../scim/schema/index.ts';
import type { Exchange, Json, JsonObject } from '../../reports/record/index.ts';
import type { Check } from '../run/check.ts';
import { expect, show } from '../run/expect.ts';
import { Violation } from '../run/violation.ts';
import { readFilter } from './client-filter.ts';
import {
  actsOf,
  baseSchemaOf,
  changesOf,
  isBulk,
  isCreate,
  isReplace,
  isSearch,
  namesIn,
  parameter,
  wholesOf,
  type Whole,
} from './client-request.ts';

const MESSAGES = 'urn:ietf:params:scim:api:';
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const MAILBOX = /^(?:"[^"]+"|[^\s@"]+)@[^\s@]+$/;
/** Names that only the enterprise extension has. */
const ENTERPRISE = new Set(enterpriseUserSchema.attributes.map(({ name }) => name.toLowerCase()));

const atUsers = (exchange: Exchange): readonly Whole[] => wholesOf(exchange).filter(act => act.endpoint === 'Users');

/** Values of the elements of a multi-valued attribute of users that are sent. */
const elementsOf = (exchange: Exchange, name: string, part: string): readonly Json[] =>
  atUsers(exchange).flatMap(({ body }) => {
    const entries = body[name];
    return Array.isArray(entries) ? entries.filter(isObject).flatMap(entry => entry[part] ?? []) : [];
  });

/** The message that a request has to be, by what it is sent to. */
function messageOf(exchange: Exchange): string | undefined {
  if (isSearch(exchange)) return SEARCH_REQUEST;
  if (isBulk(exchange)) return BULK_REQUEST;
  return exchange.request.method === 'PATCH' ? PATCH_OP : undefined;
}

/** The JSON body of a request, and those of the operations of a bulk request. */
const bodiesOf = (exchange: Exchange): readonly JsonObject[] =>
  [exchange.request.json, ...(isBulk(exchange) ? actsOf(exchange).map(({ body }) => body) : [])].filter(isObject);

/** What holds of every resource and message that is sent. */
export const clientBodies = [
  {
    id: 'client.schemas',
    title: 'What is sent names its schemas, in a list of URIs',
    clause: 'RFC7643-3-02',
    also: ['RFC7643-2.1-03'],
    judges: 'client',
    when: exchange => bodiesOf(exchange).length > 0,
    observe(exchange) {
      for (const body of bodiesOf(exchange)) {
        const urns = schemasOf(body);
        const { schemas } = body;
        const right = Array.isArray(schemas) && schemas.length === urns.length && urns.length > 0;
        expect.that(right, 'schemas as a list of URIs that is not empty', show(schemas));
      }
    },
  },
  {
    id: 'client.base-schema',
    title: 'A resource names the schema of its endpoint',
    clause: 'RFC7643-3.3-03',
    judges: 'client',
    when: exchange => wholesOf(exchange).some(({ endpoint }) => baseSchemaOf(endpoint) !== undefined),
    observe(exchange) {
      for (const { endpoint, body } of wholesOf(exchange)) {
        const urn = baseSchemaOf(endpoint);
        expect.that(urn === undefined || declares(body, urn), `schemas with ${urn}`, show(body['schemas']));
      }
    },
  },
  {
    id: 'client.message-urn',
    title: 'Messages name themselves by the registered URNs, as they are spelt',
    clause: 'RFC7644-8.2-01',
    also: ['RFC7644-3.1-04'],
    judges: 'client',
    when: exchange => messageOf(exchange) !== undefined && schemasOf(exchange.request.json).length > 0,
    observe(exchange) {
      const right = messageOf(exchange) ?? '';
      const urns = schemasOf(exchange.request.json).filter(urn => urn.toLowerCase().startsWith(MESSAGES));
      expect.that(urns.length === 0 || urns.includes(right), right, show(urns));
    },
  },
  {
    id: 'client.no-id',
    title: 'A client does not choose the id of a new resource',
    clause: 'RFC7643-3.1-08',
    judges: 'client',
    when: exchange => wholesOf(exchange).some(isCreate),
    observe(exchange) {
      for (const { body } of wholesOf(exchange).filter(isCreate)) {
        const { id } = body;
        expect.that(id === undefined || id === null || id === '', 'no id', show(id));
      }
    },
  },
  {
    id: 'client.required',
    title: 'A replacement holds what is required: the userName of a user, the displayName of a group',
    clause: 'RFC7644-3.5.1-09',
    judges: 'client',
    when: exchange => wholesOf(exchange).some(act => isReplace(act) && requiredAt(act.endpoint) !== undefined),
    observe(exchange) {
      for (const { endpoint, body } of wholesOf(exchange).filter(isReplace)) {
        const name = requiredAt(endpoint);
        if (name === undefined) continue;
        const value = memberOf(body, name);
        expect.that(typeof value === 'string' && value.trim() !== '', `${name} with a value`, show(value));
      }
    },
  },
  {
    id: 'client.sub-attributes',
    title: 'primary is a boolean, type and display are texts, $ref is an address',
    clause: 'RFC7643-2.4-02',
    judges: 'client',
    when: exchange => wholesOf(exchange).some(({ body }) => listedIn(body).length > 0),
    observe(exchange) {
      for (const { body } of wholesOf(exchange)) {
        for (const { primary, type, display, $ref } of listedIn(body)) {
          expect.that(isUnset(primary) || typeof primary === 'boolean', 'primary as a boolean', show(primary));
          for (const text of [type, display, $ref]) {
            expect.that(isUnset(text) || typeof text === 'string', 'type, display and $ref as texts', show(text));
          }
        }
      }
    },
  },
  {
    id: 'client.extension-named',
    title: 'Attributes of the enterprise extension stand under its URN',
    clause: 'RFC7644-3.10-03',
    judges: 'client',
    when: exchange =>
      enterpriseNamesOf(exchange).length > 0 || atUsers(exchange).some(({ body }) => ENTERPRISE_USER in body),
    observe(exchange) {
      const odd = enterpriseNamesOf(exchange).find(name => !name.includes(':'));
      expect.that(odd === undefined, `${ENTERPRISE_USER}:${odd}`, show(odd));
    },
  },
  {
    id: 'client.manager',
    title: 'A manager is the id of another user',
    clause: 'RFC7643-4.3-07',
    judges: 'client',
    when: exchange => managersOf(exchange).length > 0,
    observe(exchange) {
      for (const manager of managersOf(exchange)) {
        const right = isObject(manager) && typeof manager['value'] === 'string' && manager['value'] !== '';
        expect.that(right, 'manager with the id under value', show(manager));
      }
    },
  },
  {
    id: 'client.email',
    title: 'E-mail addresses have the form of a mailbox',
    clause: 'RFC7643-4.1.2-01',
    judges: 'client',
    when: exchange => elementsOf(exchange, 'emails', 'value').length > 0,
    observe(exchange) {
      const odd = elementsOf(exchange, 'emails', 'value').find(value => !isText(value, MAILBOX));
      expect.that(odd === undefined, 'name@domain', show(odd));
    },
  },
  {
    id: 'client.country',
    title: 'The country of an address is two letters of ISO 3166-1',
    clause: 'RFC7643-4.1.2-15',
    judges: 'client',
    when: exchange => elementsOf(exchange, 'addresses', 'country').length > 0,
    observe(exchange) {
      const odd = elementsOf(exchange, 'addresses', 'country').find(value => !isText(value, /^(?:[A-Za-z]{2})?$/));
      // Figures of the RFC say "USA", which errata 5990 and 5991 mend.
      if (odd !== undefined) throw new Violation('two letters', show(odd), undefined, 'warning');
    },
  },
  {
    id: 'client.certificate',
    title: 'A certificate is base64 text',
    clause: 'RFC7643-2.3.6-01',
    judges: 'client',
    when: exchange => elementsOf(exchange, 'x509Certificates', 'value').length > 0,
    observe(exchange) {
      const values = elementsOf(exchange, 'x509Certificates', 'value');
      const odd = values.find(value => typeof value !== 'string' || !BASE64.test(value.replace(/\s+/g, '')));
      expect.that(odd === undefined, 'base64', show(odd));
    },
  },
  {
    id: 'client.phone',
    title: 'Telephone numbers have the form of a tel URI',
    clause: 'RFC7643-4.1.2-05',
    judges: 'client',
    when: exchange => elementsOf(exchange, 'phoneNumbers', 'value').length > 0,
    observe(exchange) {
      const odd = elementsOf(exchange, 'phoneNumbers', 'value').find(value => !isText(value, /^tel:/i));
      expect.that(odd === undefined, 'tel:…', show(odd));
    },
  },
] as const satisfies readonly Check[];

const isUnset = (value: Json | undefined): boolean => value === undefined || value === null;
const isText = (value: Json, form: RegExp): boolean => typeof value === 'string' && form.test(value);

const requiredAt = (endpoint: string): string | undefined =>
  endpoint === 'Users' ? 'userName' : endpoint === 'Groups' ? 'displayName' : undefined;

const memberOf = (body: JsonObject, name: string): Json | undefined =>
  Object.entries(body).find(([given]) => given.toLowerCase() === name.toLowerCase())?.[1];

/** Entries of all lists at the top of a resource. */
const listedIn = (body: JsonObject): readonly JsonObject[] =>
  Object.values(body).flatMap(value => (Array.isArray(value) ? value.filter(isObject) : []));

/** Names of the enterprise extension as a request writes them: with a URN before them, or bare. */
function enterpriseNamesOf(exchange: Exchange): readonly string[] {
  const inBodies = atUsers(exchange).flatMap(({ body }) => Object.keys(body));
  const inPaths = changesOf(exchange).flatMap(({ endpoint, path, value }) =>
    endpoint === 'Users' ? (path ?? (isObject(value) ? Object.keys(value) : [])) : [],
  );
  const isUserQuery = /^\/Users(?:\?|$)/.test(exchange.request.path);
  const inFilters = (isUserQuery ? parameter(exchange, 'filter') : []).flatMap(text =>
    readFilter(text).comparisons.flatMap(({ path, within }) => (within === undefined ? path : [])),
  );
  return [...inBodies, ...inPaths, ...inFilters].filter(name => ENTERPRISE.has((namesIn(name)[0] ?? '').toLowerCase()));
}

/** Managers that are set. */
const managersOf = (exchange: Exchange): readonly Json[] =>
  atUsers(exchange).flatMap(({ body }) => {
    const extension = memberOf(body, ENTERPRISE_USER);
    const manager = isObject(extension) ? extension['manager'] : undefined;
    const isEmpty = isObject(manager) && Object.values(manager).every(isUnset);
    return manager === undefined || manager === null || isEmpty ? [] : [manager];
  });
