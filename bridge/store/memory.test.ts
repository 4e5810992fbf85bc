import { expect } from 'chai';
import type { Resource } from '../resource/resource.ts';
import { createMemoryStore } from './memory.ts';
import { UniquenessError, type IndexPath } from './store.ts';

const fold = (value: unknown): string | undefined => (typeof value === 'string' ? value.toLowerCase() : undefined);
const path = (name: string, uniqueness: IndexPath['uniqueness'] = 'none'): IndexPath => ({
  name,
  steps: name.split('.'),
  key: fold,
  distinct: false,
  uniqueness,
});
const makeStore = () =>
  createMemoryStore([
    { name: 'A', indexes: [path('name', 'server'), path('code', 'global'), path('mails.value'), path('team')] },
    { name: 'B', indexes: [path('name', 'server'), path('code', 'global')] },
  ]);
const idsOf = (entries: readonly { readonly resource: Resource }[]): string[] =>
  entries.map(({ resource }) => resource.id);
const mails = (...values: string[]) => values.map(value => ({ value }));

describe('The store', () => {
  it('finds through an index what holds a value now, in order of creation', () => {
    const store = makeStore();
    const one = store.insert('A', { id: '1', team: 'Red', mails: mails('x', 'y') });
    const two = store.insert('A', { id: '2', team: 'RED', mails: mails('y') });
    expect(idsOf(store.find('A', 'team', 'red'))).to.deep.equal(['1', '2']);
    expect(idsOf(store.find('A', 'mails.value', 'Y'))).to.deep.equal(['1', '2']);
    store.replace(one, { id: '1', team: 'blue', mails: mails('y', 'z') });
    expect(idsOf(store.find('A', 'team', 'red'))).to.deep.equal(['2']);
    expect(idsOf(store.find('A', 'mails.value', 'x'))).to.deep.equal([]);
    expect(idsOf(store.find('A', 'mails.value', 'y'))).to.deep.equal(['1', '2']);
    expect(store.holds(one, 'mails.value', 'Z')).to.equal(true);
    store.remove(two);
    expect(idsOf(store.find('A', 'mails.value', 'y'))).to.deep.equal(['1']);
    expect(store.get('2')).to.equal(undefined);
    expect(store.rows('A').size).to.equal(1);
  });

  it('keeps a value that another element of the same resource still holds', () => {
    const store = makeStore();
    const [home, work] = [
      { value: 'x', type: 'home' },
      { value: 'x', type: 'work' },
    ];
    const one = store.insert('A', { id: '1', mails: [home, work] });
    store.replace(one, { id: '1', mails: [work] });
    expect(idsOf(store.find('A', 'mails.value', 'x'))).to.deep.equal(['1']);
  });

  for (const [what, type, resource, isTaken] of [
    ['of the same type', 'A', { id: '2', name: 'ADA' }, true],
    ['of another type', 'B', { id: '2', name: 'ada' }, false],
    ['that is global, of the same type', 'A', { id: '2', code: 'C' }, true],
    ['that is global, of another type', 'B', { id: '2', code: 'c' }, true],
  ] as const) {
    it(`${isTaken ? 'refuses' : 'takes'} a unique value that a resource ${what} has`, () => {
      const store = makeStore();
      store.insert('A', { id: '1', name: 'Ada', code: 'c' });
      const insert = () => store.insert(type, resource);
      if (isTaken) expect(insert).to.throw(UniquenessError);
      else expect(insert).to.not.throw();
      expect(store.get('2') !== undefined).to.equal(!isTaken);
    });
  }

  it('changes nothing when a replacement is refused', () => {
    const store = makeStore();
    store.insert('A', { id: '1', name: 'ada' });
    const two = store.insert('A', { id: '2', name: 'bob', team: 'red' });
    const { revision } = two;
    expect(() => store.replace(two, { id: '2', name: 'ada', team: 'blue' })).to.throw(UniquenessError);
    expect(two).to.deep.include({ revision, resource: { id: '2', name: 'bob', team: 'red' } });
    expect(idsOf(store.find('A', 'team', 'red'))).to.deep.equal(['2']);
    store.replace(two, { id: '2', name: 'BOB' });
    expect(idsOf(store.find('A', 'name', 'bob'))).to.deep.equal(['2']);
  });

  it('gives every write a revision of its own', () => {
    const store = makeStore();
    const one = store.insert('A', { id: '1' });
    const seen = [one.revision];
    store.touch(one);
    seen.push(one.revision);
    store.replace(one, { id: '1', team: 'x' });
    seen.push(one.revision, store.insert('B', { id: '2' }).revision);
    expect(new Set(seen).size).to.equal(4);
  });

  it('refuses an id that is given, over all types', () => {
    const store = makeStore();
    store.insert('A', { id: '1' });
    expect(() => store.insert('B', { id: '1' })).to.throw('the id 1 is given already');
  });
});
