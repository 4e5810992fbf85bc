import { declares } from '../../scim/message/error.ts';
import { isObject } from '../../scim/message/list.ts';
import { SEARCH_REQUEST } from '../../scim/message/urn.ts';
import type { Exchange, Json } from '../../reports/record/index.ts';
import type { Check } from '../run/check.ts';
import { expect, show } from '../run/expect.ts';
import { Violation } from '../run/violation.ts';
import { isAttributePath, readFilter, readPath, type Comparison } from './client-filter.ts';
import { changesOf, isSearch, parameter, parametersOf } from './client-request.ts';

const searched = (exchange: Exchange, name: string): Json | undefined => {
  const { json } = exchange.request;
  return isSearch(exchange) && isObject(json) ? json[name] : undefined;
};

/** Filters that a request asks with, in its URL or in the body of a search. */
function filtersOf(exchange: Exchange): readonly string[] {
  const inBody = searched(exchange, 'filter');
  return [...parameter(exchange, 'filter'), ...(typeof inBody === 'string' ? [inBody] : [])];
}

const comparisonsIn = (texts: readonly string[]): readonly Comparison[] =>
  texts.flatMap(text => readFilter(text).comparisons);

/** Comparisons of filters, and of the brackets in paths of a PATCH. */
const comparisonsOf = (exchange: Exchange): readonly Comparison[] => [
  ...comparisonsIn(filtersOf(exchange)),
  ...changesOf(exchange).flatMap(({ path = '' }) => (path === '' ? [] : readPath(path).comparisons)),
];

/** Complex attributes of the RFC with one value. A list such as `emails` may stand for its values. */
const SINGLE_COMPLEX = /(?:^|:)(?:name|meta|manager)$/i;
const PERSONAL = /(?:^|:)(?:userName|displayName|nickName|name|emails|phoneNumbers|addresses|ims)(?:\.|$)/i;
const SECRET = /(?:^|:)(?:password|x509Certificates)(?:\.|$)/i;
const NUMBERS = ['startIndex', 'count'] as const;
const LISTS = ['attributes', 'excludedAttributes'] as const;

const namesAskedFor = (exchange: Exchange): readonly string[] => [
  ...LISTS.flatMap(name => parameter(exchange, name)).flatMap(text => text.split(',')),
  ...parameter(exchange, 'sortBy'),
];

