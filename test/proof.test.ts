import { expect } from 'chai';
import { reddenedByVariants, variants } from '../conformance/proof/index.ts';
import { runWith } from './run-with.ts';

/** In the gate each variant meets so many of the checks that it reaches; `npm run proof` shows all of them to each. */
const MOST = 30;

describe('proof on the reference bridge', function () {
  this.timeout(900_000);

  describe('without a defect', () => {
    let clean: Awaited<ReturnType<typeof runWith>>;
    before(async () => {
      clean = await runWith();
    });

    it('ends without failure, warning or anything unreached', () => {
      const odd = clean.verdicts.filter(({ outcome }) => !['pass', 'observed', 'not-applicable'].includes(outcome));
      expect(odd).to.deep.equal([]);
    });

    it('sends at most 6,000 requests, and at most 150 one after the other', () => {
      const chains = new Map<string, number>();
      for (const { scope } of clean.exchanges.values()) chains.set(scope, (chains.get(scope) ?? 0) + 1);
      expect(clean.exchanges.size).to.be.at.most(6000);
      expect(Math.max(...chains.values())).to.be.at.most(150);
    });
  });

  it('stays green on each permitted variant, and each variant changes something', async () => {
    expect(await reddenedByVariants(runWith, variants, MOST)).to.deep.equal([]);
  });
});
