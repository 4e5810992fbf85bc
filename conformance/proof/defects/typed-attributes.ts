import { isObject, resourcesOf } from '../../../scim/message/list.ts';
import { withJson } from '../../../scim/wire/message.ts';
import type { Hop, Json, JsonObject } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import {
  body,
  objectOf,
  onList,
  onOne,
  parameterOf,
  resource,
  textOf,
  withParameter,
  without,
  type Match,
} from '../hops.ts';
import { toDefect, refiltering, type Row } from '../query-hops.ts';

const items: Match = ({ path }) => /^\/Items(?:[/?]|$)/.test(path);
const oneItem: Match = ({ path, method }) => method === 'GET' && /^\/Items\/[^/?]+/.test(path);
const listedItems: Match = ({ path, method }) => method === 'GET' && /^\/Items(?:\?|$)/.test(path);

/** Each value in a JSON body, changed. */
const deep = (value: Json, change: (value: Json) => Json): Json =>
  Array.isArray(value)
    ? (value as Json[]).map(one => deep(one, change))
    : isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, deep(one, change)]))
      : change(value);

const shown =
  (match: Match, change: (value: Json) => Json): (() => Hop) =>
  () =>
    resource(match, whole => {
      const { schemas = [], id = '', meta = null, ...rest } = whole;
      return { schemas, id, ...(deep(rest, change) as JsonObject), ...(meta !== null && { meta }) };
    });

const named: Match = request => /attributes=[^&]*(?:password|pin|draft)/i.test(request.path);

/** A user in whom the attribute is what was sent, whatever its type. */
function foreign(attribute: string, takes: (value: Json) => boolean): Hop {
  const kept = new Map<string, Json>();
  return async (request, next) => {
    const value = objectOf(request)[attribute] ?? null;
    const isTaken = onList('POST', 'Groups')(request) && takes(value);
    const response = await next(
      isTaken ? { ...request, json: { ...objectOf(request), [attribute]: `stand-in ${kept.size}` } } : request,
    );
    const shownId = objectOf(response)['id'];
    if (isTaken && typeof shownId === 'string') kept.set(shownId, value);
    const held = typeof shownId === 'string' ? kept.get(shownId) : undefined;
    return held === undefined ? response : withJson(response, { ...objectOf(response), [attribute]: held });
  };
}