/** What holds of queries: filters, paging, sorting and the choice of attributes. */
export const clientQuery = [
  {
    id: 'client.filter-grammar',
    title: 'A filter keeps to the grammar',
    clause: 'RFC7644-3.4.2.2-46',
    also: ['RFC7644-3.4.2.2-08', 'RFC7644-3.4.2.2-09', 'RFC7644-3.4.2.2-41', 'RFC7644-3.4.3-08'],
    judges: 'client',
    when: exchange => filtersOf(exchange).length > 0,
    observe(exchange) {
      for (const filter of filtersOf(exchange)) {
        const { fault } = readFilter(filter);
        expect.that(fault === undefined, 'a filter of RFC 7644 section 3.4.2.2', `${show(filter)}: ${fault}`);
      }
    },
  },
  {
    id: 'client.filter-complex',
    title: 'A filter on a complex attribute names the sub-attribute',
    clause: 'RFC7644-3.4.2.2-52',
    judges: 'client',
    when: exchange => comparisonsOf(exchange).length > 0,
    observe(exchange) {
      const odd = comparisonsOf(exchange).find(
        ({ path, operator, within }) => within === undefined && operator !== 'pr' && SINGLE_COMPLEX.test(path),
      );
      expect.that(odd === undefined, 'a sub-attribute, for example name.familyName', show(odd?.path));
    },
  },
  {
    id: 'client.filter-secret',
    title: 'No secret is compared in a URL',
    clause: 'RFC7644-7.5.2-01',
    judges: 'client',
    when: exchange => parameter(exchange, 'filter').length > 0,
    observe(exchange) {
      const odd = comparisonsIn(parameter(exchange, 'filter')).find(({ path }) => SECRET.test(path));
      expect.that(odd === undefined, 'a search by POST', `${odd?.path} in the query`);
    },
  },
  {
    id: 'client.filter-personal',
    title: 'Personal data stay out of URLs',
    clause: 'RFC7644-3.12-28',
    judges: 'client',
    when: exchange => parameter(exchange, 'filter').length > 0,
    observe(exchange) {
      const odd = comparisonsIn(parameter(exchange, 'filter')).find(
        ({ path, operand }) => operand !== undefined && PERSONAL.test(path),
      );
      // All identity providers look people up by name or address in a GET, so it is told and not held against them.
      if (odd) throw new Violation('a search by POST', `${odd.path} in the query`, undefined, 'observation');
    },
  },
  {
    id: 'client.attribute-names',
    title: 'Attributes to return or to sort by are named in the standard notation',
    clause: 'RFC7644-3.4.2.5-02',
    judges: 'client',
    when: exchange => namesAskedFor(exchange).length > 0,
    observe(exchange) {
      const odd = namesAskedFor(exchange).find(name => !isAttributePath(name.trim()));
      expect.that(odd === undefined, 'names of attributes, separated by commas', show(odd));
    },
  },
  {
    id: 'client.search-message',
    title: 'A search by POST is a SearchRequest message',
    clause: 'RFC7644-3.4.3-05',
    judges: 'client',
    when: isSearch,
    observe({ request }) {
      expect.that(declares(request.json, SEARCH_REQUEST), `schemas with ${SEARCH_REQUEST}`, show(request.json));
    },
  },
  {
    id: 'client.search-lists',
    title: 'A search names attributes in lists',
    clause: 'RFC7644-3.4.3-06',
    also: ['RFC7644-3.4.3-07'],
    judges: 'client',
    when: exchange => LISTS.some(name => searched(exchange, name) !== undefined),
    observe(exchange) {
      for (const value of LISTS.map(name => searched(exchange, name))) {
        const right = value === undefined || (Array.isArray(value) && value.every(name => typeof name === 'string'));
        expect.that(right, 'a list of names', show(value));
      }
    },
  },
  {
    id: 'client.search-sort',
    title: 'A search sorts by an attribute in the standard notation',
    clause: 'RFC7644-3.4.3-09',
    judges: 'client',
    when: exchange => searched(exchange, 'sortBy') !== undefined,
    observe(exchange) {
      const name = searched(exchange, 'sortBy');
      expect.that(typeof name === 'string' && isAttributePath(name), 'the name of an attribute', show(name));
    },
  },
  {
    id: 'client.search-paging',
    title: 'A search counts in integers',
    clause: 'RFC7644-3.4.3-10',
    judges: 'client',
    when: exchange => NUMBERS.some(name => searched(exchange, name) !== undefined),
    observe(exchange) {
      for (const value of NUMBERS.map(name => searched(exchange, name))) {
        expect.that(value === undefined || Number.isInteger(value), 'an integer', show(value));
      }
    },
  },
  {
    id: 'client.paging',
    title: 'startIndex and count are integers',
    clause: 'RFC7643-2.3.4-01',
    judges: 'client',
    when: exchange => NUMBERS.some(name => parameter(exchange, name).length > 0),
    observe(exchange) {
      const odd = NUMBERS.flatMap(name => parameter(exchange, name)).find(value => !/^-?\d+$/.test(value));
      expect.that(odd === undefined, 'an integer', show(odd));
    },
  },
  {
    id: 'client.keyword-bare',
    title: 'Keywords are sent without the quotation marks that the RFC prints around them',
    clause: 'RFC7643-1.1-02',
    judges: 'client',
    when: exchange => parameter(exchange, 'sortOrder').length > 0 || changesOf(exchange).length > 0,
    observe(exchange) {
      const words = [...parameter(exchange, 'sortOrder'), ...changesOf(exchange).map(({ op }) => op)];
      const odd = words.find(word => /["']/.test(word));
      expect.that(odd === undefined, 'the bare word', show(odd));
    },
  },
  {
    id: 'client.cursor-parameters',
    title: 'A page by cursor is asked for with the parameters of the page before it',
    clause: 'RFC9865-2-13',
    judges: 'client',
    when: (exchange, { memory }) =>
      nextCursorOf(exchange) !== '' || parameter(exchange, 'cursor').some(cursor => memory.has(cursor)),
    observe(exchange, { memory }) {
      const [cursor = ''] = parameter(exchange, 'cursor');
      const before = memory.get(cursor);
      const asked = queryOf(exchange);
      if (nextCursorOf(exchange) !== '') memory.set(nextCursorOf(exchange), asked);
      expect.that(before === undefined || before === asked, `${before} and the cursor`, asked);
    },
  },
  {
    id: 'client.cursor-or-index',
    title: 'A query has a cursor or a start index, not both',
    clause: 'RFC9865-2.4-01',
    judges: 'client',
    when: exchange => parametersOf(exchange).some(([name]) => name === 'cursor'),
    observe(exchange) {
      const both = parameter(exchange, 'startIndex').length > 0;
      if (both) throw new Violation('cursor or startIndex', 'both', undefined, 'warning');
    },
  },
] as const satisfies readonly Check[];

function nextCursorOf({ response: { json } }: Exchange): string {
  const cursor = isObject(json) ? json['nextCursor'] : undefined;
  return typeof cursor === 'string' ? cursor : '';
}

/** Endpoint and parameters of a query but for the cursor, in an order of their own. */
function queryOf(exchange: Exchange): string {
  const { method, path } = exchange.request;
  const parameters = parametersOf(exchange)
    .filter(([name]) => name !== 'cursor')
    .map(([name, value]) => `${name}=${value}`);
  return `${method} ${path.replace(/\?.*$/s, '')} ${parameters.sort().join('&')}`.trimEnd();
}
