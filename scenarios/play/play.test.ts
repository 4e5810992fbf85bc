import { expect } from 'chai';
import { listResponse } from '../../scim/message/list.ts';
import { createClient, type ScimClient } from '../../scim/client.ts';
import type { Hop, Json, Send } from '../../scim/wire/message.ts';
import type { Admin, OperationResult } from '../../simulator/admin.ts';
import { createDirectory } from '../../simulator/directory/directory.ts';
import {
  account,
  activates,
  creates,
  deactivates,
  deletes,
  deletesGroup,
  group,
  proving,
  wire,
} from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import {
  activate,
  bind,
  change,
  createGroup,
  CROWD,
  dismiss,
  expects,
  hire,
  join,
  present,
  renameGroup,
  suspend,
  sync,
} from '../step.ts';
import { ScenarioError } from '../validate.ts';
import { createFakeEndpoint, createFakeSession, type FakeSession } from './fake-endpoint.test.ts';
import type { Finding } from './finding.ts';
import { play, type PlayedStep, type PlayOptions } from './play.ts';

/** What a scripted identity provider does at a sync, told by the number of the sync. */
type Script = (tools: {
  readonly admin: Admin;
  readonly client: ScimClient;
  readonly links: Map<string, string>;
  readonly sync: number;
}) => Promise<readonly OperationResult[]>;

function scripted(script: Script): (send: Send) => Admin {
  return send => {
    let made = 0;
    let syncs = 0;
    const links = new Map<string, string>();
    const directory = createDirectory({
      newId: () => String((made += 1)).padStart(24, '0'),
      applicationName: 'App',
      manageGroups: false,
      onChange: () => {},
    });
    const admin: Admin = {
      ...directory,
      hire: draft => directory.addPerson(draft),
      change: (id, changes) => directory.changePerson(id, changes),
      suspend: id => directory.changePerson(id, { state: 'SUSPENDED' }),
      reactivate: id => directory.changePerson(id, { state: 'ACTIVATED' }),
      dismiss: id => directory.deletePerson(id),
      createGroup: name => directory.addGroup(name, ''),
      activate: () => directory.setActive(true),
      deactivate: () => directory.setActive(false),
      planned: () => [],
      sync: () => script({ admin, client: createClient(send), links, sync: (syncs += 1) }),
      linkOf: id => links.get(id),
    };
    return admin;
  };
}

/** Creates everybody and every group with its members, once; later syncs send nothing. */
const provision: Script = async ({ admin, client, links, sync }) => {
  if (sync > 1) return [];
  const created = async (endpoint: string, body: Json, id: string) => {
    const { json } = await client.create(endpoint, body);
    links.set(id, (json as { id: string }).id);
  };
  for (const { id, email, lastname } of admin.people()) {
    await created('/Users', { userName: email, active: true, name: { familyName: lastname } }, id);
  }
  for (const { id, name, members } of admin.groups()) {
    await created(
      '/Groups',
      { displayName: name, members: members.map(each => ({ value: links.get(each) ?? '' })) },
      id,
    );
  }
  return [];
};

const failing =
  (
    kind: OperationResult['operation']['kind'],
    syncs: readonly number[],
    about: 'person' | 'group' = 'person',
  ): Script =>
  async tools => {
    await provision(tools);
    const [subject] = about === 'person' ? tools.admin.people() : tools.admin.groups();
    return [
      {
        operation: { kind, rules: ['JC-14'], [about]: subject?.id ?? '', summary: `${kind} Ada` },
        outcome: syncs.includes(tools.sync) ? 'failed' : 'done',
        reason: syncs.includes(tools.sync) ? 'answered with 500' : '',
      },
    ];
  };

const story = (over: Partial<Scenario> = {}): Scenario => ({
  id: 'story',
  title: 'A story',
  proves: ['JC-12b', 'JC-14'],
  steps: [hire('ada'), createGroup('eng'), join('ada', 'eng'), sync()],
  expect: [account('ada').is('active')],
  ...over,
});

interface Played {
  readonly findings: readonly Finding[];
  readonly session: FakeSession;
  readonly steps: readonly PlayedStep[];
}

