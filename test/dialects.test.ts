import { expect } from 'chai';
import { profileOf, rfc } from '../conformance/index.ts';
import { judgeExchanges } from '../harness/judge-stories.ts';
import { withAccountBridge } from '../harness/reference-bridge.ts';
import { connect } from '../harness/target.ts';
import { wouldWork } from '../harness/would-work.ts';
import type { Exchange } from '../reports/record/index.ts';
import { scenarios, type Finding, type Scenario } from '../scenarios/index.ts';
import { createFakeSession } from '../scenarios/play/fake-endpoint.test.ts';
import { play } from '../scenarios/play/play.ts';
import { createClient } from '../scim/client.ts';
import { isObject, resourcesOf } from '../scim/message/list.ts';
import { authorize } from '../scim/wire/credentials.ts';
import { pipe, requestJson, type Hop, type HttpResponse, type Json, type JsonObject } from '../scim/wire/message.ts';
import { createRedactor } from '../scim/wire/redact.ts';
import { createSimulator, dialects, jumpcloud, type Dialect } from '../simulator/index.ts';

const ALL: readonly string[] = dialects.map(({ id }) => id);

/** Stories of every identity provider; big crowds say nothing more here. */
const stories = scenarios.filter(({ idp = ALL, people = 0 }) => ALL.every(id => idp.includes(id)) && people <= 10);

/** Where a dialect rightly leaves something else behind than JumpCloud does, and why. */
const otherEnds: Readonly<Record<string, readonly string[]>> = {
  // A PUT holds everybody whom Okta knows to be in the group, and nobody else: somebody who left while the group was not
  // bound is gone.
  okta: ['group-unbound'],
  // The state goes first, in a request of its own: the new address then comes to somebody active, and waits to be
  // confirmed. Where both come in one request the account invites the new address.
  'okta-oin': ['changed-while-suspended'],
};

interface Played {
  /** Who is active, and who is in which group, by their names. */
  readonly state: { readonly users: readonly string[]; readonly groups: readonly string[] };
  /** What the identity provider sent, and what came back. */
  readonly exchanges: readonly Exchange[];
  readonly findings: readonly Finding[];
}

const textOf = (resource: JsonObject, name: string): string => String(resource[name]);

/** Plays a story on a hosted account of its own. */
async function playOn(scenario: Scenario, dialect: Dialect, flaw?: Hop): Promise<Played> {
  const exchanges: Exchange[] = [];
  let findings: readonly Finding[] = [];
  let state: Played['state'] = { users: [], groups: [] };
  await withAccountBridge({ profile: 'hosted' }, async target => {
    const connection = connect(target, new AbortController().signal);
    const hops = [authorize(connection.credential, createRedactor())];
    const send = pipe(hops, connection.send);
    findings = await play({
      scenario,
      session: createFakeSession(send, flaw ? { hops: [flaw] } : {}),
      idp: dialect.id,
      idpProfile: dialect.profile,
      createAdmin: way =>
        createSimulator({
          dialect,
          send: pipe(hops, way),
          now: () => 0,
          manageGroups: true,
          retry: { sleep: async () => {} },
        }),
      onStep: ({ isProvisioning, exchanges: sent }) => isProvisioning && exchanges.push(...sent),
    });
    const client = createClient(send);
    const users = resourcesOf((await client.list('/Users')).json);
    const nameOf = (member: Json): string => {
      const id = isObject(member) ? member['value'] : '';
      return textOf(users.find(user => user['id'] === id) ?? { userName: id ?? '' }, 'userName');
    };
    const groups = [];
    for (const { id, displayName } of resourcesOf((await client.list('/Groups')).json)) {
      const { json } = await client.read('/Groups', String(id));
      const members = isObject(json) && Array.isArray(json['members']) ? (json['members'] as readonly Json[]) : [];
      groups.push(`${String(displayName)}: ${members.map(nameOf).sort().join(' ')}`);
    }
    state = {
      users: users.map(user => `${textOf(user, 'userName')} ${textOf(user, 'active')}`).sort(),
      groups: groups.sort(),
    };
    await connection.close();
  });
  return { state, exchanges, findings };
}

/** The plain client is nobody's habit: its requests are judged wherever else it plays. */
const told = dialects.filter(({ profile }) => profile !== rfc.id);
const others = told.filter(({ id }) => id !== jumpcloud.id);

