import { expect } from 'chai';
import { parseFilters, parseTextSearch, v1Filters, v2Filters } from './filter.ts';
import type { Shape } from './shape.ts';

interface Pet {
  readonly name: string;
  readonly age?: number;
  readonly tame?: boolean;
  readonly tags?: readonly { readonly name: string; readonly value: string }[];
}

const shape: Shape<Pet> = {
  what: 'a pet',
  always: ['name'],
  fields: { name: p => p.name, age: p => p.age, tame: p => p.tame, tags: p => p.tags },
};

const pets: readonly Pet[] = [
  { name: 'Ada', age: 3, tame: true, tags: [{ name: 'size', value: 'S' }] },
  { name: 'Bob', age: 10, tame: false },
  { name: 'a:b', age: 9 },
  { name: '', tags: [{ name: 'size', value: 'L' }] },
];

const names = (meets: (pet: Pet) => boolean) => pets.filter(meets).map(({ name }) => name);

describe('filter', () => {
  for (const [filters, expected] of [
    [['name:$eq:Ada'], ['Ada']],
    [['name:$eq:ada'], []],
    [['name:eq:Ada'], ['Ada']],
    [['name:$eq:a:b'], ['a:b']],
    [['name:$eq:'], ['']],
    [['name:$ne:Ada'], ['Bob', 'a:b', '']],
    [['age:$gt:9'], ['Bob']],
    [['age:$gte:9'], ['Bob', 'a:b']],
    [['age:$lt:9'], ['Ada']],
    [['age:$lte:9'], ['Ada', 'a:b']],
    [['age:$eq:9.0'], ['a:b']],
    [['age:$eq:x'], []],
    [['tame:$eq:false'], ['Bob']],
    [['tame:$eq:'], ['a:b', '']],
    [['tags.value:$eq:L'], ['']],
    [['age:$gt:1', 'tame:$eq:true'], ['Ada']],
  ] as const) {
    it(`of API v1 ${filters.join(' and ')} finds ${JSON.stringify(expected)}`, () => {
      expect(names(parseFilters(filters, v1Filters, shape))).to.deep.equal(expected);
    });
  }

  for (const [filters, expected] of [
    [['name:eq:Ada'], ['Ada']],
    [['name:ne:Ada'], ['Bob', 'a:b', '']],
    [['age:ge:9'], ['Bob', 'a:b']],
    [['age:le:9'], ['Ada', 'a:b']],
    [['age:gt:9'], ['Bob']],
    [['age:lt:9'], ['Ada']],
    [['age:between:3|9'], ['Ada', 'a:b']],
    [['name:search:A'], ['Ada', 'a:b']],
    [['name:in:Ada|Bob'], ['Ada', 'Bob']],
    [['age:gt:1,tame:eq:true'], ['Ada']],
    [['name:eq:x,y'], []],
  ] as const) {
    it(`of API v2 ${filters.join(' and ')} finds ${JSON.stringify(expected)}`, () => {
      expect(names(parseFilters(filters, v2Filters, shape))).to.deep.equal(expected);
    });
  }

  for (const [dialect, text, message] of [
    [v1Filters, 'name', /field:\$eq:value/],
    [v1Filters, '', /field:\$eq:value/],
    [v2Filters, 'name:eq', /field:eq:value/],
    [v1Filters, 'name:$equals:x', /no operator "\$equals".*\$gte/],
    [v1Filters, 'name:constructor:x', /no operator "constructor"/],
    [v2Filters, 'name:$eq:x', /no operator "\$eq" \(did you mean eq\?\)/],
    [v1Filters, 'nam:$eq:x', /no field "nam" \(did you mean name\?\)/],
    [v1Filters, 'toString:$eq:x', /no field "toString"/],
  ] as const) {
    it(`refuses "${text}" with 400`, () => {
      expect(() => parseFilters([text], dialect, shape))
        .to.throw(message)
        .with.property('status', 400);
    });
  }

  it('searches a text in several fields, in any case', () => {
    expect(names(parseTextSearch(['ADA', 'bo'], ['name'], shape))).to.deep.equal(['Ada', 'Bob']);
    expect(names(parseTextSearch(['s'], ['tags.value'], shape))).to.deep.equal(['Ada']);
    expect(() => parseTextSearch(['s'], ['nothing'], shape)).to.throw(/no field "nothing"/);
  });
});
