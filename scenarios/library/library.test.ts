import { expect } from 'chai';
import { rules, type RuleId } from '../../conformance/clauses/index.ts';
import { ENTERPRISE_USER } from '../../scim/message/urn.ts';
import { pipe, type Hop, type HttpRequest, type HttpResponse, type JsonObject } from '../../scim/wire/message.ts';
import { dialects, jumpcloud, type Dialect } from '../../simulator/dialects/index.ts';
import { createSimulator } from '../../simulator/simulator.ts';
import { createFakeEndpoint, createFakeSession } from '../play/fake-endpoint.test.ts';
import { play, type PlayOptions } from '../play/play.ts';
import type { Scenario } from '../scenario.ts';
import { validate } from '../validate.ts';
import { scenarios } from './index.ts';
import { joiner } from './joiner.ts';
import { leaverInTwoGroups } from './leaver-in-two-groups.ts';
import { moverBetweenGroups } from './mover-between-groups.ts';

interface Setting {
  readonly dialect?: Dialect;
  /** Breaks the identity provider: sits before the recorder. */
  readonly idp?: Hop;
  /** Breaks the service provider: sits behind it. */
  readonly sp?: Hop;
}

const played = (scenario: Scenario, { dialect = jumpcloud, idp, sp }: Setting = {}, more: Partial<PlayOptions> = {}) =>
  play({
    scenario,
    session: createFakeSession(createFakeEndpoint().send, { hops: sp ? [sp] : [] }),
    createAdmin: send =>
      createSimulator({
        dialect,
        send: pipe(idp ? [idp] : [], send),
        now: () => 0,
        retry: { sleep: async () => {} },
      }),
    ...more,
  });

const on =
  (method: string, path: RegExp, hop: Hop): Hop =>
  (request, next) =>
    request.method === method && path.test(request.path) ? hop(request, next) : next(request);
const bodyOf = (request: HttpRequest): JsonObject => (request.json ?? {}) as JsonObject;
const quietly =
  (status: number, json: JsonObject): Hop =>
  async (): Promise<HttpResponse> => ({
    status,
    headers: {},
    text: JSON.stringify(json),
    json,
  });
const created = (edit: (body: JsonObject) => JsonObject): Hop =>
  on('POST', /^\/Users$/, (request, next) => next({ ...request, json: edit(bodyOf(request)) }));
const without = (name: string, inside?: string): Hop =>
  created(body => {
    const holder = (inside === undefined ? body : body[inside]) as JsonObject;
    const { [name]: _, ...rest } = holder;
    return inside === undefined ? rest : { ...body, [inside]: rest };
  });
/** Sends something of its own before the connection test of the activation. */
const first = (request: Pick<HttpRequest, 'path' | 'json'>): Hop =>
  on('GET', /^\/Users\?startIndex/, async (test, next) => {
    await next({ method: 'POST', headers: {}, ...request });
    return next(test);
  });
const noUsers = on('POST', /^\/Users$/, quietly(201, { id: 'made-up' }));
const noMembers = on('PATCH', /^\/Groups\//, quietly(204, {}));
const emptying = on('PATCH', /^\/Groups\//, (request, next) => {
  const [operation] = bodyOf(request)['Operations'] as readonly JsonObject[];
  return next(
    operation?.['op'] === 'remove'
      ? { ...request, json: { Operations: [{ op: 'remove', path: 'members' }] } }
      : request,
  );
});
const deactivatesOnLeave = on('PATCH', /^\/Groups\//, async (request, next) => {
  const [operation] = bodyOf(request)['Operations'] as readonly JsonObject[];
  const [member] = (operation?.['value'] ?? []) as readonly { readonly value: string }[];
  if (operation?.['op'] === 'remove') {
    const json = { Operations: [{ op: 'replace', path: 'active', value: false }] };
    await next({ method: 'PATCH', path: `/Users/${member?.value}`, headers: {}, json });
  }
  return next(request);
});
const deactivation = (hop: Hop): Hop =>
  on('PUT', /^\/Users\//, (request, next) =>
    bodyOf(request)['active'] === false ? hop(request, next) : next(request),
  );

const ADA = 'ada@joiner.0badc0de.example';
const ENG = 'Engineering joiner 0badc0de';