describe('stories in every dialect', () => {
  const played = new Map<string, Map<string, Played>>();
  const of = (dialect: Dialect, story: string): Played | undefined => played.get(dialect.id)?.get(story);

  before(async function () {
    this.timeout(120_000);
    for (const dialect of told) {
      const results = new Map<string, Played>();
      for (const story of stories) results.set(story.id, await playOn(story, dialect));
      played.set(dialect.id, results);
    }
  });

  it('are many, and leave people and groups behind', () => {
    expect(stories.length).to.be.greaterThan(20);
    const states = stories.map(({ id }) => of(jumpcloud, id)?.state);
    expect(states.filter(state => state?.groups.some(group => group.includes('@'))).length).to.be.greaterThan(10);
    expect(states.filter(state => state?.users.some(user => user.endsWith(' false'))).length).to.be.greaterThan(3);
  });

  for (const dialect of others) {
    it(`end as JumpCloud ends them: ${dialect.id}`, () => {
      for (const { id } of stories) {
        const [one, other] = [of(jumpcloud, id)?.state, of(dialect, id)?.state];
        if (otherEnds[dialect.id]?.includes(id)) expect(other, id).not.to.deep.equal(one);
        else expect(other, id).to.deep.equal(one);
      }
    });
  }

  for (const dialect of told) {
    it(`are told in requests that a client of its profile may send: ${dialect.id}`, () => {
      const profile = profileOf(dialect.profile);
      expect(profile, dialect.profile).not.to.equal(undefined);
      const exchanges = stories.flatMap(({ id }) => of(dialect, id)?.exchanges ?? []);
      const verdicts = judgeExchanges(exchanges, profile ?? rfc, ['client']);
      const failed = verdicts.filter(({ outcome }) => outcome === 'fail' || outcome === 'error');
      expect(new Set(failed.map(({ check }) => check))).to.deep.equal(new Set(Object.keys(dialect.shortcomings)));
    });
  }

  it('differ in what is sent', () => {
    const sent = (dialect: Dialect) =>
      stories.map(({ id }) =>
        of(dialect, id)
          ?.exchanges.map(({ request: { method } }) => method)
          .join(' '),
      );
    expect(sent(jumpcloud).length).to.equal(stories.length);
    for (const dialect of others) expect(sent(dialect), dialect.id).not.to.deep.equal(sent(jumpcloud));
  });
});

const refused: HttpResponse = { status: 400, headers: {}, text: '{}', json: {} };
const refusing =
  (isRefused: (line: string) => boolean): Hop =>
  (request, next) =>
    isRefused(`${request.method} ${request.path}`) ? Promise.resolve(refused) : next(request);

/** Removes every member where the value lists some, as RFC 7644 can be read. */
const emptying: Hop = (request, next) => {
  const json = requestJson(request);
  const operations = isObject(json) && Array.isArray(json['Operations']) ? json['Operations'].filter(isObject) : [];
  const isList = operations.some(({ op, path, value }) => /^remove$/i.test(String(op)) && path === 'members' && value);
  return next(
    isList && isObject(json)
      ? { ...request, json: { ...json, Operations: [{ op: 'remove', path: 'members' }] } }
      : request,
  );
};

describe('the answer whether an identity provider would work', () => {
  const story = scenarios.find(({ id }) => id === 'mover-between-groups');
  const flaws: readonly (readonly [string, Hop, readonly string[]])[] = [
    ['empties a group when a list names one member', emptying, ['jumpcloud', 'entra']],
    ['knows no PATCH', refusing(line => line.startsWith('PATCH')), ['*', '!okta']],
    ['knows no PUT', refusing(line => line.startsWith('PUT')), ['okta']],
    ['takes no page beside a filter', refusing(line => /filter=.*count=/.test(line)), ['okta', 'okta-oin']],
    ['reads plus as plus', refusing(line => line.includes('+eq+')), ['entra', 'entra-aadoptscim062020']],
    ['knows no excludedAttributes', refusing(line => line.includes('excluded')), ['entra', 'entra-aadoptscim062020']],
    ['has no flaw', (request, next) => next(request), []],
  ];
  for (const [what, flaw, stopped] of flaws) {
    it(`is no for those alone who are stopped by it, where an endpoint ${what}`, async () => {
      if (!story) throw new Error('the story is gone');
      for (const dialect of dialects) {
        const [found, elsewhere] = [await playOn(story, dialect, flaw), await playOn(story, dialect)];
        const { answer, reasons } = wouldWork(found.findings, elsewhere.findings);
        const isStopped =
          stopped.includes(dialect.id) || (stopped.includes('*') && !stopped.includes(`!${dialect.id}`));
        expect(answer, `${dialect.id}: ${reasons.join('; ')}`).to.equal(isStopped ? 'no' : 'yes');
      }
    });
  }
});
