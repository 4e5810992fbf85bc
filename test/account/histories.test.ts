import { expect } from 'chai';
import type { RuleId } from '../../conformance/clauses/index.ts';
import { playHistories } from './play.ts';

/** Histories in the gate; `npm run histories` plays many more. */
const CASES = 200;

describe('histories of an account', function () {
  this.timeout(300_000);

  it('keep every invariant, whatever happens in which order', () => playHistories(CASES, { seed: 8 }));

  const noticed: readonly [rule: RuleId, what: RegExp][] = [
    ['OP-4a', /provisioning is off, and .* was answered 2/],
    ['OP-13b', /invited were .*, and mail went to/],
    ['OP-13d', /is invited, and active: false/],
    ['OP-14a', /was never reminded/],
    ['OP-32b', /became .*, which nobody confirmed/],
    ['OP-44a', /is managed and has/],
  ];
  for (const [rule, what] of noticed) {
    it(`break one without ${rule}`, async () => {
      const found = await playHistories(CASES, { seed: 8, without: [rule], endOnFailure: true }).then(
        () => 'nothing',
        (error: Error) => String(error.cause),
      );
      expect(found).to.match(what);
    });
  }
});
