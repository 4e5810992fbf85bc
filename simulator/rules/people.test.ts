import { expect } from 'chai';
import { jumpcloud } from '../dialects/jumpcloud.ts';
import { plain } from '../dialects/plain.ts';
import { answerWith, refuseWith, type Instead } from '../provider.test.ts';
import {
  active,
  doing,
  expectInOrder,
  expectNone,
  inBoth,
  provisioned,
  prove,
  rewriting,
  type Proof,
  type World,
} from './proof.test.ts';

const ADA = 'GET /Users?filter=userName eq "ada@orbital.example"';
const PUT = 'PUT /Users/u1';

const joinEng = ({ admin, ada, eng }: World) => admin.join(ada, eng);
const suspend = ({ admin, ada }: World) => admin.suspend(ada);
const reactivate = ({ admin, ada }: World) => admin.reactivate(ada);
const rename = ({ admin, ada }: World) => admin.change(ada, { lastname: 'King' });
const isActive = (expected: boolean) => (world: World) =>
  expect(world.provider.users.get('u1')).to.have.property('active', expected);

/** Ada is suspended, at the service provider as well. */
const suspended = async (world: World) => {
  await provisioned(world);
  await doing(suspend)(world);
};
/** Somebody at the service provider already, under the address that Ada has. */
const held = ({ provider }: World, more = {}) =>
  provider.hold('/Users', { id: 'u0', userName: 'ada@orbital.example', active: true, ...more });
/** The n-th answer to a request is another one. */
const once =
  (line: RegExp, status: number, n = 1): Instead =>
  ({ method, path }, times) =>
    times === n && line.test(`${method} ${path}`) ? refuseWith(status) : undefined;

