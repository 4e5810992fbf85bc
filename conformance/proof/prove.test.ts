import { expect } from 'chai';
import type { Hop } from '../../scim/wire/message.ts';
import { exchangeId } from '../../reports/record/index.ts';
import { checks } from '../checks/index.ts';
import { clausesOf, isProbe } from '../run/check.ts';
import { profileOf, profiles, rfc } from '../run/profiles.ts';
import { runConformance } from '../run/run.ts';
import { severityOf } from '../run/severity.ts';
import { sentenceOf, type ClauseId } from '../clauses/index.ts';
import { empty, reply, swallow } from './hops.ts';
import { defects, missedDefects, reddenedByVariants, variants, type Defect, type Variant } from './index.ts';
import { basicChecks } from './basic-checks.test.ts';
import { minimalProvider, scriptedSession } from './minimal-provider.test.ts';

const runWith = async (hop?: Hop) => {
  const { session, events } = scriptedSession(minimalProvider(), { hops: hop ? [hop] : [] });
  const { verdicts } = await runConformance({ session, checks: basicChecks, profile: rfc });
  const exchanges = events.flatMap(event => (event.kind === 'exchange' ? [event.exchange] : []));
  return { verdicts, exchanges: new Map(exchanges.map(each => [exchangeId(each), each])) };
};

describe('the proof', () => {
  it('has a defect for every check of a server', () => {
    const named = new Set(defects.flatMap(({ noticedBy }) => [...noticedBy]));
    const judged = checks.filter(check => isProbe(check) || check.judges === 'server').map(({ id }) => id);
    const weighs = (clause: ClauseId) =>
      profiles.some(profile => ['failure', 'warning'].includes(severityOf(clause, profile)));
    const light = new Set(checks.filter(({ clause }) => !weighs(clause)).map(({ id }) => id));
    expect(judged.filter(id => !named.has(id) && !light.has(id))).to.deep.equal([]);
    expect([...named].filter(id => !judged.includes(id))).to.deep.equal([]);
  });

  it('has defects and variants of distinct ids', () => {
    for (const list of [defects, variants]) {
      const ids = list.map(({ id }) => id);
      expect(new Set(ids).size).to.equal(ids.length);
      for (const id of ids) expect(id).to.match(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    }
  });

  it('ties each defect to a clause that a check which notices it settles', () => {
    for (const { id, breaks, noticedBy } of defects) {
      const settled = checks.flatMap(check => (noticedBy.includes(check.id) ? clausesOf(check) : []));
      expect(settled, `${id}: ${sentenceOf(breaks)}`).to.include(breaks);
    }
  });

  const weightier: readonly (readonly [profile: string, check: string])[] = [
    ['jumpcloud', 'patch.remove-value-array'],
    ['entra', 'patch.remove-value-array'],
    ['1password', 'patch.remove-value-array'],
    ['okta', 'idp.rename-with-id'],
  ];
  for (const [name, id] of weightier) {
    it(`turns red in ${name} what rfc leaves alone: ${id}`, async () => {
      const profile = profileOf(name) ?? rfc;
      const outcomes = [];
      for (const each of [rfc, profile]) {
        const { session } = scriptedSession(minimalProvider());
        const only = checks.filter(check => check.id === id);
        const { verdicts } = await runConformance({ session, checks: only, profile: each });
        outcomes.push(verdicts.map(({ outcome, severity }) => `${outcome} ${severity}`).join());
      }
      expect(outcomes[0]).to.match(/^(?:observed observation|not-applicable none)$/);
      expect(outcomes[1]).to.equal('fail failure');
    });
  }

  it('reports a defect that nobody notices', async () => {
    const unseen: Defect = {
      id: 'unseen',
      title: 'Nothing is wrong',
      breaks: 'RFC7644-3.3-04',
      noticedBy: ['create.status'],
      hop: () => async (request, next) => next(request),
    };
    expect(await missedDefects(runWith, [unseen])).to.deep.equal([
      { defect: 'unseen', by: ['create.status'], alsoNoticedBy: [] },
    ]);
  });

  it('reports a variant that changes nothing, turns a check red, or takes more away than it says', async () => {
    const variant = (id: string, hop: Hop, withdraws: readonly string[] = []): Variant => ({
      id,
      title: id,
      permittedBy: 'nothing',
      withdraws,
      hop: () => hop,
    });
    const found = await reddenedByVariants(runWith, [
      variant('idle', async (request, next) => next(request)),
      variant(
        'red',
        swallow(
          ({ method }) => method === 'DELETE',
          () => empty(200),
        ),
      ),
      variant(
        'greedy',
        swallow(
          ({ path }) => path === '/ResourceTypes',
          () =>
            reply(200, {
              schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
              totalResults: 1,
              Resources: [{ name: 'User' }],
            }),
        ),
      ),
    ]);
    expect(found.map(({ variant, idle }) => [variant, idle])).to.deep.equal([
      ['idle', true],
      ['red', false],
      ['greedy', false],
    ]);
    expect(found[1]?.verdicts.map(({ check }) => check)).to.include('delete.status');
    expect(found[2]?.verdicts.map(({ check, outcome }) => `${check} ${outcome}`)).to.include(
      'create.group not-applicable',
    );
  });
});
