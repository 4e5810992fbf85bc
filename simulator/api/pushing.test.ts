import { expect } from 'chai';
import type { OperationResult } from '../admin.ts';
import { createPushing } from './pushing.ts';

/** A queue whose sending ends when the test says so. */
function setUp() {
  const faults: unknown[] = [];
  const under: { end: () => void; fail: (error: Error) => void }[] = [];
  const sync = () =>
    new Promise<readonly OperationResult[]>((resolve, reject) => {
      under.push({ end: () => resolve([]), fail: reject });
    });
  return { pushing: createPushing(sync, error => faults.push(error)), under, faults };
}

describe('pushing', () => {
  it('starts at once and is idle when what was started is sent, what came meanwhile included', async () => {
    const { pushing, under } = setUp();
    await pushing.idle();
    pushing.start();
    let idle = false;
    const waiting = pushing.idle().then(() => (idle = true));
    pushing.start();
    under[0]?.end();
    await new Promise(setImmediate);
    expect(idle).to.equal(false);
    under[1]?.end();
    await waiting;
  });

  it('sends nothing while held, but when asked to', async () => {
    const { pushing, under } = setUp();
    pushing.hold(true);
    pushing.start();
    expect(under).to.have.length(0);
    const results = pushing.now();
    under[0]?.end();
    expect(await results).to.deep.equal([]);
    pushing.hold(false);
    pushing.start();
    expect(under).to.have.length(2);
  });

  it('tells a fault and goes on', async () => {
    const { pushing, under, faults } = setUp();
    pushing.start();
    under[0]?.fail(new Error('broken'));
    await pushing.idle();
    expect(faults).to.have.length(1);
    pushing.start();
    expect(under).to.have.length(2);
  });
});
