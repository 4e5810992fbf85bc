import { expect } from 'chai';
import { SEARCH_REQUEST } from '../../scim/message/urn.ts';
import { createClient, type Answered } from './client.test.ts';

type Client = ReturnType<typeof createClient>;

const names = ({ body }: Answered): unknown =>
  ((body['Resources'] ?? []) as { userName?: string; displayName?: string }[]).map(
    ({ userName, displayName }) => userName ?? displayName,
  );
const letters = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => String.fromCharCode(97 + index));

const fill = async (client: Client, count: number): Promise<void> => {
  for (const name of letters(count)) await client.user(name);
};

describe('A list by index', () => {
  const cases: [string, string, string[], object][] = [
    ['no parameter', '', ['a', 'b', 'c', 'd', 'e'], { startIndex: 1, itemsPerPage: 5 }],
    ['a page', '?startIndex=2&count=2', ['b', 'c'], { startIndex: 2, itemsPerPage: 2 }],
    ['the last page', '?startIndex=5&count=2', ['e'], { startIndex: 5, itemsPerPage: 1 }],
    ['a start past the end', '?startIndex=6', [], { startIndex: 6, itemsPerPage: 0 }],
    ['a start below 1', '?startIndex=-5&count=1', ['a'], { startIndex: 1, itemsPerPage: 1 }],
    ['count 0', '?count=0', [], { startIndex: 1, itemsPerPage: 0 }],
    ['a negative count', '?count=-1', [], { startIndex: 1, itemsPerPage: 0 }],
    ['an unknown parameter', '?zz=1&count=1', ['a'], { itemsPerPage: 1 }],
  ];
  for (const [what, query, found, envelope] of cases) {
    it(`with ${what} has the entries and numbers asked for`, async () => {
      const client = createClient();
      await fill(client, 5);
      const answer = await client.get(`/Users${query}`);
      expect(answer.status).to.equal(200);
      expect(names(answer)).to.deep.equal(found);
      expect(answer.body).to.deep.include({ totalResults: 5, ...envelope });
    });
  }

  it('is never longer than the announced limit', async () => {
    const client = createClient({ settings: { filterMaxResults: 3 } });
    await fill(client, 5);
    expect(names(await client.get('/Users?count=100'))).to.deep.equal(['a', 'b', 'c']);
    expect(names(await client.get('/Users'))).to.deep.equal(['a', 'b', 'c']);
  });

  it('keeps its order when resources change and go', async () => {
    const client = createClient();
    await fill(client, 5);
    const { body } = await client.find('/Users', 'userName eq "c"');
    const [{ id } = { id: '' }] = body['Resources'] as unknown as { id: string }[];
    await client.patch(`/Users/${id}`, [{ op: 'add', path: 'title', value: 'T' }]);
    expect(names(await client.get('/Users'))).to.deep.equal(['a', 'b', 'c', 'd', 'e']);
    await client.delete(`/Users/${id}`);
    expect(names(await client.get('/Users?startIndex=3'))).to.deep.equal(['d', 'e']);
  });
});

