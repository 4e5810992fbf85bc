import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Refusal } from './refusal.ts';

/** Where a page begins. */
export interface Place {
  /** Place in the order of creation of the resource next to the page: the last before it, or for a page further back the first after it. */
  readonly order: number;
  /** Offset of that resource in the list when the cursor was made: what is left to go by when it is gone and the list is sorted. */
  readonly offset: number;
  readonly back: boolean;
  /** Resources of each page. */
  readonly count: number;
}

/** Characters of a seal: 132 bits. */
const SEAL = 22;

/** Makes and reads cursors (RFC 9865). */
export interface Cursors {
  /** @param query everything a follow-up request has to repeat, and who asks */
  write(place: Place, query: string): string;
  /** @throws Refusal 400 invalidCursor, expiredCursor */
  read(cursor: string, query: string): Place;
}

/**
 * Cursors that carry their place themselves, so nothing is kept between pages: sealed with a key of this process, bound
 * to the query and the caller. A foreign, a forged and a nonsensical cursor are refused in the same words.
 *
 * @param timeout seconds a cursor is valid
 */
export function createCursors(now: () => number, timeout: number): Cursors {
  const key = randomBytes(32);
  const seal = (text: string, query: string): string =>
    createHmac('sha256', key).update(`${text}\n${query}`).digest('base64url').slice(0, SEAL);
  const invalid = (): Refusal =>
    new Refusal(400, 'the cursor is none of this query; start again without one', { paging: 'invalidCursor' });

  return {
    write({ order, offset, back, count }, query) {
      const text = [order, offset, back ? 1 : 0, count, Math.floor(now() / 1000)]
        .map(part => part.toString(36))
        .join('.');
      return `${text}.${seal(text, query)}`;
    },
    read(cursor, query) {
      const [, text, sealed] = /^([\da-z]+(?:\.[\da-z]+){4})\.([\w-]{22})$/.exec(cursor) ?? [];
      if (text === undefined || sealed === undefined) throw invalid();
      if (!timingSafeEqual(Buffer.from(sealed), Buffer.from(seal(text, query)))) throw invalid();
      const [order = 0, offset = 0, back = 0, count = 0, made = 0] = text
        .split('.')
        .map(part => Number.parseInt(part, 36));
      if (now() / 1000 - made > timeout) {
        throw new Refusal(400, 'the cursor has expired; start again without one', { paging: 'expiredCursor' });
      }
      return { order, offset, back: back === 1, count };
    },
  };
}
