import { expect } from 'chai';
import type { HeaderEvent, LedgerEvent, RunEvent } from './event.ts';
import { RECORD_FORMAT } from './event.ts';
import { exchangeId, type Exchange } from './exchange.ts';
import { fold, leftovers, parseRecord, RecordError, tally } from './fold.ts';
import type { Outcome, Severity, Verdict } from './verdict.ts';

const header: HeaderEvent = {
  kind: 'header',
  format: RECORD_FORMAT,
  run: 'k3v9',
  seed: 7,
  tool: 'scimulator 0.1.0',
  command: 'conform',
  target: 'http://127.0.0.1/scim/v2',
  profile: 'rfc',
  started: '2026-03-01T10:00:00.000Z',
  clauses: {},
  notes: [],
};

const exchange = (scope: string, n: number): Exchange => ({
  scope,
  n,
  at: 0,
  ms: 1,
  request: { method: 'GET', path: '/Users', headers: {} },
  response: { status: 200, headers: {} },
});

const verdict = (outcome: Outcome, severity: Severity): Verdict => ({
  check: 'create.status',
  case: '',
  title: 'A created user is answered with 201',
  clause: 'RFC7644-3.3-04',
  also: [],
  level: 'SHALL',
  outcome,
  severity,
  expected: '',
  actual: '',
  reason: '',
  blockedBy: '',
  exchanges: [],
});

const ledger = (kind: LedgerEvent['kind'], value: string, id = ''): LedgerEvent => ({
  kind,
  scope: 'create.status',
  endpoint: '/Users',
  key: 'userName',
  value,
  id,
});

const lines = (...events: readonly unknown[]): string => events.map(event => `${JSON.stringify(event)}\n`).join('');

function recordError(act: () => unknown): RecordError {
  try {
    act();
  } catch (error) {
    if (error instanceof RecordError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('parseRecord', () => {
  it('gives back the events that were written, one a line', () => {
    const events: RunEvent[] = [header, { kind: 'exchange', exchange: exchange('create.status', 1) }];
    expect(parseRecord(lines(...events))).to.deep.equal(events);
  });

  it('reads a record with empty lines and Windows line ends', () => {
    expect(parseRecord(lines(header, header).replaceAll('\n', '\r\n\r\n'))).to.have.length(2);
  });

  it('leaves out a last line that was cut while it was written', () => {
    const whole = lines(header, { kind: 'verdict', verdict: verdict('pass', 'none') });
    expect(parseRecord(whole.slice(0, -20))).to.deep.equal([header]);
  });

  it('names the line that is not JSON', () => {
    const error = recordError(() => parseRecord(`${lines(header)}oops\n${lines(header)}`));
    expect(error).to.include({ code: 'record', line: 2 });
    expect(error.message).to.match(/^line 2: not JSON/);
  });

  for (const line of ['null', '5', '"header"', '[]', '{}', '{"kind":1}']) {
    it(`refuses ${line}, which is JSON and no event`, () => {
      expect(recordError(() => parseRecord(`${lines(header)}${line}\n`)).line).to.equal(2);
    });
  }
});

describe('fold', () => {
  it('sorts events into a run and keeps their order', () => {
    const step = { kind: 'step', scenario: 'leaver', scope: 'leaver/1', n: 1, title: 'Ada leaves' } as const;
    const footer = {
      kind: 'footer',
      ended: '2026-03-01T10:00:01.000Z',
      exitCode: 1,
      lostSince: '',
      leftBehind: [],
      notes: [],
    } as const;
    const run = fold([
      header,
      ledger('creating', 'ada'),
      { kind: 'exchange', exchange: exchange('b', 1) },
      { kind: 'exchange', exchange: exchange('a', 1) },
      step,
      { kind: 'verdict', verdict: verdict('fail', 'failure') },
      { kind: 'verdict', verdict: verdict('pass', 'none') },
      footer,
    ]);
    expect(run.header).to.equal(header);
    expect([...run.exchanges.keys()]).to.deep.equal(['b#1', 'a#1']);
    expect(run.exchanges.get('a#1')).to.deep.equal(exchange('a', 1));
    expect(run.steps).to.deep.equal([step]);
    expect(run.verdicts.map(({ outcome }) => outcome)).to.deep.equal(['fail', 'pass']);
    expect(run.ledger.map(({ kind }) => kind)).to.deep.equal(['creating']);
    expect(run.footer).to.equal(footer);
  });

  it('has no footer when the run was cut off', () => {
    expect(fold([header])).to.not.have.property('footer');
  });

  it('passes over a kind of event it does not know', () => {
    const run = fold(
      parseRecord(lines(header, { kind: 'weather' }, { kind: 'verdict', verdict: verdict('pass', 'none') })),
    );
    expect(run.verdicts).to.have.length(1);
  });

  it('refuses a record that is empty, starts without a header, or is of another format', () => {
    expect(recordError(() => fold([])).message).to.match(/empty/);
    expect(recordError(() => fold([ledger('creating', 'ada'), header])).message).to.match(/starts with its header/);
    expect(recordError(() => fold([{ ...header, format: 99 }])).message).to.match(/format 99; this version reads 1/);
  });
});

describe('exchangeId', () => {
  it('joins scope and number', () => {
    expect(exchangeId({ scope: 'create.status', n: 3 })).to.equal('create.status#3');
  });
});

describe('tally', () => {
  it('counts every verdict by outcome, and the failed ones by severity', () => {
    const { outcomes, severities } = tally([
      verdict('fail', 'failure'),
      verdict('fail', 'warning'),
      verdict('fail', 'warning'),
      verdict('inconclusive', 'failure'),
      verdict('observed', 'observation'),
      verdict('pass', 'failure'),
    ]);
    expect(outcomes).to.deep.equal({
      fail: 3,
      error: 0,
      inconclusive: 1,
      observed: 1,
      pass: 1,
      'not-applicable': 0,
    });
    expect(severities).to.deep.equal({ failure: 1, warning: 2, observation: 0, none: 0 });
  });
});

describe('leftovers', () => {
  const cases: readonly (readonly [string, readonly LedgerEvent[], readonly string[]])[] = [
    [
      'nothing when all was removed',
      [ledger('creating', 'a'), ledger('created', 'a', '1'), ledger('removed', 'a', '1')],
      [],
    ],
    ['nothing when the target refused', [ledger('creating', 'a'), ledger('refused', 'a')], []],
    ['what was created and not removed', [ledger('creating', 'a'), ledger('created', 'a', '1')], ['1']],
    ['what may have been created before the answer was lost', [ledger('creating', 'a')], ['']],
    [
      'the first of two with one name, where the second was refused',
      [ledger('creating', 'a'), ledger('created', 'a', '1'), ledger('creating', 'a'), ledger('refused', 'a')],
      ['1'],
    ],
    [
      'the newest first',
      [ledger('creating', 'a'), ledger('created', 'a', '1'), ledger('creating', 'b'), ledger('created', 'b', '2')],
      ['2', '1'],
    ],
  ];
  for (const [title, events, ids] of cases) {
    it(`are ${title}`, () => {
      expect(leftovers(events).map(({ id }) => id)).to.deep.equal(ids);
    });
  }
});
