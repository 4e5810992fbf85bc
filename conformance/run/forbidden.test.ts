import { expect } from 'chai';
import { keptBack } from '../../scim/wire/limits.ts';
import type { Hop, HttpRequest } from '../../scim/wire/message.ts';
import { basicChecks } from '../proof/basic-checks.test.ts';
import { minimalProvider, scriptedSession } from '../proof/minimal-provider.test.ts';
import { rfc } from './profiles.ts';
import { runConformance } from './run.ts';

const holding =
  (match: (request: HttpRequest) => boolean): Hop =>
  async (request, next) =>
    match(request) ? keptBack({ code: 'read-only', message: 'the configuration forbids it' }) : next(request);

const cases: readonly (readonly [what: string, match: (request: HttpRequest) => boolean, check: string])[] = [
  ['DELETE', ({ method }) => method === 'DELETE', 'delete.status'],
  ['PATCH', ({ method }) => method === 'PATCH', 'patch.status'],
  ['groups', ({ path }) => path.startsWith('/Groups'), 'create.group'],
  ['POST', ({ method }) => method === 'POST', 'create.status'],
  ['GET of lists', ({ method, path }) => method === 'GET' && path.startsWith('/Users?'), 'filter.user-name-eq'],
];

describe('what a target may not be asked', () => {
  for (const [what, match, check] of cases) {
    it(`is not judged, and nothing is accused for it: ${what}`, async () => {
      const { session } = scriptedSession(minimalProvider(), { hops: [holding(match)] });
      const { verdicts } = await runConformance({ session, checks: basicChecks, profile: rfc });
      const red = verdicts.filter(({ outcome }) => ['fail', 'error', 'inconclusive'].includes(outcome));
      expect(red).to.deep.equal([]);
      expect(
        verdicts.filter(({ check: id }) => id === check).map(({ outcome, reason }) => `${outcome}: ${reason}`),
      ).to.include('not-applicable: the configuration forbids it');
    });
  }
});