async function played(
  scenario: Scenario,
  { script = provision, hops = [], ...options }: { script?: Script; hops?: readonly Hop[] } & Partial<PlayOptions> = {},
): Promise<Played> {
  const steps: PlayedStep[] = [];
  const session = createFakeSession(createFakeEndpoint().send, { hops });
  const createAdmin = scripted(script);
  const findings = await play({ scenario, session, createAdmin, onStep: step => steps.push(step), ...options });
  return { findings, session, steps };
}

const outcomes = ({ findings }: Played) => findings.map(({ check, outcome }) => `${check} ${outcome}`);

/** Adds a fault to what the identity provider sends, by the number of the sync. */
const also =
  (act: (tools: Parameters<Script>[0]) => Promise<unknown>): Script =>
  async tools => {
    const results = await provision(tools);
    await act(tools);
    return results;
  };
const userOf = ({ admin, links }: Parameters<Script>[0]) => links.get(admin.people()[0]?.id ?? '') ?? '';

describe('a played story', () => {
  it('puts on record what each step made of the directory, in short', async () => {
    const { session } = await played(story({ people: 30 }));
    const states = session.events.flatMap(event => (event.kind === 'state' ? [event] : []));
    expect(states.map(({ scope }) => scope)).to.deep.equal([
      'story/01-hire',
      'story/02-create-group',
      'story/03-join',
      'story/04-sync',
    ]);
    const [hired, , joined, synced] = states.map(({ directory }) => directory);
    expect(hired).to.include({ peopleCount: 31, groupCount: 0 });
    expect(hired?.people).to.have.length(12);
    expect(hired?.people[0]).to.deep.include({ name: 'ada', state: 'active' });
    expect(joined?.groups).to.deep.include.members([
      { name: 'eng', displayName: joined?.groups[0]?.displayName, bound: false, members: ['ada'], memberCount: 1 },
    ]);
    expect(synced?.people[0]).to.have.property('link');
  });

  it('sends each change as it is made where the story says so, once provisioning is on', async () => {
    const steps = [hire('ada'), createGroup('eng'), activate(), join('ada', 'eng'), present('ada'), suspend('ada')];
    const { session, steps: told } = await played(story({ atOnce: true, steps }));
    expect(session.scopes).to.deep.equal([
      'story/01-hire',
      'story/02-create-group',
      'story/03-activate',
      'story/03-sync',
      'story/04-join',
      'story/04-sync',
      'story/05-present',
      'story/06-suspend',
      'story/06-sync',
      'story/expect',
    ]);
    expect(told.map(({ n }) => n)).to.deep.equal([1, 2, 3, 3, 4, 4, 5, 6, 6, 7]);
    expect(told.every(({ of }) => of === 7)).to.equal(true);
  });

  it('opens a scope for each step and for the look at the end, and puts the step before what it sent', async () => {
    const { session, steps } = await played(story());
    expect(session.scopes).to.deep.equal([
      'story/01-hire',
      'story/02-create-group',
      'story/03-join',
      'story/04-sync',
      'story/expect',
    ]);
    const told = session.events.flatMap(event =>
      event.kind === 'step'
        ? `${event.n} ${event.title}`
        : event.kind === 'exchange'
          ? `${event.exchange.scope} ${event.exchange.request.method}`
          : [],
    );
    expect(told).to.deep.equal([
      '1 ada is hired',
      '2 the group eng is created as "Eng"',
      '3 ada joins eng',
      '4 the changes are sent',
      'story/04-sync POST',
      'story/04-sync POST',
      '5 a look at the service provider',
      'story/expect GET',
      'story/expect GET',
    ]);
    expect(steps.map(({ n, of, exchanges, findings }) => [n, of, exchanges.length, findings.length])).to.deep.equal([
      [1, 5, 0, 0],
      [2, 5, 0, 0],
      [3, 5, 0, 0],
      [4, 5, 2, 0],
      [5, 5, 2, 1],
    ]);
  });

  it('numbers expectations through the whole story and names the rule each judges', async () => {
    const { findings } = await played(
      story({
        steps: [hire('ada'), expects(account('ada').is('absent')), sync(), expects(account('ada').is('active'))],
        expect: [proving('JC-14', wire.sends(creates('ada')))],
      }),
    );
    expect(findings.map(({ check, rule, outcome }) => [check, rule, outcome])).to.deep.equal([
      ['story:1', 'JC-12b', 'pass'],
      ['story:2', 'JC-12b', 'pass'],
      ['story:3', 'JC-14', 'pass'],
    ]);
    expect(findings[2]?.exchanges).to.deep.equal(['story/03-sync#1']);
  });

  it('marks names with story and run, and takes a domain that is given', async () => {
    const bodies = ({ session }: Played) =>
      session.events.flatMap(event =>
        event.kind === 'exchange' && event.exchange.request.method === 'POST' ? [event.exchange.request.json] : [],
      );
    const [user, group] = bodies(await played(story()));
    expect(user).to.include({ userName: 'ada@story.0badc0de.example' });
    expect(group).to.include({ displayName: 'Eng story 0badc0de' });
    const [elsewhere] = bodies(await played(story(), { domain: 'acme.example' }));
    expect(elsewhere)
      .to.have.property('userName')
      .that.matches(/^ada\.0badc0de\w+@acme\.example$/);
  });

  it('makes up the same people for the same seed, and others for another', async () => {
    const namesOf = async (seed: number) => {
      const names: string[] = [];
      const script: Script = async ({ admin }) => (names.push(...admin.people().map(each => each.lastname)), []);
      const session = createFakeSession(createFakeEndpoint().send, { seed });
      const scenario = story({ people: 3, steps: [hire('ada'), sync()], expect: [wire.count(creates('ada'), 0)] });
      await play({ scenario, session, createAdmin: scripted(script) });
      return names;
    };
    expect(await namesOf(1))
      .to.have.length(4)
      .and.to.deep.equal(await namesOf(1));
    expect(await namesOf(2)).not.to.deep.equal(await namesOf(1));
  });

  it('hires a crowd that joins as one, of the size that the story or the caller says', async () => {
    const scenario = story({ people: 4, steps: [createGroup('eng'), hire('ada'), join(CROWD, 'eng'), sync()] });
    const creates = ({ steps }: Played) => steps[3]?.exchanges.length;
    expect(creates(await played(scenario))).to.equal(4 + 1 + 1);
    expect(creates(await played(scenario, { people: 0 }))).to.equal(0 + 1 + 1);
  });

  it('completes addresses and names that a step changes', async () => {
    const seen: string[] = [];
    const script: Script = async ({ admin }) => {
      seen.push(...admin.people().map(({ email }) => email), ...admin.groups().map(({ name }) => name));
      return [];
    };
    const steps = [
      hire('ada', { email: 'countess' }),
      hire('ben', { email: 'ben@elsewhere.example' }),
      change('ada', { email: 'king' }),
      createGroup('eng'),
      renameGroup('eng', 'Platform'),
      sync(),
    ];
    await played(story({ steps, expect: [account('ada').is('absent')] }), { script });
    expect(seen).to.deep.equal(['king@story.0badc0de.example', 'ben@elsewhere.example', 'Platform story 0badc0de']);
  });
});

