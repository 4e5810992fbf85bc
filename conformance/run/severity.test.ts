import { expect } from 'chai';
import { requirements, rules, type ClauseId } from '../clauses/index.ts';
import { checks } from '../checks/index.ts';
import { clausesOf } from './check.ts';
import { profileOf, profiles, rfc, type Profile } from './profiles.ts';
import { severityOf, type Side } from './severity.ts';

const jumpcloud = profileOf('jumpcloud') as Profile;
const onePassword = profileOf('1password') as Profile;
const entra = profileOf('entra') as Profile;

describe('severity', () => {
  const cases: readonly [clause: ClauseId, profile: Profile, side: Side, severity: string, why: string][] = [
    ['RFC7644-3.3-07', rfc, 'server', 'failure', 'MUST'],
    ['RFC7644-3.3-04', rfc, 'server', 'failure', 'SHALL'],
    ['RFC7643-5-05', rfc, 'server', 'failure', 'REQUIRED'],
    ['RFC7643-4.1.1-03', rfc, 'server', 'failure', 'STATED'],
    ['RFC7644-3.3-05', rfc, 'server', 'warning', 'SHOULD'],
    ['RFC7644-3.6-05', rfc, 'server', 'warning', 'SHOULD NOT'],
    ['RFC7643-4.3-08', rfc, 'server', 'warning', 'RECOMMENDED'],
    ['RFC7643-5-13', rfc, 'server', 'warning', 'DERIVED'],
    ['RFC7644-3.3-02', rfc, 'server', 'observation', 'MAY'],
    ['RFC7643-8.7.1-04', rfc, 'server', 'observation', 'SCHEMA'],
    ['RFC7644-3.8-05', rfc, 'server', 'observation', 'UNDEFINED'],
    ['RFC7644-3.1-01', rfc, 'server', 'warning', 'STATED, stance warning'],
    ['RFC7643-8.7.1-02', rfc, 'server', 'observation', 'SCHEMA, which the stance warning does not raise'],
    ['RFC7644-3.4.2.1-03', rfc, 'server', 'observation', 'SHALL, stance observation'],
    ['RFC7642-4-02', rfc, 'server', 'failure', 'STATED, stance profile'],
    ['RFC7644-7.5.1-01', rfc, 'server', 'observation', 'MUST, stance not-judged'],
    ['RFC7644-3.5.2-04', rfc, 'server', 'none', 'MUST that binds the client'],
    ['RFC7644-3.5.2-04', rfc, 'client', 'failure', 'the same where a client is judged'],
    ['RFC7643-4.1.1-08', rfc, 'server', 'none', 'not-judged, and bound is the client'],
    ['RFC7644-3.3-07', rfc, 'client', 'none', 'MUST of the server where a client is judged'],
    ['RFC7644-8.1-01', rfc, 'client', 'warning', 'SHOULD that binds both'],
    ['JC-14', jumpcloud, 'client', 'failure', 'documented'],
    ['JC-13', jumpcloud, 'client', 'warning', 'observed'],
    ['JC-Q3', jumpcloud, 'client', 'observation', 'inferred'],
    ['JC-14', rfc, 'client', 'none', 'a rule is no part of rfc'],
    ['JC-14', onePassword, 'client', 'none', 'nor of another profile'],
    ['RFC7643-5-13', jumpcloud, 'server', 'failure', 'raised by the table'],
    ['RFC7644-3.5.2.3-08', entra, 'server', 'observation', 'softened by the table'],
  ];
  for (const [clause, profile, side, severity, why] of cases) {
    it(`of ${clause} for a ${side} in ${profile.id} is ${severity}: ${why}`, () => {
      expect(severityOf(clause, profile, side)).to.equal(severity);
    });
  }

  it('never fails a server over a row that binds the client alone', () => {
    const clientRows = Object.values(requirements).filter(
      ({ subject, stance }) => subject === 'client' || stance === 'client',
    );
    expect(clientRows).to.have.length.above(80);
    for (const { id } of clientRows) expect(severityOf(id as ClauseId, rfc), id).to.equal('none');
  });

  it('is never above the cap of a stance', () => {
    for (const { id, stance } of Object.values(requirements)) {
      if (stance === 'warning') expect(severityOf(id as ClauseId, rfc), id).not.to.equal('failure');
      if (['observation', 'not-judged', 'out-of-scope'].includes(stance)) {
        expect(severityOf(id as ClauseId, rfc), id).to.be.oneOf(['observation', 'none']);
      }
    }
  });
});

describe('profiles', () => {
  it('give a source for each clause they weigh otherwise', () => {
    const entries = profiles.flatMap(({ table }) => [...table]);
    expect(entries).to.have.length.above(0);
    for (const { source, clause } of entries) expect(source, clause).to.match(/\w+: \w+/);
  });

  it('weigh a clause once, judged by some check, and otherwise than it weighs anyway', () => {
    const judged = new Set(checks.flatMap(clausesOf));
    for (const profile of profiles) {
      const { table } = profile;
      expect(new Set(table.map(({ clause }) => clause)).size, profile.id).to.equal(table.length);
      for (const { clause, severity } of table) {
        expect(judged.has(clause), clause).to.equal(true);
        expect(severityOf(clause, { ...profile, table: [] }), `${profile.id} ${clause}`).not.to.equal(severity);
      }
    }
  });

  it('ask first about a removal that may empty a group: that of JumpCloud and that of Entra ID', () => {
    for (const profile of [jumpcloud, entra]) {
      expect(profile.lead?.question).to.match(/removes one member empty your group\?$/);
      expect(severityOf(profile.lead?.clause ?? 'RFC7644-3.3-04', profile)).to.equal('failure');
    }
  });

  it('cite only rules that exist', () => {
    const cited = profiles.flatMap(({ table }) => table.map(({ source }) => /^(?:JC|OP)-\w+/.exec(source)?.[0]));
    for (const id of cited) if (id !== undefined) expect(rules).to.have.property(id);
  });

  it('take in every provisioning rule once at least', () => {
    const names = new Set<string>(profiles.flatMap(({ rules }): readonly string[] => rules));
    for (const { id, profiles: own } of Object.values(rules)) {
      expect(
        own.split(',').some(name => names.has(name)),
        id,
      ).to.equal(true);
    }
  });

  it('are found by name', () => {
    expect(profileOf('rfc')).to.equal(rfc);
    expect(profileOf('nobody')).to.equal(undefined);
  });
});
