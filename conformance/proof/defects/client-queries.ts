import { SEARCH_REQUEST } from '../../../scim/message/urn.ts';
import { on, body, path, finding, searching, filter, type ClientDefect } from '../client-changes.ts';

/** The grammar, broken in the ways that clients break it. */
const brokenFilters = [
  ['single-quotes', "userName eq 'bjensen'"],
  ['no-quotes', 'userName eq bjensen'],
  ['no-operator', 'userName "bjensen"'],
  ['equals-sign', 'userName = "bjensen"'],
  ['no-value', 'userName eq'],
  ['empty', ''],
  ['open-bracket', 'emails[type eq "work"'],
  ['open-parenthesis', '(userName eq "bjensen"'],
  ['dangling-and', 'userName eq "bjensen" and'],
  ['value-for-pr', 'userName pr "bjensen"'],
  ['brackets-in-brackets', 'emails[value[type eq "work"]]'],
  ['like', 'userName like "b%"'],
] as const;

/** What may be wrong about filters, paging, sorting and searches. */
export const clientQueryDefects: readonly ClientDefect[] = [
  ...brokenFilters.map(([name, text]) => ({
    id: `client-filter-${name}`,
    title: `A filter is written ${text === '' ? 'with nothing in it' : text}`,
    breaks: 'RFC7644-3.4.2.2-46' as const,
    noticedBy: ['client.filter-grammar'],
    change: path(finding, () => filter(text)),
  })),
  {
    id: 'client-search-filter',
    title: 'The filter of a search breaks the grammar',
    breaks: 'RFC7644-3.4.3-08',
    noticedBy: ['client.filter-grammar'],
    change: body(searching, message => ({ ...message, filter: 'userName eq' })),
  },
  {
    id: 'client-filter-complex-name',
    title: 'A filter compares the whole name',
    breaks: 'RFC7644-3.4.2.2-52',
    noticedBy: ['client.filter-complex'],
    change: path(finding, () => filter('name eq "Jensen"')),
  },
  {
    id: 'client-filters-password',
    title: 'A filter compares the password in a URL',
    breaks: 'RFC7644-7.5.2-01',
    noticedBy: ['client.filter-secret'],
    change: path(finding, () => filter('password eq "t1meMa$heen"')),
  },
  {
    id: 'client-attributes-json',
    title: 'attributes is a JSON list',
    breaks: 'RFC7644-3.4.2.5-02',
    noticedBy: ['client.attribute-names'],
    change: path(on('GET', /\?attributes=/), text => text.replace(/=.*/, '=%5B%22userName%22%5D')),
  },
  {
    id: 'client-search-urn',
    title: 'A search names no SearchRequest',
    breaks: 'RFC7644-3.4.3-05',
    noticedBy: ['client.message-urn', 'client.search-message'],
    change: body(searching, message => ({ ...message, schemas: [SEARCH_REQUEST.replace('SearchRequest', 'Search')] })),
  },
  {
    id: 'client-search-attributes-text',
    title: 'A search names attributes in one text',
    breaks: 'RFC7644-3.4.3-06',
    noticedBy: ['client.search-lists'],
    change: body(searching, message => ({ ...message, attributes: 'displayName,userName' })),
  },
  {
    id: 'client-search-sort-list',
    title: 'A search sorts by a list',
    breaks: 'RFC7644-3.4.3-09',
    noticedBy: ['client.search-sort'],
    change: body(searching, message => ({ ...message, sortBy: ['displayName'] })),
  },
  {
    id: 'client-search-count-text',
    title: 'A search counts in texts',
    breaks: 'RFC7644-3.4.3-10',
    noticedBy: ['client.search-paging'],
    change: body(searching, message => ({ ...message, count: '10' })),
  },
  {
    id: 'client-count-fraction',
    title: 'The page size is a fraction',
    breaks: 'RFC7643-2.3.4-01',
    noticedBy: ['client.paging'],
    change: path(on('GET', /startIndex=1/), text => text.replace('count=10', 'count=10.5')),
  },
  {
    id: 'client-quoted-keyword',
    title: 'sortOrder stands in quotation marks',
    breaks: 'RFC7643-1.1-02',
    noticedBy: ['client.keyword-bare'],
    change: path(on('GET', /sortOrder=/), text => text.replace('descending', '%22descending%22')),
  },
  {
    id: 'client-cursor-alone',
    title: 'The second page is asked for with the cursor alone',
    breaks: 'RFC9865-2-13',
    noticedBy: ['client.cursor-parameters'],
    change: path(on('GET', /cursor=V/), text => text.replace('count=1&', '')),
  },
  {
    id: 'client-cursor-and-index',
    title: 'A cursor comes with a start index',
    breaks: 'RFC9865-2.4-01',
    noticedBy: ['client.cursor-or-index'],
    change: path(on('GET', /cursor=/), text => `${text}&startIndex=1`),
  },
];