const proofs: readonly Proof[] = [
  {
    rule: 'JC-10b',
    options: { manageGroups: false },
    given: active,
    act: doing(joinEng, rename),
    then: world => expectInOrder(world, 'POST /Users', PUT),
  },
  {
    rule: 'JC-11',
    given: active,
    act: doing(
      ({ hire }) => hire('Cleo'),
      ({ admin, ada }) => admin.change(ada, { lastname: 'King' }),
    ),
    then: ({ sent }) => expect(sent()).to.deep.equal([]),
  },
  {
    rule: 'JC-12a',
    given: async world => {
      await active(world);
      await world.admin.unbind(world.eng);
      await joinEng(world);
    },
    act: doing(({ admin, eng }) => admin.bind(eng)),
    then: world => expectInOrder(world, ADA, 'POST /Users'),
  },
  { rule: 'JC-12b', given: active, act: doing(joinEng), then: world => expectInOrder(world, ADA, 'POST /Users') },
  {
    rule: 'JC-12c',
    given: async world => {
      await active(world);
      await world.admin.unbind(world.eng);
      await joinEng(world);
      await world.admin.join(await world.hire('Ben'), world.eng);
    },
    act: doing(({ admin, eng }) => admin.bind(eng)),
    then: world =>
      expectInOrder(world, 'POST /Users', 'POST /Users', 'POST /Groups', 'PATCH /Groups/g3', 'PATCH /Groups/g3'),
  },
  {
    rule: 'JC-13',
    given: async world => {
      await active(world);
      held(world, { displayName: 'Old' });
    },
    act: doing(joinEng),
    then: world => {
      expectInOrder(world, ADA, 'PUT /Users/u0');
      expectNone(world, /POST .Users/);
    },
  },
  { rule: 'JC-14', given: active, act: doing(joinEng), then: world => expectInOrder(world, ADA, 'POST /Users') },
  {
    rule: 'JC-15',
    given: active,
    act: doing(joinEng, rename),
    then: world => {
      for (const line of ['POST /Users', PUT]) expect(world.body(line)).not.to.have.property('password');
    },
    off: { hop: rewriting('POST PUT', body => ({ ...body, password: 'x' })) },
  },
  {
    rule: 'JC-17',
    given: provisioned,
    act: doing(rename),
    then: world => expect(world.body(PUT)).to.have.nested.property('name.familyName', 'King'),
  },
  {
    rule: 'JC-18',
    given: provisioned,
    act: doing(({ admin, ada }) => admin.change(ada, { location: 'Paris' })),
    then: world => expectNone(world, /Users/),
    off: { breach: ['PUT', '/Users/u1', { location: 'Paris' }] },
  },
  {
    rule: 'JC-19',
    given: provisioned,
    act: doing(({ admin, ada }) => admin.change(ada, { email: 'countess@orbital.example' })),
    then: world => {
      expect(world.body(PUT)).to.have.property('userName', 'countess@orbital.example');
      expectNone(world, /POST/);
    },
  },
  {
    rule: 'JC-20a',
    given: suspended,
    act: doing(({ admin, ada }) => admin.change(ada, { email: 'countess@orbital.example' })),
    then: ({ sent }) => expect(sent()).to.deep.equal([]),
  },
  {
    rule: 'JC-20b',
    given: async world => {
      await suspended(world);
      await world.admin.change(world.ada, { email: 'countess@orbital.example' });
    },
    act: doing(reactivate),
    then: world => {
      expect(world.body(PUT)).to.include({ userName: 'countess@orbital.example', active: true });
      expectNone(world, /POST/);
    },
    off: { hop: rewriting('PUT', body => ({ ...body, userName: 'ada@orbital.example' })) },
  },
  {
    rule: 'JC-21',
    given: provisioned,
    act: doing(suspend),
    then: world => expect(world.body(PUT)).to.have.property('active', false),
  },
  {
    rule: 'JC-22',
    given: provisioned,
    act: doing(({ admin, ada, eng }) => admin.leave(ada, eng)),
    then: world => expect(world.body(PUT)).to.have.property('active', false),
  },
  {
    rule: 'JC-23',
    given: provisioned,
    act: doing(suspend, reactivate, ({ admin, ada, eng }) => admin.leave(ada, eng)),
    then: world => {
      expectNone(world, /DELETE .Users/);
      isActive(false)(world);
    },
    off: { breach: ['DELETE', '/Users/u1'] },
  },
  { rule: 'JC-24', given: suspended, act: doing(reactivate), then: isActive(true) },
  {
    rule: 'JC-25',
    given: async world => {
      await suspended(world);
      world.provider.users.clear();
    },
    act: doing(reactivate),
    then: world => expectInOrder(world, 'GET /Users/u1', ADA, 'POST /Users'),
  },
  {
    rule: 'JC-Q1',
    given: async world => {
      await provisioned(world);
      world.provider.users.set('u1', { ...world.provider.users.get('u1'), nickName: 'Countess' });
    },
    act: doing(rename),
    then: world => {
      const body = world.body(PUT);
      expect(body).to.include({ id: 'u1', nickName: 'Countess', active: true });
      expect(body).to.have.nested.property('name.familyName', 'King');
      expectNone(world, /PATCH .Users/);
    },
    off: { options: { dialect: { ...jumpcloud, update: plain.update } } },
  },
  {
    rule: 'JC-Q2',
    given: provisioned,
    act: doing(rename),
    then: world => expectInOrder(world, 'GET /Users/u1', PUT),
  },
  {
    rule: 'JC-Q3',
    given: active,
    act: doing(joinEng),
    then: world => expect(world.sent()[0]).to.equal(ADA),
    off: { options: { settings: { lookUp: 'emails.value' } } },
  },
  {
    rule: 'JC-Q5',
    given: active,
    act: doing(joinEng),
    then: world => expectNone(world, /filter=.*(startIndex|count)/),
  },
  {
    rule: 'JC-Q10a',
    given: async world => {
      await provisioned(world);
      world.provider.users.clear();
    },
    act: doing(rename),
    then: world => expectInOrder(world, 'GET /Users/u1', ADA, 'POST /Users'),
  },
  {
    rule: 'JC-Q10b',
    given: async world => {
      await provisioned(world);
      world.provider.users.clear();
    },
    act: doing(suspend),
    then: async world => {
      expectNone(world, /POST/);
      expect(await world.events()).to.include('user_deprovision failed');
    },
    off: { breach: ['POST', '/Users', { userName: 'ada@orbital.example' }] },
  },
  {
    rule: 'JC-Q11a',
    given: async world => {
      await active(world);
      held(world, { displayName: 'Old' });
    },
    // The first look-up does not find who is there, as where an index lags behind.
    instead: ({ path }, times) =>
      path.includes('filter=userName') && times === 1 ? answerWith(200, { totalResults: 0, Resources: [] }) : undefined,
    act: doing(joinEng),
    then: world => expectInOrder(world, ADA, 'POST /Users', ADA, 'PUT /Users/u0'),
  },
  {
    rule: 'JC-Q11b',
    given: active,
    instead: ({ method }) => (method === 'POST' ? refuseWith(409) : undefined),
    act: doing(joinEng),
    then: async world => {
      expect(world.sent().slice(0, 3)).to.deep.equal([ADA, 'POST /Users', ADA]);
      expect(world.sent().filter(line => line === 'POST /Users')).to.have.length(1);
      expect(await world.events()).to.include('user_create_provision failed');
    },
  },
  {
    rule: 'JC-Q12',
    given: active,
    instead: ({ method }, times) =>
      method === 'POST' && times === 1 ? { status: 429, headers: { 'retry-after': '20' }, text: '' } : undefined,
    act: async world => {
      const before = world.now();
      await doing(joinEng)(world);
      expect(world.now() - before, 'the wait').to.be.at.least(20_000);
    },
    then: world => expectInOrder(world, 'POST /Users', 'POST /Users'),
  },
  {
    rule: 'JC-Q14',
    given: suspended,
    act: async world => {
      await doing(rename)(world);
      expect(world.sent()).to.deep.equal([]);
      await doing(reactivate)(world);
    },
    then: world => {
      expect(world.sent().filter(line => line.startsWith('PUT'))).to.have.length(1);
      expect(world.body(PUT)).to.have.nested.property('name.familyName', 'King');
    },
  },
  {
    rule: 'JC-Q15',
    given: provisioned,
    act: doing(({ admin, ada }) => admin.change(ada, { password_expired: true })),
    then: world => expect(world.body(PUT)).to.have.property('active', false),
    off: { options: { settings: { expiredPassword: 'active' } } },
  },
  {
    rule: 'JC-Q16',
    given: active,
    act: doing(async ({ admin, eng, hire }) => admin.join(await hire('Stan', { state: 'STAGED' }), eng)),
    then: ({ sent }) => expect(sent()).to.deep.equal([]),
  },
  {
    rule: 'JC-Q17',
    given: inBoth,
    act: doing(({ admin, ada }) => admin.dismiss(ada)),
    then: world => {
      expectInOrder(world, 'PATCH /Groups/g2', 'PATCH /Groups/g3', 'GET /Users/u1', PUT);
      expect(world.body(PUT)).to.have.property('active', false);
      expectNone(world, /DELETE/);
    },
    off: { options: { settings: { dismissedPerson: 'delete' } } },
  },
  {
    rule: 'JC-Q25',
    given: inBoth,
    act: doing(suspend),
    then: world => {
      expect(world.body(PUT)).to.have.property('active', false);
      expectNone(world, /Groups/);
    },
  },
  {
    rule: 'JC-Q30',
    given: doing(active, joinEng),
    act: doing(({ admin, ada }) => admin.change(ada, { location: 'Paris' })),
    then: ({ sent }) => expect(sent()).to.deep.equal([]),
  },
  {
    rule: 'JC-Q44',
    given: provisioned,
    instead: once(/^PUT .Users/, 403),
    act: doing(suspend, ({ admin, ada, eng }) => admin.leave(ada, eng)),
    then: world => {
      expect(world.sent().filter(line => line === PUT)).to.have.length(2);
      isActive(false)(world);
    },
  },
];

describe('rules of people', () => prove(proofs));
