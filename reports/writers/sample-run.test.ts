import {
  fold,
  RECORD_FORMAT,
  type Exchange,
  type HeaderEvent,
  type Json,
  type JsonObject,
  type RunEvent,
  type Run,
  type Verdict,
} from '../record/index.ts';

/** Values as a hostile endpoint would send them: each breaks a writer that forgets to escape. */
export const hostile = {
  script: '</script><script>globalThis.broken = true</script>',
  comment: '<!--<script>',
  image: '<img src=x onerror="globalThis.broken = true">',
  separators: 'line\u2028paragraph\u2029end',
  terminal: '\u001b[2J\u001b]0;owned\u0007\u009b31m',
  bidi: 'user\u202Etxt.exe',
  markdown: '| `x` | [a](javascript:alert(1)) |',
} as const;

const scimHeaders = { 'content-type': 'application/scim+json', date: 'Sun, 01 Mar 2026 10:00:00 GMT' };

/** An exchange with plausible headers; leave `status` out for one that got no answer. */
export function exchange(
  scope: string,
  n: number,
  request: string,
  status?: number,
  bodies: { readonly sent?: Json; readonly came?: Json } & Partial<Exchange['response']> = {},
): Exchange {
  const [method = 'GET', path = '/'] = request.split(' ');
  const { sent, came, ...response } = bodies;
  return {
    scope,
    n,
    at: Date.UTC(2026, 2, 1, 10, 0, n),
    ms: 3.25 + n,
    request: {
      method,
      path,
      headers: { accept: 'application/scim+json', authorization: '[redacted]' },
      ...(sent !== undefined && { json: sent }),
    },
    response: {
      headers: status === undefined ? {} : scimHeaders,
      ...(status !== undefined && { status }),
      ...(came !== undefined && { json: came }),
      ...response,
    },
  };
}

/** A verdict; what is not given is that of a pass. */
export const verdict = (given: Partial<Verdict> & Pick<Verdict, 'check'>): Verdict => ({
  case: '',
  title: `The ${given.check} is right`,
  clause: 'RFC7644-3.3-04',
  also: [],
  level: 'SHALL',
  outcome: 'pass',
  severity: given.outcome === 'fail' ? 'failure' : 'none',
  expected: '',
  actual: '',
  reason: '',
  blockedBy: '',
  exchanges: [],
  ...given,
});

const user = (userName: string): JsonObject => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName,
  name: { givenName: 'Ada', familyName: 'Lovelace', formatted: 'Ada Lovelace' },
  emails: [{ value: `${userName}@example.com`, type: 'work', primary: true }],
  active: true,
});

const scimError = (status: number, detail: string, scimType?: string): JsonObject => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
  status: String(status),
  ...(scimType !== undefined && { scimType }),
  detail,
});

export const sampleHeader: HeaderEvent = {
  kind: 'header',
  format: RECORD_FORMAT,
  run: 'k3v9q2xw',
  seed: 42,
  tool: 'scimulator 0.1.0',
  command: 'conform',
  target: 'https://bridge.example.com/scim/v2',
  profile: 'jumpcloud',
  started: '2026-03-01T10:00:00.000Z',
  clauses: {
    'RFC7644-3.3-04': {
      document: 'RFC7644',
      section: '3.3',
      level: 'SHALL',
      sentence: 'A successful create answers 201.',
    },
    'RFC7644-3.3-06': {
      document: 'RFC7644',
      section: '3.3',
      level: 'SHALL',
      sentence: 'The URI of the new resource is in the Location header and in meta.location.',
    },
    'RFC7644-3.4.2.2-03': {
      document: 'RFC7644',
      section: '3.4.2.2',
      level: 'SHALL',
      sentence: 'Only matching resources are returned.',
    },
    'RFC7644-3.3-08': {
      document: 'RFC7644',
      section: '3.3',
      level: 'SHOULD',
      sentence: 'A body that is not JSON is refused.',
    },
    'RFC7644-3.4.2.2-17': {
      document: 'RFC7644',
      section: '3.4.2.2',
      level: 'UNDEFINED',
      sentence: 'Open question: Whether ne matches resources without any value is not said.',
    },
    'JC-49': {
      document: 'JumpCloud',
      section: 'Group Provisioning and Syncing',
      level: 'documented',
      sentence: 'a person in bound groups A and B; A is unbound or deleted: the person stays active',
    },
  },
  catalogue: { RFC7644: { '3.3': 5, '3.4.2.2': 20 }, JumpCloud: { '': 9 } },
  notes: ['Made 20 people in 6 locales and 4 groups from seed 42.', 'Names of what this run creates end in -k3v9q2xw.'],
};

