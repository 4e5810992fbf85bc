import { placeOf, type BulkOperation } from '../../scim/message/bulk.ts';
import { isObject } from '../../scim/message/list.ts';
import { patchOp } from '../../scim/message/patch.ts';
import type { JsonObject } from '../../scim/wire/message.ts';
import {
  bulk,
  bulkMethods,
  deleting,
  failing,
  hasSucceeded,
  madeInBulk,
  newUser,
  patching,
  replacing,
  resultOf,
} from '../run/bulk.ts';
import type { Case, Check, Probe } from '../run/check.ts';
import type { Context, Made } from '../run/context.ts';
import { expect, show } from '../run/expect.ts';
import { serves, supports, type Facts } from '../run/facts.ts';
import { textOf } from '../run/published.ts';
import { metaOf } from '../run/shown.ts';
import { Blocked, NotApplicable } from '../run/violation.ts';
import { somebodyNamed } from './anybody.ts';

const applies = [serves('User'), supports('bulk')];

interface MethodCase extends Case {
  readonly name: string;
}

/** The part of a probe that runs once for each method, on an operation that has to succeed. */
const onEachMethod = (
  run: (context: Context, operation: BulkOperation, user: Made) => Promise<void>,
  isMeant: (method: string) => boolean = () => true,
): Pick<Probe<MethodCase>, 'run'> & { readonly cases: (facts: Facts) => readonly MethodCase[] } => ({
  cases: facts => bulkMethods(facts).flatMap(name => (isMeant(name) ? [{ name }] : [])),
  async run(context, { name }) {
    const user = await context.given.user();
    const operations: Readonly<Record<string, () => BulkOperation>> = {
      POST: () => newUser(context),
      PUT: () => replacing(user, 'Bulk Put'),
      PATCH: () => patching(context, user, 'Bulk Patch'),
      DELETE: () => deleting(user),
    };
    const make = operations[name];
    if (make) await run(context, make(), user);
  },
});

/** Statuses that a single request of the method is answered with when it succeeds. */
const right: Readonly<Record<string, readonly number[]>> = {
  POST: [201],
  PUT: [200],
  PATCH: [200, 204],
  DELETE: [204],
};

/** A meta that no provider gives. */
const FORGED = { created: '1999-01-01T00:00:00Z', resourceType: 'Nonsense' } as const;

/** The data of an operation with an id and a meta of the client's. */
const withReadOnly = ({ method, data }: BulkOperation, id: string): JsonObject =>
  method === 'PATCH'
    ? patchOp([{ op: 'replace', value: { id, meta: FORGED } }])
    : { ...(isObject(data) ? data : {}), id, meta: FORGED };

