import { expect } from 'chai';
import { answerWith, refuseWith } from '../provider.test.ts';
import {
  active,
  doing,
  expectInOrder,
  expectNone,
  provisioned,
  prove,
  refused,
  rewriting,
  swallowing,
  type Proof,
  type World,
} from './proof.test.ts';

const TEST = 'GET /Users?startIndex=1&count=1';
const GROUP_TEST = 'GET /Groups?startIndex=1&count=1';
const connection = { baseUrl: 'https://sp.example/scim/v2', token: 'first' };
const custom = { connector: 'custom' as const, connection: { ...connection, testEmail: 'test@orbital.example' } };

const tokens = ({ provider }: World, from = 0) =>
  provider.sent.slice(from).map(({ headers }) => headers['authorization']);
const proofs: readonly Proof[] = [
  {
    rule: 'JC-1b',
    options: { connection },
    act: active,
    then: world => expect(tokens(world)).to.deep.equal(['Bearer first', 'Bearer first']),
  },
  {
    rule: 'JC-2a',
    given: active,
    act: doing(({ admin, ada, eng }) => admin.join(ada, eng)),
    then: world => {
      expectInOrder(world, 'GET /Users?filter=userName eq "ada@orbital.example"', 'POST /Users');
      expect(world.sent().filter(line => !/^\w+ \/(Users|Groups)/.test(line))).to.deep.equal([]);
    },
    off: { hop: async (request, next) => next({ ...request, path: `/v2${request.path}` }) },
  },
  {
    rule: 'JC-2b',
    options: { connection: { ...connection, baseUrl: 'https://sp.example/scim/v2/' } },
    act: active,
    then: async ({ provider, admin }) => {
      expect(provider.sent.map(({ path }) => path)).to.deep.equal(['//Users?startIndex=1&count=1']);
      expect(await admin.isActive()).to.equal(false);
    },
    off: { options: { settings: { slashAfterBaseUrl: 'drop' } } },
  },
  {
    rule: 'JC-3',
    options: { connection: { ...connection, baseUrl: 'http://sp.example/scim/v2' } },
    act: refused(({ admin }) => admin.activate(), /begin with https/),
    then: async ({ provider, events }) => {
      expect(provider.sent).to.have.length(0);
      expect(await events()).to.deep.equal(['idm_integration_activate failed']);
    },
    off: { options: { settings: { plainHttp: 'allow' } } },
  },
  {
    rule: 'JC-4',
    act: active,
    then: async world => {
      expect(world.sent()).to.deep.equal([TEST, GROUP_TEST]);
      expect(await world.events()).to.deep.equal(['idm_integration_activate']);
    },
  },
  {
    rule: 'JC-5',
    given: active,
    act: doing(({ admin }) => admin.removeMapping('title')),
    then: async world => {
      expect(world.sent()).to.deep.equal([TEST, GROUP_TEST]);
      expect(await world.events()).to.deep.equal(['idm_integration_update']);
    },
  },
  {
    rule: 'JC-6a',
    options: { connection },
    given: active,
    act: doing(
      ({ admin }) => admin.reauthenticate('second'),
      ({ admin, ada, eng }) => admin.join(ada, eng),
    ),
    then: async world => {
      expect(new Set(tokens(world, 2))).to.deep.equal(new Set(['Bearer second']));
      expect(await world.events()).to.include('idm_integration_reauth');
    },
  },
  {
    rule: 'JC-6b',
    options: { connection },
    given: active,
    act: async ({ admin }) => {
      await admin.deactivate();
      await admin.configure({ token: 'second' });
      await admin.activate();
    },
    then: async world => {
      expect(new Set(tokens(world, 2))).to.deep.equal(new Set(['Bearer second']));
      expect(await world.events()).to.deep.equal(['idm_integration_delete', 'idm_integration_activate']);
    },
  },
  {
    rule: 'JC-7a',
    given: provisioned,
    act: doing(({ admin }) => admin.deactivate()),
    then: ({ sent, provider }) => {
      expect(sent()).to.deep.equal([]);
      expect(provider.users.get('u1')).to.have.property('active', true);
    },
    off: { breach: ['PUT', '/Users/u1', { userName: 'ada@orbital.example', active: false }] },
  },
  {
    rule: 'JC-7b',
    given: doing(provisioned, ({ admin }) => admin.deactivate()),
    act: doing(({ admin, ada }) => admin.change(ada, { lastname: 'King' })),
    then: ({ sent }) => expect(sent()).to.deep.equal([]),
  },
  {
    rule: 'JC-7c',
    given: doing(provisioned, ({ admin }) => admin.deactivate()),
    act: doing(({ admin, eng }) => admin.renameGroup(eng, 'Engineers')),
    then: ({ sent }) => expect(sent()).to.deep.equal([]),
  },
  {
    rule: 'JC-7d',
    given: active,
    act: ({ admin }) => admin.deactivate(),
    then: async ({ events }) => expect(await events()).to.deep.equal(['idm_integration_delete']),
  },
  {
    rule: 'JC-8b',
    given: provisioned,
    act: doing(({ admin }) => admin.deleteApplication()),
    then: ({ sent, provider }) => {
      expect(sent()).to.deep.equal([]);
      expect(provider.users.get('u1')).to.have.property('active', true);
    },
    off: { breach: ['PUT', '/Users/u1', { userName: 'ada@orbital.example', active: false }] },
  },
  {
    rule: 'JC-8c',
    act: refused(({ admin }) => admin.deleteApplication(2), /1 application would be deleted, not 2/),
    then: async ({ admin, sent }) => {
      expect(await admin.applications()).to.have.length(1);
      expect(sent()).to.deep.equal([]);
    },
  },
  {
    rule: 'JC-16',
    given: async world => {
      await active(world);
      world.provider.hold('/Users', { userName: 'ada@orbital.example' });
      world.provider.hold('/Users', { userName: 'zoe@orbital.example' });
    },
    act: async world => {
      const { matched, unmatched } = await world.admin.match();
      expect(matched.map(({ person }) => person)).to.deep.equal([world.ada]);
      expect(unmatched.map(({ userName }) => userName)).to.deep.equal(['zoe@orbital.example']);
    },
    then: ({ sent }) => expect(sent()).to.deep.equal(['GET /Users?startIndex=1&count=100']),
    off: { hop: swallowing(/^GET .Users/, { totalResults: 0, Resources: [] }) },
  },
  {
    rule: 'JC-51',
    options: { connector: 'people-only', connection, manageGroups: false },
    given: active,
    act: doing(
      refused(({ admin }) => admin.setManageGroups(true), /no groups to manage/),
      ({ admin, ada, eng }) => admin.join(ada, eng),
    ),
    then: async world => {
      expectNone(world, /Groups/);
      expect((await world.events()).filter(event => /group_.*_provision/.test(event))).to.deep.equal([]);
    },
  },
  {
    rule: 'JC-Q6',
    given: active,
    act: doing(({ admin, ada, eng }) => admin.join(ada, eng)),
    then: ({ provider }) => {
      const posted = provider.sent.find(({ method }) => method === 'POST');
      expect(posted?.headers).to.include({ accept: 'application/scim+json', 'content-type': 'application/scim+json' });
    },
    off: {
      hop: async (request, next) => next({ ...request, headers: { ...request.headers, 'content-type': 'text/json' } }),
    },
  },
  {
    rule: 'JC-Q7',
    act: active,
    then: ({ provider }) => expect(provider.sent[0]?.headers['user-agent']).to.match(/^Scimulator/),
    off: { hop: async (request, next) => next({ ...request, headers: {} }) },
  },
  {
    rule: 'JC-Q8',
    options: custom,
    act: active,
    then: async ({ sent, events }) => {
      expect(sent()).to.deep.equal([
        TEST,
        'GET /Users?filter=userName eq "test@orbital.example"',
        'POST /Users',
        'PUT /Users/u1',
        'GET /Groups?filter=displayName eq "Scimulator test group"',
        'POST /Groups',
        'PATCH /Groups/g2',
        'PATCH /Groups/g2',
        'DELETE /Groups/g2',
        'DELETE /Users/u1',
      ]);
      expect(await events()).to.deep.equal([
        'user_create_provision',
        'user_update_provision',
        'group_create_provision',
        'group_update_provision',
        'group_delete_provision',
        'user_delete_provision',
        'idm_integration_activate',
      ]);
    },
  },
  {
    // Where users cannot be deleted, the test user is set inactive, and the activation goes well (W-2).
    rule: 'JC-Q8',
    options: custom,
    instead: ({ method, path }) => (method === 'DELETE' && path.startsWith('/Users') ? refuseWith(405) : undefined),
    act: active,
    then: async world => {
      expectInOrder(world, 'DELETE /Users/u1', 'GET /Users/u1', 'PUT /Users/u1');
      expect(world.provider.users.get('u1')).to.have.property('active', false);
      expect(await world.admin.isActive()).to.equal(true);
    },
    off: { hop: rewriting('PUT', body => ({ ...body, active: true })) },
  },
  {
    rule: 'JC-Q9',
    options: { ...custom, settings: { testGroup: 'Probe', testUser: 'Probe' } },
    act: active,
    then: world => {
      expect(world.body('POST /Groups')).to.have.property('displayName', 'Probe');
      expect(world.body('POST /Users')).to.have.nested.property('name.givenName', 'Probe');
    },
    off: { options: { settings: {} } },
  },
  {
    rule: 'JC-Q13',
    given: active,
    instead: ({ method }) => (method === 'POST' ? refuseWith(401) : undefined),
    act: doing(({ admin, ada, eng }) => admin.join(ada, eng)),
    then: async ({ sent, admin, events }) => {
      expect(sent().filter(line => line === 'POST /Users')).to.have.length(1);
      expect(await admin.isActive()).to.equal(true);
      expect(await events()).to.include('user_create_provision failed');
    },
    off: {
      hop: async (request, next) => {
        const response = await next(request);
        return response.status === 401 ? next(request) : response;
      },
    },
  },
  {
    rule: 'JC-Q36',
    given: async world => {
      await active(world);
      for (let n = 0; n < 101; n += 1) world.provider.hold('/Users', { userName: `user${n}@orbital.example` });
    },
    act: async ({ admin }) => {
      const { unmatched } = await admin.match();
      expect(unmatched).to.have.length(101);
    },
    then: ({ sent }) =>
      expect(sent()).to.deep.equal(['GET /Users?startIndex=1&count=100', 'GET /Users?startIndex=101&count=100']),
    off: { hop: async (request, next) => next({ ...request, path: request.path.replace('count=100', 'count=50') }) },
  },
  {
    rule: 'JC-Q37',
    given: async world => {
      await active(world);
      world.provider.hold('/Users', { userName: 'x', emails: [{ value: 'ADA@Orbital.example' }] });
      world.provider.hold('/Users', { userName: 'zoe@orbital.example', name: { givenName: 'Zoe' } });
      world.provider.hold('/Users', { userName: 'zed+1@orbital.example' });
    },
    act: async ({ admin, ada }) => {
      const { matched, created, failed } = await admin.importPeople();
      expect(matched.map(({ person }) => person)).to.deep.equal([ada]);
      const people = await Promise.all(created.map(id => admin.person(id)));
      expect(people.map(({ username }) => username)).to.deep.equal(['zoe']);
      expect(failed.map(({ userName }) => userName)).to.deep.equal(['zed+1@orbital.example']);
    },
    then: world => expectNone(world, /^(POST|PUT|PATCH|DELETE)/),
  },
  {
    rule: 'JC-Q38',
    act: active,
    then: world => expectNone(world, /ServiceProviderConfig|Schemas|ResourceTypes/),
    off: { breach: ['GET', '/ServiceProviderConfig'] },
  },
  {
    rule: 'JC-Q39',
    given: active,
    instead: ({ method }) => (method === 'POST' ? answerWith(201, { id: 7 }) : undefined),
    act: doing(
      ({ admin, ada, eng }) => admin.join(ada, eng),
      ({ admin, ada }) => admin.change(ada, { lastname: 'King' }),
    ),
    then: async world => {
      expect(await world.events()).to.include('user_create_provision failed');
      expectNone(world, /\/7/);
    },
    off: {
      hop: async (request, next) => (request.method === 'POST' ? answerWith(201, { id: '7' }) : next(request)),
    },
  },
  {
    rule: 'JC-Q41',
    given: active,
    // Nobody asks for it to be sent, and no time passes.
    act: async ({ admin, ada, eng, idle, now }) => {
      const before = now();
      await admin.join(ada, eng);
      await idle();
      expect(now()).to.equal(before);
    },
    then: world => expectInOrder(world, 'POST /Users', 'PATCH /Groups/g2'),
    off: { hop: swallowing(/^POST/) },
  },
  {
    rule: 'JC-Q42',
    given: provisioned,
    act: doing(async ({ admin, ada }) => {
      await admin.hold(true);
      await admin.change(ada, { lastname: 'King' });
      await admin.deactivate();
      await admin.hold(false);
    }),
    then: async ({ sent, events }) => {
      expect(sent()).to.deep.equal([]);
      expect(await events()).to.include('user_update_provision failed');
    },
  },
  {
    rule: 'JC-Q43',
    options: { connection: { ...connection, scimVersion: '1.1' } },
    act: refused(({ admin }) => admin.activate(), /SCIM 1\.1 is not supported/),
    then: async ({ admin, provider }) => {
      expect(provider.sent).to.have.length(0);
      expect(await admin.isActive()).to.equal(false);
    },
  },
];

describe('rules of the integration', () => prove(proofs));
