import { expect } from 'chai';
import {
  checks,
  clausesOf,
  defects,
  missedDefects,
  reddenedByVariants,
  variants,
  type RunWith,
} from '../conformance/index.ts';
import { conform, withReferenceBridge } from '../harness/index.ts';
import type { TargetSettings } from '../harness/index.ts';

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

  it('would notice a defect that no check sees, and a variant that is none', async () => {
    const [defect] = defects;
    if (!defect) throw new Error('there are no defects');
    const blind = {
      ...defect,
      hop: () => (request: never, next: (r: never) => Promise<never>) => next(request),
    } as typeof defect;
    const idle = { ...variants[0], hop: blind.hop } as (typeof variants)[number];
    const wrong = { ...variants[0], hop: defect.hop } as (typeof variants)[number];
    await withReferenceBridge(async target => {
      expect(await missedDefects(onBridge(target), [blind])).to.have.lengthOf(1);
      const [first, second] = await reddenedByVariants(onBridge(target), [idle, wrong]);
      expect(first?.idle).to.equal(true);
      expect(second?.verdicts).not.to.deep.equal([]);
    });
  });

  it('has a defect for each check that can fail', () => {
    const noticed = new Set(defects.flatMap(({ noticedBy }) => noticedBy));
    expect(checks.filter(({ id }) => !noticed.has(id)).map(({ id }) => id)).to.deep.equal([]);
  });

  it('names for each defect a clause that one of its checks judges', () => {
    for (const { id, breaks, noticedBy } of defects) {
      const clauses = checks.filter(check => noticedBy.includes(check.id)).flatMap(clausesOf);
      expect(clauses, id).to.include(breaks);
    }
  });
});
