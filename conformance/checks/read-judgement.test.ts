import { expect } from 'chai';
import type { Exchange, Json, JsonObject } from '../../reports/record/index.ts';
import { LIST_RESPONSE, USER } from '../../scim/message/urn.ts';
import type { Facts } from '../run/facts.ts';
import { createJudge } from '../run/judge.ts';
import { rfc } from '../run/profiles.ts';
import { readJudgementOverRun } from './read-judgement-run.ts';
import { readJudgement } from './read-judgement.ts';

const facts: Facts = {
  serviceProviderConfig: undefined,
  resourceTypes: [
    { name: 'User', endpoint: '/Users', schema: USER },
    { name: 'Group', endpoint: '/Groups', schema: 'urn:ietf:params:scim:schemas:core:2.0:Group' },
  ],
  schemas: [
    {
      id: USER,
      attributes: [
        { name: 'userName', type: 'string', required: true },
        { name: 'lastSeen', type: 'string', mutability: 'readOnly' },
      ],
    },
  ],
  credentialed: true,
  refused: {},
  kept: undefined,
};

const answered = (json: Json, request: Partial<Exchange['request']> = {}): Exchange => ({
  scope: 'step',
  n: 1,
  at: 0,
  ms: 0,
  request: { method: 'GET', path: '/Users/7', headers: {}, ...request },
  response: { status: 200, headers: {}, json },
});
const user = (members: JsonObject = {}, meta: JsonObject = {}): JsonObject => ({
  schemas: [USER],
  id: '7',
  userName: 'ada',
  meta: { resourceType: 'User', location: 'https://h.example/scim/v2/Users/7', version: 'W/"1"', ...meta },
  ...members,
});
const put = (json: JsonObject) => ({ method: 'PUT', json });
const list = (...entries: readonly JsonObject[]) =>
  answered({ schemas: [LIST_RESPONSE], totalResults: entries.length, Resources: entries }, { path: '/Users' });
const group = (reference: JsonObject) =>
  answered({ schemas: [], id: '9', displayName: 'Engineers', members: [reference] }, { path: '/Groups/9' });
const secret = 'a-Long-secret-7';

/** Ids of the invariants that find a fault. */
function red(exchanges: readonly Exchange[]): readonly string[] {
  const judge = createJudge([...readJudgement, ...readJudgementOverRun], rfc);
  for (const exchange of exchanges) judge.see(exchange, facts);
  const verdicts = judge.verdicts();
  expect(verdicts.filter(({ outcome }) => outcome === 'error')).to.deep.equal([]);
  return verdicts.filter(({ outcome }) => outcome === 'fail').map(({ check }) => check);
}

describe('the judgement of what is read', () => {
  const cases: readonly [exchanges: readonly Exchange[], red: readonly string[], what: string][] = [
    [[answered(user())], [], 'an ordinary user'],
    [[answered(user({ shoeSize: 44 }))], ['value.declared'], 'an attribute that no schema has'],
    [[list(user(), user({ shoeSize: 44 }))], ['value.declared'], 'one in an entry of a list'],
    [[answered(user({ shoeSize: 44 }), put({ shoeSize: 44 }))], [], 'one that a client sent'],
    [[answered(user({ title: 'x' }), put({ title: 'x' }))], ['value.declared'], 'one of the RFC that a client sent'],
    [[answered(user({ userName: null }))], ['value.required'], 'a user without userName'],
    [[answered({ id: '7' }, { path: '/Users/7?attributes=title' })], [], 'a user of which little was asked for'],
    [[answered(user({ externalId: 3 }))], ['value.common'], 'a number as externalId'],
    [
      [answered(user({}, { location: 'https://h.example/scim/v2/Groups/7' }))],
      ['wire.location-of-type'],
      'a location of another type',
    ],
    [[answered(user()), answered(user({}, { location: '/Users/7' }))], [], 'a location that is relative at times'],
    [
      [answered(user()), list(user({}, { location: 'https://h.example/api/Users/7' }))],
      ['wire.location-stays'],
      'two locations of one user',
    ],
    [[answered(user()), answered(user({ userName: 'eve' }))], ['version.one-content'], 'one version with two contents'],
    [
      [answered(user()), answered(user({ userName: 'eve' }, { version: 'W/"2"' }))],
      [],
      'two versions with two contents',
    ],
    [
      [answered(user({ lastSeen: 'today' })), answered(user({ lastSeen: 'later' }))],
      [],
      'one version while a readOnly attribute moves',
    ],
    [[answered(user({ userName: 'Ada' })), answered(user())], [], 'one version with a name in two cases'],
    [[group({ value: '7', $ref: 'https://h.example/scim/v2/Users/7' })], [], 'a reference to the member'],
    [[group({ value: '7', $ref: '../Users/8' })], ['value.reference-and-value'], 'a reference to somebody else'],
    [
      [group({ value: '7', type: 'User', $ref: '../Groups/7' })],
      ['value.reference-and-value'],
      'a reference to another type',
    ],
    [[group({ value: '7', $ref: 'https://h.example/people/ada' })], [], 'a reference to something that is no resource'],
    [
      [answered(user(), put({ password: secret })), answered(user({ userName: secret }, { version: 'W/"2"' }))],
      ['value.password-later'],
      'a password under another name',
    ],
    [[answered(user(), put({ password: secret })), answered(user())], [], 'a password that stays hidden'],
  ];
  for (const [exchanges, right, what] of cases) {
    it(`finds ${right.length === 0 ? 'nothing wrong in' : right.join(', ') + ' in'} ${what}`, () => {
      expect(red(exchanges)).to.have.members(right);
    });
  }

  it('looks at the resources in bulk results and behind /Me', () => {
    const odd = user({ shoeSize: 44 });
    const bulk = { schemas: [], Operations: [{ method: 'PUT', status: '200', response: odd }] };
    expect(red([answered(bulk, { method: 'POST', path: '/Bulk' })])).to.deep.equal(['value.declared']);
    expect(red([answered(odd, { path: '/Me' })])).to.deep.equal(['value.declared']);
    expect(red([answered({ shoeSize: 44 }, { path: '/Me' })])).to.deep.equal([]);
  });
});
