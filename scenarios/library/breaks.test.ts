import type { RuleId } from '../../conformance/clauses/index.ts';
import { isObject } from '../../scim/message/list.ts';
import { ENTERPRISE_USER, USER } from '../../scim/message/urn.ts';
import {
  pipe,
  withJson,
  type Hop,
  type HttpRequest,
  type HttpResponse,
  type JsonObject,
  type Send,
} from '../../scim/wire/message.ts';
import { jumpcloud, plain, type Dialect } from '../../simulator/dialects/index.ts';
import { createSimulator, type Simulator, type SimulatorOptions } from '../../simulator/simulator.ts';
import { createFakeEndpoint, createFakeSession } from '../play/fake-endpoint.test.ts';
import type { Finding } from '../play/finding.ts';
import { play, type PlayOptions } from '../play/play.ts';
import { createStoryClock, createWay } from '../play/way.ts';
import type { Scenario } from '../scenario.ts';
import { joiner } from './joiner.ts';
import { moverBetweenGroups } from './mover-between-groups.ts';
import { leaverInTwoGroups } from './leaver-in-two-groups.ts';

/** What a story is played with. */
export interface Setting {
  readonly dialect?: Dialect;
  /** Rules that the identity provider is made without. */
  readonly without?: readonly RuleId[];
  readonly options?: Partial<SimulatorOptions>;
  /** Mappings that are missing. */
  readonly unmapped?: readonly string[];
  /** Breaks the identity provider: sits before the recorder. Made anew for each story, so that it may remember. */
  readonly idp?: () => Hop;
  /** Puts another identity provider in its place. */
  readonly actor?: (simulator: Simulator, send: Send) => Simulator;
  /** Breaks the service provider: sits behind the recorder. */
  readonly sp?: Hop;
}

/** Plays a story against an endpoint in memory. */
export function played(
  scenario: Scenario,
  { dialect = jumpcloud, without = [], options, unmapped = [], idp, actor, sp }: Setting = {},
  more: Partial<PlayOptions> = {},
): Promise<readonly Finding[]> {
  const clock = createStoryClock(0);
  const way = createWay(clock);
  return play({
    scenario,
    session: createFakeSession(createFakeEndpoint().send, { hops: [way.hop, ...(sp ? [sp] : [])] }),
    idp: dialect.id,
    idpProfile: dialect.profile,
    clock,
    way,
    createAdmin(send, { connector }) {
      const broken = pipe(idp ? [idp()] : [], send);
      const simulator = createSimulator(
        {
          dialect,
          send: broken,
          now: clock.now,
          retry: { sleep: clock.sleep },
          ...(connector && { connector }),
          ...options,
        },
        { without: new Set(without) },
      );
      if (unmapped.length > 0) {
        simulator.setMapping(simulator.mapping().filter(({ target }) => !unmapped.includes(target)));
      }
      return actor ? actor(simulator, broken) : simulator;
    },
    ...more,
  });
}

const on =
  (method: string, path: RegExp, hop: Hop): Hop =>
  (request, next) =>
    request.method === method && path.test(request.path) ? hop(request, next) : next(request);
const bodyOf = (request: HttpRequest): JsonObject => (isObject(request.json) ? request.json : {});

/** Answers for the service provider, which hears nothing. */
export const quietly =
  (status: number, json: JsonObject): Hop =>
  async (): Promise<HttpResponse> => ({
    status,
    headers: {},
    text: JSON.stringify(json),
    json,
  });

