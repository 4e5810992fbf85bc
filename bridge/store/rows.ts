import type { Entry, Rows } from './store.ts';

/** Long enough for few chunks, short enough to cut one entry out of. */
const CHUNK = 1024;

/** Rows that can be added at the end and taken out anywhere. */
export interface WritableRows extends Rows {
  append(entry: Entry): void;
  remove(entry: Entry): void;
}

/**
 * Rows in chunks: a page is reached by skipping whole chunks, and a removal moves the rest of one chunk only, so neither
 * grows with the number of resources in a way that shows.
 */
export function createRows(): WritableRows {
  const chunks: Entry[][] = [];
  let size = 0;

  /** The last chunk that begins at or before a place in the order; -1 when all begin after it. */
  const chunkAt = (order: number): number =>
    firstFrom(chunks.length, index => (chunks[index]?.[0]?.order ?? 0) > order) - 1;

  return {
    get size() {
      return size;
    },
    append(entry) {
      const last = chunks.at(-1);
      if (last && last.length < CHUNK) last.push(entry);
      else chunks.push([entry]);
      size += 1;
    },
    remove(entry) {
      const index = chunkAt(entry.order);
      const chunk = chunks[index];
      const place = chunk?.indexOf(entry) ?? -1;
      if (!chunk || place < 0) return;
      chunk.splice(place, 1);
      if (chunk.length === 0) chunks.splice(index, 1);
      size -= 1;
    },
    slice(offset, count) {
      const page: Entry[] = [];
      let skip = offset;
      for (const chunk of chunks) {
        if (page.length >= count) break;
        if (skip >= chunk.length) {
          skip -= chunk.length;
          continue;
        }
        const end = Math.min(chunk.length, skip + count - page.length);
        for (let index = skip; index < end; index += 1) {
          const entry = chunk[index];
          if (entry) page.push(entry);
        }
        skip = 0;
      }
      return page;
    },
    rank(order) {
      const index = chunkAt(order);
      let before = 0;
      for (const chunk of chunks.slice(0, Math.max(index, 0))) before += chunk.length;
      const chunk = chunks[index];
      return chunk ? before + rankIn(chunk, order) : before;
    },
    *[Symbol.iterator]() {
      for (const chunk of chunks) yield* chunk;
    },
  };
}

/** Rows over entries that are already in order: the matches of a filter. */
export const fixedRows = (entries: readonly Entry[]): Rows => ({
  size: entries.length,
  slice: (offset, count) => entries.slice(offset, offset + count),
  rank: order => rankIn(entries, order),
  [Symbol.iterator]: () => entries[Symbol.iterator](),
});

const rankIn = (entries: readonly Entry[], order: number): number =>
  firstFrom(entries.length, index => (entries[index]?.order ?? 0) >= order);

/** The first of `count` places for which a test holds that stays true from there on; `count` when it never does. */
function firstFrom(count: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
