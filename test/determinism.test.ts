import { expect } from 'chai';
import { conform, playScenarios, withReferenceBridge } from '../harness/index.ts';
import type { RunEvent } from '../reports/record/index.ts';
import { canonical } from './canonical.ts';

/** The record of one run on a fresh bridge. */
async function record(
  start: (
    options: { seed: number; onEvent: (event: RunEvent) => void },
    target: Parameters<typeof conform>[0],
  ) => Promise<unknown>,
  seed: number,
) {
  const events: RunEvent[] = [];
  await withReferenceBridge(target => start({ seed, onEvent: event => void events.push(event) }, target));
  return canonical(events);
}

/** The header says the seed, so that it is what was sent and answered that has to differ. */
const wire = (lines: readonly string[]): readonly string[] =>
  lines.filter(line => line.startsWith('{"kind":"exchange"'));

describe('two runs of one seed', function () {
  this.timeout(120_000);

  type Start = Parameters<typeof record>[0];
  const kinds: readonly [string, Start, Start][] = [
    [
      'conform',
      (options, target) => conform(target, options),
      (options, target) => conform(target, { ...options, only: ['create.full-user'] }),
    ],
    [
      'play',
      (options, target) => playScenarios(target, ['all'], options),
      (options, target) => playScenarios(target, ['joiner'], options),
    ],
  ];
  for (const [name, start, startSome] of kinds) {
    it(`of ${name} are equal once run mark, ids and times are mapped`, async () => {
      const [first, second] = [await record(start, 7), await record(start, 7)];
      expect(first.length).to.be.greaterThan(50);
      expect(second).to.deep.equal(first);
    });

    it(`of ${name} differ where the seed does`, async () => {
      const [first, second] = [wire(await record(startSome, 7)), wire(await record(startSome, 8))];
      expect(first).not.to.have.length(0);
      expect(second).not.to.deep.equal(first);
    });
  }
});
