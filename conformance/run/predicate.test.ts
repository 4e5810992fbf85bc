import { expect } from 'chai';
import type { Json } from '../../scim/wire/message.ts';
import type { Trait } from './attributes.ts';
import { and, compare, element, not, or, present, type Operator } from './predicate.ts';

const trait = (path: string, more: Partial<Trait> = {}): Trait => ({
  path,
  type: 'string',
  multiValued: false,
  caseExact: false,
  mutability: 'readWrite',
  returned: 'default',
  ...more,
});

describe('a predicate', () => {
  const user = {
    title: 'Anvil',
    emails: [
      { type: 'work', value: 'a@one' },
      { type: 'home', value: 'a@two' },
    ],
    meta: { created: '2026-01-02T03:00:00Z' },
  };
  const cases: readonly [path: string, operator: Operator, operand: Json, truth: boolean | undefined][] = [
    ['title', 'eq', 'anvil', true],
    ['title', 'eq', 'anvi', false],
    ['title', 'sw', 'AN', true],
    ['title', 'ew', 'vi', false],
    ['title', 'co', 'vi', true],
    ['title', 'gt', 'anvil', false],
    ['title', 'ge', 'anvil', true],
    ['title', 'ne', 'anvil', false],
    ['nickName', 'eq', 'x', false],
    ['nickName', 'ne', 'x', undefined],
    ['emails.type', 'eq', 'home', true],
    ['emails.type', 'ne', 'home', undefined],
    ['emails.type', 'ne', 'other', true],
  ];
  for (const [path, operator, operand, truth] of cases) {
    it(`says ${truth} of ${path} ${operator} ${JSON.stringify(operand)}`, () => {
      expect(compare(trait(path), operator, operand).holds(user)).to.equal(truth);
    });
  }

  it('compares with case where the attribute is exact', () => {
    expect(compare(trait('title', { caseExact: true }), 'eq', 'anvil').holds(user)).to.equal(false);
  });

  it('compares dates as instants', () => {
    const created = trait('meta.created', { type: 'dateTime' });
    expect(compare(created, 'gt', '2026-01-02T04:30:00+02:00').holds(user)).to.equal(true);
    expect(compare(created, 'lt', '2026-01-02T04:30:00+02:00').holds(user)).to.equal(false);
  });

  it('keeps what is open open, unless the other side settles it', () => {
    const open = compare(trait('nickName'), 'ne', 'x');
    const right = present(trait('title'));
    expect([and(open, right), or(open, right), not(open)].map(one => one.holds(user))).to.deep.equal([
      undefined,
      true,
      undefined,
    ]);
  });

  it('wants one element to meet all that stands in brackets', () => {
    const inner = (type: string) => and(compare(trait('type'), 'eq', type), compare(trait('value'), 'co', '@two'));
    expect(element('emails', inner('home')).holds(user)).to.equal(true);
    expect(element('emails', inner('work')).holds(user)).to.equal(false);
  });
});
