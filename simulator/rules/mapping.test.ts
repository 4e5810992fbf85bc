import { expect } from 'chai';
import type { RuleId } from '../../conformance/clauses/index.ts';
import { isObject } from '../../scim/message/list.ts';
import { ENTERPRISE_USER } from '../../scim/message/urn.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import type { AttributeMapping } from '../mapping/attribute-mapping.ts';
import {
  active,
  doing,
  expectInOrder,
  expectNone,
  provisioned,
  prove,
  refused,
  rewriting,
  type Off,
  type Proof,
  type World,
} from './proof.test.ts';

const PUT = 'PUT /Users/u1';

/** Somebody under the names of the admin API. */
type SystemUser = Readonly<Record<string, unknown>>;

/** Bea with every mapped field filled. */
const FULL: SystemUser = {
  company: 'Orbital',
  costCenter: '4130',
  department: 'Engines',
  employeeIdentifier: 'E-1',
  employeeType: 'Full-time',
  jobTitle: 'Analyst',
  displayname: 'Bea O.',
  addresses: [{ type: 'work', locality: 'Paris', country: 'FR' }],
  phoneNumbers: [{ type: 'work', number: '+33 1' }],
};

/** Bea joins Eng: she is created. */
const joins = (more: SystemUser) =>
  doing(async ({ admin, hire, eng }: World) => admin.join(await hire('Bea', more), eng));
const map =
  (...rows: readonly AttributeMapping[]) =>
  async ({ admin }: World) => {
    const targets = new Set(rows.map(({ target }) => target));
    await admin.setMapping([...(await admin.mapping()).filter(({ target }) => !targets.has(target)), ...rows]);
  };
const unmap = (target: string) => (world: World) => world.admin.removeMapping(target);
const edit = (changes: SystemUser) => (world: World) => world.admin.change(world.ada, changes);

const at = (body: JsonObject, path: readonly string[]): Json | undefined =>
  path.reduce<Json | undefined>((value, name) => (isObject(value) ? value[name] : undefined), body);
/** A person with some fields is created, and the body has these values. */
const created = (
  rule: RuleId,
  given: SystemUser,
  path: readonly string[],
  value: Json | undefined,
  off: Off,
): Proof => ({
  rule,
  given: active,
  act: joins(given),
  then: world => expect(at(world.body('POST /Users'), path)).to.deep.equal(value),
  off,
});
/** Ada, who is at the service provider with something of its own, is updated, and the body has that value. */
const kept = (rule: RuleId, holds: JsonObject, path: string, value: Json, off: Off): Proof => ({
  rule,
  given: async world => {
    await provisioned(world);
    const { [path]: _old, ...user } = world.provider.users.get('u1') ?? {};
    world.provider.users.set('u1', { ...user, ...holds });
  },
  act: doing(edit({ lastname: 'King' })),
  then: world => expect(world.body(PUT)[path]).to.deep.equal(value),
  off,
});
const row = (target: string): Off => ({ row: target });
const without = (...names: readonly string[]): Off => ({
  hop: rewriting('POST PUT', body =>
    Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name))),
  ),
});
const withMore = (more: JsonObject): Off => ({ hop: rewriting('POST PUT', body => ({ ...body, ...more })) });

const DEFAULTS = [
  'userName',
  'externalId',
  'userType',
  'name',
  'title',
  'displayName',
  'locale',
  'preferredLanguage',
  'addresses',
  'emails',
  'phoneNumbers',
  ENTERPRISE_USER,
  'schemas',
  'active',
];
const HOME = { type: 'home', locality: 'Rome' };
const WORK = { type: 'work', locality: 'Paris' };

