import { expect } from 'chai';
import type { FailureCode, HttpRequest, HttpResponse, Json, JsonObject } from '../scim/wire/message.ts';
import type { Admin } from './admin.ts';
import { jumpcloud, plain, type Dialect } from './dialects/index.ts';
import { DirectoryError } from './directory/error.ts';
import { generateOrganisation } from './directory/generate.ts';
import { createSimulator, type SimulatorOptions } from './simulator.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

const list = (...resources: JsonObject[]): Json => ({ totalResults: resources.length, Resources: resources });
const error = (status: number, detail: string, scimType?: string): Json => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
  status: String(status),
  detail,
  ...(scimType !== undefined && { scimType }),
});

/** A request that has to come next, as `METHOD path` with the escapes undone, and what it is answered with. */
type Turn = readonly [line: string, answer: number | FailureCode | 'stray 204', json?: Json | undefined];

const TEST_READS: readonly Turn[] = [
  ['GET /Users?startIndex=1&count=1', 200, list()],
  ['GET /Groups?startIndex=1&count=1', 200, list()],
];
const LOOK_UP = 'GET /Users?filter=userName eq "ada@orbital.example"';
const GROUP_LOOK_UP = 'GET /Groups?filter=displayName eq "Eng"';

function respond([, answer, json]: Turn): HttpResponse {
  const body = {
    headers: {},
    text: json === undefined ? '' : JSON.stringify(json),
    ...(json !== undefined && { json }),
  };
  if (typeof answer === 'number') return { status: answer, ...body };
  if (answer === 'stray 204') return { status: 204, ...body, failure: { code: 'stray-bytes', message: 'bytes' } };
  return { ...body, failure: { code: answer, message: answer } };
}

const lineOf = ({ method, path }: HttpRequest): string => `${method} ${decodeURIComponent(path)}`;

/** An identity provider with Ada, hired, and the group Eng, bound; not active yet. */
function setUp(dialect: Dialect = jumpcloud, options: Partial<SimulatorOptions> = {}) {
  const turns: Turn[] = [];
  const sent: HttpRequest[] = [];
  const simulator = createSimulator({
    dialect,
    send: async request => {
      sent.push(request);
      const turn = turns.shift();
      if (turn?.[0] !== lineOf(request)) throw new Error(`came ${lineOf(request)}, expected ${turn?.[0] ?? 'nothing'}`);
      return respond(turn);
    },
    now: () => 0,
    retry: { sleep: async () => undefined },
    manageGroups: true,
    ...options,
  });
  const ada = simulator.hire({
    email: 'ada@orbital.example',
    firstname: 'Ada',
    lastname: 'Lovelace',
    department: 'Engineering',
  });
  const eng = simulator.createGroup('Eng');
  simulator.bind(eng.id);

  /** Acts, syncs against the given turns, all of which have to come, and gives the bodies of what was sent. */
  const step = async (act: (admin: Admin) => void, ...expected: Turn[]) => {
    turns.push(...expected);
    sent.length = 0;
    act(simulator);
    const results = await simulator.sync();
    expect(
      turns.map(([line]) => line),
      'requests that did not come',
    ).to.deep.equal([]);
    return {
      bodies: sent.flatMap(({ json }) => (json === undefined ? [] : [json])) as JsonObject[],
      outcomes: results.map(({ operation, outcome }) => `${operation.kind} ${outcome}`),
      reasons: results.map(({ reason }) => reason).filter(reason => reason !== ''),
      sent: [...sent],
    };
  };
  const activate = () => step(admin => admin.activate(), ...TEST_READS);
  /** Ada in Eng, both at the service provider as u1 and g1. */
  const provisioned = async () => {
    await activate();
    await step(
      admin => admin.join(ada.id, eng.id),
      [LOOK_UP, 200, list()],
      ['POST /Users', 201, { id: 'u1' }],
      [GROUP_LOOK_UP, 200, list()],
      ['POST /Groups', 201, { id: 'g1' }],
      ['PATCH /Groups/g1', 204],
    );
  };
  return { simulator, ada: ada.id, eng: eng.id, step, activate, provisioned };
}

const emails = [{ value: 'ada@orbital.example', type: 'work', primary: true }];

