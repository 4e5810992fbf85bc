import { expect } from 'chai';
import { sampleRun } from '../writers/sample-run.test.ts';
import { toReport } from '../writers/report.ts';
import { lossOf } from './loss.ts';

describe('the loss of a target', () => {
  const report = toReport(sampleRun);
  const answered = report.exchanges.find(({ response }) => response.status !== undefined);
  const silent = report.exchanges.filter(({ response }) => response.status === undefined);

  it('is told by the exchange that it began with, and why', () => {
    expect(lossOf({ ...report, exchanges: [...(answered ? [answered] : []), ...silent] })).to.match(
      /^The target stopped answering at delete\.gone#1: .+\.$/,
    );
  });

  it('is none of what never answered, which a doctor looks at', () => {
    const target = 'https://host.example/scim';
    const advice = 'To find out why: scimulator doctor https://host.example/scim';
    expect(lossOf({ ...report, target, exchanges: [] })).to.equal(`The target never answered. ${advice}`);
    expect(lossOf({ ...report, target, exchanges: silent })).to.match(/^The target never answered: .+ doctor /);
  });

  it('is nothing where there was none', () => {
    expect(lossOf({ ...report, footer: null })).to.equal('');
  });
});
