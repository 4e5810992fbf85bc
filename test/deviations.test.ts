import { expect } from 'chai';
import { accountProfiles, accountWires } from '../bridge/index.ts';
import { DOMAIN, checks, clausesOf } from '../conformance/index.ts';
import { declaredDeviations } from '../conformance/proof/index.ts';
import { createBaseline, isRed } from '../harness/baseline.ts';
import { conform } from '../harness/conform.ts';
import { withAccountBridge } from '../harness/reference-bridge.ts';
import type { Verdict } from '../reports/record/index.ts';

const TODAY = '2026-01-01';

const named = ({ check, case: instance, clause, outcome }: Verdict): string =>
  `${check} [${instance}] ${clause}: ${outcome}`;

describe('what 1Password breaks of the RFC', function () {
  this.timeout(300_000);

  for (const profile of ['self-hosted', 'hosted'] as const) {
    for (const wire of accountWires) {
      const known = declaredDeviations[profile][wire];

      it(`is what is declared, no more and no less: ${profile}, ${wire}`, async () => {
        const baseline = createBaseline(known, TODAY);
        const { run, exitCode } = await withAccountBridge({ profile, wire, domains: [DOMAIN] }, target =>
          conform(target, { baseline }),
        );
        const odd = run.verdicts.filter(verdict => isRed(verdict) && verdict.known === undefined);
        expect(odd.map(named), 'red and not declared').to.deep.equal([]);
        expect(run.verdicts.filter(({ outcome }) => outcome === 'error').map(named)).to.deep.equal([]);
        const idle = known.filter(entry => {
          const about = (verdict: Verdict): boolean =>
            verdict.check === entry.check && (entry.case ?? verdict.case) === verdict.case && isRed(verdict);
          return !run.verdicts.some(about);
        });
        expect(idle, 'declared and not red').to.deep.equal([]);
        expect(baseline.problems(run.verdicts)).to.deep.equal([]);
        expect(exitCode).to.equal(0);
      });

      it(`names checks with a clause of theirs: ${profile}, ${wire}`, () => {
        for (const { check, clause, reason } of known) {
          const found = checks.find(({ id }) => id === check);
          expect(found ? clausesOf(found) : [], check).to.include(clause);
          expect(reason).to.match(/^(?:OP-\w+|Q\d+|section [\d.]+): \w/);
        }
      });
    }
  }

  it('is declared for each account there is', () => {
    expect(Object.keys(declaredDeviations)).to.have.members(Object.keys(accountProfiles));
  });
});
