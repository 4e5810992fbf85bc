import { expect } from 'chai';
import { USER } from '../../scim/message/urn.ts';
import { createClient, type Answered, type Made } from './client.test.ts';

type Client = ReturnType<typeof createClient>;
type Ask = (client: Client, user: Made, headers: Record<string, string>) => Promise<Answered>;

const reads: [string, Ask][] = [
  ['GET', (client, { id }, headers) => client.get(`/Users/${id}`, headers)],
  ['HEAD', (client, { id }, headers) => client.head(`/Users/${id}`, headers)],
  ['GET of a part', (client, { id }, headers) => client.get(`/Users/${id}?attributes=userName`, headers)],
];
const writes: [string, number, Ask][] = [
  [
    'PUT',
    200,
    (client, { id }, headers) => client.put(`/Users/${id}`, { schemas: [USER], userName: 'ada', title: 'T' }, headers),
  ],
  [
    'PATCH',
    200,
    (client, { id }, headers) => client.patch(`/Users/${id}`, [{ op: 'add', path: 'title', value: 'T' }], headers),
  ],
  ['DELETE', 204, (client, { id }, headers) => client.delete(`/Users/${id}`, headers)],
];
/** A header made of the current entity-tag, and whether it names it. */
const headers: [string, (version: string) => string, boolean][] = [
  ['the tag', version => version, true],
  ['the tag in its strong form', version => version.replace('W/', ''), true],
  ['a list with the tag', version => `"zzz", ${version}`, true],
  ['*', () => '*', true],
  ['another tag', () => 'W/"zzz"', false],
  ['no tag at all', () => 'zzz', false],
];

for (const [what, header, names] of headers) {
  describe(`A condition that names ${what}`, () => {
    for (const [method, ask] of reads) {
      it(`${names ? 'saves' : 'does not save'} a ${method} its body as If-None-Match`, async () => {
        const client = createClient();
        const user = await client.user('ada');
        const version = user.meta['version'] ?? '';
        const { status, text, headers } = await ask(client, user, { 'If-None-Match': header(version) });
        expect(status).to.equal(names ? 304 : 200);
        expect(headers['etag']).to.equal(version);
        if (names) expect(text || '').to.equal('');
      });
    }

    for (const [method, success, ask] of writes) {
      it(`${names ? 'lets' : 'does not let'} a ${method} pass as If-Match, and the other way round as If-None-Match`, async () => {
        for (const [name, passes] of [
          ['If-Match', names],
          ['If-None-Match', !names],
        ] as const) {
          const client = createClient();
          const user = await client.user('ada');
          const { status } = await ask(client, user, { [name]: header(user.meta['version'] ?? '') });
          expect(status, name).to.equal(passes ? success : 412);
          if (!passes) expect((await client.get(`/Users/${user.id}`)).body).to.deep.equal(user);
        }
      });
    }
  });
}

describe('A condition', () => {
  it('on an unknown resource is answered 404', async () => {
    const client = createClient();
    for (const [, , ask] of writes) {
      expect(await ask(client, { id: 'none', meta: {} }, { 'If-Match': '*' })).to.include({ status: 404 });
    }
  });

  it('is ignored where versions are switched off, and no version is shown', async () => {
    const client = createClient({ settings: { etag: false } });
    const user = await client.user('ada');
    expect(user.meta).to.not.have.property('version');
    for (const [, success, ask] of writes) {
      const answer = await ask(client, user, { 'If-Match': 'W/"zzz"' });
      expect(answer.status).to.equal(success);
      expect(answer.headers).to.not.have.property('etag');
    }
  });
});

describe('HEAD', () => {
  it('has the head of GET and no body', async () => {
    const client = createClient();
    const { id } = await client.user('ada');
    for (const path of [`/Users/${id}`, '/Users', '/ServiceProviderConfig']) {
      const [head, get] = [await client.head(path), await client.get(path)];
      expect(head.status).to.equal(200);
      expect(head.text || '').to.equal('');
      for (const name of ['content-type', 'content-length', 'etag', 'location']) {
        expect(head.headers[name], name).to.equal(get.headers[name]);
      }
    }
  });
});

describe('/Me', () => {
  it('stands for the resource of the caller, whose own address it tells', async () => {
    let made = 0;
    const client = createClient({ newId: () => `id-${(made += 1)}`, settings: { me: { 'token-one': 'id-1' } } });
    expect(await client.get('/Me')).to.include({ status: 404 });
    const { meta } = await client.user('ada');
    const read = await client.get('/Me');
    expect(read).to.include({ status: 200 });
    expect(read.headers['location']).to.equal(meta['location']);
    expect(read.body).to.include({ userName: 'ada' });
    const patched = await client.patch('/Me', [{ op: 'add', path: 'title', value: 'T' }]);
    expect(patched.body).to.include({ title: 'T' });
    expect(patched.headers['location']).to.equal(meta['location']);
    expect((await client.put('/Me', { schemas: [USER], userName: 'ada', title: 'U' })).body).to.include({ title: 'U' });
    expect(await client.delete('/Me')).to.include({ status: 204 });
    expect(await client.get('/Users/id-1')).to.include({ status: 404 });
  });
});

describe('PATCH', () => {
  it('is answered 501 where it is switched off', async () => {
    const client = createClient({ settings: { patch: false } });
    const { id } = await client.user('ada');
    expect(await client.patch(`/Users/${id}`, [{ op: 'remove', path: 'title' }])).to.include({ status: 501 });
  });
});