/** What a bulk response tells of each operation (RFC 7644 section 3.7.3). */
export const bulkResults = [
  {
    id: 'bulk.bulk-id-returned',
    title: 'The result of a creation repeats its bulkId',
    clause: 'RFC7644-3.7-20',
    applies,
    async run(context) {
      const operations = [newUser(context), newUser(context)];
      const { answer, results } = await bulk(context, operations);
      const came = results.map(({ bulkId }) => bulkId ?? '');
      const wanted = operations.map(({ bulkId }) => bulkId ?? '');
      expect.set(came, wanted, 'the bulkIds', answer);
    },
  },
  {
    id: 'bulk.bulk-id-of-its-own',
    title: 'The bulkId of a result stands beside the address of what was created under it',
    clause: 'RFC7644-3.7-20',
    applies,
    async run(context) {
      const operations = [newUser(context), newUser(context)];
      const done = await bulk(context, operations);
      for (const operation of operations) {
        const { userName } = await madeInBulk(context, done, operation);
        const wanted = show(isObject(operation.data) ? operation.data['userName'] : undefined);
        const holds = show(userName).toLowerCase() === wanted.toLowerCase();
        expect.that(holds, `userName ${wanted} at the location under its bulkId`, show(userName), done.answer);
      }
    },
  },
  {
    id: 'bulk.location',
    title: 'The result of an operation names its resource in location',
    clause: 'RFC7644-3.7-12',
    applies,
    ...onEachMethod(async (context, operation, user) => {
      const { answer, results } = await bulk(context, [operation]);
      const place = placeOf(results[0]?.location);
      const came = show(results[0]?.entry);
      expect.that(place?.endpoint === '/Users', 'the address of a user in location', came, answer);
      if (operation.method !== 'POST') expect.equal(place?.id, user.id, 'the id in location', answer);
    }),
  },
  {
    id: 'bulk.location-of-failed-change',
    title: 'The result of a change that failed names its resource as well',
    clause: 'RFC7644-3.7-12',
    applies,
    async run(context) {
      const [user, taken] = [await context.given.user(), await context.given.user()];
      const operation = { ...replacing(user, 'Bulk Failed'), data: { ...user.sent, userName: taken.name } };
      const { answer, results } = await bulk(context, [operation]);
      const [result] = results;
      if (result === undefined || hasSucceeded(result)) throw new Blocked('replace.conflict', show(result?.entry));
      expect.equal(placeOf(result.location)?.id, user.id, 'the id in location', answer);
    },
  },
  {
    id: 'bulk.no-location-of-failed-create',
    title: 'The result of a creation that failed names no resource',
    clause: 'RFC7644-3.7-12',
    applies,
    async run(context) {
      const operation = failing(context, await somebodyNamed(context));
      const done = await bulk(context, [operation]);
      const result = resultOf(done, operation);
      if (hasSucceeded(result)) throw new Blocked('bulk.conflict', show(result.entry));
      const { location } = result.entry;
      expect.that(location === undefined || location === null, 'no location', show(location), done.answer);
    },
  },
  {
    id: 'bulk.method-named',
    title: 'Each result names the method of its operation',
    clause: 'RFC7644-3.7-05',
    applies,
    ...onEachMethod(async (context, operation) => {
      const { answer, results } = await bulk(context, [operation]);
      expect.equal(results[0]?.entry['method'], operation.method, 'method', answer);
    }),
  },
  {
    id: 'bulk.operation-status',
    title: 'An operation that succeeds has the status of the single request',
    clause: 'RFC7644-3.7.3-02',
    applies,
    ...onEachMethod(async (context, operation) => {
      const done = await bulk(context, [operation]);
      const { status, entry } = resultOf(done, operation);
      const wanted = right[operation.method] ?? [];
      const holds = status !== undefined && wanted.includes(status);
      expect.that(holds, `status ${wanted.join(' or ')} for ${operation.method}`, show(entry), done.answer);
    }),
  },
  {
    id: 'bulk.read-only-ignored',
    title: 'An id and meta that an operation brings change nothing of those of the user',
    clause: 'RFC7643-3.1-16',
    also: ['RFC7643-3.1-08'],
    applies,
    ...onEachMethod(
      async (context, operation, user) => {
        const id = context.given.unique('chosen');
        const done = await bulk(context, [{ ...operation, data: withReadOnly(operation, id) }]);
        const result = resultOf(done, operation);
        if (!hasSucceeded(result)) {
          if (operation.method === 'PATCH') return;
          // Whether that is right is looked at where the request comes alone.
          throw new NotApplicable(`the operation is refused: ${show(result.entry)}`);
        }
        const at = operation.method === 'POST' ? placeOf(result.location)?.id : user.id;
        if (at === undefined) throw new Blocked('bulk.location', show(result.entry));
        const stored = await context.stored('/Users', at);
        expect.that(stored['id'] !== id, 'an id of the provider', `the id that was sent: ${show(id)}`, done.answer);
        const { created, resourceType } = metaOf(stored);
        const isOwn = resourceType !== FORGED.resourceType && !textOf(created).startsWith('1999-');
        expect.that(isOwn, 'meta of the provider', show(stored['meta']), done.answer);
      },
      method => method !== 'DELETE',
    ),
  },
  {
    id: 'bulk.order-of-results',
    title: 'Results come in the order of the operations',
    clause: 'RFC7644-3.7-21',
    applies,
    async run(context) {
      const operations = [newUser(context), newUser(context), newUser(context)];
      const { results } = await bulk(context, operations);
      const kept = operations.every(({ bulkId }, at) => results[at]?.bulkId === bulkId);
      return { observed: kept ? 'in the order of the operations' : 'in another order' };
    },
  },
  {
    id: 'bulk.success-response',
    title: 'The result of an operation that succeeds may leave out its response',
    clause: 'RFC7644-3.7-14',
    applies,
    async run(context) {
      const operation = newUser(context);
      const { response } = resultOf(await bulk(context, [operation]), operation);
      return { observed: isObject(response) ? 'a response with each success' : 'no response with a success' };
    },
  },
] as const satisfies readonly Check[];
