import { expect } from 'chai';
import type { Exchange, Json } from '../../reports/record/index.ts';
import { USER } from '../../scim/message/urn.ts';
import type { Facts } from '../run/facts.ts';
import { createJudge } from '../run/judge.ts';
import { rfc } from '../run/profiles.ts';
import { dataTypes } from './data-types.ts';

const facts: Facts = {
  serviceProviderConfig: undefined,
  resourceTypes: [{ name: 'User', endpoint: '/Users', schema: USER }],
  schemas: [{ id: USER, attributes: [{ name: 'profileUrl', type: 'reference', multiValued: false }] }],
  credentialed: true,
  refused: {},
  kept: undefined,
};

const exchange = (method: string, path: string, sent?: Json, came?: Json): Exchange => ({
  scope: 'step',
  n: 1,
  at: 0,
  ms: 0,
  request: { method, path, headers: {}, ...(sent !== undefined && { json: sent }) },
  response: { status: came === undefined ? 204 : 200, headers: {}, ...(came !== undefined && { json: came }) },
});

const read = exchange('GET', '/Users/7', undefined, { schemas: [USER], id: '7', profileUrl: 'no url' });
const write = (value: string) =>
  exchange('PATCH', '/Users/7', { Operations: [{ op: 'add', value: { profileUrl: value } }] });

describe('the judgement of data types', () => {
  const cases: readonly [exchanges: readonly Exchange[], red: readonly string[], what: string][] = [
    [[read], ['value.reference'], 'a reference that is no URI'],
    [[write('no url'), read], [], 'one that a write brought which was answered without the resource'],
    [[write('another text'), read], ['value.reference'], 'one that is not what was written'],
  ];
  for (const [exchanges, right, what] of cases) {
    it(`finds ${right.length === 0 ? 'nothing wrong in' : `${right.join(', ')} in`} ${what}`, () => {
      const judge = createJudge(dataTypes, rfc);
      for (const each of exchanges) judge.see(each, facts);
      const red = judge.verdicts().filter(({ outcome }) => outcome === 'fail');
      expect(red.map(({ check }) => check)).to.deep.equal(right);
    });
  }
});