describe('an expectation', () => {
  const groupOf = ({ admin, links }: Parameters<Script>[0]) => links.get(admin.groups()[0]?.id ?? '') ?? '';
  const inactive = also(tools =>
    tools.client.patch('/Users', userOf(tools), [{ op: 'replace', path: 'active', value: false }]),
  );
  const reactivated = also(tools =>
    tools.client.patch('/Users', userOf(tools), [{ op: 'replace', path: 'active', value: true }]),
  );
  const deleted = also(tools => tools.client.remove('/Users', userOf(tools)));
  const ungrouped = also(tools =>
    tools.client.patch('/Groups', groupOf(tools), [
      { op: 'remove', path: 'members', value: [{ value: userOf(tools) }] },
    ]),
  );
  const groupless = also(tools => tools.client.remove('/Groups', groupOf(tools)));
  const doubled = also(tools => tools.client.create('/Users', { userName: tools.admin.people()[0]?.email ?? '' }));
  const oddly = also(tools =>
    tools.client.patch('/Users', userOf(tools), [{ op: 'replace', path: 'active', value: 'no' }]),
  );

  const cases: readonly [ReturnType<typeof wire.never>, Script, Script, string][] = [
    [account('ada').is('active'), provision, inactive, 'inactive'],
    [account('ada').is('inactive', 'absent'), inactive, provision, 'active'],
    [account('ada').is('absent'), deleted, provision, 'active'],
    [account('ada').is('active'), provision, deleted, 'absent'],
    [account('ada').is('active'), provision, doubled, '2 users'],
    [account('ada').is('active', 'inactive', 'absent'), provision, oddly, '"no"'],
    [account('ada').has({ active: true }), provision, inactive, 'active is false'],
    [account('ada').has({ active: true }), provision, deleted, 'no such user'],
    [account('ada').mirrors({ 'name.familyName': 'lastname' }), provision, deleted, 'no such user'],
    [group('eng').has('ada'), provision, ungrouped, 'no member'],
    [group('eng').has('ada'), provision, groupless, 'no such group'],
    [group('eng').lacks('ada'), ungrouped, provision, 'a member'],
    [group('eng').lacks('ada'), ungrouped, groupless, 'no such group'],
    [group('eng').exists(), provision, groupless, 'no such group'],
    [group('eng').absent(), groupless, provision, 'exists'],
    [wire.never(deactivates('ada')), provision, inactive, 'PATCH /Users/Users-1'],
    [wire.never(deletes('ada')), provision, deleted, 'DELETE /Users/Users-1'],
    [wire.sends(deactivates('ada')), inactive, provision, 'no such request'],
    [wire.sends(activates('ada')), reactivated, inactive, 'no such request'],
    [wire.never(deletesGroup('eng')), provision, groupless, 'DELETE /Groups/Groups-2'],
    [wire.count(deletes('ada'), 0), provision, deleted, '1 sent'],
    [wire.sends(creates('ada', { 'name.familyName': 'lastname' })), provision, async () => [], 'no such request'],
    [wire.count(creates('ada'), 1), provision, doubled, '2 sent'],
    [wire.inOrder(creates('ada'), deletes('ada')), deleted, provision, 'no request deletes ada'],
  ];
  for (const [expectation, good, bad, actual] of cases) {
    it(`passes and fails: ${JSON.stringify(expectation)}, ${actual}`, async () => {
      const scenario = story({ expect: [expectation] });
      const [passed] = (await played(scenario, { script: good })).findings;
      expect(passed).to.include({ outcome: 'pass', expected: '', actual: '', reason: '' });
      expect(passed?.exchanges).not.to.be.empty;
      const [failed] = (await played(scenario, { script: bad })).findings;
      expect(failed).to.include({ outcome: 'fail', reason: '', blockedBy: '' });
      expect(failed?.actual).to.include(actual);
      expect(failed?.expected).to.equal(failed?.title).and.not.to.be.empty;
    });
  }

  it('on the order fails where both are sent the other way round', async () => {
    const scenario = story({ expect: [wire.inOrder(deletes('ada'), creates('ada'))] });
    const [finding] = (await played(scenario, { script: deleted })).findings;
    expect(finding?.outcome).to.equal('fail');
    expect(finding?.actual).to.include('does not come after');
  });

  it('on a create says what the request carried instead', async () => {
    const scenario = story({ expect: [wire.sends(creates('ada', { 'name.familyName': 'firstname' }))] });
    const [finding] = (await played(scenario)).findings;
    expect(finding?.actual).to.match(/^the request that creates ada: name\.familyName is "/);
  });

  it('compares with the directory as it is at that point', async () => {
    const mirrored = account('ada').mirrors({ 'name.familyName': 'lastname' });
    const steps = [hire('ada'), sync(), expects(mirrored), change('ada', { lastname: 'King' })];
    const { findings } = await played(story({ steps, expect: [mirrored] }));
    expect(findings.map(({ outcome }) => outcome)).to.deep.equal(['pass', 'fail']);
  });

  it('can still be about somebody who was dismissed', async () => {
    const steps = [hire('ada'), sync(), dismiss('ada')];
    expect(outcomes(await played(story({ steps })))).to.deep.equal(['story:1 pass']);
  });

  it('is inconclusive where nothing was sent, or nobody has an id to be recognised by', async () => {
    const never = [wire.never(deletes('ada'))];
    const silent = await played(story({ expect: never }), { script: async () => [] });
    expect(silent.findings[0]).to.include({ outcome: 'inconclusive' });
    expect(silent.findings[0]?.reason).to.include('nothing was sent');
    const none = await played(story({ expect: [wire.count(deletes('ada'), 0)] }), { script: async () => [] });
    expect(none.findings[0]).to.include({ outcome: 'inconclusive' });
    const unlinked = await played(story({ expect: never }), {
      script: async ({ client }) => (await client.list('/Users'), []),
    });
    expect(unlinked.findings[0]).to.include({ outcome: 'inconclusive' });
    expect(unlinked.findings[0]?.reason).to.include('ada has no id');
  });

  const uselessAnswers: readonly [string, Hop][] = [
    ['200 {}', async () => ({ status: 200, headers: {}, text: '{}', json: {} })],
    ['404', async () => ({ status: 404, headers: {}, text: '' })],
    ['500', async () => ({ status: 500, headers: {}, text: '' })],
    ['HTML', async () => ({ status: 200, headers: {}, text: '<html></html>' })],
    ['nothing', async () => ({ headers: {}, text: '', failure: { code: 'cut', message: 'cut' } })],
    [
      'an empty list to everything',
      async () => ({ status: 200, headers: {}, text: '', json: { ...listResponse([], 0, 1) } as Json }),
    ],
  ];
  for (const [what, hop] of uselessAnswers) {
    it(`never passes where the service provider answers ${what}`, async () => {
      const expectations = [account('ada').is('active'), group('eng').has('ada'), wire.never(deletes('ada'))];
      const script: Script = async ({ client }) => (await client.create('/Users', {}), []);
      const { findings } = await played(story({ expect: expectations }), { script, hops: [hop] });
      expect(findings).to.have.length(3);
      for (const { outcome } of findings) expect(outcome).to.be.oneOf(['inconclusive', 'fail']);
    });
  }
});

describe('an operation that failed', () => {
  const expectations = [account('ada').is('active'), group('eng').exists()];

  it('is a finding of its own and blocks what depends on it, and nothing else', async () => {
    const { findings } = await played(story({ expect: expectations }), { script: failing('provision-user', [1]) });
    expect(findings.map(({ check, outcome, blockedBy }) => [check, outcome, blockedBy])).to.deep.equal([
      ['story:1', 'inconclusive', 'story:04-sync.1'],
      ['story:2', 'pass', ''],
      ['story:04-sync.1', 'inconclusive', ''],
    ]);
    expect(findings[0]?.reason).to.include('answered with 500');
    expect(findings[0]?.actual).to.equal('active');
    expect(findings[2]).to.include({ rule: 'JC-14', title: 'provision-user Ada' });
  });

  it('of a group leaves expectations on accounts alone', async () => {
    const script = failing('ensure-group', [1], 'group');
    expect(outcomes(await played(story({ expect: expectations }), { script }))).to.deep.equal([
      'story:1 pass',
      'story:2 inconclusive',
      'story:04-sync.1 inconclusive',
    ]);
  });

  it('is forgotten once a later one made it good', async () => {
    const scenario = story({ steps: [...story().steps, sync()] });
    expect(outcomes(await played(scenario, { script: failing('provision-user', [1]) }))).to.deep.equal([
      'story:1 pass',
    ]);
  });

  it('is one finding when it fails again', async () => {
    const scenario = story({ steps: [...story().steps, sync()] });
    expect(outcomes(await played(scenario, { script: failing('provision-user', [1, 2]) }))).to.deep.equal([
      'story:1 inconclusive',
      'story:05-sync.1 inconclusive',
    ]);
  });

  it('stays a finding when something was judged before it was made good', async () => {
    const look = expects(account('ada').is('active'));
    const scenario = story({ steps: [...story().steps, look, sync()] });
    expect(outcomes(await played(scenario, { script: failing('provision-user', [1]) }))).to.deep.equal([
      'story:1 inconclusive',
      'story:2 pass',
      'story:04-sync.1 inconclusive',
    ]);
  });

  it('does not excuse what was seen on the wire', async () => {
    const script: Script = async tools => {
      const results = await failing('deactivate-user', [1])(tools);
      await tools.client.patch('/Users', userOf(tools), [{ op: 'replace', path: 'active', value: false }]);
      return results;
    };
    const scenario = story({ expect: [wire.never(deactivates('ada')), wire.sends(deactivates('ada'))] });
    expect(outcomes(await played(scenario, { script })).slice(0, 2)).to.deep.equal(['story:1 fail', 'story:2 pass']);
  });

  it('is one finding with its like, and names the requests that failed', async () => {
    const script: Script = async ({ admin, client }) => {
      const results: OperationResult[] = [];
      for (const { id, email } of admin.people()) {
        await client.create('/Users', { userName: email });
        const operation = { kind: 'provision-user' as const, rules: [], person: id, summary: `provision ${email}` };
        results.push({ operation, outcome: 'failed', reason: '500' });
      }
      return results;
    };
    const hop: Hop = async (request, next) =>
      request.method === 'POST' ? { status: 500, headers: {}, text: '' } : next(request);
    const { findings } = await played(story({ people: 9 }), { script, hops: [hop] });
    expect(findings.map(({ outcome }) => outcome)).to.deep.equal(['inconclusive', 'inconclusive']);
    expect(findings[1]?.title).to.match(/\(and 9 more like it\)$/);
    expect(findings[1]?.exchanges).to.deep.equal(['story/04-sync#1']);
    expect(findings[0]?.exchanges.at(-1)).to.equal('story/04-sync#10');
  });
});

describe('a story that ends early', () => {
  it('leaves what it did not reach inconclusive when the run is stopped', async () => {
    const stop = new AbortController();
    const session = createFakeSession(createFakeEndpoint().send, { signal: stop.signal });
    const scenario = story({
      steps: [hire('ada'), sync(), expects(account('ada').is('active')), suspend('ada'), sync()],
      expect: [account('ada').is('inactive'), wire.never(deletes('ada'))],
    });
    const onStep = ({ n }: PlayedStep) => n === 4 && stop.abort();
    const findings = await play({ scenario, session, createAdmin: scripted(provision), onStep });
    expect(findings.map(({ check, outcome }) => `${check} ${outcome}`)).to.deep.equal([
      'story:1 pass',
      'story:2 inconclusive',
      'story:3 inconclusive',
    ]);
    expect(findings[2]?.reason).to.include('stopped');
    expect(session.scopes).to.have.length(4);
  });

  it('reports a step that broke off as an error of ours, keeps its exchanges, and blocks the rest by it', async () => {
    const script: Script = async ({ client }) => {
      await client.list('/Users');
      throw new TypeError('x is not a function');
    };
    const { findings, session, steps } = await played(story(), { script });
    expect(steps.at(-1)?.exchanges).to.have.length(1);
    expect(findings).to.have.length(2);
    expect(findings[0]).to.include({ check: 'story:04-sync', outcome: 'error', reason: 'x is not a function' });
    expect(findings[1]).to.include({ check: 'story:1', outcome: 'inconclusive', blockedBy: 'story:04-sync' });
    expect(session.events.filter(({ kind }) => kind === 'exchange')).to.have.length(1);
  });

  it('throws a located error where the directory refuses a step', async () => {
    const scenario = story({ steps: [hire('ada'), createGroup('eng'), bind('eng'), bind('eng')] });
    const error = await played(scenario).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(ScenarioError);
    expect(error).to.include({ code: 'directory', scenario: 'story', step: 4 });
    expect((error as Error).message).to.match(/^scenario story, step 4, bind: "Eng story 0badc0de" is bound/);
  });

  it('sends nothing for a story with a mistake', async () => {
    const session = createFakeSession(createFakeEndpoint().send);
    const scenario = story({ steps: [hire('ada'), sync()], expect: [account('aad').is('active')] });
    const error = await play({ scenario, session, createAdmin: scripted(provision) }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).to.include({ code: 'unknown-person' });
    expect(session.scopes).to.deep.equal([]);
  });
});