const exchanges: readonly Exchange[] = [
  exchange('setup', 1, 'GET /ServiceProviderConfig', 200, {
    came: { patch: { supported: true }, filter: { supported: true } },
  }),
  exchange('create.status', 1, 'POST /Users', 400, {
    sent: user('ada-k3v9q2xw'),
    came: scimError(400, 'Attribute externalId is required for ada-k3v9q2xw', 'invalidValue'),
  }),
  exchange('create.location', 1, 'POST /Users', 400, {
    sent: user('grace-k3v9q2xw1'),
    came: scimError(400, 'Attribute externalId is required for grace-k3v9q2xw1', 'invalidValue'),
  }),
  exchange('filter.eq', 1, 'POST /Groups', 201, { came: { id: 'g-1', displayName: hostile.script } }),
  exchange('filter.eq', 2, 'GET /Groups?filter=displayName%20eq%20%22Engineering%22', 200, {
    came: {
      totalResults: 2,
      Resources: [
        { id: 'g-1', displayName: hostile.script, note: hostile.separators },
        { id: 'g-2', displayName: hostile.comment, picture: hostile.image },
      ],
    },
  }),
  exchange('refuse.not-json', 1, 'POST /Users', 500, { text: `<html>${hostile.image}</html>` }),
  exchange('delete.gone', 1, 'DELETE /Users/42', undefined, {
    failure: { code: 'timeout', message: 'No answer within 10,000 ms.', rawHead: `HTTP/1.1 ${hostile.terminal}` },
  }),
  exchange('ne.absent', 1, 'GET /Users?filter=nickName%20ne%20%22x%22', 200, { came: { totalResults: 3 } }),
  exchange('read.by-id', 1, 'GET /Groups/g-1', 200, { came: { id: 'g-1', displayName: 'Engineering', members: [] } }),
  exchange('leaver-in-two-groups/2', 1, 'POST /Users', 201, { sent: user('ada'), came: { ...user('ada'), id: 'u-1' } }),
  exchange('leaver-in-two-groups/2', 2, 'PATCH /Groups/g-1', 204, {
    sent: {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [{ op: 'add', path: 'members', value: [{ value: 'u-1' }] }],
    },
  }),
  exchange('leaver-in-two-groups/4', 1, 'PUT /Users/u-1', 200, {
    sent: { ...user('ada'), active: false },
    came: { ...user('ada'), id: 'u-1', active: false },
  }),
];

const verdicts: readonly Verdict[] = [
  verdict({ check: 'read.by-id', title: 'A created group is found by its id', exchanges: ['read.by-id#1'] }),
  verdict({
    check: 'filter.eq',
    case: 'displayName',
    title: 'A filter finds the groups that match and no other',
    clause: 'RFC7644-3.4.2.2-03',
    outcome: 'fail',
    expected: 'the one group named "Engineering"',
    actual: `2 groups: "${hostile.script}", "${hostile.image}" ${hostile.terminal} ${hostile.bidi} ${hostile.markdown}`,
    exchanges: ['filter.eq#1', 'filter.eq#2'],
  }),
  verdict({
    check: 'create.status',
    title: 'A created user is answered with 201',
    outcome: 'fail',
    expected: 'status 201',
    actual: 'status 400',
    fix: 'Answer a POST that made the user with 201.',
    matters: { jumpcloud: 'creates whoever it does not find', okta: 'creates them too', entra: 'creates them as well' },
    exchanges: ['create.status#1'],
  }),
  verdict({
    check: 'create.location',
    title: 'A created user has its address in Location and in meta.location',
    clause: 'RFC7644-3.3-06',
    outcome: 'fail',
    expected: 'a Location header',
    actual: 'status 400',
    exchanges: ['create.location#1'],
  }),
  ...['patch.add', 'patch.replace', 'patch.remove', 'replace.status'].map(check =>
    verdict({
      check,
      title: `${check} works on a user`,
      outcome: 'inconclusive',
      reason: 'No user could be created.',
      blockedBy: 'create.status',
      exchanges: ['create.status#1'],
    }),
  ),
  verdict({
    check: 'delete.gone',
    title: 'A deleted user is gone',
    outcome: 'inconclusive',
    reason: 'The target stopped answering.',
    blockedBy: 'target',
    exchanges: ['delete.gone#1'],
  }),
  verdict({
    check: 'refuse.not-json',
    title: 'A body that is not JSON is refused with 400',
    clause: 'RFC7644-3.3-08',
    level: 'SHOULD',
    outcome: 'fail',
    severity: 'warning',
    expected: 'status 400',
    actual: 'status 500 with an HTML page',
    exchanges: ['refuse.not-json#1'],
  }),
  verdict({
    check: 'ne.absent',
    title: 'Whether ne finds resources without the attribute',
    clause: 'RFC7644-3.4.2.2-17',
    level: 'UNDEFINED',
    outcome: 'observed',
    severity: 'observation',
    actual: 'resources without nickName are found',
    exchanges: ['ne.absent#1'],
  }),
  verdict({ check: 'bulk.status', outcome: 'not-applicable', reason: 'The target does not offer bulk.' }),
  verdict({ check: 'wire.odd', outcome: 'error', severity: 'none', reason: 'Cannot read properties of undefined' }),
  verdict({
    check: 'leaver-in-two-groups:1',
    title: 'Ada stays active after leaving one of two groups',
    clause: 'JC-49',
    level: 'documented',
    outcome: 'fail',
    expected: 'active: true',
    actual: 'active: false',
    exchanges: ['leaver-in-two-groups/4#1'],
  }),
];