const rows: readonly Row[] = [
  [
    'never-returned-when-named',
    'Attributes that are never returned come when they are asked for',
    'RFC7643-7-25',
    ['attribute.never-named'],
    () =>
      resource(
        request => items(request) && named(request),
        item => ({ ...item, pin: '1234', draft: 'x' }),
      ),
  ],
  [
    'password-when-named',
    'The password comes when it is asked for',
    'RFC7643-7-25',
    ['attribute.password-named'],
    () =>
      resource(
        request => request.path.startsWith('/Users') && named(request),
        user => ({ ...user, password: 'hash' }),
      ),
  ],
  [
    'on-request-always',
    'What is returned on request comes with every read of a thing',
    'RFC7643-7-28',
    ['attribute.returned-on-request'],
    () =>
      resource(
        request => oneItem(request) && !request.path.includes('?'),
        item => ({ ...item, note: 'a note' }),
      ),
  ],
  [
    'on-request-not-after-put',
    'The answer to a PUT leaves out what is returned on request',
    'RFC7643-7-28',
    ['attribute.returned-on-request'],
    () =>
      resource(
        request => items(request) && request.method === 'PUT',
        item => without(item, 'note'),
      ),
  ],
  [
    'always-returned-excluded',
    'excludedAttributes takes away what is always returned of a thing',
    'RFC7643-7-24',
    ['attribute.always-returned'],
    () => resource(withParameter(oneItem, 'excludedAttributes'), item => without(item, 'code')),
  ],
  [
    'number-kept-as-text-value',
    'A number in place of a text is stored as a number',
    'RFC7643-2.3-02',
    ['attribute.foreign-type'],
    () => foreign('displayName', value => typeof value === 'number'),
  ],
  [
    'integers-without-sign',
    'Numbers lose their sign',
    'RFC7643-7-27',
    ['attribute.delicate'],
    shown(oneItem, value => (typeof value === 'number' ? Math.abs(value) : value)),
  ],
  [
    'decimals-cut',
    'Decimals lose what is behind the point',
    'RFC7643-7-27',
    ['attribute.delicate'],
    shown(oneItem, value => (typeof value === 'number' ? Math.trunc(value) : value)),
  ],
  [
    'zones-dropped',
    'Dates lose their zone',
    'RFC7643-7-27',
    ['attribute.delicate'],
    shown(oneItem, value => (typeof value === 'string' ? value.replace(/(T[\d:]+)[+-]\d\d:\d\d$/, '$1Z') : value)),
  ],
  [
    'false-is-nothing',
    'A boolean that is false is not stored',
    'RFC7643-7-27',
    ['attribute.delicate'],
    () => resource(oneItem, item => (item['fragile'] === false ? without(item, 'fragile') : item)),
  ],
  [
    'references-lower-case',
    'References are shown in lower case',
    'RFC7643-7-27',
    ['attribute.delicate'],
    () =>
      resource(oneItem, item =>
        typeof item['manual'] === 'string' ? { ...item, manual: item['manual'].toLowerCase() } : item,
      ),
  ],
  [
    'leading-zeros-dropped',
    'Texts of digits lose their leading zeros',
    'RFC7643-2.3.1-03',
    ['user.text-alike'],
    shown(onOne('GET', 'Users'), value => (typeof value === 'string' ? value.replace(/^0+(?=\d+$)/, '') : value)),
  ],
  [
    'texts-unescaped',
    'Escapes in texts are undone',
    'RFC7643-2.3.1-03',
    ['user.text-alike'],
    shown(onOne('GET', 'Users'), value => (typeof value === 'string' ? value.replace(/%20/g, ' ') : value)),
  ],
  [
    'one-element-for-each-attribute',
    'Of several elements the last is lost',
    'RFC7643-7-27',
    ['user.all-elements'],
    () =>
      resource(onOne('GET', 'Users'), user => {
        const numbers = user['phoneNumbers'];
        return Array.isArray(numbers) && numbers.length > 1 ? { ...user, phoneNumbers: numbers.slice(0, -1) } : user;
      }),
  ],
  [
    'numbers-compared-as-text',
    'gt compares numbers as texts',
    'RFC7644-3.4.2.2-28',
    ['filter.typed'],
    refiltering(listedItems, filter => filter.replace(/ gt 9$/, ' gt 90')),
  ],
  [
    'dates-compared-as-text',
    'gt compares dates without their zone',
    'RFC7644-3.4.2.2-24',
    ['filter.typed'],
    refiltering(listedItems, filter => filter.replace(' lt "2021-06-01T09:00:00Z"', ' lt "2021-06-01T05:00:00Z"')),
  ],
  [
    'negative-numbers-declined-wrongly',
    'A filter with a negative number finds nothing',
    'RFC7644-3.4.2.2-13',
    ['filter.typed'],
    refiltering(listedItems, filter => filter.replace(/ ge -5$/, ' ge 500')),
  ],
  [
    'false-is-not-present',
    'pr does not see false',
    'RFC7644-3.4.2.2-22',
    ['filter.typed'],
    refiltering(listedItems, filter => filter.replace(/:fragile pr$/, ':fragile eq true')),
  ],
  [
    'numbers-sorted-as-text',
    'Numbers are sorted as texts',
    'RFC7644-3.4.2.3-09',
    ['sort.typed'],
    () =>
      body(
        request => listedItems(request) && /:(?:quantity|weight)$/.test(parameterOf(request, 'sortBy') ?? ''),
        (list, request) => {
          const name = (parameterOf(request, 'sortBy') ?? '').replace(/^.*:/, '');
          const turn = parameterOf(request, 'sortOrder') === 'descending' ? -1 : 1;
          const key = (item: JsonObject) => textOf(item[name] ?? '~');
          return { ...list, Resources: [...resourcesOf(list)].sort((a, b) => (key(a) < key(b) ? -turn : turn)) };
        },
      ),
  ],
];

/** Attributes of every resource type that are not what /Schemas says of them. */
export const typedAttributeDefects: readonly Defect[] = rows.map(toDefect);