describe('A filtered list', () => {
  const cases: [string, string[]][] = [
    ['userName eq "B"', ['b']],
    ['userName eq "b" and active eq true', []],
    ['userName eq "b" or userName eq "d"', ['b', 'd']],
    ['emails.value eq "SHARED@example.org"', ['b', 'c']],
    ['emails[type eq "home" and value eq "shared@example.org"]', ['c']],
    ['externalId eq "Ext-1"', ['b']],
    ['externalId eq "ext-1"', []],
    ['displayName eq "same"', ['b', 'c']],
    ['title pr', ['c']],
    ['not (title pr)', ['a', 'b', 'd']],
    ['noSuch eq "x"', []],
    ['meta.resourceType eq "User" and userName sw "a"', ['a']],
  ];
  for (const [filter, found] of cases) {
    it(`by ${filter} has ${found.join(', ') || 'nothing'}`, async () => {
      const client = createClient();
      const emails = (type: string) => [{ value: 'shared@example.org', type }];
      await client.user('a');
      await client.user('b', { displayName: 'Same', externalId: 'Ext-1', emails: emails('work') });
      await client.user('c', { displayName: 'SAME', title: 'T', emails: emails('home') });
      await client.user('d', { externalId: 'EXT-1' });
      const answer = await client.find('/Users', filter);
      expect(answer.status).to.equal(200);
      expect(names(answer)).to.deep.equal(found);
      expect(answer.body).to.include({ totalResults: found.length });
    });
  }

  it('follows an index through every write', async () => {
    const client = createClient();
    const { id } = await client.user('ada', { emails: [{ value: 'one@x.org' }, { value: 'two@x.org' }] });
    const found = async (value: string) =>
      (await client.find('/Users', `emails.value eq "${value}"`)).body['totalResults'];
    await client.patch(`/Users/${id}`, [{ op: 'remove', path: 'emails[value eq "one@x.org"]' }]);
    await client.patch(`/Users/${id}`, [{ op: 'add', path: 'emails', value: [{ value: 'three@x.org' }] }]);
    expect([await found('one@x.org'), await found('two@x.org'), await found('three@x.org')]).to.deep.equal([0, 1, 1]);
    await client.delete(`/Users/${id}`);
    expect([await found('two@x.org'), await found('three@x.org')]).to.deep.equal([0, 0]);
  });

  it('matches what is worked out: addresses, versions, groups', async () => {
    const client = createClient();
    const ada = await client.user('ada');
    const group = await client.group('Engineers', [ada]);
    for (const [path, filter] of [
      ['/Users', `groups.value eq "${group.id}"`],
      ['/Users', `meta.location eq "${String(ada.meta['location'])}"`],
      ['/Groups', `members.display eq "ada"`],
      ['/Groups', `meta.version eq ${JSON.stringify(group.meta['version'])}`],
    ] as const) {
      expect((await client.find(path, filter)).body, filter).to.include({ totalResults: 1 });
    }
  });

  it('is refused where filters are switched off', async () => {
    const client = createClient({ settings: { filter: false } });
    expect(await client.find('/Users', 'id pr')).to.include({ status: 400 });
  });
});

describe('A sorted list', () => {
  const sorted = async (query: string, settings = {}) => {
    const client = createClient({ settings });
    await client.user('b', { title: 'x', emails: [{ value: 'z@x' }, { value: 'a@x', primary: true }] });
    await client.user('A', { name: { givenName: 'K' }, emails: [{ value: 'm@x' }, { value: 'b@x' }] });
    await client.user('c', { title: 'W', name: { givenName: 'j' } });
    return client.get(`/Users?${query}`);
  };
  const cases: [string, string[]][] = [
    ['sortBy=userName', ['A', 'b', 'c']],
    ['sortBy=userName&sortOrder=descending', ['c', 'b', 'A']],
    ['sortBy=title', ['c', 'b', 'A']],
    ['sortBy=title&sortOrder=descending', ['A', 'b', 'c']],
    ['sortBy=name.givenName', ['c', 'A', 'b']],
    ['sortBy=emails.value', ['b', 'A', 'c']],
    ['sortBy=userName&startIndex=2&count=1', ['b']],
    ['sortOrder=descending', ['b', 'A', 'c']],
  ];
  for (const [query, found] of cases) {
    it(`by ${query} is ${found.join(', ')}`, async () => {
      expect(names(await sorted(query))).to.deep.equal(found);
    });
  }

  for (const query of ['sortBy=noSuch', 'sortBy=name', 'sortBy=userName&sortOrder=sideways']) {
    it(`by ${query} is refused`, async () => {
      expect(await sorted(query)).to.include({ status: 400 });
    });
  }

  it('is not sorted where sorting is switched off', async () => {
    expect(names(await sorted('sortBy=userName', { sort: false }))).to.deep.equal(['b', 'A', 'c']);
  });
});

