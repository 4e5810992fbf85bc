import { expect } from 'chai';
import { createBlame } from './blame.ts';
import type { Finding } from './verdict.ts';

const blocked = (by: string): Finding => ({ outcome: 'inconclusive', by, reason: 'no way', exchanges: [] });
const passed: Finding = { outcome: 'pass', exchanges: [] };

describe('blame', () => {
  it('waits until every job of the check is done', () => {
    const blame = createBlame(['one', 'two', 'two']);
    blame.note('one', 'inconclusive', blocked('two'));
    blame.note('two', 'pass', passed);
    expect(blame.settled(blocked('two'))).to.equal(undefined);
    blame.note('two', 'fail', passed);
    expect(blame.settled(blocked('two'))).to.deep.equal(blocked('two'));
  });

  it('lets go what names a check that finds nothing wrong', () => {
    const blame = createBlame(['one', 'two']);
    blame.note('one', 'inconclusive', blocked('two'));
    blame.note('two', 'pass', passed);
    expect(blame.settled(blocked('two'))).to.deep.include({
      outcome: 'not-applicable',
      reason: 'no way; and two finds nothing wrong',
    });
  });

  it('follows a check that is blocked itself', () => {
    const blame = createBlame(['one', 'two', 'three']);
    blame.note('two', 'inconclusive', blocked('three'));
    expect(blame.settled(blocked('two'))).to.equal(undefined);
    blame.note('three', 'fail', passed);
    expect(blame.settled(blocked('two'))).to.deep.equal(blocked('two'));
  });

  it('is not turned round by checks that name each other', () => {
    const blame = createBlame(['one', 'two']);
    blame.note('one', 'inconclusive', blocked('two'));
    blame.note('two', 'inconclusive', blocked('one'));
    expect(blame.settled(blocked('two'))).to.deep.include({ outcome: 'not-applicable' });
  });

  it('leaves alone what is blocked by something that is no check of the run', () => {
    expect(createBlame(['one']).settled(blocked('target'))).to.deep.equal(blocked('target'));
  });
});
