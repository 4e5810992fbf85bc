import { expect } from 'chai';
import { isObject } from '../../scim/message/list.ts';
import type { JsonObject } from '../../scim/wire/message.ts';
import { createProvider, refuseWith, type Instead } from '../provider.test.ts';
import { createSimulator } from '../simulator.ts';
import type { Dialect } from './dialect.ts';
import { entra, entraAadoptscim062020 } from './entra.ts';
import { jumpcloud, plain } from './index.ts';
import { okta, oktaOin } from './okta.ts';

const DAY = 24 * 60 * 60 * 1000;
const ADA = { email: 'ada@orbital.example', firstname: 'Ada', lastname: 'Lovelace' };

/** An active integration with Ada in Eng, sent or not yet. */
async function setUp(dialect: Dialect, { instead, isSent = true }: { instead?: Instead; isSent?: boolean } = {}) {
  const provider = createProvider(instead);
  const clock = { now: 0 };
  const admin = createSimulator({
    dialect,
    send: provider.send,
    now: () => clock.now,
    manageGroups: true,
    retry: { sleep: async () => undefined },
  });
  const eng = admin.createGroup('Eng').id;
  admin.bind(eng);
  admin.activate();
  await admin.sync();
  const ada = admin.hire(ADA).id;
  admin.join(ada, eng);
  if (isSent) await admin.sync();
  provider.sent.length = 0;
  const lines = () => provider.sent.map(({ method, path }) => `${method} ${path}`);
  return { admin, provider, clock, ada, eng, lines };
}

describe('what dialects make of answers', () => {
  for (const [dialect, outcome] of [
    [okta, 'done'],
    [oktaOin, 'done'],
    [entra, 'failed'],
    [jumpcloud, 'failed'],
  ] as const) {
    it(`takes a look-up answered 404 as a miss where the dialect says so: ${dialect.id}`, async () => {
      const instead: Instead = ({ path }) =>
        path.startsWith('/Users?filter=userName') && path.includes('ada') ? refuseWith(404) : undefined;
      const { admin } = await setUp(dialect, { instead, isSent: false });
      const [first] = await admin.sync();
      expect(first).to.include({ outcome });
    });
  }

  for (const [dialect, outcome, follows] of [
    [okta, 'failed', 0],
    [oktaOin, 'failed', 0],
    [entra, 'done', 1],
    [jumpcloud, 'done', 1],
  ] as const) {
    it(`${follows > 0 ? 'looks up who is there' : 'stops'} after 409 to a create: ${dialect.id}`, async () => {
      const { admin, provider, lines } = await setUp(dialect, {
        isSent: false,
        instead: ({ method, path }) => {
          if (method !== 'POST' || path !== '/Users') return undefined;
          provider.hold('/Users', { id: 'u9', userName: ADA.email, active: true });
          return refuseWith(409);
        },
      });
      const [first] = await admin.sync();
      expect(first).to.include({ outcome });
      const created = lines().indexOf('POST /Users');
      expect(
        lines()
          .slice(created)
          .filter(line => line.startsWith('GET /Users?filter')).length,
      ).to.equal(follows);
    });
  }

  for (const dialect of [okta, entra, entraAadoptscim062020]) {
    it(`looks for somebody whose user is gone, makes a new one, and puts it where the old one was: ${dialect.id}`, async () => {
      const { admin, provider, ada, lines } = await setUp(dialect);
      provider.users.clear();
      admin.change(ada, { lastname: 'King' });
      await admin.sync();
      const sent = lines().map(line => line.replace(/\?.*/, ''));
      expect(sent.slice(0, 3)).to.deep.equal(['GET /Users/u1', 'GET /Users', 'POST /Users']);
      expect(sent.slice(3)).to.have.length(1);
      expect(sent[3]).to.match(/^(?:PATCH|PUT) .Groups.g2$/);
    });
  }

  it('fails the connection test of Entra ID when a filter that nobody fits finds somebody', async () => {
    const { admin, provider } = await setUp(entra);
    provider.hold('/Users', { userName: 'zoe', active: true });
    admin.deactivate();
    const ignoring = createSimulator({
      dialect: entra,
      send: request => provider.send({ ...request, path: request.path.replace(/\?.*/, '') }),
      retry: { sleep: async () => undefined },
    });
    ignoring.activate();
    const [test] = await ignoring.sync();
    expect(test?.reason).to.match(/a filter that nobody fits was answered with \d/);
  });
});

describe('imports of dialects', () => {
  /** A service provider that never shows more than 60 on a page. */
  const capped: Instead = ({ path }) => {
    const query = new URL(path, 'http://sp.example').searchParams;
    if (query.get('count') !== '100' || query.has('filter')) return undefined;
    const start = Number(query.get('startIndex'));
    const ids = Array.from({ length: 150 }, (_, n) => n + 1).slice(start - 1, start + 59);
    const Resources = ids.map(n => ({ id: `u${n}`, userName: `p${n}@orbital.example` }));
    const json = { totalResults: 150, Resources };
    return { status: 200, headers: {}, text: JSON.stringify(json), json };
  };
  for (const [dialect, pages, read] of [
    [jumpcloud, [1, 61, 121], 150],
    [okta, [1, 101], 110],
  ] as const) {
    it(`go on where the dialect does: ${dialect.id}`, async () => {
      const { admin, lines } = await setUp(dialect, { instead: capped, isSent: false });
      const { matched, unmatched } = await admin.importUsers();
      expect(lines()).to.deep.equal(pages.map(start => `GET /Users?startIndex=${start}&count=100`));
      expect(matched.length + unmatched.length).to.equal(read);
    });
  }
});

