import { expect } from 'chai';
import type { JsonObject } from '../../scim/wire/message.ts';
import { compileOrder, compileSortKey, type SortOrder } from './order.ts';
import type { CompiledType } from './type.ts';
import { gadget, refusal, user } from './examples.test.ts';

describe('order', () => {
  const table: readonly [string, CompiledType, string, readonly JsonObject[], SortOrder?][] = [
    ['text without case', user, 'userName', [{ userName: 'a' }, { userName: 'B' }, { userName: 'c' }]],
    ['text from the end', user, 'userName', [{ userName: 'c' }, { userName: 'B' }, { userName: 'a' }], 'descending'],
    ['exact text by code unit', user, 'externalId', [{ externalId: 'B' }, { externalId: 'a' }]],
    ['numbers by size', gadget, 'count', [{ count: 9 }, { count: 10 }]],
    [
      'dates by instant',
      user,
      'meta.created',
      [{ meta: { created: '2020-01-01T10:00:00+02:00' } }, { meta: { created: '2020-01-01T09:00:00Z' } }],
    ],
    ['false before true', user, 'active', [{ active: false }, { active: true }]],
    ['what is missing last', user, 'title', [{ title: 'z' }, {}]],
    ['what is missing first from the end', user, 'title', [{}, { title: 'z' }], 'descending'],
    [
      'a sub-attribute',
      user,
      'name.givenName',
      [{ name: { givenName: 'A' } }, { name: { givenName: 'b' } }, { name: { familyName: 'A' } }],
    ],
    [
      'the primary element',
      user,
      'emails.value',
      [{ emails: [{ value: 'z' }, { value: 'a', primary: true }] }, { emails: [{ value: 'b' }] }],
    ],
    [
      'the first element without a primary one',
      user,
      'emails',
      [{ emails: [{ value: 'a' }, { value: 'z' }] }, { emails: [{ value: 'b', primary: false }, { value: 'a' }] }],
    ],
    ['a simple list by its first value', gadget, 'tags', [{ tags: ['a', 'z'] }, { tags: ['b', 'a'] }]],
  ];
  for (const [what, type, sortBy, sorted, order = 'ascending'] of table) {
    it(`sorts ${what}`, () => {
      const shuffled = sorted.map((one, at) => ({ ...one, id: String(at) })).reverse();
      shuffled.sort(compileOrder(type, sortBy, order));
      expect(shuffled.map(({ id }) => id)).to.deep.equal(sorted.map((_, at) => String(at)));
    });
  }

  it('leaves equals as they are', () => {
    const compare = compileOrder(user, 'title', 'descending');
    expect(compare({ id: '1' }, { id: '2' })).to.equal(0);
    expect(compare({ id: '1', title: 'A' }, { id: '2', title: 'a' })).to.equal(0);
  });

  it('refuses what has no order', () => {
    expect(refusal(() => compileOrder(user, 'noSuch', 'ascending'))).to.match(/^400 invalidValue: "sortBy" names/);
    expect(refusal(() => compileOrder(user, 'name', 'ascending'))).to.match(/^400 invalidValue: "name" has no order/);
    expect(refusal(() => compileOrder(user, 'password', 'ascending'))).to.match(/^403 sensitive/);
    expect(compileSortKey(user, 'constructor')).to.equal(undefined);
  });
});
