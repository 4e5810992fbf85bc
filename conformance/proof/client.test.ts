import { expect } from 'chai';
import type { Exchange } from '../../reports/record/index.ts';
import { client } from '../checks/client.ts';
import { clausesOf, isInvariant } from '../run/check.ts';
import { createJudge } from '../run/judge.ts';
import { profileOf, rfc } from '../run/profiles.ts';
import { rightTraffic } from './client-traffic.ts';
import { clientDefects } from './defects/client.ts';

const judges = client.filter(isInvariant);
const jumpcloud = profileOf('jumpcloud') ?? rfc;

/** What identity providers all do, told and not held against them. */
const TOLD = 'client.filter-personal';

function noticed(exchanges: readonly Exchange[]): string[] {
  const judge = createJudge(judges, jumpcloud);
  for (const exchange of exchanges) judge.see(exchange);
  const verdicts = judge.verdicts();
  expect(verdicts.filter(({ outcome }) => outcome === 'error')).to.deep.equal([]);
  return verdicts.filter(({ expected, check }) => expected !== '' && check !== TOLD).map(({ check }) => check);
}

describe('proof of the checks of clients', () => {
  it('judges the requests of a careful client, each check something, and finds nothing', () => {
    const judge = createJudge(judges, jumpcloud);
    for (const exchange of rightTraffic) judge.see(exchange);
    const odd = judge.verdicts().filter(({ outcome }) => outcome !== 'pass');
    expect(odd.map(({ check, outcome }) => `${check} ${outcome}`)).to.deep.equal([`${TOLD} observed`]);
  });

  it('has a defect for every check', () => {
    const named = new Set(clientDefects.flatMap(({ noticedBy }) => noticedBy));
    expect(judges.map(({ id }) => id).filter(id => !named.has(id))).to.deep.equal([TOLD]);
  });

  it('has defects of distinct ids that break a clause of a check that notices', () => {
    const ids = clientDefects.map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
    for (const { id, breaks, noticedBy } of clientDefects) {
      const settled = judges.flatMap(check => (noticedBy.includes(check.id) ? clausesOf(check) : []));
      expect(settled, id).to.include(breaks);
    }
  });

  for (const { id, title, noticedBy, change } of clientDefects) {
    it(`sees ${id}: ${title}`, () => {
      expect(noticed(rightTraffic.map(change)).sort()).to.deep.equal([...noticedBy].sort());
    });
  }
});
