import { expect } from 'chai';
import type { HttpRequest } from '../scim/wire/message.ts';
import { jumpcloud } from './dialects/index.ts';
import { DirectoryError } from './directory/error.ts';
import { createProvider, type Instead } from './provider.test.ts';
import { createSimulator, type SimulatorOptions } from './simulator.ts';
import { IntegrationError } from './sync/error.ts';

/** Two applications with a service provider each, told apart by their Base URLs; Ada is in Eng, Ben in Ops. */
function setUp({ instead, ...options }: Partial<SimulatorOptions> & { readonly instead?: Instead } = {}) {
  const providers = { '': createProvider(instead), 'https://two.example/scim': createProvider() };
  const sent: HttpRequest[] = [];
  const admin = createSimulator({
    dialect: jumpcloud,
    now: () => 0,
    retry: { sleep: async () => undefined },
    manageGroups: true,
    send: (request, { baseUrl = '' }) => {
      sent.push(request);
      return (baseUrl === '' ? providers[''] : providers['https://two.example/scim']).send(request);
    },
    ...options,
  });
  const one = admin.application().id;
  const two = admin.addApplication({
    name: 'Second',
    manageGroups: true,
    connection: { baseUrl: 'https://two.example/scim', token: 'second' },
  }).id;
  const hire = (name: string) =>
    admin.hire({ email: `${name.toLowerCase()}@orbital.example`, firstname: name, lastname: '' }).id;
  const [ada, ben] = [hire('Ada'), hire('Ben')];
  const [eng, ops] = [admin.createGroup('Eng').id, admin.createGroup('Ops').id];
  admin.join(ada, eng);
  admin.join(ben, ops);
  return {
    admin,
    sent,
    one,
    two,
    ada,
    ben,
    eng,
    ops,
    hire,
    first: providers[''],
    second: providers['https://two.example/scim'],
  };
}

const namesOf = ({ users }: ReturnType<typeof createProvider>) => [...users.values()].map(({ userName }) => userName);

describe('applications of one directory', () => {
  it('have queues, links, mappings and credentials of their own', async () => {
    const { admin, one, two, ada, ben, eng, ops, first, second } = setUp();
    admin.bind(eng);
    admin.bind(ops, two);
    admin.activate();
    admin.activate(two);
    admin.setMapping([...admin.mapping(two), { target: 'nickName', kind: 'constant', value: 'two' }], two);
    expect(admin.planned(one).map(({ person }) => person)).to.not.include(ben);
    expect(admin.planned()).to.have.length(admin.planned(one).length + admin.planned(two).length);
    await admin.sync(two);
    expect([namesOf(first), namesOf(second)]).to.deep.equal([[], ['ben@orbital.example']]);
    await admin.sync();
    expect([namesOf(first), namesOf(second)]).to.deep.equal([['ada@orbital.example'], ['ben@orbital.example']]);
    expect([admin.linkOf(ada, one), admin.linkOf(ada, two), admin.linkOf(ben, one)]).to.deep.equal([
      'u1',
      undefined,
      undefined,
    ]);
    expect(second.sent.map(({ headers }) => headers['authorization'])).to.include('Bearer second');
    expect(first.sent.map(({ headers }) => headers['authorization'])).to.deep.equal(first.sent.map(() => undefined));
    expect([...first.users.values()][0]).not.to.have.property('nickName');
    expect([...second.users.values()][0]).to.have.property('nickName', 'two');
  });

  it('are switched off one by one, and deleted without a word to the service provider (JC-7, JC-8)', async () => {
    const { admin, one, two, ada, eng, first, second } = setUp();
    admin.bind(eng);
    admin.bind(eng, two);
    admin.activate();
    admin.activate(two);
    await admin.sync();
    admin.deactivate(one);
    admin.change(ada, { lastname: 'King' });
    await admin.sync();
    expect([...first.users.values()][0]).not.to.have.nested.property('name.familyName');
    expect([...second.users.values()][0]).to.have.nested.property('name.familyName', 'King');
    const before = second.sent.length;
    admin.change(ada, { lastname: 'Byron' });
    expect(() => admin.deleteApplication(two, 2)).to.throw(DirectoryError, /one application/);
    admin.deleteApplication(two, 1);
    await admin.sync();
    expect(second.sent).to.have.length(before);
    expect(() => admin.planned(two)).to.throw(DirectoryError, /no application/);
  });

  it('need a Base URL before they are activated, but for the one whose way the pipe knows', () => {
    const { admin } = setUp();
    const { id } = admin.addApplication({ name: 'Third' });
    expect(() => admin.activate(id)).to.throw(IntegrationError, /no Base URL/);
    admin.configure({ baseUrl: 'three' }, id);
    expect(() => admin.activate(id)).to.throw(IntegrationError, /not a URL/);
    admin.configure({ baseUrl: 'https://ada:countess@two.example' }, id);
    expect(() => admin.activate(id)).to.throw(IntegrationError, /^credentials do not belong/);
    admin.configure({ baseUrl: 'https://two.example/scim' }, id);
    admin.activate(id);
    expect(admin.application(id).active).to.equal(true);
    expect(() => admin.configure({ baseUrl: 'ftp://x' }, id)).to.throw(IntegrationError, /https/);
    expect(admin.connection(id)).to.deep.equal({ baseUrl: 'https://two.example/scim' });
    const custom = admin.addApplication({
      name: 'Fourth',
      connector: 'custom',
      connection: { baseUrl: 'https://x.example' },
    });
    expect(() => admin.activate(custom.id)).to.throw(IntegrationError, /test e-mail/);
    expect(admin.insights.query({ where: ({ success }) => !success })).to.have.length(5);
  });

  it('send of one what fails to another application alone', async () => {
    const { admin, two, ada, eng, first, second } = setUp({
      instead: ({ method }) =>
        method === 'POST' ? { headers: {}, text: '', failure: { code: 'refused', message: 'refused' } } : undefined,
    });
    admin.bind(eng);
    admin.bind(eng, two);
    admin.activate();
    admin.activate(two);
    const results = await admin.sync();
    expect(results.filter(({ outcome }) => outcome === 'failed').length).to.be.greaterThan(0);
    expect([namesOf(first), namesOf(second)]).to.deep.equal([[], ['ada@orbital.example']]);
    expect([admin.linkOf(ada), admin.linkOf(ada, two)]).to.deep.equal([undefined, 'u1']);
  });
});

