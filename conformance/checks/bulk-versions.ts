import { placeOf, type BulkOperation } from '../../scim/message/bulk.ts';
import { bulk, bulkMethods, deleting, hasSucceeded, newUser, patching, replacing } from '../run/bulk.ts';
import type { Check } from '../run/check.ts';
import type { Context, Made } from '../run/context.ts';
import { expect, show } from '../run/expect.ts';
import { keeps, serves, supports, type Facts } from '../run/facts.ts';
import { changedUser, isSameVersion, isWeak, tagOf } from '../run/versions.ts';
import { Blocked } from '../run/violation.ts';

const applies = [serves('User'), supports('bulk'), supports('etag')];

const operationFor = (context: Context, method: string, user: Made): BulkOperation => {
  if (method === 'POST') return newUser(context);
  if (method === 'DELETE') return deleting(user);
  return method === 'PATCH' ? patching(context, user, 'Bulk Version') : replacing(user, 'Bulk Version');
};

const methods = (...left: readonly string[]) => ({
  cases: (facts: Facts) => bulkMethods(facts).flatMap(name => (left.includes(name) ? [] : [{ name }])),
});

/** Versions in bulk requests (RFC 7644 sections 3.7 and 3.7.3). */
export const bulkVersions = [
  {
    id: 'bulk.version',
    title: 'The result of a write has the version that the next read shows',
    clause: 'RFC7644-3.7.3-04',
    applies,
    ...methods('DELETE'),
    async run(context, { name }) {
      const user = await context.given.user();
      const { answer, results } = await bulk(context, [operationFor(context, name, user)]);
      const [result] = results;
      if (!result || !hasSucceeded(result)) throw new Blocked('bulk.operation-status', show(result?.entry));
      const place = placeOf(result.location);
      if (!place) throw new Blocked('bulk.location', show(result.entry));
      const tag = await tagOf(context, '/Users', place.id);
      const { version } = result;
      expect.that(version !== undefined && isSameVersion(version, tag), `version ${show(tag)}`, show(version), answer);
    },
  },
  {
    id: 'bulk.stale-version',
    title: 'An operation on a version that is over fails with 412 or 409',
    clause: 'RFC7644-3.7.3-05',
    applies: [...applies, keeps('displayName')],
    ...methods('POST'),
    async run(context, { name }) {
      const { user, stale } = await changedUser(context);
      const { answer, results } = await bulk(context, [{ ...operationFor(context, name, user), version: stale }]);
      const [result] = results;
      const refused = result?.status === 412 || result?.status === 409;
      expect.that(refused, `status 412 or 409 for ${name}`, show(result?.entry), answer);
    },
  },
  {
    id: 'bulk.stale-version-changes-nothing',
    title: 'An operation on a version that is over changes nothing',
    clause: 'RFC7644-3.7.3-05',
    applies: [...applies, keeps('displayName')],
    ...methods('POST'),
    async run(context, { name }) {
      const { user, stale } = await changedUser(context);
      const { answer } = await bulk(context, [{ ...operationFor(context, name, user), version: stale }]);
      const read = await context.scim.read('/Users', user.id);
      expect.status(read, 200);
      expect.equal(expect.object(read)['displayName'], 'Version Two', 'displayName', answer);
    },
  },
  {
    id: 'bulk.current-version',
    title: 'An operation on the current version is carried out',
    clause: 'RFC7644-3.7.3-05',
    applies,
    ...methods('POST'),
    async run(context, { name }) {
      const user = await context.given.user();
      const version = await tagOf(context, '/Users', user.id);
      const { answer, results } = await bulk(context, [{ ...operationFor(context, name, user), version }]);
      const [result] = results;
      if (result?.status === 412 && isWeak(version)) return { observed: 'a weak tag is compared strongly' };
      expect.that(result !== undefined && hasSucceeded(result), `${name} to succeed`, show(result?.entry), answer);
      return undefined;
    },
  },
] as const satisfies readonly Check[];
