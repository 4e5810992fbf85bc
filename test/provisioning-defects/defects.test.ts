import { expect } from 'chai';
import { assembleBridge } from '../../bridge/http/app.ts';
import { fetchFrom } from '../../harness/fetch-listener.ts';
import { checks, createJudge, isInvariant } from '../../conformance/index.ts';
import { profileNamed } from '../../harness/selection.ts';
import { requirements, rules } from '../../conformance/clauses/index.ts';
import type { Exchange } from '../../reports/record/index.ts';
import { act, type Stage } from '../../scenarios/play/act.ts';
import { createCast } from '../../scenarios/play/cast.ts';
import { activate, bind, createGroup, manageGroups, sync } from '../../scenarios/step.ts';
import { createClient, type ScimClient } from '../../scim/client.ts';
import { isObject, resourcesOf } from '../../scim/message/list.ts';
import { ENTERPRISE_USER } from '../../scim/message/urn.ts';
import { parseJson, pipe, type Hop, type Json, type JsonObject, type Send } from '../../scim/wire/message.ts';
import { recorder } from '../../scim/wire/recorder.ts';
import type { Person } from '../../simulator/directory/model.ts';
import { createSimulator, jumpcloud, type Simulator } from '../../simulator/index.ts';
import { applied, needs, provisioningDefects, type ProvisioningDefect } from './index.ts';

const TOKEN = 'a-token-of-this-test';
const OPENING = [
  manageGroups(true),
  createGroup('eng'),
  createGroup('ops'),
  bind('eng'),
  bind('ops'),
  activate(),
  sync(),
];

const authorized: Hop = (request, next) =>
  next({ ...request, headers: { ...request.headers, authorization: `Bearer ${TOKEN}` } });

/** An endpoint in this process. */
function served(
  { account }: Pick<ProvisioningDefect, 'account'>,
  without: ReturnType<typeof applied>['accountWithout'],
): Send {
  const options = account === undefined ? {} : { account: { profile: account } };
  const { app, basePath } = assembleBridge({ tokens: [TOKEN], ...options }, without);
  const fetch = fetchFrom(app);
  return async ({ method, path, headers, json }) => {
    const body = json === undefined ? {} : { body: JSON.stringify(json) };
    const url = `http://bridge.example${basePath}${path}`;
    const response = await fetch(new Request(url, { method, headers, ...body }));
    const text = await response.text();
    const answer = parseJson(text);
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      text,
      ...(answer !== undefined && { json: answer }),
    };
  };
}

/** How many steps of its history it takes until something is wrong: in the state of the endpoint, on the wire, in a sync. */
async function stepsUntilWrong(under: ProvisioningDefect, isBroken: boolean): Promise<[number, readonly string[]]> {
  const defect = applied(isBroken ? under : undefined);
  const transport = served(under, defect.accountWithout);
  const judge = createJudge(checks.filter(isInvariant), profileNamed('jumpcloud'));
  const deleted: string[] = [];
  const onExchange = (exchange: Exchange): void => {
    const { method, path } = exchange.request;
    if (method === 'DELETE' && path.startsWith('/Users')) deleted.push(`${path} was deleted`);
    judge.see(exchange);
  };
  const record = recorder({ scope: under.id, onExchange, now: () => 0 });
  const send = pipe([defect.sent, authorized, record, defect.served], transport);
  let now = 0;
  const simulator = createSimulator(
    { dialect: jumpcloud, send, now: () => (now += 1000), retry: { sleep: async () => {} } },
    defect.seams,
  );
  const cast = createCast(simulator, { scenario: 'history', run: '0badc0de', seed: 1 });
  const stage: Stage = {
    admin: simulator,
    cast,
    send,
    anonymous: transport,
    answer: undefined,
    reconnect: () => {},
    control: undefined,
    clock: undefined,
    way: undefined,
  };
  for (const step of OPENING) await act(step, stage);
  for (const [index, step] of under.shownBy.entries()) {
    await act(step, stage);
    const { operations } = await act(sync(), stage);
    cast.remember();
    // Looking costs more than doing: what is wrong earlier is wrong a step before the end as well.
    if (index < under.shownBy.length - 2) continue;
    const failed = operations.filter(({ outcome }) => outcome === 'failed');
    const wrong = [
      ...failed.map(({ operation, reason }) => `${operation.summary}: ${reason}`),
      ...judge.verdicts().flatMap(({ outcome, check }) => (outcome === 'fail' ? [check] : [])),
      ...deleted,
      ...(await differences(simulator, transport, under)),
    ];
    if (wrong.length > 0) return [index + 1, wrong];
  }
  return [Infinity, []];
}