describe('a simulator that sends several requests at once', () => {
  const several = async (inFlight: number) => {
    let underWay = 0;
    let most = 0;
    const perUser = new Map<string, number>();
    const provider = createProvider();
    const admin = createSimulator({
      dialect: jumpcloud,
      manageGroups: true,
      inFlight,
      now: () => 0,
      send: async request => {
        const about = `${request.method} ${request.path}`;
        most = Math.max(most, ++underWay);
        perUser.set(about, (perUser.get(about) ?? 0) + 1);
        await new Promise(resolve => setImmediate(resolve));
        const response = await provider.send(request);
        underWay -= 1;
        return response;
      },
    });
    const people = Array.from({ length: 30 }, (_, n) =>
      admin.hire({ email: `p${n}@orbital.example`, firstname: `P${n}`, lastname: '' }),
    );
    const groups = ['A', 'B', 'C'].map(name => admin.createGroup(name));
    people.forEach(({ id }, n) => admin.join(id, groups[n % 3]?.id ?? ''));
    for (const { id } of groups) admin.bind(id);
    admin.activate();
    for (const { id } of people.slice(0, 5)) admin.suspend(id);
    const results = await admin.sync();
    return { provider, most, results, perUser };
  };

  it('ends as one that sends one at a time', async () => {
    const [one, eight] = [await several(1), await several(8)];
    expect(eight.provider.state()).to.deep.equal(one.provider.state());
    expect([one.most, eight.most]).to.deep.equal([1, 8]);
    expect(eight.results).to.have.length(one.results.length);
    expect(eight.results.filter(({ outcome }) => outcome === 'failed')).to.deep.equal([]);
  });

  it('sends each person before their group, and a group before its memberships (JC-12c)', async () => {
    const { provider } = await several(8);
    const lines = provider.sent.map(({ method, path, json }) => `${method} ${path} ${JSON.stringify(json ?? '')}`);
    for (const name of ['A', 'B', 'C']) {
      const create = lines.findIndex(line => line.startsWith('POST /Groups') && line.includes(`"${name}"`));
      const id = [...provider.groups.values()].find(({ displayName }) => displayName === name)?.['id'];
      const members = lines.flatMap((line, at) => (line.startsWith(`PATCH /Groups/${String(id)}`) ? [at] : []));
      expect(members).to.have.length(name === 'A' || name === 'B' ? 8 : 9);
      expect(Math.min(...members)).to.be.greaterThan(create);
      for (const [userId, { userName }] of provider.users) {
        const isMember = lines.some((line, at) => members.includes(at) && line.includes(`"${userId}"`));
        const made = lines.findIndex(line => line.startsWith('POST /Users') && line.includes(String(userName)));
        if (isMember) expect(made, String(userName)).to.be.lessThan(create);
      }
    }
  });

  it('sends the requests of one run in one order, one at a time', async () => {
    const order = async () => (await several(1)).provider.sent.map(({ method, path }) => `${method} ${path}`);
    expect(await order()).to.deep.equal(await order());
  });
});
