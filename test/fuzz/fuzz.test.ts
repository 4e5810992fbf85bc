import { expect } from 'chai';
import { fuzz, PAST_LIMIT } from './fuzz.ts';
import { print } from './print.ts';

/**
 * Milliseconds of CPU for one request. The clock of a gate is not to be trusted, so this finds only what grows out of bounds;
 * `npm run fuzz` is strict.
 */
const CPU_LIMIT = 1500;

describe('bridge under generated requests', function () {
  this.timeout(240_000);

  it('answers each as SCIM says, in time and in bounds', async () => {
    const report = await fuzz({ seed: 7, requests: 1500, cpuLimit: CPU_LIMIT });
    expect(report.finding, print(report)).to.equal(undefined);
    expect(report.past, print(report)).to.be.at.least(PAST_LIMIT);
  });
});

describe('fuzz run', function () {
  this.timeout(240_000);

  const defects: readonly (readonly [string, number, RegExp])[] = [
    ['plain-error', Infinity, /content type text\/plain/],
    ['server-error', Infinity, /status 500/],
    ['slow-filter', 250, /ms of CPU/],
    ['silent', Infinity, /no answer/],
    ['hoarder', Infinity, /bytes of heap are lost/],
    ['polluted', Infinity, /Object.prototype has changed/],
  ];
  for (const [defect, cpuLimit, fault] of defects) {
    it(`finds a bridge with the defect ${defect}`, async () => {
      const { finding } = await fuzz({ seed: 7, requests: 1200, cpuLimit, replays: 8, defect });
      expect(finding?.fault).to.match(fault);
    });
  }
});
