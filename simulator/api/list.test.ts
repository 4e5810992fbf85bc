import { expect } from 'chai';
import type { Answer } from './answer.ts';
import { answerV2, cut, readPage } from './list.ts';
import type { Shape } from './shape.ts';

interface Row {
  readonly n: number;
  readonly group: string;
  readonly note?: string;
}

const shape: Shape<Row> = {
  what: 'a row',
  always: ['n'],
  fields: { n: r => r.n, group: r => r.group, note: r => r.note },
};

const rows: readonly Row[] = Array.from({ length: 25 }, (_, n) => ({
  n,
  group: n % 2 ? 'odd' : 'even',
  ...(n === 7 && { note: 'seven' }),
}));

const numbers = (parameters: object, meets: (row: Row) => boolean = () => true) =>
  cut(rows, readPage(parameters), shape, meets).records.map(({ n }) => n);

describe('page of a list', () => {
  for (const [what, parameters, expected] of [
    ['ten without a limit', {}, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['ten for a limit of 0', { limit: '0' }, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    ['what is asked for', { limit: '3', skip: '2' }, [2, 3, 4]],
    ['the last ones', { limit: 10, skip: 20 }, [20, 21, 22, 23, 24]],
    ['nothing behind the end', { skip: '25' }, []],
    ['what comes last first', { limit: 2, sort: '-n' }, [24, 23]],
    ['one field after another', { limit: 3, sort: '-group n' }, [1, 3, 5]],
    ['names with commas between', { limit: 3, sort: 'group,-n' }, [24, 22, 20]],
    ['what has no value first', { limit: 1, sort: 'note', skip: 24 }, [7]],
    ['the usual order for what sorts alike', { limit: 3, sort: 'group' }, [0, 2, 4]],
  ] as const) {
    it(`holds ${what}`, () => {
      expect(numbers(parameters)).to.deep.equal(expected);
    });
  }

  it('never holds more than 100', () => {
    expect(readPage({ limit: '5000' }).limit).to.equal(100);
  });

  it('counts what was filtered, not what is shown', () => {
    const { total, records } = cut(rows, readPage({ limit: 2 }), shape, ({ n }) => n > 20);
    expect({ total, shown: records.map(({ n }) => n) }).to.deep.equal({ total: 4, shown: [21, 22] });
  });

  for (const [name, value] of [
    ['limit', '-1'],
    ['limit', 'ten'],
    ['limit', '1.5'],
    ['skip', '-1'],
    ['skip', true],
    ['limit', null],
    ['sort', 5],
    ['fields', [{}]],
  ] as const) {
    it(`refuses ${name} ${JSON.stringify(value)} with 400`, () => {
      expect(() => readPage({ [name]: value }))
        .to.throw(name)
        .with.property('status', 400);
    });
  }

  it('refuses to sort by what is no field', () => {
    expect(() => numbers({ sort: '-grp' })).to.throw(/no field "grp"/);
  });

  it('shows the fields that were asked for, the id in any case, and passes over unknown ones', () => {
    const page = readPage({ limit: 1, skip: 7, fields: 'note nothing' });
    const { body } = answerV2(
      cut(rows, page, shape, () => true),
      page,
      shape,
      new URL('http://h/rows'),
    );
    expect(body).to.deep.equal([{ n: 7, note: 'seven' }]);
  });

  it('links to the next page with everything else as it was, until there is none', () => {
    const seen: string[] = [];
    let url: URL | undefined = new URL('http://h/rows?filter=group:eq:odd&limit=5');
    while (url) {
      const page = readPage(Object.fromEntries(url.searchParams));
      const answer: Answer = answerV2(
        cut(rows, page, shape, ({ group }) => group === 'odd'),
        page,
        shape,
        url,
      );
      seen.push((answer.body as Row[]).map(({ n }) => n).join());
      expect(url.searchParams.get('filter')).to.equal('group:eq:odd');
      const next: string | undefined = /^<(.+)>; rel="next"$/.exec(answer.headers?.['Link'] ?? '')?.[1];
      url = next === undefined ? undefined : new URL(next);
    }
    expect(seen).to.deep.equal(['1,3,5,7,9', '11,13,15,17,19', '21,23']);
  });
});