/** How users and groups of the endpoint differ from what the directory says. */
async function differences(
  simulator: Simulator,
  transport: Send,
  { account }: ProvisioningDefect,
): Promise<readonly string[]> {
  const client = createClient(pipe([authorized], transport));
  const users = resourcesOf((await client.list('/Users', { count: 100 })).json);
  const { boundGroups, manageGroups: managed } = simulator.application();
  const entitled = simulator
    .people()
    .filter(
      ({ id, state }) =>
        state === 'ACTIVATED' &&
        simulator.groups().some(group => boundGroups.includes(group.id) && group.members.includes(id)),
    );
  const known = new Set(simulator.people().map(({ email }) => email));
  const strangers = users.filter(
    ({ userName, active }) => active === true && /@history/.test(String(userName)) && !known.has(String(userName)),
  );
  return [
    ...simulator.people().flatMap(person => wrongWith(person, entitled.includes(person), users, account)),
    ...strangers.map(({ userName }) => `${String(userName)} is active`),
    ...(managed ? await wrongWithGroups(simulator, new Set(entitled.map(({ id }) => id)), users, client) : []),
  ];
}

function wrongWith(
  { email, lastname, department }: Person,
  isEntitled: boolean,
  users: readonly JsonObject[],
  account: ProvisioningDefect['account'],
): readonly string[] {
  const found = users.filter(({ userName }) => userName === email);
  const [user] = found;
  if (found.length > 1) return [`${email} is there ${found.length} times`];
  if (isEntitled !== (user?.['active'] === true)) return [`${email} is ${isEntitled ? 'not ' : ''}active`];
  if (!isEntitled || !user) return [];
  const name = isObject(user['name']) ? user['name']['familyName'] : undefined;
  const enterprise = user[ENTERPRISE_USER];
  const wrong: string[] = [];
  // A hosted account takes no name parts on update (OP-24a), and an account keeps no department.
  if (account !== 'hosted' && name !== lastname) wrong.push(`${email} is called ${JSON.stringify(name)}`);
  if (account === undefined && (!isObject(enterprise) || enterprise['department'] !== department)) {
    wrong.push(`${email} is in another department`);
  }
  return wrong;
}

async function wrongWithGroups(
  simulator: Simulator,
  entitled: ReadonlySet<string>,
  users: readonly JsonObject[],
  client: ScimClient,
): Promise<readonly string[]> {
  const groups = resourcesOf((await client.list('/Groups', { count: 100 })).json);
  const { boundGroups } = simulator.application();
  const bound = simulator.groups().filter(({ id }) => boundGroups.includes(id));
  const foreign = groups.filter(({ displayName }) => !bound.some(({ name }) => name === displayName));
  // A group that is not bound any more stays there, under the name that it had.
  const wrong = foreign.length > simulator.groups().length - bound.length ? ['there is a group too many'] : [];
  for (const { id, name, members } of bound) {
    const here = groups.find(({ displayName }) => displayName === name);
    if (!here && simulator.linkOf(id) !== undefined) wrong.push(`there is no group ${name}`);
    const { json } = here ? await client.read('/Groups', String(here['id'])) : {};
    const inside = membersOf(isObject(json) ? json : {});
    if (inside.some(member => !users.some(user => user['id'] === member))) wrong.push(`${name} has a stranger`);
    for (const person of simulator.people()) {
      const isMember = inside.includes(simulator.linkOf(person.id) ?? '');
      // Memberships of suspended people are left as they are (JC-Q25).
      const isWrong = members.includes(person.id) ? entitled.has(person.id) && !isMember : isMember;
      if (isWrong) wrong.push(`${person.email} is ${isMember ? 'still' : 'not'} in ${name}`);
    }
  }
  return wrong;
}

const membersOf = ({ members }: JsonObject): readonly (Json | undefined)[] =>
  Array.isArray(members) ? (members as readonly Json[]).filter(isObject).map(({ value }) => value) : [];

describe('the defects of provisioning', () => {
  it('are forty or more, each of its own name, breaking a rule or a clause that there is', () => {
    expect(provisioningDefects.length).to.be.at.least(40);
    expect(new Set(provisioningDefects.map(({ id }) => id)).size).to.equal(provisioningDefects.length);
    for (const { breaks } of provisioningDefects) expect({ ...rules, ...requirements }).to.have.property(breaks);
  });

  it('are on every side, and fifteen of them take four steps or more', () => {
    expect(new Set(provisioningDefects.map(({ where }) => where))).to.deep.equal(new Set(['account', 'plan', 'wire']));
    expect(provisioningDefects.filter(defect => needs(defect) >= 4).length).to.be.at.least(15);
  });

  for (const defect of provisioningDefects) {
    it(`are seen after ${needs(defect)} steps, not earlier: ${defect.id}, ${defect.title}`, async () => {
      const [steps, wrong] = await stepsUntilWrong(defect, true);
      expect(steps, wrong.join('; ')).to.equal(needs(defect));
    });
  }

  it('are not seen where there are none', async () => {
    const histories = new Map(provisioningDefects.map(each => [JSON.stringify([each.shownBy, each.account]), each]));
    for (const each of histories.values()) {
      expect(await stepsUntilWrong(each, false), each.id).to.deep.equal([Infinity, []]);
    }
  });
});
