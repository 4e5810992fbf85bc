import { expect } from 'chai';
import type { RunEvent, Verdict } from '../reports/record/index.ts';
import { createProgress, type Expected } from './progress.ts';

const verdict = (check: string, outcome: Verdict['outcome'] = 'pass'): RunEvent => ({
  kind: 'verdict',
  verdict: {
    check,
    case: '',
    title: '',
    clause: '',
    also: [],
    level: '',
    outcome,
    severity: outcome === 'fail' ? 'failure' : 'none',
    expected: '',
    actual: '',
    reason: '',
    blockedBy: '',
    exchanges: [],
  },
});

/** A progress on a clock of its own, with what it wrote. */
function progressOf(interactive: boolean, expected?: Expected, width = 80) {
  let now = 0;
  let said = '';
  const io = {
    out: () => undefined,
    err: (text: string) => void (said += text),
    env: {},
    color: false,
    interactive,
    width,
  };
  const progress = createProgress(io, expected, () => now);
  return { ...progress, said: () => said, wait: (ms: number) => (now += ms) };
}

describe('the line of progress', () => {
  const expected = { noun: 'checks', total: 10, requests: 100 } as const;

  it('says what is done, what failed, what is running now, and how long the rest takes', () => {
    const { see, sent, wait, said } = progressOf(true, expected);
    for (let request = 0; request < 19; request += 1) sent('create.status');
    see(verdict('create.status'));
    see(verdict('create.status', 'fail'));
    wait(20_000);
    sent('cleanup/read.by-id');
    expect(said().split('\r\u001b[K').at(-1)).to.equal(
      '1 of 10 checks, 1 failed, 20 requests, about 1:20 left, now read.by-id',
    );
  });

  it('promises nothing before enough is done, nor beyond what was expected', () => {
    const { sent, wait, said } = progressOf(true, { ...expected, requests: 30 });
    for (let request = 0; request < 40; request += 1) {
      wait(1000);
      sent('x');
    }
    const lines = said().split('\r\u001b[K').slice(1);
    expect(lines.filter(line => line.includes('left')).length).to.be.within(25, 29);
    expect(lines.at(0)).not.to.include('left');
    expect(lines.at(-1)).not.to.include('left');
  });

  it('is drawn ten times a second at most, in one row, and taken away', () => {
    const { sent, wait, said, clear } = progressOf(true, expected, 40);
    for (let request = 0; request < 1000; request += 1) {
      wait(1);
      sent('a.check.with.a.long.name');
    }
    const lines = said().split('\r\u001b[K').slice(1);
    expect(lines.length).to.be.within(9, 11);
    expect(Math.max(...lines.map(line => line.length))).to.be.below(40);
    clear();
    expect(said().endsWith('\r\u001b[K')).to.equal(true);
  });

  it('is a plain line every ten seconds where nobody watches, and none in a short run', () => {
    const { sent, wait, said, clear } = progressOf(false, { noun: 'stories', total: 4 });
    for (let request = 0; request < 25; request += 1) {
      wait(1000);
      sent('joiner');
      if (request === 8) expect(said()).to.equal('');
    }
    clear();
    expect(said()).to.equal(
      'scimulator: 0 of 4 stories, 0 failed, 10 requests, now joiner\nscimulator: 0 of 4 stories, 0 failed, 20 requests, now joiner\n',
    );
  });
});