const editing = (method: string, path: RegExp, edit: (body: JsonObject) => JsonObject): Setting => ({
  idp: () => on(method, path, (request, next) => next({ ...request, json: edit(bodyOf(request)) })),
});
const created = (edit: (body: JsonObject) => JsonObject) => editing('POST', /^\/Users$/, edit);
const updated = (edit: (body: JsonObject) => JsonObject) => editing('PUT', /^\/Users\//, edit);
const creating = (more: JsonObject) => created(body => ({ ...body, ...more }));
const updating = (more: JsonObject) => updated(body => ({ ...body, ...more }));
const lacking =
  (name: string) =>
  (body: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(body).filter(([each]) => each !== name));
const leftOut = (name: string, inside?: string): Setting =>
  created(body => {
    const holder = (inside === undefined ? body : body[inside]) as JsonObject;
    const { [name]: _, ...rest } = holder;
    return inside === undefined ? rest : { ...body, [inside]: rest };
  });
const swallowing = (method: string, path: RegExp, status: number, answer: JsonObject): Setting => ({
  idp: () => on(method, path, quietly(status, answer)),
});
/** Sends something of its own after the requests of a kind, to what was written last. */
const adding = (
  method: string,
  path: RegExp,
  extra: (seen: { readonly user: string; readonly group: string; readonly path: string }) => Partial<HttpRequest>,
  when: (body: JsonObject) => boolean = () => true,
): Setting => ({
  idp() {
    const seen = { user: '', group: '' };
    return async (request, next) => {
      const response = await next(request);
      const id = isObject(response.json) && typeof response.json['id'] === 'string' ? response.json['id'] : '';
      if (id !== '' && request.path === '/Users') seen.user = id;
      if (id !== '' && request.path === '/Groups') seen.group = id;
      if (request.method === method && path.test(request.path) && when(bodyOf(request))) {
        await next({ method: 'GET', path: '/', headers: {}, ...extra({ ...seen, path: request.path }) });
      }
      return response;
    };
  },
});
const deactivation = (body: JsonObject) => body['active'] === false;
const patch = (...Operations: readonly JsonObject[]): JsonObject => ({ Operations });

const noUsers = swallowing('POST', /^\/Users$/, 201, { id: 'made-up' });
const noMembers = swallowing('PATCH', /^\/Groups\//, 204, {});
const noGroups = swallowing('POST', /^\/Groups$/, 201, { id: 'made-up' });
const empty = { totalResults: 0, Resources: [] };
const emptying: Hop = on('PATCH', /^\/Groups\//, (request, next) => {
  const [operation] = bodyOf(request)['Operations'] as readonly JsonObject[];
  return next(
    operation?.['op'] === 'remove'
      ? { ...request, json: { Operations: [{ op: 'remove', path: 'members' }] } }
      : request,
  );
});
const deactivatesOnLeave: Hop = on('PATCH', /^\/Groups\//, async (request, next) => {
  const [operation] = bodyOf(request)['Operations'] as readonly JsonObject[];
  const [member] = (operation?.['value'] ?? []) as readonly { readonly value: string }[];
  if (operation?.['op'] === 'remove') {
    const json = { Operations: [{ op: 'replace', path: 'active', value: false }] };
    await next({ method: 'PATCH', path: `/Users/${member?.value}`, headers: {}, json });
  }
  return next(request);
});
/** Takes everybody's access away when it is switched off, or the application is deleted. */
const slammed: Setting = {
  actor(simulator, send) {
    let isSlammed = false;
    const slam = (): void => void (isSlammed = true);
    let links: readonly string[] = [];
    const remember = (): void => void (links = simulator.people().flatMap(({ id }) => simulator.linkOf(id) ?? []));
    return {
      ...simulator,
      deactivate(application) {
        remember();
        simulator.deactivate(application);
        slam();
      },
      deleteApplication(application, count) {
        simulator.deleteApplication(application, count);
        slam();
      },
      async sync(application) {
        const results = await simulator.sync(application);
        if (!isSlammed) remember();
        else
          for (const id of links)
            await send({ method: 'PUT', path: `/Users/${id}`, headers: {}, json: { active: false } });
        return results;
      },
    };
  },
};
const withHeaders = (change: (headers: HttpRequest['headers']) => HttpRequest['headers']): Setting => ({
  idp: () => (request, next) => next({ ...request, headers: change(request.headers) }),
});
const first = (request: Pick<HttpRequest, 'path' | 'json'>): Setting => ({
  idp: () =>
    on('GET', /^\/Users\?startIndex/, async (test, next) => {
      await next({ method: 'POST', headers: {}, ...request });
      return next(test);
    }),
});

const ADA = 'ada@joiner.0badc0de.example';
const ENG = 'Engineering joiner 0badc0de';

