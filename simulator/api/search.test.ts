import { expect } from 'chai';
import { parseSearch } from './search.ts';
import type { Shape } from './shape.ts';

interface Worker {
  readonly name: string;
  readonly department: string;
  readonly sudo: boolean;
}

const shape: Shape<Worker> = {
  what: 'a worker',
  always: [],
  fields: { name: w => w.name, department: w => w.department, sudo: w => w.sudo },
};

const workers: readonly Worker[] = [
  { name: 'ada@x.example', department: 'IT', sudo: true },
  { name: 'bob@x.example', department: 'Sales', sudo: false },
  { name: 'cy@y.example', department: '', sudo: false },
];

describe('search by a body', () => {
  const [ada, bob, cy] = workers.map(({ name }) => name);
  for (const [body, expected] of [
    [{}, [ada, bob, cy]],
    [{ filter: [{ department: 'IT' }] }, [ada]],
    [{ filter: { and: [{ department: 'IT' }, { sudo: false }] } }, []],
    [{ filter: { or: [{ department: 'IT' }, { department: 'Sales' }] } }, [ada, bob]],
    [{ filter: { or: [{ and: [{ sudo: false }, { department: 'Sales' }] }, { department: 'IT' }] } }, [ada, bob]],
    [{ filter: { department: ['IT', 'Sales'] } }, [ada, bob]],
    [{ filter: { department: null } }, [cy]],
    [{ filter: { sudo: true } }, [ada]],
    [{ filter: { sudo: 'true' } }, []],
    [{ filter: [] }, [ada, bob, cy]],
    [{ searchFilter: { searchTerm: '@X.', fields: ['name'] } }, [ada, bob]],
    [{ searchFilter: { searchTerm: ['cy', 'ada'], fields: ['name', 'department'] } }, [ada, cy]],
    [{ searchFilter: { searchTerm: '@x.', fields: ['name'] }, filter: { or: [{ department: 'IT' }] } }, [ada]],
  ] as const) {
    it(`finds ${JSON.stringify(expected)} for ${JSON.stringify(body)}`, () => {
      expect(workers.filter(parseSearch(body, shape)).map(({ name }) => name)).to.deep.equal(expected);
    });
  }

  const deep = (levels: number): object => (levels === 0 ? { sudo: true } : { and: [deep(levels - 1)] });
  for (const [what, body, message] of [
    ['a text as filter', { filter: 'sudo:$eq:true' }, /no filter/],
    ['a list in the place of a text', { filter: { and: { sudo: true } } }, /hold a list/],
    ['an unknown field', { filter: [{ dept: 'IT' }] }, /no field "dept"/],
    ['a search without a term', { searchFilter: { fields: ['name'] } }, /searchTerm/],
    ['a search without fields', { searchFilter: { searchTerm: 'x' } }, /fields/],
    ['a search that is none', { searchFilter: 'x' }, /searchTerm/],
    ['lists in lists without end', { filter: deep(5000) }, /10 levels/],
    ['expressions without end', { filter: Array.from({ length: 2000 }, () => ({ sudo: true })) }, /1000 expressions/],
  ] as const) {
    it(`refuses ${what} with 400`, () => {
      expect(() => parseSearch(body, shape))
        .to.throw(message)
        .with.property('status', 400);
    });
  }
});
