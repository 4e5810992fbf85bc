import { expect } from 'chai';
import { controls, declaresFlag, keeps, serves, supports, type Condition, type Facts } from './facts.ts';

const facts = (members: Partial<Facts> = {}): Facts => ({
  serviceProviderConfig: undefined,
  resourceTypes: undefined,
  schemas: undefined,
  credentialed: true,
  refused: {},
  kept: undefined,
  ...members,
});
const flag = (feature: string, supported: boolean | string) =>
  facts({ serviceProviderConfig: { [feature]: { supported } } });
const types = (...resourceTypes: NonNullable<Facts['resourceTypes']>) => facts({ resourceTypes });

describe('a condition', () => {
  const cases: readonly [condition: Condition, facts: Facts, holds: boolean, when: string][] = [
    [serves('User'), facts(), true, 'without discovery'],
    [serves('User'), types({ name: 'User', endpoint: '/Users' }), true, 'when the type is listed'],
    [
      serves('User'),
      types({ name: 'Person', endpoint: 'Users' }),
      true,
      'when its endpoint is listed under another name',
    ],
    [
      serves('User'),
      types({ name: 'P', endpoint: 'https://h/scim/v2/Users' }),
      true,
      'when its endpoint is listed whole',
    ],
    [serves('Group'), types({ name: 'User', endpoint: '/Users' }), false, 'when another type is listed only'],
    [supports('patch'), facts(), true, 'without discovery, since nearly all have it'],
    [supports('bulk'), facts(), false, 'without discovery, since few have it'],
    [supports('patch'), flag('patch', false), false, 'when the flag says no'],
    [supports('patch'), flag('patch', 'false'), true, 'when the flag is no boolean'],
    [supports('etag'), flag('etag', true), true, 'when the flag says yes'],
    [declaresFlag('filter'), facts(), false, 'without discovery'],
    [declaresFlag('filter'), flag('filter', false), true, 'when the flag says no'],
    [keeps('title'), facts(), true, 'when no user could be looked at'],
    [keeps('title'), facts({ kept: ['userName'] }), false, 'when a user came back without it'],
    [keeps('title'), facts({ kept: ['title'] }), true, 'when a user came back with it'],
    [controls('accept'), facts(), false, 'without a control'],
    [controls('accept', 'confirm'), facts({ acts: ['accept'] }), false, 'when the control lacks one'],
    [controls('accept', 'confirm'), facts({ acts: ['confirm', 'accept'] }), true, 'when the control has them'],
    [
      controls('accept'),
      facts({ acts: ['accept'], residents: { User: [], Group: [] } }),
      false,
      'where nothing may be changed',
    ],
  ];
  for (const [condition, known, holds, when] of cases) {
    it(`"${condition.name}" ${holds ? 'holds' : 'does not hold'} ${when}`, () => {
      const reason = condition.unmet(known);
      if (holds) expect(reason).to.equal(undefined);
      else expect(reason).to.be.a('string').that.is.not.empty;
    });
  }
});