/** Ways to break a rule in one story. */
export const breaksOfStory: readonly (readonly [Scenario, RuleId, Setting])[] = [
  [joiner, 'JC-12b', noUsers],
  [
    joiner,
    'JC-12b',
    {
      sp: on('POST', /^\/Users$/, (request, next) => next({ ...request, json: { ...bodyOf(request), active: false } })),
    },
  ],
  [joiner, 'JC-12b', { sp: on('POST', /^\/Users$/, async (request, next) => (await next(request), next(request))) }],
  [joiner, 'JC-11', first({ path: '/Users', json: { userName: ADA } })],
  [joiner, 'JC-41a', first({ path: '/Groups', json: { displayName: ENG } })],
  [joiner, 'JC-41b', noMembers],
  [moverBetweenGroups, 'JC-45b', { idp: () => emptying }],
  [moverBetweenGroups, 'JC-45b', { sp: emptying }],
  [moverBetweenGroups, 'JC-45a', { sp: on('PATCH', /^\/Groups\//, quietly(204, {})) }],
  [leaverInTwoGroups, 'JC-49b', { idp: () => deactivatesOnLeave }],
];

/** Ways to break a rule in any story, for those that have no switch in the identity provider. */
const breaksOfRule: Readonly<Partial<Record<RuleId, Setting>>> = {
  'JC-1b': withHeaders(headers => ({ ...headers, authorization: '' })),
  'JC-2a': { idp: () => async (request, next) => next({ ...request, path: `/v2${request.path}` }) },
  'JC-6b': { without: ['JC-7d'] },
  'JC-7a': slammed,
  'JC-8b': slammed,
  'JC-12c': {
    idp: () =>
      on('POST', /^\/Users$/, async (request, next) => {
        const [, story = '', run = ''] = /@([^.]+)\.([^.]+)\.example/.exec(String(bodyOf(request)['userName'])) ?? [];
        const json = { displayName: `Engineering ${story} ${run}` };
        await next({ method: 'POST', path: '/Groups', headers: {}, json });
        return next(request);
      }),
  },
  'JC-14': noUsers,
  'JC-15': creating({ password: 'x' }),
  'JC-16': swallowing('GET', /^\/Users\?startIndex=1&count=100/, 200, empty),
  'JC-20b': updating({ userName: 'somebody@else.example' }),
  'JC-23': adding('PUT', /^\/Users\//, ({ path }) => ({ method: 'DELETE', path }), deactivation),
  'JC-24': updating({ active: false }),
  'JC-26a': leftOut('userName'),
  'JC-26b': leftOut('organization', ENTERPRISE_USER),
  'JC-26c': leftOut('costCenter', ENTERPRISE_USER),
  'JC-26d': leftOut('department', ENTERPRISE_USER),
  'JC-26e': leftOut('employeeNumber', ENTERPRISE_USER),
  'JC-26f': leftOut('userType'),
  'JC-26g': leftOut('givenName', 'name'),
  'JC-26h': leftOut('title'),
  'JC-26i': leftOut('familyName', 'name'),
  'JC-26j': leftOut('emails'),
  'JC-26k': creating({ nickName: 'A' }),
  'JC-26l': updated(lacking('emails')),
  'JC-27a': creating({ department: 'Engines' }),
  'JC-27b': creating({ schemas: [USER] }),
  'JC-28b': creating({ title: 'x' }),
  'JC-29a': { unmapped: ['displayName'] },
  'JC-29b': { unmapped: ['displayName'] },
  'JC-29c': { unmapped: ['displayName'] },
  'JC-30a': updated(lacking('externalId')),
  'JC-30b': creating({ externalId: 'ada' }),
  'JC-31a': updating({ locale: 'en-US' }),
  'JC-31b': creating({ locale: 'en' }),
  'JC-31c': updating({ preferredLanguage: 'en-US' }),
  'JC-31d': leftOut('preferredLanguage'),
  'JC-32a': creating({ addresses: [{ type: 'home', locality: 'Rome' }] }),
  'JC-32b': { unmapped: ['addresses'] },
  'JC-32c': { unmapped: ['phoneNumbers'] },
  'JC-32d': { unmapped: ['phoneNumbers'] },
  'JC-32e': creating({ addresses: [{ type: 'work' }] }),
  'JC-33a': leftOut('nickName'),
  'JC-33b': leftOut('profileUrl'),
  'JC-33c': leftOut('timezone'),
  'JC-34': creating({ userType: 'staff' }),
  'JC-35': { actor: simulator => ({ ...simulator, preview: () => simulator.preview(simulator.people()[1]?.id) }) },
  'JC-39b': created(body => ({ ...body, name: { ...(body['name'] as JsonObject), formatted: 'A' } })),
  'JC-40b': adding('PUT', /^\/Users\//, ({ group }) => ({ method: 'PATCH', path: `/Groups/${group}`, json: patch() })),
  'JC-47b': adding('PUT', /^\/Users\//, () => ({ method: 'DELETE', path: '/Groups/Groups-3' }), deactivation),
  'JC-50a': adding('GET', /^\/Users\?startIndex/, ({ group }) => ({
    method: 'PATCH',
    path: `/Groups/${group}`,
    json: patch({ op: 'remove', path: 'members' }),
  })),
  'JC-52': noGroups,
  'JC-Q1': { dialect: { ...jumpcloud, update: plain.update } },
  'JC-Q3': { options: { settings: { lookUp: 'emails.value' } } },
  'JC-Q4': creating({ userName: 'ada' }),
  'JC-Q6': withHeaders(headers => ({ ...headers, accept: '*/*', 'content-type': 'text/json' })),
  'JC-Q7': withHeaders(() => ({})),
  'JC-Q8': swallowing('PUT', /^\/Users\//, 200, { id: 'x' }),
  'JC-Q9': { options: { settings: { testUser: 'Probe', testGroup: 'Probe' } } },
  'JC-Q10b': adding('GET', /^\/Users\/[^?]+$/, () => ({
    method: 'POST',
    path: '/Users',
    json: { userName: 'ada@user-gone-at-provider.0badc0de.example' },
  })),
  'JC-Q11b': {
    idp: () =>
      on(
        'POST',
        /^\/Users$/,
        async (request, next) => (
          await next(request),
          { status: 201, headers: {}, text: '{"id":"x"}', json: { id: 'x' } }
        ),
      ),
  },
  'JC-Q13': {
    idp: () => async (request, next) => {
      const response = await next(request);
      return response.status === 401 ? next(request) : response;
    },
  },
  'JC-Q18': editing('POST', /^\/Groups$/, body => ({ ...body, members: [{ value: 'x' }] })),
  'JC-Q20': { dialect: { ...jumpcloud, members: plain.members } },
  'JC-Q21': { options: { settings: { groupRename: 'put' } } },
  'JC-Q22': { options: { settings: { takeOverName: 'any-case' } } },
  'JC-Q23': editing('PATCH', /^\/Groups\//, () => patch({ op: 'remove', path: 'members' })),
  'JC-Q24': adding(
    'PATCH',
    /^\/Groups\//,
    ({ path }) => ({ method: 'DELETE', path }),
    body => JSON.stringify(body).includes('remove'),
  ),
  'JC-Q25': adding(
    'PUT',
    /^\/Users\//,
    ({ group }) => ({ method: 'PATCH', path: `/Groups/${group}`, json: patch({ op: 'remove', path: 'members' }) }),
    deactivation,
  ),
  'JC-Q31': created(body => ({ ...body, [ENTERPRISE_USER]: { department: '' } })),
  'JC-Q33a': creating({ title: 'x' }),
  'JC-Q33b': {
    actor: (simulator, send) => ({
      ...simulator,
      async sync(application) {
        const results = await simulator.sync(application);
        await send({ method: 'POST', path: '/Users', headers: {}, json: { externalId: 'x' } });
        return results;
      },
    }),
  },
  'JC-Q34': { unmapped: ['phoneNumbers'] },
  'JC-Q35': created(body => ({ ...body, name: { formatted: 'A' } })),
  'JC-Q36': {
    idp: () => (request, next) => next({ ...request, path: request.path.replace('count=100', 'count=50') }),
  },
  'JC-Q37': swallowing('GET', /^\/Users\?startIndex=1&count=100/, 200, empty),
  'JC-Q38': adding('GET', /^\/Users\?filter/, () => ({ path: '/ServiceProviderConfig' })),
  'JC-Q39': {
    idp: () =>
      on('POST', /^\/Users$/, async (request, next) => {
        const response = await next(request);
        return isObject(response.json)
          ? withJson(response, { ...response.json, id: String(response.json['id']) })
          : response;
      }),
  },
  'JC-Q41': noUsers,
  'OP-27a': slammed,
  'OP-27b': slammed,
  'OP-30a': { without: ['JC-47c'] },
  'OP-30b': { without: ['JC-49a'] },
  'OP-40': { without: ['JC-47a'] },
  'OP-41': { without: ['JC-41a'] },
  'OP-42': { without: ['JC-42'] },
  'OP-43a': { without: ['JC-10b'] },
  'OP-43b': { without: ['JC-10a'] },
  'OP-46': { without: ['JC-36a'] },
  'OP-47': { without: ['JC-53c'] },
};

/** Ways to break a rule that a story proves: its own, those of the rule, or the switch of the rule. */
export function breaksOf(rule: RuleId, scenario: Scenario): readonly Setting[] {
  const own = breaksOfStory.filter(([of, id]) => of === scenario && id === rule).map(([, , setting]) => setting);
  if (own.length > 0) return own;
  return [breaksOfRule[rule] ?? { without: [rule] }];
}