/** For each story and each rule it proves, ways to break the rule. */
const breaks: readonly (readonly [Scenario, RuleId, Setting])[] = [
  [joiner, 'JC-12b', { idp: noUsers }],
  [joiner, 'JC-12b', { sp: created(body => ({ ...body, active: false })) }],
  [joiner, 'JC-12b', { sp: created(body => ({ ...body, name: { givenName: 'X', familyName: 'Y' } })) }],
  [joiner, 'JC-12b', { sp: on('POST', /^\/Users$/, async (request, next) => (await next(request), next(request))) }],
  [joiner, 'JC-11', { idp: first({ path: '/Users', json: { userName: ADA } }) }],
  [
    joiner,
    'JC-12c',
    {
      idp: on('POST', /^\/Users$/, async (request, next) => {
        await next({ method: 'POST', path: '/Groups', headers: {}, json: { displayName: ENG } });
        return next(request);
      }),
    },
  ],
  [joiner, 'JC-14', { idp: noUsers }],
  [joiner, 'JC-15', { idp: created(body => ({ ...body, password: 'x' })) }],
  [joiner, 'JC-26a', { idp: without('userName') }],
  [joiner, 'JC-26b', { idp: without('organization', ENTERPRISE_USER) }],
  [joiner, 'JC-26c', { idp: without('costCenter', ENTERPRISE_USER) }],
  [joiner, 'JC-26d', { idp: without('department', ENTERPRISE_USER) }],
  [joiner, 'JC-26e', { idp: without('employeeNumber', ENTERPRISE_USER) }],
  [joiner, 'JC-26f', { idp: without('userType') }],
  [joiner, 'JC-26g', { idp: without('givenName', 'name') }],
  [joiner, 'JC-26h', { idp: without('title') }],
  [joiner, 'JC-26i', { idp: without('familyName', 'name') }],
  [joiner, 'JC-26j', { idp: without('emails') }],
  [joiner, 'JC-30b', { idp: created(body => ({ ...body, externalId: 'ada' })) }],
  [joiner, 'JC-31b', { idp: created(body => ({ ...body, locale: 'en' })) }],
  [joiner, 'JC-31d', { idp: without('preferredLanguage') }],
  [
    joiner,
    'JC-39b',
    { idp: created(body => ({ ...body, name: { ...(body['name'] as JsonObject), formatted: 'A' } })) },
  ],
  [joiner, 'JC-41a', { idp: first({ path: '/Groups', json: { displayName: ENG } }) }],
  [joiner, 'JC-41b', { idp: noMembers }],
  [joiner, 'JC-41b', { sp: noMembers }],
  [moverBetweenGroups, 'JC-49b', { idp: deactivatesOnLeave }],
  [moverBetweenGroups, 'JC-12a', { idp: noUsers }],
  [moverBetweenGroups, 'JC-44a', { idp: noMembers }],
  [moverBetweenGroups, 'JC-45a', { sp: noMembers }],
  [moverBetweenGroups, 'JC-45b', { idp: emptying }],
  [moverBetweenGroups, 'JC-45b', { sp: emptying }],
  [leaverInTwoGroups, 'JC-49b', { idp: deactivatesOnLeave }],
  [leaverInTwoGroups, 'JC-22', { idp: deactivation(quietly(200, {})) }],
  [
    leaverInTwoGroups,
    'JC-22',
    { sp: deactivation((request, next) => next({ ...request, json: { ...bodyOf(request), active: true } })) },
  ],
  [
    leaverInTwoGroups,
    'JC-23',
    {
      idp: deactivation(async (request, next) => {
        const response = await next(request);
        await next({ method: 'DELETE', path: request.path, headers: {} });
        return response;
      }),
    },
  ],
];

describe('the library', () => {
  it('holds stories that are valid, plain data, and of different names', () => {
    for (const scenario of scenarios) {
      validate(scenario);
      expect(JSON.parse(JSON.stringify(scenario))).to.deep.equal(scenario);
    }
    expect(new Set(scenarios.map(({ id }) => id)).size).to.equal(scenarios.length);
  });

  for (const scenario of scenarios) {
    for (const dialect of dialects) {
      it(`passes whole: ${scenario.id}, ${dialect.id}`, async () => {
        const findings = await played(scenario, { dialect });
        expect(findings.filter(({ outcome }) => outcome !== 'pass')).to.deep.equal([]);
        expect(new Set(findings.map(({ rule }) => rule))).to.deep.equal(new Set(scenario.proves));
        for (const { exchanges } of findings) expect(exchanges).not.to.be.empty;
      });
    }

    for (const rule of scenario.proves) {
      it(`turns red when ${rule} is broken: ${scenario.id}, ${rules[rule].title}`, async () => {
        const ways = breaks.filter(([of, id]) => of === scenario && id === rule);
        expect(ways).not.to.be.empty;
        for (const [, , setting] of ways) {
          const findings = await played(scenario, setting);
          expect(findings.filter(finding => finding.rule === rule && finding.outcome === 'fail')).not.to.be.empty;
        }
      });
    }

    const refusals: readonly [string, Hop][] = [
      [
        'refuses every write',
        (request, next) => (request.method === 'GET' ? next(request) : quietly(403, {})(request, next)),
      ],
      [
        'fails on every write',
        (request, next) => (request.method === 'GET' ? next(request) : quietly(500, {})(request, next)),
      ],
      ['answers everything with an empty object', quietly(200, {})],
      ['answers everything with 404', quietly(404, {})],
      ['answers nothing', async () => ({ headers: {}, text: '', failure: { code: 'timeout', message: 'silence' } })],
    ];
    for (const [what, sp] of refusals) {
      it(`accuses nobody, and is not green, where a service provider ${what}: ${scenario.id}`, async () => {
        const findings = await played(scenario, { sp });
        const atTheEnd = findings.slice(-scenario.expect.length - 1);
        expect(findings.filter(({ outcome }) => outcome === 'fail' || outcome === 'error')).to.deep.equal([]);
        expect(atTheEnd.some(({ outcome }) => outcome === 'inconclusive')).to.equal(true);
        const account = findings.find(({ title }) => title.includes('is active'));
        expect(account).to.include({ outcome: 'inconclusive' });
        expect(account?.reason).not.to.be.empty;
      });
    }
  }
});