describe('later deletion', () => {
  it('comes 30 days after and not before, once, for Entra ID alone', async () => {
    for (const dialect of [entra, entraAadoptscim062020, okta, oktaOin, jumpcloud, plain]) {
      const { admin, clock, ada, lines } = await setUp(dialect);
      admin.dismiss(ada);
      await admin.sync();
      for (const days of [29.9, 30, 61]) {
        clock.now = days * DAY;
        await admin.sync();
        const wanted = dialect.deletesAfter !== undefined && days >= 30 ? ['DELETE /Users/u1'] : [];
        expect(
          lines().filter(line => line.startsWith('DELETE')),
          `${dialect.id}, ${days}`,
        ).to.deep.equal(wanted);
      }
    }
  });

  it('is planned once it is due', async () => {
    const { admin, clock, ada } = await setUp(entra);
    admin.dismiss(ada);
    await admin.sync();
    expect(admin.planned()).to.be.empty;
    clock.now = 30 * DAY;
    expect(admin.planned().map(({ kind }) => kind)).to.deep.equal(['delete-user']);
  });

  it('never comes for whoever had lost access before, nor while provisioning is off', async () => {
    const { admin, clock, ada, eng, lines } = await setUp(entra);
    admin.leave(ada, eng);
    admin.dismiss(ada);
    await admin.sync();
    clock.now = 31 * DAY;
    await admin.sync();
    expect(lines().filter(line => line.startsWith('DELETE'))).to.be.empty;
    const off = await setUp(entra);
    off.admin.dismiss(off.ada);
    await off.admin.sync();
    off.admin.deactivate();
    off.clock.now = 31 * DAY;
    await off.admin.sync();
    expect(off.lines().filter(line => line.startsWith('DELETE'))).to.be.empty;
  });

  it('spares the user of somebody who came back under the same address', async () => {
    const { admin, provider, clock, ada, eng, lines } = await setUp(entra);
    admin.dismiss(ada);
    await admin.sync();
    const again = admin.hire(ADA).id;
    admin.join(again, eng);
    await admin.sync();
    clock.now = 31 * DAY;
    await admin.sync();
    expect(lines().filter(line => line.startsWith('DELETE'))).to.be.empty;
    expect(provider.users.get('u1')).to.include({ active: true });
  });
});

describe('updates of Entra ID', () => {
  const change = (held: JsonObject, value: JsonObject[]) =>
    entra.update({ held, values: [], active: true, wanting: [{ path: ['emails'], value }] });
  const work = { value: 'new@orbital.example', type: 'work', primary: true };

  for (const [what, held, operations] of [
    ['replaces the work address', [{ value: 'old@orbital.example', type: 'work' }], ['Replace']],
    ['adds it where there is none', [], ['Add']],
    ['adds it beside one of another type', [{ value: 'a@orbital.example', type: 'home', primary: true }], ['Add']],
    ['replaces the primary one where none has a type', [{ value: 'old@orbital.example', primary: true }], ['Replace']],
    ['sends nothing where only the type is missing', [{ value: 'new@orbital.example', primary: true }], []],
  ] as const) {
    it(what, () => {
      const wanted = operations.map(op => ({ op, path: 'emails[type eq "work"].value', value: 'new@orbital.example' }));
      expect(change({ emails: held }, [work])).to.deep.equal(
        wanted.length > 0 ? [{ kind: 'patch', operations: wanted }] : [],
      );
    });
  }
});

describe('headers of dialects', () => {
  for (const [dialect, expected] of [
    [
      okta,
      {
        accept: 'application/scim+json',
        'accept-charset': 'utf-8',
        'user-agent': 'Okta SCIM Client 1.0.0',
        'content-type': 'application/scim+json; charset=utf-8',
      },
    ],
    [entra, { accept: 'application/scim+json', 'content-type': 'application/scim+json' }],
  ] as const) {
    it(`are these, and no others: ${dialect.id}`, async () => {
      const { admin, provider } = await setUp(dialect, { isSent: false });
      await admin.sync();
      expect(provider.sent.find(({ method }) => method === 'POST')?.headers).to.deep.equal(expected);
    });
  }

  it('come with a password that nobody can guess where the dialect sends one', async () => {
    const passwords = new Set<unknown>();
    for (let n = 0; n < 3; n += 1) {
      const { admin, provider } = await setUp(okta, { isSent: false });
      await admin.sync();
      const body = provider.sent.find(({ path }) => path === '/Users')?.json;
      passwords.add(isObject(body) ? body['password'] : undefined);
    }
    expect(passwords.size).to.equal(3);
  });
});
