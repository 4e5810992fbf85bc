import { expect } from 'chai';
import { jumpcloud } from '../dialects/index.ts';
import { answerWith, createProvider, refuseWith, type Instead } from '../provider.test.ts';
import { createSimulator } from '../simulator.ts';
import { IntegrationError } from './error.ts';

async function setUp(instead?: Instead) {
  const provider = createProvider(instead);
  const admin = createSimulator({
    dialect: jumpcloud,
    now: () => 0,
    retry: { sleep: async () => undefined },
    send: provider.send,
  });
  const ada = admin.hire({ email: 'ada@orbital.example', firstname: 'Ada', lastname: '' }).id;
  admin.activate();
  await admin.sync();
  return { provider, admin, ada };
}

const failure = async (work: () => Promise<unknown>): Promise<unknown> => {
  try {
    return await work();
  } catch (error) {
    return error;
  }
};

describe('import', () => {
  it('links whom it matches, so that they are not looked up again', async () => {
    const { provider, admin, ada } = await setUp();
    provider.hold('/Users', { userName: 'ADA@orbital.example', active: true });
    await admin.importUsers();
    expect(admin.linkOf(ada)).to.equal('u1');
    const eng = admin.createGroup('Eng').id;
    admin.join(ada, eng);
    admin.bind(eng);
    provider.sent.length = 0;
    await admin.sync();
    expect(provider.sent.map(({ method, path }) => `${method} ${path}`)).to.deep.equal([
      'GET /Users/u1',
      'PUT /Users/u1',
    ]);
  });

  it('makes people of the others only when it is asked to, in no group', async () => {
    const { provider, admin } = await setUp();
    provider.hold('/Users', { userName: 'zoe@orbital.example', name: { givenName: 'Zoe', familyName: 'Moon' } });
    provider.hold('/Users', { userName: 'robot' });
    const offered = await admin.importUsers();
    expect([offered.created, admin.people().length]).to.deep.equal([[], 1]);
    const { created, failed } = await admin.importUsers({ create: true });
    const zoe = admin.directory.person(created[0] ?? '');
    expect(zoe).to.include({ username: 'zoe', lastname: 'Moon', state: 'ACTIVATED', creationSource: 'jumpcloud:scim' });
    expect(admin.directory.groupsOf(zoe?.id ?? '')).to.deep.equal([]);
    expect(failed).to.deep.equal([{ userName: 'robot', reason: 'robot has no e-mail address' }]);
  });

  for (const [what, instead] of [
    [
      'an empty page',
      ({ path }) => (path.includes('startIndex=101') ? answerWith(200, { totalResults: 500 }) : undefined),
    ],
    [
      'an empty list on a page',
      ({ path }) =>
        path.includes('startIndex=101') ? answerWith(200, { totalResults: 500, Resources: [] }) : undefined,
    ],
    ['a total that is reached', () => undefined],
  ] as const satisfies readonly (readonly [string, Instead])[]) {
    it(`ends with ${what}`, async () => {
      const { provider, admin } = await setUp(instead);
      for (let n = 0; n < 130; n += 1) provider.hold('/Users', { userName: `user${n}@orbital.example` });
      provider.sent.length = 0;
      await admin.importUsers();
      expect(provider.sent).to.have.length(2);
    });
  }

  it('breaks off with a reason when the list cannot be read, or ids are no text', async () => {
    for (const [answer, reason] of [
      [refuseWith(403), /could not be read: answered 403/],
      [answerWith(200, { totalResults: 1, Resources: [{ id: 7, userName: 'x' }] }), /data type error/],
    ] as const) {
      const { admin } = await setUp(({ path }) => (path.includes('count=100') ? answer : undefined));
      const error = await failure(() => admin.importUsers());
      expect(error).to.be.instanceOf(IntegrationError).with.property('message').that.matches(reason);
    }
  });

  it('needs an active integration, and stops when it is switched off (W-8)', async () => {
    const { provider, admin } = await setUp(({ path }) => {
      if (path.includes('startIndex=1&count=100')) admin.deactivate();
      return undefined;
    });
    for (let n = 0; n < 130; n += 1) provider.hold('/Users', { userName: `user${n}@orbital.example` });
    expect(await failure(() => admin.importUsers()))
      .to.have.property('message')
      .that.matches(/switched off/);
    expect(await failure(() => admin.importUsers())).to.have.property('code', 'inactive');
  });
});
