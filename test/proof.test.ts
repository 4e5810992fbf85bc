import { expect } from 'chai';
import {
  checks,
  defects,
  isInvariant,
  missedDefects,
  reddenedByVariants,
  variants,
  type RunWith,
} from '../conformance/index.ts';
import { conform, withReferenceBridge, type TargetSettings } from '../harness/index.ts';

/** The suite on one reference bridge over HTTP, behind whatever hop. */
const onBridge =
  (target: TargetSettings): RunWith =>
  async hop =>
    (await conform(target, { hops: hop ? [hop] : [] })).run.verdicts;

describe('proof on the reference bridge', function () {
  this.timeout(300_000);

  it('judges the clean bridge without failure, warning or anything unreached', async () => {
    const verdicts = await withReferenceBridge(target => onBridge(target)());
    const odd = verdicts.filter(({ outcome }) => !['pass', 'observed', 'not-applicable'].includes(outcome));
    expect(odd).to.deep.equal([]);
  });

  it('sees each defect with the checks that are named for it', async () => {
    const missed = await withReferenceBridge(target => missedDefects(onBridge(target), defects));
    expect(missed).to.deep.equal([]);
  });

  it('stays green on each permitted variant, and each variant changes something', async () => {
    const reddened = await withReferenceBridge(target => reddenedByVariants(onBridge(target), variants));
    expect(reddened).to.deep.equal([]);
  });

  it('has a defect for each check that judges the server', () => {
    const noticed = new Set(defects.flatMap(({ noticedBy }) => noticedBy));
    const unproved = checks.filter(
      check => !noticed.has(check.id) && !(isInvariant(check) && check.judges === 'client'),
    );
    expect(unproved.map(({ id }) => id)).to.deep.equal([]);
  });
});
