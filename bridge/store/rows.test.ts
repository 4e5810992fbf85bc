import { expect } from 'chai';
import { createRows, fixedRows } from './rows.ts';
import type { Entry } from './store.ts';

const entry = (order: number): Entry => ({ type: 'T', order, revision: order, resource: { id: String(order) } });
const orders = (entries: Iterable<Entry>): number[] => [...entries].map(({ order }) => order);

/** Long enough for several chunks. */
const COUNT = 5000;

describe('Rows', () => {
  it('hold to a plain list through additions and removals', () => {
    const rows = createRows();
    const entries = Array.from({ length: COUNT }, (_, index) => entry(index * 2));
    for (const each of entries) rows.append(each);
    // A fixed walk over the list that takes single entries, neighbours and whole chunks out.
    const gone = new Set(entries.filter(({ order }) => order % 7 === 0 || (order > 3000 && order < 6000)));
    for (const each of gone) rows.remove(each);
    for (const each of gone) rows.remove(each);
    const added = [entry(COUNT * 2), entry(COUNT * 2 + 5)];
    for (const each of added) rows.append(each);
    const left = [...entries.filter(each => !gone.has(each)), ...added];

    expect(rows.size).to.equal(left.length);
    expect(orders(rows)).to.deep.equal(orders(left));
    for (const offset of [0, 1, 1023, 1024, 1025, 2500, left.length - 1, left.length, left.length + 10]) {
      for (const count of [0, 1, 100, 1500]) {
        expect(orders(rows.slice(offset, count))).to.deep.equal(orders(left.slice(offset, offset + count)));
      }
    }
    for (const order of [-1, 0, 1, 2, 14, 15, 2999, 4500, 6000, COUNT * 2 - 1, COUNT * 2 + 1, COUNT * 9]) {
      const before = left.filter(each => each.order < order).length;
      expect(rows.rank(order), `rank of ${order}`).to.equal(before);
      expect(fixedRows(left).rank(order)).to.equal(before);
    }
  });

  it('may be emptied and filled again', () => {
    const rows = createRows();
    const one = entry(1);
    rows.append(one);
    rows.remove(one);
    expect({ size: rows.size, page: rows.slice(0, 10), rank: rows.rank(5) }).to.deep.equal({
      size: 0,
      page: [],
      rank: 0,
    });
    rows.append(entry(2));
    expect(orders(rows)).to.deep.equal([2]);
  });
});