const proofs: readonly Proof[] = [
  created('JC-26a', {}, ['userName'], 'bea@orbital.example', without('userName')),
  created('JC-26b', FULL, [ENTERPRISE_USER, 'organization'], 'Orbital', row('$enterpriseUser.organization')),
  created('JC-26c', FULL, [ENTERPRISE_USER, 'costCenter'], '4130', row('$enterpriseUser.costCenter')),
  created('JC-26d', FULL, [ENTERPRISE_USER, 'department'], 'Engines', row('$enterpriseUser.department')),
  created('JC-26e', FULL, [ENTERPRISE_USER, 'employeeNumber'], 'E-1', row('$enterpriseUser.employeeNumber')),
  created('JC-26f', FULL, ['userType'], 'Full-time', row('userType')),
  created('JC-26g', FULL, ['name', 'givenName'], 'Bea', row('name.givenName')),
  created('JC-26h', FULL, ['title'], 'Analyst', row('title')),
  created('JC-26i', FULL, ['name', 'familyName'], 'Orbit', row('name.familyName')),
  created('JC-26j', FULL, ['emails'], [{ value: 'bea@orbital.example', type: 'work', primary: true }], row('emails')),
  {
    rule: 'JC-26k',
    given: active,
    act: joins({ ...FULL, location: 'Paris', middlename: 'M' }),
    then: world => expect(Object.keys(world.body('POST /Users'))).to.have.members(DEFAULTS),
    off: withMore({ nickName: 'Bea' }),
  },
  {
    rule: 'JC-26l',
    given: active,
    act: async ({ admin, hire, eng, idle }) => {
      const bea = await hire('Bea', FULL);
      await admin.join(bea, eng);
      await idle();
      await admin.change(bea, { lastname: 'King' });
      await idle();
    },
    then: world => {
      for (const line of ['POST /Users', PUT]) expect(Object.keys(world.body(line))).to.include.members(DEFAULTS);
    },
    off: row('userType'),
  },
  {
    rule: 'JC-27a',
    given: active,
    act: joins(FULL),
    then: world => {
      const body = world.body('POST /Users');
      expect(at(body, [ENTERPRISE_USER, 'department'])).to.equal('Engines');
      expect(body).not.to.have.property('department');
    },
    off: withMore({ department: 'Engines' }),
  },
  created('JC-27b', FULL, ['schemas'], ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE_USER], {
    hop: rewriting('POST', body => ({ ...body, schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'] })),
  }),
  {
    rule: 'JC-28a',
    act: refused(unmap('userName'), /required/),
    then: async ({ admin }) => expect((await admin.mapping()).map(({ target }) => target)).to.include('userName'),
  },
  created('JC-29a', { displayname: 'Bea O.' }, ['displayName'], 'Bea O.', row('displayName')),
  created('JC-29b', {}, ['displayName'], 'Bea Orbit', row('displayName')),
  created('JC-29c', { lastname: '' }, ['displayName'], 'Bea', row('displayName')),
  kept('JC-30a', { externalId: 'theirs' }, 'externalId', 'theirs', without('externalId')),
  {
    rule: 'JC-30b',
    given: active,
    act: doing(({ admin, ada, eng }) => admin.join(ada, eng)),
    then: world => expect(world.body('POST /Users')['externalId']).to.equal(world.ada),
    off: row('externalId'),
  },
  kept('JC-31a', { locale: 'de' }, 'locale', 'de', withMore({ locale: 'en-US' })),
  kept('JC-31b', {}, 'locale', 'en-US', row('locale')),
  kept('JC-31c', { preferredLanguage: 'en' }, 'preferredLanguage', 'en', withMore({ preferredLanguage: 'en-US' })),
  kept('JC-31d', {}, 'preferredLanguage', 'en-US', row('preferredLanguage')),
  created('JC-32a', { addresses: [HOME, WORK] }, ['addresses'], [WORK], withMore({ addresses: [HOME, WORK] })),
  created('JC-32b', { addresses: [HOME, { ...HOME, type: 'other' }] }, ['addresses'], [HOME], row('addresses')),
  created(
    'JC-32c',
    {
      phoneNumbers: [
        { type: 'home', number: '1' },
        { type: 'work', number: '2' },
      ],
    },
    ['phoneNumbers'],
    [{ value: '2', type: 'work' }],
    row('phoneNumbers'),
  ),
  created(
    'JC-32d',
    { phoneNumbers: [{ type: 'home', number: '1' }] },
    ['phoneNumbers'],
    [{ value: '1', type: 'home' }],
    row('phoneNumbers'),
  ),
  {
    rule: 'JC-32e',
    given: active,
    act: joins({}),
    then: world => expect(world.body('POST /Users')).not.to.have.any.keys('addresses', 'phoneNumbers'),
    off: withMore({ addresses: [] }),
  },
  {
    rule: 'JC-33a',
    given: doing(map({ target: 'nickName', kind: 'direct', source: 'middlename' }), active),
    act: joins({ middlename: 'Moon' }),
    then: world => expect(world.body('POST /Users')['nickName']).to.equal('Moon'),
    off: row('nickName'),
  },
  {
    rule: 'JC-33b',
    given: doing(map({ target: 'nickName', kind: 'expression', expression: 'upper(jcUser.firstname)' }), active),
    act: joins({}),
    then: world => expect(world.body('POST /Users')['nickName']).to.equal('BEA'),
    off: row('nickName'),
  },
  {
    rule: 'JC-33c',
    given: doing(map({ target: 'nickName', kind: 'constant', value: 'staff ✓' }), active),
    act: joins({}),
    then: world => expect(world.body('POST /Users')['nickName']).to.equal('staff ✓'),
    off: row('nickName'),
  },
  {
    rule: 'JC-34',
    given: doing(map({ target: 'nickName', kind: 'custom', source: 'team' }), active),
    act: joins({ attributes: [{ name: 'Team', value: 'Moon' }] }),
    then: world => expect(world.body('POST /Users')).not.to.have.property('nickName'),
    off: withMore({ nickName: 'Moon' }),
  },
  {
    rule: 'JC-35',
    given: active,
    act: async ({ admin, ada, hire }) => {
      await hire('Bea');
      expect(await admin.preview()).to.deep.include({ person: ada, problems: [] });
    },
    then: ({ sent }) => expect(sent()).to.deep.equal([]),
    off: { breach: ['GET', '/Users'] },
  },
  {
    rule: 'JC-36a',
    given: provisioned,
    act: doing(map({ target: 'nickName', kind: 'constant', value: 'staff' })),
    then: world => expectNone(world, /(POST|PUT|PATCH) .Users/),
  },
  {
    rule: 'JC-36b',
    given: doing(provisioned, map({ target: 'nickName', kind: 'constant', value: 'staff' })),
    act: doing(({ admin, eng }) => admin.changeGroup(eng, { description: ' ' })),
    then: world => expect(world.body(PUT)['nickName']).to.equal('staff'),
  },
  {
    rule: 'JC-37',
    given: async world => {
      await provisioned(world);
      await doing(edit({ jobTitle: 'Analyst' }), unmap('title'))(world);
    },
    act: doing(edit({ lastname: 'King' })),
    then: world => expect(world.body(PUT)['title']).to.equal('Analyst'),
  },
  {
    rule: 'JC-38a',
    given: doing(unmap('title'), provisioned),
    act: doing(({ admin }) => admin.restoreMapping(), edit({ jobTitle: 'Analyst' })),
    then: world => expect(world.body(PUT)['title']).to.equal('Analyst'),
  },
  {
    rule: 'JC-38b',
    given: doing(unmap('title'), provisioned),
    act: doing(({ admin }) => admin.restoreMapping()),
    then: world => expectNone(world, /(POST|PUT|PATCH) .Users/),
  },
  {
    rule: 'JC-39b',
    given: active,
    act: joins(FULL),
    then: world => expect(at(world.body('POST /Users'), ['name', 'formatted'])).to.equal(undefined),
    off: withMore({ name: { formatted: 'Bea Orbit' } }),
  },
  created('JC-Q4', { email: 'b@orbital.example', username: 'bea' }, ['userName'], 'b@orbital.example', {
    hop: rewriting('POST', body => ({ ...body, userName: 'bea' })),
  }),
  {
    rule: 'JC-Q31',
    given: active,
    act: joins({ jobTitle: '' }),
    then: world => expect(world.body('POST /Users')).not.to.have.property('title'),
    off: withMore({ title: '' }),
  },
  {
    rule: 'JC-Q32',
    given: doing(provisioned, edit({ jobTitle: 'Analyst' })),
    act: doing(edit({ jobTitle: '', lastname: 'King' })),
    then: world => expect(world.body(PUT)['title']).to.equal('Analyst'),
  },
  {
    rule: 'JC-Q33a',
    given: doing(
      map({ target: 'nickName', kind: 'expression', expression: "split(jcUser.firstname, 'x')[7]" }),
      active,
    ),
    act: joins({}),
    then: async world => {
      expect(world.body('POST /Users')).not.to.have.property('nickName');
      const event = (await world.told()).find(({ event_type }) => event_type === 'user_create_provision');
      expect(event).to.deep.include({ success: true });
      expect(event?.error_message).to.match(/^nickName: /);
    },
    off: row('nickName'),
  },
  {
    rule: 'JC-Q33b',
    given: doing(
      map({ target: 'userName', kind: 'expression', expression: "split(jcUser.firstname, 'x')[7]" }),
      active,
    ),
    act: joins({}),
    then: async world => {
      expectNone(world, /Users/);
      expect(await world.events()).to.include('user_create_provision failed');
    },
    off: { breach: ['POST', '/Users', { externalId: 'x' }] },
  },
  {
    rule: 'JC-Q34',
    given: active,
    act: joins(FULL),
    then: world =>
      expect(world.body('POST /Users')).to.deep.include({
        emails: [{ value: 'bea@orbital.example', type: 'work', primary: true }],
        addresses: [{ type: 'work', locality: 'Paris', country: 'FR' }],
        phoneNumbers: [{ value: '+33 1', type: 'work' }],
      }),
    off: withMore({ emails: ['bea@orbital.example'] }),
  },
  {
    rule: 'JC-Q35',
    given: active,
    act: joins(FULL),
    then: world => {
      expectInOrder(world, 'POST /Users');
      expect(world.body('POST /Users')['name']).to.have.all.keys('givenName', 'familyName');
    },
    off: withMore({ name: { givenName: 'Bea', familyName: 'Orbit', formatted: 'Bea Orbit' } }),
  },
];

describe('rules of attribute mapping', () => prove(proofs));