/** Ada as the service provider gives her back. */
const held = (ada: string, more: JsonObject = {}): JsonObject => ({
  schemas: [USER, ENTERPRISE],
  id: 'u1',
  externalId: ada,
  userName: 'ada@orbital.example',
  name: { givenName: 'Ada', familyName: 'Lovelace' },
  displayName: 'Ada Lovelace',
  emails,
  locale: 'en-US',
  preferredLanguage: 'en-US',
  [ENTERPRISE]: { department: 'Engineering' },
  active: true,
  meta: { resourceType: 'User' },
  groups: [{ value: 'g1' }],
  ...more,
});

describe('simulator', () => {
  it('provisions a joiner: look-up, user, group, membership, in that order and no more', async () => {
    const { simulator, ada, eng, step, activate } = setUp();
    await activate();
    const { bodies, outcomes, sent } = await step(
      admin => admin.join(ada, eng),
      [LOOK_UP, 200, list()],
      ['POST /Users', 201, { id: 'u1' }],
      [GROUP_LOOK_UP, 200, list()],
      ['POST /Groups', 201, { id: 'g1' }],
      ['PATCH /Groups/g1', 204],
    );
    expect(bodies).to.deep.equal([
      {
        schemas: [USER, ENTERPRISE],
        userName: 'ada@orbital.example',
        externalId: ada,
        active: true,
        name: { givenName: 'Ada', familyName: 'Lovelace' },
        displayName: 'Ada Lovelace',
        emails: [{ value: 'ada@orbital.example', type: 'work', primary: true }],
        locale: 'en-US',
        preferredLanguage: 'en-US',
        [ENTERPRISE]: { department: 'Engineering' },
      },
      { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'Eng' },
      { schemas: [PATCH_OP], Operations: [{ op: 'add', path: 'members', value: [{ value: 'u1' }] }] },
    ]);
    expect(outcomes).to.deep.equal(['provision-user done', 'ensure-group done', 'add-member done']);
    expect([simulator.linkOf(ada), simulator.linkOf(eng)]).to.deep.equal(['u1', 'g1']);
    expect(sent[0]?.headers).to.deep.equal({
      accept: 'application/scim+json',
      'user-agent': 'Scimulator (JumpCloud dialect)',
    });
    expect(sent[1]?.headers['content-type']).to.equal('application/scim+json');
  });

  it('shows what it means to do, and has nothing left to do afterwards', async () => {
    const { simulator, ada, eng, provisioned } = setUp();
    expect(simulator.planned()).to.deep.equal([]);
    await provisioned();
    simulator.leave(ada, eng);
    expect(simulator.planned().map(({ kind }) => kind)).to.deep.equal(['remove-member', 'deactivate-user']);
    simulator.deactivate();
    expect(simulator.planned()).to.deep.equal([]);
  });

  it('puts back what it read with the changes laid over, and keeps what no mapping gives (JC-Q1, JC-37)', async () => {
    const { ada, step, provisioned } = setUp();
    await provisioned();
    const more = { externalId: 'theirs', locale: 'de', nickName: 'Countess', title: null, password: 'x', roles: [] };
    const { bodies } = await step(
      admin => admin.change(ada, { lastname: 'King', department: '' }),
      [
        'GET /Users/u1',
        200,
        held(ada, { ...more, name: { givenName: 'Ada', familyName: 'Lovelace', formatted: 'A' } }),
      ],
      ['PUT /Users/u1', 200, {}],
    );
    const { meta: _meta, groups: _groups, ...kept } = held(ada);
    expect(bodies).to.deep.equal([
      {
        ...kept,
        externalId: 'theirs',
        locale: 'de',
        nickName: 'Countess',
        roles: [],
        name: { givenName: 'Ada', familyName: 'King', formatted: 'A' },
        displayName: 'Ada King',
      },
    ]);
  });

  it('sets inactive with one read and one PUT, and never deletes (JC-21, JC-23)', async () => {
    const { ada, step, provisioned } = setUp();
    await provisioned();
    const { bodies, outcomes } = await step(
      admin => admin.suspend(ada),
      ['GET /Users/u1', 200, held(ada)],
      ['PUT /Users/u1', 200, {}],
    );
    const { meta: _meta, groups: _groups, ...kept } = held(ada);
    expect(bodies).to.deep.equal([{ ...kept, active: false }]);
    expect(outcomes).to.deep.equal(['deactivate-user done']);
  });

  it('reactivates with everything that changed meanwhile (JC-24, JC-Q14)', async () => {
    const { ada, step, provisioned } = setUp();
    await provisioned();
    await step(
      admin => {
        admin.suspend(ada);
        admin.change(ada, { email: 'countess@orbital.example' });
      },
      ['GET /Users/u1', 200, held(ada)],
      ['PUT /Users/u1', 200, {}],
    );
    const { bodies } = await step(
      admin => admin.reactivate(ada),
      ['GET /Users/u1', 200, held(ada, { active: false })],
      ['PUT /Users/u1', 200, {}],
    );
    expect(bodies[0]).to.include({ userName: 'countess@orbital.example', active: true });
  });

  it('links a user that is there, and writes only if something differs (JC-13, JC-Q30)', async () => {
    for (const [user, writes] of [
      [(ada: string) => held(ada), false],
      [(ada: string) => held(ada, { userName: 'ADA@orbital.example' }), true],
      [(ada: string) => held(ada, { active: false }), true],
      [(ada: string) => held(ada, { displayName: 'Someone' }), true],
      [(ada: string) => held(ada, { emails: [...emails, { value: 'ada@home.example' }] }), true],
      [(ada: string) => held(ada, { emails: [{ ...emails[0], display: 'Ada' }] }), false],
    ] as const) {
      const { simulator, ada, eng, step } = setUp(jumpcloud, { manageGroups: false });
      await step(admin => admin.activate(), TEST_READS[0]!);
      const { outcomes } = await step(
        admin => admin.join(ada, eng),
        [LOOK_UP, 200, list(user(ada))],
        ...(writes ? ([['PUT /Users/u1', 200, {}]] as const) : []),
      );
      expect(outcomes).to.deep.equal([`provision-user ${writes ? 'done' : 'unchanged'}`]);
      expect(simulator.linkOf(ada)).to.equal('u1');
    }
  });

  it('does not take another user for the person when a filter is ignored', async () => {
    const { simulator, ada, eng, step } = setUp(jumpcloud, { manageGroups: false });
    await step(admin => admin.activate(), TEST_READS[0]!);
    await step(
      admin => admin.join(ada, eng),
      [LOOK_UP, 200, list({ id: 'root', userName: 'admin@orbital.example' })],
      ['POST /Users', 201, { id: 'u1' }],
    );
    expect(simulator.linkOf(ada)).to.equal('u1');
  });

  it('takes over the group of exactly that name, and adds its members (JC-42, JC-Q22)', async () => {
    const { simulator, ada, eng, step, activate } = setUp();
    await activate();
    await step(
      admin => admin.join(ada, eng),
      [LOOK_UP, 200, list(held(ada))],
      [GROUP_LOOK_UP, 200, list({ id: 'g0', displayName: 'eng' }, { id: 'g1', displayName: 'Eng' })],
      ['PATCH /Groups/g1', 200, {}],
    );
    expect(simulator.linkOf(eng)).to.equal('g1');
  });

  it('takes one member out by a value list, which a strict reader takes for all (JC-Q20)', async () => {
    const { ada, eng, step, provisioned } = setUp();
    await provisioned();
    const { bodies } = await step(
      admin => admin.leave(ada, eng),
      ['PATCH /Groups/g1', 200, {}],
      ['GET /Users/u1', 200, held(ada)],
      ['PUT /Users/u1', 200, {}],
    );
    expect(bodies[0]).to.deep.equal({
      schemas: [PATCH_OP],
      Operations: [{ op: 'remove', path: 'members', value: [{ value: 'u1' }] }],
    });
  });

  it('renames by PATCH under the same id (JC-46), once', async () => {
    const { eng, step, provisioned } = setUp();
    await provisioned();
    const { bodies } = await step(
      admin => {
        admin.renameGroup(eng, 'Engineers');
        admin.renameGroup(eng, 'Engineering');
      },
      ['PATCH /Groups/g1', 204],
    );
    expect(bodies).to.deep.equal([
      { schemas: [PATCH_OP], Operations: [{ op: 'replace', path: 'displayName', value: 'Engineering' }] },
    ]);
  });

  it('deletes a group before it deactivates (JC-48)', async () => {
    const { ada, eng, step, provisioned } = setUp();
    await provisioned();
    await step(
      admin => admin.deleteGroup(eng),
      ['DELETE /Groups/g1', 204],
      ['GET /Users/u1', 200, held(ada)],
      ['PUT /Users/u1', 200, {}],
    );
  });

  it('leaves an unbound group alone, and takes it up by its id when it is bound again (JC-47, JC-Q27)', async () => {
    const { ada, eng, step, provisioned } = setUp();
    await provisioned();
    await step(admin => admin.unbind(eng), ['GET /Users/u1', 200, held(ada)], ['PUT /Users/u1', 200, {}]);
    const { bodies } = await step(
      admin => {
        admin.renameGroup(eng, 'Engineers');
        admin.bind(eng);
      },
      ['GET /Users/u1', 200, held(ada, { active: false })],
      ['PUT /Users/u1', 200, {}],
      ['GET /Groups/g1', 200, { id: 'g1', displayName: 'Eng' }],
      ['PATCH /Groups/g1', 204],
      ['PATCH /Groups/g1', 204],
    );
    expect(bodies[1]?.['Operations']).to.deep.equal([{ op: 'replace', path: 'displayName', value: 'Engineers' }]);
  });

  it('speaks the plain dialect with PATCH by paths and a value path', async () => {
    const { ada, eng, step, provisioned } = setUp(plain);
    await provisioned();
    const changed = await step(
      admin => admin.change(ada, { lastname: 'King', department: 'Research' }),
      ['GET /Users/u1', 200, held(ada)],
      ['PATCH /Users/u1', 204],
    );
    expect(changed.bodies[0]?.['Operations']).to.deep.equal([
      { op: 'replace', path: `${ENTERPRISE}:department`, value: 'Research' },
      { op: 'replace', path: 'name.familyName', value: 'King' },
      { op: 'replace', path: 'displayName', value: 'Ada King' },
    ]);
    const left = await step(admin => admin.leave(ada, eng), ['PATCH /Groups/g1', 204], ['PATCH /Users/u1', 204]);
    expect(left.bodies.map(body => body['Operations'])).to.deep.equal([
      [{ op: 'remove', path: 'members[value eq "u1"]' }],
      [{ op: 'replace', path: 'active', value: false }],
    ]);
    expect(left.sent[0]?.headers['user-agent']).to.equal('Scimulator (plain)');
  });

  const overtaken: readonly {
    what: string;
    act: (admin: Admin, ada: string, eng: string) => void;
    turns: readonly Turn[];
  }[] = [
    {
      what: 'a suspension that is taken back',
      act: (admin, ada) => {
        admin.suspend(ada);
        admin.reactivate(ada);
      },
      turns: [['GET /Users/u1', 200]],
    },
    {
      what: 'somebody who leaves and comes back',
      act: (admin, ada, eng) => {
        admin.leave(ada, eng);
        admin.join(ada, eng);
      },
      turns: [['GET /Users/u1', 200]],
    },
    {
      what: 'an edit of somebody who is suspended then',
      act: (admin, ada) => {
        admin.change(ada, { lastname: 'King' });
        admin.suspend(ada);
      },
      turns: [
        ['GET /Users/u1', 200],
        ['PUT /Users/u1', 200],
      ],
    },
    {
      what: 'a membership of a group that is unbound then (JC-47b)',
      act: (admin, ada, eng) => {
        admin.leave(ada, eng);
        admin.unbind(eng);
      },
      turns: [
        ['GET /Users/u1', 200],
        ['PUT /Users/u1', 200],
      ],
    },
    {
      what: 'two edits',
      act: (admin, ada) => {
        admin.change(ada, { lastname: 'K' });
        admin.change(ada, { lastname: 'King' });
      },
      turns: [
        ['GET /Users/u1', 200],
        ['PUT /Users/u1', 200],
      ],
    },
  ];
  for (const { what, act, turns } of overtaken) {
    it(`sends the state at the time of sending: ${what}`, async () => {
      const { ada, eng, step, provisioned } = setUp();
      await provisioned();
      const answered = turns.map(([line, status]): Turn => [line, status, held(ada)]);
      const { outcomes } = await step(admin => act(admin, ada, eng), ...answered);
      expect(outcomes.filter(outcome => outcome.endsWith('failed'))).to.deep.equal([]);
    });
  }

  it('makes neither user nor group for somebody who is gone before the sync (JC-41a)', async () => {
    const { ada, eng, step, activate } = setUp();
    await activate();
    await step(admin => {
      admin.join(ada, eng);
      admin.dismiss(ada);
    });
  });

  it('plans a group and an update once, however many ask for them', () => {
    const { simulator, ada, eng } = setUp();
    const ben = simulator.hire({ email: 'ben@orbital.example', firstname: 'Ben', lastname: '' });
    simulator.activate();
    simulator.join(ada, eng);
    simulator.join(ben.id, eng);
    simulator.change(ada, { lastname: 'King' });
    expect(simulator.planned().map(({ summary }) => summary)).to.deep.equal([
      'test the connection',
      'provision Ada Lovelace',
      'ensure group "Eng"',
      'add Ada Lovelace to "Eng"',
      'provision Ben',
      'add Ben to "Eng"',
    ]);
  });

  it('sends all memberships again once groups were not managed and are again (JC-Q28)', async () => {
    const { step, provisioned } = setUp();
    await provisioned();
    await step(admin => admin.setManageGroups(false), TEST_READS[0]!);
    await step(
      admin => admin.setManageGroups(true),
      ...TEST_READS,
      ['GET /Groups/g1', 200, { id: 'g1', displayName: 'Eng' }],
      ['PATCH /Groups/g1', 204],
    );
  });

  it('sends everything again once provisioning was off and is on', async () => {
    const { ada, step, provisioned } = setUp();
    await provisioned();
    await step(admin => admin.deactivate());
    await step(
      admin => admin.activate(),
      ...TEST_READS,
      ['GET /Users/u1', 200, held(ada)],
      ['GET /Groups/g1', 200, { id: 'g1', displayName: 'Eng' }],
      ['PATCH /Groups/g1', 204],
    );
  });

  it('provisions a whole organisation with one look-up and one write for each person and membership', async () => {
    const counts = new Map<string, number>();
    let made = 0;
    const organisation = generateOrganisation({ seed: 5, people: 40 });
    const simulator = createSimulator({
      dialect: jumpcloud,
      organisation,
      manageGroups: true,
      send: async request => {
        const kind = `${request.method} ${request.path.split(/[/?]/)[1]}`;
        counts.set(kind, (counts.get(kind) ?? 0) + 1);
        const [status, json] =
          request.method === 'GET' ? [200, list()] : request.method === 'POST' ? [201, { id: `r${++made}` }] : [204];
        return respond(['', status, json]);
      },
    });
    for (const { id } of simulator.groups()) simulator.bind(id);
    simulator.activate();
    const results = await simulator.sync();
    expect(results.filter(({ outcome }) => outcome !== 'done')).to.deep.equal([]);
    const { length } = organisation.groups;
    expect(Object.fromEntries(counts)).to.deep.equal({
      'GET Users': 41,
      'POST Users': 40,
      'GET Groups': length + 1,
      'POST Groups': length,
      'PATCH Groups': organisation.groups.reduce((sum, { members }) => sum + members.length, 0),
    });
  });

  it('lets mistakes of the admin through as they are, with nothing queued', () => {
    const { simulator, ada } = setUp();
    simulator.activate();
    const before = simulator.planned();
    expect(() => simulator.join(ada, 'nowhere')).to.throw(DirectoryError);
    expect(simulator.planned()).to.deep.equal(before);
  });

  it('keeps syncs apart: a second waits for the first', async () => {
    const order: string[] = [];
    const { simulator, ada, eng } = setUp(jumpcloud, {
      manageGroups: false,
      send: async request => {
        order.push(`> ${request.method}`);
        await new Promise(resolve => setImmediate(resolve));
        order.push(`< ${request.method}`);
        return respond(['', 200, request.method === 'GET' ? list() : { id: 'u1' }]);
      },
    });
    simulator.activate();
    const first = simulator.sync();
    simulator.join(ada, eng);
    const [, second] = await Promise.all([first, simulator.sync()]);
    expect(order).to.deep.equal(['> GET', '< GET', '> GET', '< GET', '> POST', '< POST']);
    expect(second).to.have.length.at.most(1);
  });
});

