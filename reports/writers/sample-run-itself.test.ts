import { expect } from 'chai';
import { outcomes } from '../record/index.ts';
import { sampleEvents, sampleRun } from './sample-run.test.ts';

describe('The sample run', () => {
  it('holds every kind of event that a report shows, and every outcome', () => {
    expect(new Set(sampleEvents.map(({ kind }) => kind))).to.include.keys(
      'header',
      'exchange',
      'step',
      'state',
      'verdict',
      'footer',
    );
    expect(new Set(sampleRun.verdicts.map(({ outcome }) => outcome))).to.have.all.keys(...outcomes);
  });

  it('rests every verdict on exchanges it holds', () => {
    const cited = sampleRun.verdicts.flatMap(({ exchanges }) => exchanges);
    expect([...sampleRun.exchanges.keys()]).to.include.members(cited);
  });
});
