import { expect } from 'chai';
import { expectRefusal, setUp } from './client.test.ts';

const events = '/insights/directory/v1/events';
const START = '2026-03-01T00:00:00Z';
const all = { service: ['all'], start_time: START };
const typesIn = (body: unknown) => (body as { event_type: string }[]).map(({ event_type }) => event_type);

/** Five people hired a minute apart, then one suspended. */
function history() {
  const api = setUp();
  for (let n = 0; n < 5; n++) {
    api.admin.hire({ username: `u${n}`, email: `u${n}@orbital.example`, firstname: 'U', lastname: `${n}` });
    api.advance(60_000);
  }
  api.admin.suspend(api.admin.people()[0]!.id);
  return api;
}

describe('Directory Insights', () => {
  it('tells what happened as a bare list, with headers that count', async () => {
    const { post } = history();
    const { status, body, headers } = await post(events, all);
    expect(status).to.equal(200);
    expect(typesIn(body)).to.deep.equal([...Array<string>(5).fill('user_create'), 'user_suspended']);
    expect(headers).to.include({ 'x-result-count': '6', 'x-limit': '1000', 'x-sort': 'ASC' });
    expect(headers['x-request-id']).to.match(/^[0-9a-f]{24}$/);
    const last = (body as { id: string; timestamp: string }[]).at(-1);
    expect(JSON.parse(headers['x-search_after'] ?? '')).to.deep.equal([Date.parse(last?.timestamp ?? ''), last?.id]);
  });

  for (const sort of ['ASC', 'desc'] as const) {
    it(`is read to the end by search_after, ${sort}`, async () => {
      const { post } = history();
      const seen: string[] = [];
      let after: unknown;
      for (;;) {
        const { body, headers } = await post(events, {
          ...all,
          sort,
          limit: 4,
          ...(after !== undefined && { search_after: after }),
        });
        seen.push(...(body as { id: string }[]).map(({ id }) => id));
        if (Number(headers['x-result-count']) < Number(headers['x-limit'])) break;
        after = JSON.parse(headers['x-search_after'] ?? '');
      }
      const whole = ((await post(events, { ...all, sort })).body as { id: string }[]).map(({ id }) => id);
      expect(whole).to.have.length(6);
      expect(seen).to.deep.equal(whole);
      const past = await post(events, {
        ...all,
        sort,
        search_after: after && [(after as [number])[0], 'gone'],
      });
      expect(past.status).to.equal(200);
    });
  }

  for (const [what, query, expected] of [
    ['from a time on', { start_time: '2026-03-01T00:04:00Z' }, ['user_create', 'user_suspended']],
    ['from a time in another zone', { start_time: '2026-03-01T01:04:00+01:00' }, ['user_create', 'user_suspended']],
    ['from a time without zone', { start_time: '2026-03-01T00:04:00' }, ['user_create', 'user_suspended']],
    ['up to a time', { end_time: '2026-03-01T00:00:30Z' }, ['user_create']],
    ['of a page', { skip: 4, limit: 1 }, ['user_create']],
    ['of another service', { service: ['sso'] }, []],
    ['of services in one text', { service: 'sso,directory', skip: 5 }, ['user_suspended']],
    ['with a value', { search_term: { and: [{ event_type: 'USER_SUSPENDED' }] } }, ['user_suspended']],
    ['with one of some values', { search_term: { 'resource.username': ['u1', 'u2'] } }, ['user_create', 'user_create']],
    [
      'with terms in terms',
      {
        search_term: {
          and: [{ success: 'true' }, { or: [{ 'resource.username': 'u4' }, { event_type: 'user_suspended' }] }],
        },
      },
      ['user_create', 'user_suspended'],
    ],
    [
      'with terms in an object',
      { search_term: { or: { event_type: 'user_suspended', 'resource.username': 'u3' } } },
      ['user_create', 'user_suspended'],
    ],
    ['without a value', { search_term: { not: [{ event_type: 'user_create' }] } }, ['user_suspended']],
    ['with a text somewhere', { q: 'SUSPEND' }, ['user_suspended']],
    ['with a whole text somewhere', { q: 'u3', exact_match: true }, ['user_create']],
    ['with no part of a text', { q: 'user_susp', exact_match: true }, []],
  ] as const) {
    it(`finds events ${what}`, async () => {
      const { post } = history();
      const query_ = { ...all, ...query };
      const { body, text } = await post(events, query_);
      expect(typesIn(body), text).to.deep.equal(expected);
      if (!('limit' in query) && !('skip' in query)) {
        expect((await post(`${events}/count`, query_)).body).to.deep.equal({ count: expected.length });
      }
    });
  }

  it('says the same place again when nothing comes behind it', async () => {
    const { post } = history();
    const { headers } = await post(events, all);
    const place = headers['x-search_after'] ?? '';
    const next = await post(events, { ...all, search_after: JSON.parse(place) as unknown });
    expect(next.body).to.deep.equal([]);
    expect(next.headers).to.include({ 'x-search_after': place, 'x-result-count': '0' });
  });

  it('shows the fields that were asked for, members of members too', async () => {
    const { post } = history();
    const { body } = await post(events, {
      ...all,
      limit: 1,
      fields: ['event_type', 'resource.username', 'initiated_by.none', 'nothing'],
    });
    expect(body).to.deep.equal([{ event_type: 'user_create', resource: { username: 'u0' } }]);
  });

  it('takes any limit or order that makes no sense as the usual one, and never more than 10,000', async () => {
    const { post } = history();
    const limits = [-1, 'x', 1.5, 99_999].map(async limit => (await post(events, { ...all, limit, sort: 5 })).headers);
    const headers = await Promise.all(limits);
    expect(headers.map(({ 'x-limit': limit }) => limit as unknown)).to.deep.equal(['1000', '1000', '1000', '10000']);
    expect(headers[0]).to.include({ 'x-sort': 'ASC' });
  });

  it('counts the values of a field and the events of intervals', async () => {
    const { post } = history();
    expect((await post(`${events}/distinct`, { ...all, field: 'event_type' })).body).to.deep.equal({
      buckets: [
        { key: 'user_create', doc_count: 5 },
        { key: 'user_suspended', doc_count: 1 },
      ],
    });
    const at = Date.parse(START);
    const interval = { ...all, interval_unit: 'm', interval_value: '4' };
    expect((await post(`${events}/interval`, interval)).body).to.deep.equal({
      buckets: [
        { key: at, doc_count: 4 },
        { key: at + 240_000, doc_count: 2 },
      ],
    });
  });

  const deep = (levels: number): object => (levels === 0 ? { success: true } : { and: [deep(levels - 1)] });
  for (const [path, what, query, message] of [
    ['', 'no service', { service: undefined }, /service is required/],
    ['', 'an empty list of services', { service: [] }, /service is required/],
    ['', 'a service that is none', { service: ['directry'] }, /did you mean directory\?.*password_manager/],
    ['', 'no time', { start_time: undefined }, /start_time is required/],
    ['', 'a date alone', { start_time: '2026-03-01' }, /RFC 3339/],
    ['', 'a time that is none', { start_time: '2026-13-01T00:00:00Z' }, /RFC 3339/],
    ['', 'a time to come', { start_time: '2030-01-01T00:00:00Z' }, /future/],
    ['', 'an end before the start', { end_time: '2026-02-01T00:00:00Z' }, /before start_time/],
    ['', 'no field at all', { fields: [] }, /fields is a list/],
    ['', 'only unknown fields', { fields: ['nothing'] }, /fields is a list/],
    ['', 'a search for an unknown field', { search_term: { and: [{ evnt_type: 'x' }] } }, /did you mean event_type\?/],
    ['', 'a search in changes', { search_term: { changes: 'x' } }, /cannot be searched by changes/],
    ['', 'a search that is a text', { search_term: 'x' }, /no search_term/],
    ['', 'a search without end', { search_term: deep(14) }, /10 levels/],
    ['', 'a place that is none', { search_after: 'x' }, /X-Search_after/],
    ['', 'a place that no header can hold', { search_after: [1, 'Ж\n'] }, /X-Search_after/],
    ['/count', 'no time', { start_time: undefined }, /start_time is required/],
    ['/distinct', 'no field', {}, /field is required/],
    ['/distinct', 'a field that is none', { field: 'nothing' }, /no field "nothing"/],
    ['/interval', 'no unit', {}, /interval_unit is required/],
    ['/interval', 'a unit that is none', { interval_unit: 'y' }, /interval_unit is one of s, m/],
    ['/interval', 'a length of nothing', { interval_unit: 'm', interval_value: '0' }, /interval_value/],
  ] as const) {
    it(`refuses ${what}${path && ` at ${path}`} with 400`, async () => {
      expectRefusal(await history().post(events + path, { ...all, ...query }), 400, message);
    });
  }
});
