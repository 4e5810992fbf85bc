import type { JsonObject } from '../../scim/wire/message.ts';
import { LIST_RESPONSE } from '../../scim/message/urn.ts';
import type { Entry, Rows } from '../store/store.ts';
import type { Cursors, Place } from './cursor.ts';
import type { Parameters } from './parameters.ts';
import { Refusal } from './refusal.ts';
import type { BridgeSettings } from './settings.ts';

/** What a query has found, in the order it is shown. */
export interface Found extends Pick<Rows, 'size' | 'slice'> {
  /** Where an entry is, or would be, if the list can tell by its place in the order of creation. */
  place(order: number): number | undefined;
}

/** A page and what the list response says about it. */
export interface Page {
  readonly entries: readonly Entry[];
  readonly envelope: JsonObject;
}

interface Paging {
  readonly settings: BridgeSettings;
  readonly cursors: Cursors;
  /** Everything a request for a further page has to repeat, and who asks. */
  readonly query: () => string;
}

/**
 * Cuts a page out of what was found: by `startIndex` (RFC 7644 section 3.4.2.4) or by cursor (RFC 9865), as the request
 * says or else by default.
 *
 * @throws Refusal 400 for a cursor that is not of this query
 */
export function cutPage(found: Found, parameters: Parameters, paging: Paging): Page {
  const { settings } = paging;
  const { cursor, startIndex } = parameters;
  const byCursor = settings.cursorPaging && cursor !== undefined;
  const byIndex = settings.indexPaging && startIndex !== undefined;
  if (byCursor && byIndex) {
    throw new Refusal(400, 'cursor and startIndex exclude each other; send one of them', { scimType: 'invalidValue' });
  }
  const isDefaultCursor = settings.defaultPaginationMethod === 'cursor' && !byIndex;
  return byCursor || isDefaultCursor
    ? cursorPage(found, parameters, byCursor ? cursor : '', paging)
    : indexPage(found, parameters, settings);
}

/** A negative count counts as 0, one above the limit as the limit. */
const sizeOf = ({ count }: Parameters, { defaultPageSize, filterMaxResults }: BridgeSettings): number =>
  Math.min(Math.max(count ?? defaultPageSize, 0), filterMaxResults);

function indexPage(found: Found, parameters: Parameters, settings: BridgeSettings): Page {
  const startIndex = settings.indexPaging ? Math.max(parameters.startIndex ?? 1, 1) : 1;
  const entries = found.slice(startIndex - 1, sizeOf(parameters, settings));
  return { entries, envelope: envelope(found.size, entries.length, { startIndex }) };
}

function cursorPage(found: Found, parameters: Parameters, cursor: string, { settings, cursors, query }: Paging): Page {
  const size = sizeOf(parameters, settings);
  const from = cursor === '' ? undefined : cursors.read(cursor, query());
  if (from && parameters.count !== undefined && size !== from.count) {
    throw new Refusal(400, `count differs from that of the first page (${from.count})`, { paging: 'invalidCount' });
  }
  const count = from?.count ?? size;
  const { offset, length } = span(found, from, count);
  const entries = found.slice(offset, length);
  const [first, last] = [entries[0], entries.at(-1)];
  const next: Place | undefined =
    last && offset + entries.length < found.size
      ? { order: last.order, offset: offset + entries.length - 1, back: false, count }
      : undefined;
  const previous: Place | undefined =
    first && offset > 0 ? { order: first.order, offset, back: true, count } : undefined;
  return {
    entries,
    envelope: envelope(found.size, entries.length, {
      ...(next && { nextCursor: cursors.write(next, query()) }),
      ...(previous && { previousCursor: cursors.write(previous, query()) }),
    }),
  };
}

/** Where a page begins and how long it is at most. */
function span(found: Found, from: Place | undefined, count: number): { offset: number; length: number } {
  if (!from) return { offset: 0, length: count };
  const at = found.place(from.order);
  if (from.back) {
    const end = Math.min(at ?? from.offset, found.size);
    const offset = Math.max(end - count, 0);
    return { offset, length: end - offset };
  }
  // The neighbour itself is on the page before, unless it is gone: then its place holds the first of this page.
  const isThere = at !== undefined && found.slice(at, 1)[0]?.order === from.order;
  return { offset: isThere ? at + 1 : (at ?? from.offset), length: count };
}

const envelope = (totalResults: number, itemsPerPage: number, rest: JsonObject): JsonObject => ({
  schemas: [LIST_RESPONSE],
  totalResults,
  ...rest,
  itemsPerPage,
});
