import type { Fix } from './fix.ts';

/** What to change where a target lists, pages, projects or searches otherwise than it should. */
export const queryFixes: readonly Fix[] = [
  [
    'list.envelope',
    'Wrap each list in a ListResponse: schemas, totalResults and Resources, also where nothing or one thing is found.',
  ],
  [
    'list.last-modified',
    'Show one lastModified everywhere: lists read from a copy or an index have to follow each change.',
  ],
  [
    'list.password-hidden',
    'Leave password out where resources are read from the store, so that lists, searches and members of groups cannot show it.',
  ],
  ['list.unknown-parameter', 'Pass over query parameters that are not known instead of refusing the request.'],
  ['query.plus-sign', 'Decode the query once by the rules of URIs: %2B is a plus sign, and stays one after decoding.'],
  [
    'query.decoded-once',
    'Decode the query once. A second decoding, often that of a framework on top of a parser, changes values that hold a percent sign.',
  ],
  ['page.count-zero', 'Answer count=0 with totalResults and no Resources; do not take 0 for "not given".'],
  ['page.count-none', 'Answer count=0 with the total of the filter and no Resources; do not take 0 for "not given".'],
  ['page.count-negative', 'Take a negative count for 0: the total and no entries.'],
  [
    'page.count-filtered',
    'Apply count after the filter: cut the matches to a page, not the store before it is filtered.',
  ],
  [
    'page.count-large',
    'Cut a count above what is served at once down to that, or refuse it with 400; never fail on it.',
  ],
  [
    'page.count',
    'Cut Resources to count entries at most. Read the parameter as an integer, and apply it on each collection.',
  ],
  [
    'page.total-filtered',
    'Count the matches of the filter before the page is cut, and give the same totalResults on each page.',
  ],
  [
    'page.total-whole',
    'Set totalResults to what all pages show together: count after hidden or deleted resources are taken out.',
  ],
  ['page.total', 'Set totalResults to the number of all matches, not to the length of the page.'],
  ['page.start-below-one', 'Take a startIndex below 1 for 1.'],
  [
    'page.start-one-based',
    'Count startIndex from 1 and take 1 where it is left out: the offset into the store is startIndex - 1.',
  ],
  [
    'page.start-index',
    'Give startIndex in the answer, the number of the first entry of the page, wherever the page is not everything.',
  ],
  ['page.items', 'Set itemsPerPage to the length of Resources in this answer, not to the count that was asked for.'],
  ['page.beyond-end', 'Answer a startIndex beyond the end with 200, the total and no entries.'],
  ['page.numbers', 'Write totalResults, startIndex and itemsPerPage as integers without quotation marks.'],
  ['page.resources', 'Write Resources as an array wherever there is a match on the page.'],
  [
    'page.walk',
    'Order the list by something that does not change while pages are read (id or creation), and cut pages from that order: each resource on one page, none on two.',
  ],
  [
    'page.sum',
    'Order the list by something stable and count after the filter, so that the pages together hold as many entries as totalResults says.',
  ],
  [
    'page.changed-since',
    'Apply the filter on meta.lastModified before paging, and order by something stable, so that each change is on one page.',
  ],
  [
    'page.large-numbers',
    'Read paging numbers as integers of any size: a count beyond what a page holds asks for as much as there is, and never breaks the server.',
  ],
  [
    'page.open',
    'Read paging parameters strictly: answer 400 or take the default, and give the same page to the same request.',
  ],
  ['projection.attributes-list', 'Apply attributes to each entry of a list as to a single resource.'],
  [
    'projection.attributes',
    'Show what attributes names, plus what is returned always (id, schemas), and nothing that is returned by default.',
  ],
  ['projection.several', 'Split attributes at commas and show each of the names.'],
  [
    'projection.sub-attributes',
    'Let attributes take a path such as name.familyName: show that part within its parent, and no other.',
  ],
  [
    'projection.names',
    'Resolve names in attributes without regard to case, with and without the URN of the schema in front.',
  ],
  [
    'projection.extension',
    'Let attributes take the URN of an extension with an attribute, and show it under that URN.',
  ],
  ['projection.excluded-always', 'Keep id in the answer whatever excludedAttributes names: it is returned always.'],
  ['projection.excluded-list', 'Apply excludedAttributes to each entry of a list.'],
  [
    'projection.excluded-names',
    'Resolve names in excludedAttributes without regard to case, with and without the URN of the schema in front.',
  ],
  ['projection.excluded-parts', 'Let excludedAttributes take a path: leave that part out, and its siblings in.'],
  ['projection.excluded', 'Take away what excludedAttributes names from what is shown by default, and nothing else.'],
  [
    'projection.members',
    'Leave members out of groups where excludedAttributes=members asks for it, in lists and in single reads. It spares loading them.',
  ],
  [
    'projection.default',
    'Build the entry of a list and the single resource with the same function, so that both show the same.',
  ],
  ['projection.on-request', 'Show an attribute with returned request where attributes names it.'],
  [
    'projection.write',
    'Apply attributes and excludedAttributes to the body of the answer alone, after everything that was sent has been stored.',
  ],
  ['projection.group', 'Apply attributes to groups, in answers to reads and to writes.'],
  [
    'projection.open',
    'The document leaves it open: choose one answer, give it always, and say so in the documentation of the endpoint.',
  ],
  ['search.same-as-get', 'Send POST .search and GET through the same query, so that both find and show the same.'],
  [
    'search.after-change',
    'Read searches by POST from what lists by GET are read from, so that both follow each change.',
  ],
  ['search.filter', 'Read filter from the body of the SearchRequest, not from the URL.'],
  [
    'search.creates-nothing',
    'Route POST {endpoint}/.search before POST {endpoint}, so that a search never reaches the code that creates.',
  ],
  [
    'search.broken-filter',
    'Parse the filter of a search as that of a GET, and refuse a broken one with 400 invalidFilter.',
  ],
  [
    'search.root',
    'Serve queries at the root over all resource types by the same code as each endpoint, an attribute that a type lacks counting as unset. Or answer 501.',
  ],
  ['cursor.next', 'Give nextCursor on each page but the last, and leave it out on the last.'],
  ['cursor.previous', 'Let previousCursor lead to the page before this one.'],
  ['cursor.first-has-no-previous', 'Leave previousCursor out on the first page.'],
  [
    'cursor.walk',
    'Let each cursor continue behind the last entry of its page in one stable order: each match once, none left out.',
  ],
  ['cursor.characters', 'Encode cursors in unreserved characters (base64url without padding, or hex).'],
  [
    'cursor.count',
    'Apply count to pages by cursor as to pages by index: at most so many entries, 0 for none, a negative one as 0.',
  ],
  ['cursor.total', 'Set totalResults on pages by cursor to the number of all matches, or leave it out.'],
  ['cursor.invalid-count', 'Refuse a count that is no number with 400 invalidCount.'],
  ['cursor.invalid', 'Refuse a cursor that was not given out with 400 invalidCursor.'],
  ['cursor.sorted', 'Sort before pages are cut, and keep the order in the cursor.'],
  [
    'cursor.method',
    'Page by cursor where the request has cursor, by index where it has startIndex, and by the published default otherwise.',
  ],
  ['cursor.search', 'Read cursor from the body of a SearchRequest too, and give nextCursor in its answer.'],
  [
    'cursor.open',
    'The document leaves it open: choose one answer, give it always, and say so in the documentation of the endpoint.',
  ],
];
