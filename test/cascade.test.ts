import { expect } from 'chai';
import {
  answer,
  current,
  onList,
  onOne,
  refusal,
  reply,
  swallow,
  withParameter,
  without,
} from '../conformance/proof/hops.ts';
import { conform, withReferenceBridge } from '../harness/index.ts';
import { isObject } from '../scim/message/list.ts';
import { LIST_RESPONSE } from '../scim/message/urn.ts';
import type { Hop, HttpRequest } from '../scim/wire/message.ts';

const types = ['Users', 'Groups'] as const;
const never = (match: (request: HttpRequest) => boolean, status = 500): Hop => swallow(match, () => refusal(status));
const anyCreate = onList('POST', ...types);
const doingNothing = (method: string, ...endpoints: readonly ('Users' | 'Groups')[]): Hop =>
  swallow(onOne(method, ...endpoints), current);

const inactiveAreHidden = answer(onOne('GET', 'Users'), response =>
  isObject(response.json) && response.json['active'] === false ? refusal(404) : response,
);

/** A basic operation that does not work, and all that may fail because of it. */
const broken: readonly (readonly [name: string, hop: Hop, fails: readonly string[]])[] = [
  ['a create that ends in 500', never(anyCreate), ['create.status']],
  [
    'a create that tells no id',
    answer(anyCreate, ({ status, headers }) => ({
      ...(status && { status }),
      headers: without(headers, 'location'),
      text: '',
    })),
    ['create.location', 'create.group'],
  ],
  ['a GET by id that ends in 500', never(onOne('GET', ...types)), ['read.by-id']],
  ['lists that end in 500', never(onList('GET', ...types)), ['list.envelope']],
  ['filters that end in 500', never(withParameter(onList('GET', ...types), 'filter')), ['filter.user-name-eq']],
  ['a PUT that ends in 500', never(onOne('PUT', ...types)), ['replace.status']],
  ['a PATCH that ends in 501', never(onOne('PATCH', ...types), 501), ['patch.status']],
  ['a PATCH that does nothing', doingNothing('PATCH', ...types), ['patch.replace-read-back']],
  ['a DELETE that ends in 500', never(onOne('DELETE', ...types)), ['delete.status']],
  ['a PATCH of groups that ends in 500', never(onOne('PATCH', 'Groups')), ['patch.status']],
  ['a PATCH of groups that is not offered', never(onOne('PATCH', 'Groups'), 405), ['patch.status']],
  ['a PATCH of groups that does nothing', doingNothing('PATCH', 'Groups'), ['patch.rename-group']],
  ['a PUT of groups that ends in 500', never(onOne('PUT', 'Groups')), ['replace.status']],
  ['a PUT of groups that does nothing', doingNothing('PUT', 'Groups'), ['replace.group']],
  ['a DELETE of groups that ends in 405', never(onOne('DELETE', 'Groups'), 405), ['delete.status']],
  ['filters of groups that end in 500', never(withParameter(onList('GET', 'Groups'), 'filter')), ['filter.group-name']],
  ['users who are not shown once they are inactive', inactiveAreHidden, ['user.inactive-readable']],
  [
    'filters of groups that find nothing',
    swallow(withParameter(onList('GET', 'Groups'), 'filter'), () =>
      reply(200, { schemas: [LIST_RESPONSE], totalResults: 0, Resources: [] }),
    ),
    ['filter.group-name'],
  ],
];

/** Enough of the suite for each operation to be used by many checks. */
const used = /^(?:create|read|list|filter|replace|patch|delete|page|relation|user)\./;
/** What the others are blocked by. */
const basic = new Set(broken.flatMap(([, , fails]) => fails));

describe('a basic operation that does not work', function () {
  this.timeout(300_000);

  for (const [index, [name, hop, fails]] of broken.entries()) {
    it(`is one finding, and blocks what depends on it: ${name}`, async () => {
      const { checks } = await import('../conformance/index.ts');
      // Of the checks that are not basic a half, the other one with the next operation.
      const only = checks
        .map(({ id }) => id)
        .filter((id, at) => basic.has(id) || (used.test(id) && at % 2 === index % 2));
      const { run } = await withReferenceBridge(target => conform(target, { hops: [hop], only }));
      const failed = new Set(run.verdicts.filter(({ outcome }) => outcome === 'fail').map(({ check }) => check));
      expect([...failed]).to.have.members(fails);
      const blocked = run.verdicts.filter(({ outcome }) => outcome === 'inconclusive');
      expect(blocked).not.to.deep.equal([]);
      // Whatever is blocked names a check that is red itself, or another that is blocked by the same.
      const red = new Set(
        run.verdicts.filter(({ outcome }) => ['fail', 'inconclusive'].includes(outcome)).map(v => v.check),
      );
      expect(blocked.filter(({ blockedBy }) => !red.has(blockedBy))).to.deep.equal([]);
    });
  }
});

describe('a target without DELETE', function () {
  this.timeout(60_000);

  it('keeps users that are out of service, and the report says so', async () => {
    const active = new Map<string, unknown>();
    const watch: Hop = async (request, next) => {
      const response = await next(request);
      const { json } = response;
      if (typeof json === 'object' && json !== null && 'active' in json && typeof json['id'] === 'string') {
        active.set(json['id'], json['active']);
      }
      return response;
    };
    const hops = [watch, never(onOne('DELETE', 'Users', 'Groups'), 405)];
    const { run } = await withReferenceBridge(target => conform(target, { hops, only: ['create.status'] }));
    const left = run.footer?.leftBehind ?? [];
    expect(left.filter(name => name.startsWith('/Users'))).to.have.length.above(1);
    for (const name of left) if (name.startsWith('/Users')) expect(name).to.match(/, deactivated$/);
    expect([...active.values()]).to.satisfy(
      (values: unknown[]) => values.length > 1 && values.every(one => one === false),
    );
  });
});

describe('a target that lets no two users have one address', () => {
  const taken = new Set<string>();
  const addressesOf = ({ json }: HttpRequest): readonly string[] =>
    isObject(json) && Array.isArray(json['emails'])
      ? json['emails'].flatMap(one => (isObject(one) && typeof one['value'] === 'string' ? [one['value']] : []))
      : [];
  const unique: Hop = async (request, next) => {
    if (!onList('POST', 'Users')(request)) return next(request);
    const addresses = addressesOf(request);
    if (addresses.some(address => taken.has(address))) return refusal(409, 'uniqueness');
    for (const address of addresses) taken.add(address);
    return next(request);
  };
  const noLogic: Hop = swallow(
    request => onOne('PATCH', 'Users')(request) && / (?:and|or) /.test(JSON.stringify(request.json)),
    () => refusal(400, 'invalidPath'),
  );

  it('is not excused for a PATCH that it refuses: that a POST of the same addresses is refused says nothing', async () => {
    const only = ['patch.value-path-logic'];
    const { run } = await withReferenceBridge(target => conform(target, { hops: [unique, noLogic], only }));
    expect(new Set(run.verdicts.map(({ outcome }) => outcome))).to.deep.equal(new Set(['fail']));
  });
});