describe('A list by cursor', () => {
  const walk = async (
    client: Client,
    query: string,
    direction: 'nextCursor' | 'previousCursor' = 'nextCursor',
    from = '',
  ) => {
    const pages: unknown[] = [];
    let cursor: unknown = from;
    while (typeof cursor === 'string') {
      const answer: Answered = await client.get(`/Users?${query}&cursor=${cursor}`);
      expect(answer.status, answer.text).to.equal(200);
      pages.push(names(answer));
      cursor = answer.body[direction];
    }
    return pages;
  };
  const next = async (client: Client, query: string, cursor = ''): Promise<Answered> =>
    client.get(`/Users?${query}&cursor=${cursor}`);

  for (const [query, pages] of [
    ['count=2', [['a', 'b'], ['c', 'd'], ['e']]],
    ['count=5', [['a', 'b', 'c', 'd', 'e']]],
    ['count=2&sortBy=userName&sortOrder=descending', [['e', 'd'], ['c', 'b'], ['a']]],
    [
      'count=2&filter=userName%20ne%20%22b%22',
      [
        ['a', 'c'],
        ['d', 'e'],
      ],
    ],
  ] as const) {
    it(`with ${query} has each match once`, async () => {
      const client = createClient();
      await fill(client, 5);
      expect(await walk(client, query)).to.deep.equal(pages);
    });
  }

  it('begins with an empty cursor, with or without an equals sign, and says no startIndex', async () => {
    const client = createClient();
    await fill(client, 3);
    const [bare, empty] = [await client.get('/Users?cursor&count=2'), await client.get('/Users?cursor=&count=2')];
    expect(names(bare)).to.deep.equal(['a', 'b']);
    expect(names(empty)).to.deep.equal(['a', 'b']);
    expect(bare.body)
      .to.include({ totalResults: 3, itemsPerPage: 2 })
      .and.not.have.any.keys('startIndex', 'previousCursor');
    expect(bare.body['nextCursor']).to.match(/^[\w.~-]+$/);
  });

  it('goes back the way it came', async () => {
    const client = createClient();
    await fill(client, 5);
    const second = await next(client, 'count=2', String((await next(client, 'count=2')).body['nextCursor']));
    const third = await next(client, 'count=2', String(second.body['nextCursor']));
    expect(await walk(client, 'count=2', 'previousCursor', String(third.body['previousCursor']))).to.deep.equal([
      ['c', 'd'],
      ['a', 'b'],
    ]);
  });

  it('misses and repeats nothing when resources before and at the cursor go', async () => {
    const client = createClient();
    await fill(client, 6);
    const first = await next(client, 'count=2');
    for (const { id } of first.body['Resources'] as unknown as { id: string }[]) await client.delete(`/Users/${id}`);
    expect(await walk(client, 'count=2', 'nextCursor', String(first.body['nextCursor']))).to.deep.equal([
      ['c', 'd'],
      ['e', 'f'],
    ]);
  });

  it('counts a negative count as 0', async () => {
    const client = createClient();
    await fill(client, 2);
    expect((await next(client, 'count=-1')).body).to.deep.include({ totalResults: 2, Resources: [] });
  });

  const flip = (text: string): string => text.slice(0, -1) + (text.endsWith('A') ? 'B' : 'A');
  const refusals: [string, string, (cursor: string) => string, string][] = [
    ['forged', 'count=2', () => 'forged123', 'invalidCursor'],
    ['changed in one character', 'count=2', flip, 'invalidCursor'],
    ['of another query', 'count=2&filter=id%20pr', cursor => cursor, 'invalidCursor'],
    ['used with another count', 'count=1', cursor => cursor, 'invalidCount'],
    ['given with a count that is no number', 'count=x', cursor => cursor, 'invalidCount'],
  ];
  for (const [what, query, change, scimType] of refusals) {
    it(`refuses a cursor that is ${what} with ${scimType}`, async () => {
      const client = createClient();
      await fill(client, 3);
      const cursor = String((await next(client, 'count=2')).body['nextCursor']);
      const { status, body } = await next(client, query, change(cursor));
      expect(status).to.equal(400);
      expect(body).to.include({ status: '400', scimType });
    });
  }

  it('refuses the cursor of another caller in the words of a forged one', async () => {
    const client = createClient({ tokens: ['token-one', 'token-two'] });
    await fill(client, 3);
    const cursor = String((await next(client, 'count=2')).body['nextCursor']);
    const headers = { Authorization: 'Bearer token-two' };
    const [foreign, forged] = [
      await client.get(`/Users?count=2&cursor=${cursor}`, headers),
      await client.get('/Users?count=2&cursor=forged', headers),
    ];
    expect(foreign).to.include({ status: 400 });
    expect(foreign.body).to.deep.equal(forged.body);
  });

  it('is good until its time is up', async () => {
    const client = createClient({ settings: { cursorTimeout: 60 } });
    await fill(client, 3);
    const cursor = String((await next(client, 'count=2')).body['nextCursor']);
    client.advance(60_000);
    expect(await next(client, 'count=2', cursor)).to.include({ status: 200 });
    client.advance(1000);
    expect((await next(client, 'count=2', cursor)).body).to.include({ scimType: 'expiredCursor' });
  });

  it('is the default where settings say so, and unknown where it is switched off', async () => {
    const on = createClient({ settings: { defaultPaginationMethod: 'cursor' } });
    const off = createClient({ settings: { cursorPaging: false } });
    await fill(on, 3);
    await fill(off, 3);
    expect((await on.get('/Users?count=2')).body).to.have.property('nextCursor');
    expect((await on.get('/Users?count=2&startIndex=1')).body).to.include({ startIndex: 1 });
    expect((await off.get('/Users?count=2&cursor=x')).body)
      .to.include({ startIndex: 1 })
      .and.not.have.property('nextCursor');
  });
});

