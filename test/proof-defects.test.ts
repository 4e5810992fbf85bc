import { expect } from 'chai';
import { defects, missedDefects } from '../conformance/proof/index.ts';
import { runWith } from './run-with.ts';

describe('proof of the defects', function () {
  this.timeout(900_000);

  it('sees each with the checks that are named for it', async () => {
    expect(await missedDefects(runWith, defects)).to.deep.equal([]);
  });
});