const step = (n: number, title: string): RunEvent => ({
  kind: 'step',
  scenario: 'leaver-in-two-groups',
  scope: `leaver-in-two-groups/${n}`,
  n,
  title,
});

const stateAfter = (n: number, members: readonly string[]): RunEvent => ({
  kind: 'state',
  scope: `leaver-in-two-groups/${n}`,
  directory: {
    provisioning: true,
    people: [{ name: 'ada', email: 'ada', state: 'active' }],
    peopleCount: 1,
    groups: [
      { name: 'eng', displayName: 'Engineering', bound: true, members, memberCount: members.length, link: 'g-1' },
    ],
    groupCount: 1,
  },
});

/** One run with everything a report can hold, in the order a record has it. */
export const sampleEvents: readonly RunEvent[] = [
  sampleHeader,
  ...exchanges.map(exchange => ({ kind: 'exchange', exchange }) as const),
  step(1, 'Ada Lovelace is hired and joins Engineering and Operations'),
  step(2, 'JumpCloud syncs'),
  step(3, 'Ada leaves Engineering'),
  step(4, 'JumpCloud syncs'),
  stateAfter(1, ['ada']),
  stateAfter(3, []),
  {
    kind: 'creating',
    scope: 'filter.eq',
    endpoint: '/Groups',
    key: 'displayName',
    value: 'Engineering-k3v9q2xw',
    id: '',
  },
  {
    kind: 'created',
    scope: 'filter.eq',
    endpoint: '/Groups',
    key: 'displayName',
    value: 'Engineering-k3v9q2xw',
    id: 'g-1',
  },
  { kind: 'creating', scope: 'delete.gone', endpoint: '/Users', key: 'userName', value: 'lost-k3v9q2xw', id: '' },
  ...verdicts.map(verdict => ({ kind: 'verdict', verdict }) as const),
  {
    kind: 'footer',
    ended: '2026-03-01T10:00:04.500Z',
    exitCode: 1,
    lostSince: 'delete.gone#1',
    leftBehind: ['/Groups/g-1'],
    notes: ['Clean-up stopped: the target no longer answers.'],
  },
];

export const sampleRun: Run = fold(sampleEvents);

/** A run of the size of a full conformance run, three exchanges a verdict; every seventh verdict fails. */
export function largeRun(count: number): Run {
  const names = Array.from({ length: count }, (_, index) => `topic-${index % 40}.check-${index}`);
  return fold([
    sampleHeader,
    ...names.flatMap(name =>
      [1, 2, 3].map(
        n => ({ kind: 'exchange', exchange: exchange(name, n, 'GET /Users/1', 200, { came: user(name) }) }) as const,
      ),
    ),
    ...names.map(
      (check, index) =>
        ({
          kind: 'verdict',
          verdict: verdict({
            check,
            exchanges: [1, 2, 3].map(n => `${check}#${n}`),
            ...(index % 7 === 0 && { outcome: 'fail', expected: 'one', actual: 'two' }),
          }),
        }) as const,
    ),
  ]);
}