describe('A search by POST', () => {
  const message = { schemas: [SEARCH_REQUEST] };

  it('answers as the same query by GET, and creates nothing', async () => {
    const client = createClient();
    await fill(client, 5);
    const query =
      'filter=userName%20ne%20%22b%22&sortBy=userName&sortOrder=descending&startIndex=2&count=2&attributes=userName';
    const answer = await client.post('/Users/.search', {
      ...message,
      filter: 'userName ne "b"',
      sortBy: 'userName',
      sortOrder: 'descending',
      startIndex: 2,
      count: 2,
      attributes: ['userName'],
    });
    expect(answer.status).to.equal(200);
    expect(answer.body).to.deep.equal((await client.get(`/Users?${query}`)).body);
    expect((await client.get('/Users')).body).to.include({ totalResults: 5 });
  });

  it('pages by cursor', async () => {
    const client = createClient();
    await fill(client, 3);
    const first = await client.post('/Users/.search', { ...message, cursor: '', count: 2 });
    const cursor = first.body['nextCursor'];
    expect(names(await client.post('/Users/.search', { ...message, cursor, count: 2 }))).to.deep.equal(['c']);
  });

  for (const [what, body, scimType] of [
    ['another message', { schemas: ['urn:x'] }, 'invalidSyntax'],
    ['no message', {}, 'invalidSyntax'],
    ['a broken filter', { ...message, filter: 'userName eq' }, 'invalidFilter'],
    ['a count that is text', { ...message, count: '1' }, 'invalidValue'],
    ['attributes that are no list', { ...message, attributes: 5 }, 'invalidValue'],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const answer = await createClient().post('/Users/.search', body);
      expect(answer).to.include({ status: 400 });
      expect(answer.body).to.include({ scimType });
    });
  }
});

describe('A query over all resource types', () => {
  it('finds users and groups by one filter, in order of creation', async () => {
    const client = createClient();
    const ada = await client.user('x-ada', { displayName: 'x-ada' });
    await client.group('x-group', [ada]);
    await client.user('x-bob', { displayName: 'x-bob' });
    const all = ['x-ada', 'x-group', 'x-bob'];
    const cases: [string, string[]][] = [
      ['displayName sw "x-"', all],
      ['id pr', all],
      ['userName pr', ['x-ada', 'x-bob']],
      ['not (userName pr)', ['x-group']],
      ['meta.resourceType eq "User"', ['x-ada', 'x-bob']],
      [`id eq "${ada.id}"`, ['x-ada']],
    ];
    for (const [filter, found] of cases) {
      expect(names(await client.find('/', filter)), filter).to.deep.equal(found);
      const search = await client.post('/.search', { schemas: [SEARCH_REQUEST], filter });
      expect(names(search), filter).to.deep.equal(found);
    }
    expect(names(await client.get('?startIndex=2&count=1'))).to.deep.equal(['x-group']);
    expect(names(await client.get('/?sortBy=userName'))).to.deep.equal(['x-ada', 'x-bob', 'x-group']);
  });

  it('is answered 501 where it is switched off, as is search', async () => {
    const client = createClient({ settings: { rootQuery: false, search: false } });
    expect(await client.get('/')).to.include({ status: 501 });
    expect(await client.post('/.search', { schemas: [SEARCH_REQUEST] })).to.include({ status: 501 });
    expect(await client.post('/Users/.search', { schemas: [SEARCH_REQUEST] })).to.include({ status: 501 });
  });
});