describe('simulator against a service provider that misbehaves', () => {
  it('drops a link that leads nowhere, looks up, creates, and adds to the groups anew (JC-Q10a)', async () => {
    const { simulator, ada, step, provisioned } = setUp();
    await provisioned();
    await step(
      admin => admin.change(ada, { lastname: 'King' }),
      ['GET /Users/u1', 404],
      [LOOK_UP, 200, list()],
      ['POST /Users', 201, { id: 'u2' }],
      ['PATCH /Groups/g1', 204],
    );
    expect(simulator.linkOf(ada)).to.equal('u2');
  });

  it('creates nobody for a deactivation of a user that is gone, and says so (JC-Q10b)', async () => {
    const { simulator, ada, step, provisioned } = setUp();
    await provisioned();
    const { outcomes, reasons } = await step(admin => admin.suspend(ada), ['GET /Users/u1', 404]);
    expect(outcomes).to.deep.equal(['deactivate-user failed']);
    expect(reasons).to.match(/gone/);
    expect(simulator.linkOf(ada)).to.equal(undefined);
  });

  it('links and updates after a conflict that a second look-up explains (JC-Q11a)', async () => {
    const { simulator, ada, eng, step } = setUp(jumpcloud, { manageGroups: false });
    await step(admin => admin.activate(), TEST_READS[0]!);
    await step(
      admin => admin.join(ada, eng),
      [LOOK_UP, 200, list()],
      ['POST /Users', 409, error(409, 'taken', 'uniqueness')],
      [LOOK_UP, 200, list(held(ada, { active: false }))],
      ['PUT /Users/u1', 200, {}],
    );
    expect(simulator.linkOf(ada)).to.equal('u1');
  });

  it('looks after a create whose answer was lost, and creates again only if it finds nobody', async () => {
    for (const [lost, found] of [
      ['cut', true],
      [500, true],
      ['timeout', false],
      [502, false],
    ] as const) {
      const { simulator, ada, eng, step } = setUp(jumpcloud, { manageGroups: false });
      await step(admin => admin.activate(), TEST_READS[0]!);
      await step(
        admin => admin.join(ada, eng),
        [LOOK_UP, 200, list()],
        ['POST /Users', lost],
        [LOOK_UP, 200, found ? list(held(ada)) : list()],
        ...(found ? [] : ([['POST /Users', 201, { id: 'u1' }]] as const)),
      );
      expect(simulator.linkOf(ada)).to.equal('u1');
    }
  });

  const failures: readonly { what: string; turns: readonly Turn[]; reason: RegExp }[] = [
    {
      what: 'a refused create',
      turns: [
        [LOOK_UP, 200, list()],
        ['POST /Users', 400, error(400, 'no such domain', 'invalidValue')],
      ],
      reason: /^the user could not be created: answered 400 \(invalidValue\), no such domain$/,
    },
    {
      what: 'an unexplained conflict (JC-Q11b)',
      turns: [
        [LOOK_UP, 200, list()],
        ['POST /Users', 409],
        [LOOK_UP, 200, list()],
      ],
      reason: /could not be created, and a look-up finds none: answered 409/,
    },
    {
      what: 'a create that fails twice',
      turns: [
        [LOOK_UP, 200, list()],
        ['POST /Users', 500],
        [LOOK_UP, 200, list()],
        ['POST /Users', 500],
        [LOOK_UP, 200, list()],
      ],
      reason: /created: answered 500/,
    },
    {
      what: 'an id that is a number (JC-Q39)',
      turns: [
        [LOOK_UP, 200, list()],
        ['POST /Users', 201, { id: 7 }],
      ],
      reason: /data type error, id is 7/,
    },
    {
      what: 'no id at all',
      turns: [
        [LOOK_UP, 200, list()],
        ['POST /Users', 201, {}],
      ],
      reason: /the answer holds no id/,
    },
    {
      what: 'a look-up answered 404',
      turns: [[LOOK_UP, 404]],
      reason: /^the user could not be looked up: answered 404$/,
    },
    {
      what: 'a look-up with two hits',
      turns: [
        [
          LOOK_UP,
          200,
          list({ id: 'a', userName: 'ada@orbital.example' }, { id: 'b', userName: 'Ada@orbital.example' }),
        ],
      ],
      reason: /2 match userName "ada@orbital.example"/,
    },
    { what: 'a look-up that is no list', turns: [[LOOK_UP, 200, {}]], reason: /no list response/ },
    {
      what: 'a look-up that counts without showing',
      turns: [[LOOK_UP, 200, { totalResults: 1 }]],
      reason: /counts 1 and shows none/,
    },
    { what: 'rejected credentials (JC-Q13)', turns: [[LOOK_UP, 401]], reason: /answered 401/ },
    { what: 'JSON that does not parse', turns: [[LOOK_UP, 'invalid-json']], reason: /invalid-json/ },
  ];
  for (const { what, turns, reason } of failures) {
    it(`fails with a reason for ${what}, and goes on`, async () => {
      const { simulator, ada, eng, step } = setUp(jumpcloud, { manageGroups: false });
      await step(admin => admin.activate(), TEST_READS[0]!);
      const ben = simulator.hire({ email: 'ben@orbital.example', firstname: 'Ben', lastname: '' });
      const { outcomes, reasons } = await step(
        admin => {
          admin.join(ada, eng);
          admin.join(ben.id, eng);
        },
        ...turns,
        ['GET /Users?filter=userName eq "ben@orbital.example"', 200, list()],
        ['POST /Users', 201, { id: 'u2' }],
      );
      expect(outcomes).to.deep.equal(['provision-user failed', 'provision-user done']);
      expect(reasons).to.have.length(1);
      expect(reasons[0]).to.match(reason);
      expect(simulator.linkOf(ada)).to.equal(undefined);
      expect(simulator.application().active).to.equal(true);
    });
  }

  it('says whose absence keeps a membership from being sent', async () => {
    const { ada, eng, step, activate } = setUp();
    await activate();
    const { outcomes, reasons } = await step(
      admin => admin.join(ada, eng),
      [LOOK_UP, 200, list()],
      ['POST /Users', 403],
      [GROUP_LOOK_UP, 200, list()],
      ['POST /Groups', 201, { id: 'g1' }],
    );
    expect(outcomes).to.deep.equal(['provision-user failed', 'ensure-group done', 'add-member failed']);
    expect(reasons[1]).to.equal('the person has no user at the service provider yet');
  });

  it('tries what failed again with the next change of that person, and not before (JC-Q12, JC-Q44)', async () => {
    const { simulator, ada, eng, step, provisioned } = setUp();
    await provisioned();
    await step(admin => admin.suspend(ada), ['GET /Users/u1', 403]);
    simulator.hire({ email: 'ben@orbital.example', firstname: 'Ben', lastname: '' });
    expect(simulator.planned()).to.deep.equal([]);
    const { outcomes } = await step(
      admin => admin.leave(ada, eng),
      ['GET /Users/u1', 200, held(ada)],
      ['PUT /Users/u1', 200, {}],
      ['PATCH /Groups/g1', 204],
    );
    expect(outcomes).to.deep.equal(['deactivate-user done', 'remove-member done']);
  });

  it('does not come back to a failed deactivation that is not due any more', async () => {
    const { simulator, ada, step, provisioned } = setUp();
    await provisioned();
    await step(admin => admin.suspend(ada), ['GET /Users/u1', 403]);
    simulator.reactivate(ada);
    expect(simulator.planned().map(({ kind }) => kind)).to.deep.equal(['update-user']);
  });

  it('looks a group up again after a rename that found it gone', async () => {
    const { eng, step, provisioned } = setUp();
    await provisioned();
    const { outcomes } = await step(admin => admin.renameGroup(eng, 'Engineers'), ['PATCH /Groups/g1', 404]);
    expect(outcomes).to.deep.equal(['rename-group failed']);
    await step(
      admin => {
        admin.setManageGroups(false);
        admin.setManageGroups(true);
      },
      ...TEST_READS,
      ['GET /Groups?filter=displayName eq "Engineers"', 200, list()],
      ['POST /Groups', 201, { id: 'g2' }],
      ['PATCH /Groups/g2', 204],
    );
  });

  it('makes a vanished group anew before it adds to it', async () => {
    const { simulator, eng, step, provisioned } = setUp();
    await provisioned();
    const ben = simulator.hire({ email: 'ben@orbital.example', firstname: 'Ben', lastname: '' });
    await step(
      admin => admin.join(ben.id, eng),
      ['GET /Users?filter=userName eq "ben@orbital.example"', 200, list()],
      ['POST /Users', 201, { id: 'u2' }],
      ['PATCH /Groups/g1', 404],
      [GROUP_LOOK_UP, 200, list()],
      ['POST /Groups', 201, { id: 'g2' }],
      ['PATCH /Groups/g2', 204],
    );
    expect(simulator.linkOf(eng)).to.equal('g2');
  });

  for (const [what, status, body, outcome] of [
    ['a group that is gone', 404, undefined, 'unchanged'],
    ['a member who is out already', 400, error(400, 'nobody', 'noTarget'), 'unchanged'],
    ['a refusal', 400, error(400, 'no', 'mutability'), 'failed'],
    ['a 204 with stray bytes', 'stray 204', undefined, 'done'],
  ] as const) {
    it(`takes ${what} on a removal as ${outcome}`, async () => {
      const { ada, eng, step, provisioned } = setUp();
      await provisioned();
      const { outcomes } = await step(
        admin => admin.leave(ada, eng),
        ['PATCH /Groups/g1', status, body],
        ['GET /Users/u1', 200, held(ada, { active: false })],
      );
      expect(outcomes).to.deep.equal([`remove-member ${outcome}`, 'deactivate-user unchanged']);
    });
  }

  for (const [what, turns] of [
    ['users cannot be read', [['GET /Users?startIndex=1&count=1', 401]]],
    ['users come with a number for an id', [['GET /Users?startIndex=1&count=1', 200, list({ id: 1 })]]],
    ['groups cannot be read', [TEST_READS[0]!, ['GET /Groups?startIndex=1&count=1', 404]]],
  ] as const) {
    it(`stays off when ${what} at activation, and sends nothing else`, async () => {
      const { simulator, ada, eng, step } = setUp();
      simulator.join(ada, eng);
      const { outcomes, reasons } = await step(admin => admin.activate(), ...(turns as readonly Turn[]));
      expect(outcomes).to.deep.equal([
        'test-connection failed',
        'provision-user failed',
        'ensure-group failed',
        'add-member failed',
      ]);
      expect(reasons[0]).to.match(/connection test on \/(Users|Groups) failed/);
      expect(simulator.application().active).to.equal(false);
      expect(simulator.planned()).to.deep.equal([]);
    });
  }

  it('stops trying after three operations without any answer, and tries again with the next change', async () => {
    const people = 6;
    const organisation = generateOrganisation({ seed: 1, people });
    let answering = true;
    let sent = 0;
    const simulator = createSimulator({
      dialect: jumpcloud,
      organisation,
      retry: { attempts: 1 },
      send: async ({ method }) => {
        sent += 1;
        return respond(answering ? ['', 200, method === 'GET' ? list() : { id: 'x' }] : ['', 'timeout']);
      },
    });
    simulator.activate();
    await simulator.sync();
    answering = false;
    sent = 0;
    const all = simulator.groups()[0]!;
    simulator.bind(all.id);
    const results = await simulator.sync();
    expect(sent).to.equal(3);
    expect(results.map(({ outcome }) => outcome)).to.deep.equal(Array(people).fill('failed'));
    expect(results[3]?.reason).to.match(/^not tried/);
    simulator.change(organisation.people[5]!.id, { lastname: 'Other' });
    expect(simulator.planned()).to.have.length(1);
    simulator.leave(organisation.people[0]!.id, all.id);
    expect(simulator.planned().map(({ kind }) => kind)).to.include.members(['provision-user', 'deactivate-user']);
  });

  it('drops what waits when it is switched off, and tells it as failed (JC-Q42)', async () => {
    const { simulator, ada, eng, step, provisioned } = setUp();
    await provisioned();
    simulator.leave(ada, eng);
    const { outcomes, reasons } = await step(admin => admin.deactivate());
    expect(outcomes).to.deep.equal(['remove-member failed', 'deactivate-user failed']);
    expect(reasons[0]).to.match(/switched off before it was sent/);
  });

  it('lets through what the pipe throws, and keeps the operation for later', async () => {
    let broken = false;
    const { simulator, ada, eng } = setUp(jumpcloud, {
      manageGroups: false,
      send: async ({ method }) => {
        if (broken) throw new Error('no token');
        return respond(['', 200, method === 'GET' ? list() : { id: 'u1' }]);
      },
    });
    simulator.activate();
    await simulator.sync();
    simulator.join(ada, eng);
    broken = true;
    let thrown: unknown;
    await simulator.sync().catch(error => (thrown = error));
    expect(thrown).to.have.property('message', 'no token');
    broken = false;
    simulator.change(ada, { lastname: 'King' });
    expect((await simulator.sync()).map(({ outcome }) => outcome)).to.deep.equal(['done']);
  });
});
