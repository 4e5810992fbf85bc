import { expect } from 'chai';
import type { Happening } from './event.ts';
import { createInsights } from './log.ts';

const DAY = 24 * 3600 * 1000;

function setUp(capacity?: number) {
  let at = 0;
  let made = 0;
  const log = createInsights({
    now: () => at,
    newId: () => `e${++made}`,
    organization: 'org',
    admin: { id: 'admin', email: 'root@orbital.example' },
    ...(capacity !== undefined && { capacity }),
  });
  /** Records an event at a time; its name tells it from others. */
  const record = (when: number, more: Partial<Happening> = {}) => {
    at = when;
    return log.record({ by: 'system', event_type: 'user_create_provision', success: true, ...more });
  };
  const ids = (query = {}) => log.query(query).map(({ id }) => id);
  return { log, record, ids };
}

describe('insights', () => {
  it('gives each event an id, a time, a service and somebody who started it (JC-Q40)', () => {
    const { record } = setUp();
    expect(record(1000, { by: 'admin', event_type: 'user_create' })).to.deep.equal({
      id: 'e1',
      service: 'directory',
      event_type: 'user_create',
      timestamp: '1970-01-01T00:00:01.000Z',
      organization: 'org',
      success: true,
      initiated_by: { id: 'admin', type: 'admin', email: 'root@orbital.example', administrator: true },
      '@version': '1',
    });
    expect(record(1000).initiated_by).to.deep.equal({ id: 'org', type: 'system' });
  });

  for (const [what, query, expected] of [
    ['all, oldest first', {}, ['e1', 'e2', 'e3', 'e4']],
    ['newest first', { sort: 'DESC' }, ['e4', 'e3', 'e2', 'e1']],
    ['a range, both ends included', { from: 2, to: 3 }, ['e2', 'e3', 'e4']],
    ['a type', { eventTypes: ['user_deprovision'] }, ['e3']],
    ['a service', { services: ['directory'] }, ['e1', 'e2', 'e3', 'e4']],
    ['every service', { services: ['sso', 'all'] }, ['e1', 'e2', 'e3', 'e4']],
    ['another service', { services: ['sso'] }, []],
    ['a condition', { where: ({ success }: { success: boolean }) => !success }, ['e4']],
    ['a page', { skip: 1, limit: 2 }, ['e2', 'e3']],
    ['a page of none', { limit: 0 }, []],
    ['the page behind an event', { searchAfter: [2, 'e2'], limit: 1 }, ['e3']],
    ['the page behind an event, newest first', { searchAfter: [3, 'e3'], sort: 'DESC' }, ['e2', 'e1']],
    ['the page behind an event that is not there', { searchAfter: [2, 'gone'] }, ['e2', 'e3', 'e4']],
  ] as const) {
    it(`finds ${what}`, () => {
      const { log, record, ids } = setUp();
      record(1);
      record(2);
      record(3, { event_type: 'user_deprovision' });
      record(3, { success: false });
      expect(ids(query)).to.deep.equal(expected);
      const { skip: _skip, limit: _limit, ...all } = query as { skip?: number; limit?: number };
      expect(log.count(all)).to.equal(ids(all).length);
    });
  }

  it('pages through events of one moment without losing or repeating one', () => {
    const { log, record } = setUp();
    for (let n = 0; n < 7; n += 1) record(5);
    const seen: string[] = [];
    let page = log.query({ limit: 3 });
    while (page.length > 0) {
      seen.push(...page.map(({ id }) => id));
      const last = page.at(-1);
      if (!last) break;
      page = log.query({ limit: 3, searchAfter: log.positionOf(last) });
    }
    expect(seen).to.deep.equal(['e1', 'e2', 'e3', 'e4', 'e5', 'e6', 'e7']);
  });

  it('keeps no more than it may, and nothing for longer than 90 days', () => {
    const { log, record, ids } = setUp(3);
    for (let n = 0; n < 50; n += 1) record(n);
    expect(ids()).to.deep.equal(['e48', 'e49', 'e50']);
    expect(log.dropped()).to.equal(47);
    record(48 + 90 * DAY);
    expect(ids()).to.deep.equal(['e49', 'e50', 'e51']);
    record(50 + 90 * DAY);
    expect(ids()).to.deep.equal(['e51', 'e52']);
  });

  it('keeps the order of events when the clock is set back', () => {
    const { log, record, ids } = setUp();
    record(10);
    record(4);
    expect(ids({ from: 10 })).to.deep.equal(['e1', 'e2']);
    expect(log.query()[1]?.timestamp).to.equal('1970-01-01T00:00:00.010Z');
  });
});
