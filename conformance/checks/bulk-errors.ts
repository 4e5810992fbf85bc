import { bulkRequest, bulkResultsOf, type BulkOperation } from '../../scim/message/bulk.ts';
import { isErrorMessage } from '../../scim/message/error.ts';
import { isObject } from '../../scim/message/list.ts';
import type { HttpResponse, Json, JsonObject } from '../../scim/wire/message.ts';
import {
  bulk,
  bulkMethods,
  deleting,
  existsByName,
  failing,
  hasSucceeded,
  madeInBulk,
  newUser,
  patching,
  replacing,
  resultOf,
} from '../run/bulk.ts';
import type { Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { credentialed, keeps, serves, supports } from '../run/facts.ts';
import { Blocked, Violation } from '../run/violation.ts';
import { anybody, somebodyNamed } from './anybody.ts';

const applies = [serves('User'), supports('bulk')];

/** A creation that has failed as it should. @throws Blocked when it has not */
async function failure(context: Context) {
  const operation = failing(context, await somebodyNamed(context));
  const done = await bulk(context, [operation]);
  const result = resultOf(done, operation);
  if (hasSucceeded(result)) throw new Blocked('bulk.conflict', show(result.entry));
  return { ...result, answer: done.answer };
}

/** What is wrong with requests that a client should not send, and that have to be refused in good order. */
const malformed: readonly { readonly name: string; readonly body: (context: Context) => Json }[] = [
  { name: 'Operations missing', body: () => without(bulkRequest([]), 'Operations') },
  { name: 'Operations as a text', body: () => ({ ...bulkRequest([]), Operations: 'none' }) },
  { name: 'a bare array', body: context => [{ ...deleting({ id: context.given.unknownId() }) }] },
  { name: 'an operation that is a text', body: () => ({ ...bulkRequest([]), Operations: ['DELETE /Users/1'] }) },
  { name: 'method missing', body: context => request(without(json(newUser(context)), 'method')) },
  { name: 'method GET', body: context => request({ ...json(newUser(context)), method: 'GET' }) },
  { name: 'method FOO', body: context => request({ ...json(newUser(context)), method: 'FOO' }) },
  { name: 'path missing', body: context => request(without(json(newUser(context)), 'path')) },
  { name: 'path of no endpoint', body: context => request({ ...json(newUser(context)), path: '/Nothing' }) },
  { name: 'PUT to a collection', body: context => request({ ...json(newUser(context)), method: 'PUT' }) },
  { name: 'data missing', body: context => request(without(json(newUser(context)), 'data')) },
  { name: 'data as a text', body: context => request({ ...json(newUser(context)), data: 'nobody' }) },
];

const json = (operation: BulkOperation): JsonObject => ({ ...operation });
const request = (operation: JsonObject): JsonObject => ({ ...bulkRequest([]), Operations: [operation] });
const without = (object: JsonObject, name: string): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));

/** The statuses under which a request was refused: that of the whole, or those of its operations. */
const refusals = (answer: HttpResponse): readonly (number | undefined)[] =>
  answer.status === 200 ? (bulkResultsOf(answer.json) ?? []).map(({ status }) => status) : [answer.status];

/** How bulk requests fail, wholly or in part (RFC 7644 sections 3.7 and 3.7.3). */
export const bulkErrors = [
  {
    id: 'bulk.conflict',
    title: 'An operation that fails has the status of the single request',
    clause: 'RFC7644-3.7.3-02',
    applies,
    async run(context) {
      const taken = await somebodyNamed(context);
      const single = await context.scim.create('/Users', context.given.userDraft({ userName: taken.name }));
      if (single.status !== 409) throw new Blocked('create.conflict', describeAnswer(single));
      const operation = failing(context, taken);
      const done = await bulk(context, [operation]);
      const { status, entry } = resultOf(done, operation);
      expect.that(status === 409, 'status 409 for a userName that is taken', show(entry), done.answer);
    },
  },
  {
    id: 'bulk.invalid-data',
    title: 'An operation whose data breaks the schema fails with 400',
    clause: 'RFC7644-3.7.3-02',
    applies,
    async run(context) {
      const single = await context.scim.create('/Users', context.given.userDraft({ userName: null }));
      if (single.status !== 400) throw new Blocked('create.user-name-required', describeAnswer(single));
      const operation = newUser(context, { userName: null });
      const done = await bulk(context, [operation]);
      const { status, entry } = resultOf(done, operation);
      expect.that(status === 400, 'status 400 for a user without userName', show(entry), done.answer);
    },
  },
  {
    id: 'bulk.error-response',
    title: 'An operation that fails has an error message as its response',
    clause: 'RFC7644-3.7-13',
    applies,
    async run(context) {
      const { entry, response, answer } = await failure(context);
      expect.that(isErrorMessage(response), 'a SCIM error in response', show(entry), answer);
    },
  },
  {
    id: 'bulk.error-status',
    title: 'The error message of an operation repeats its status',
    clause: 'RFC7644-3.7-13',
    applies,
    async run(context) {
      const { status, response, answer } = await failure(context);
      if (!isObject(response)) throw new Blocked('bulk.error-response', show(response));
      expect.equal(response['status'], String(status), 'status in response', answer);
    },
  },
  {
    id: 'bulk.error-detail',
    title: 'An operation that fails says why in words',
    clause: 'RFC7644-3.7.3-03',
    applies,
    async run(context) {
      const { entry, response, answer } = await failure(context);
      const { status } = entry;
      const words = [
        isObject(response) ? response['detail'] : undefined,
        isObject(status) ? status['description'] : '',
      ];
      const explained = words.some(text => typeof text === 'string' && text.trim() !== '');
      expect.that(explained, 'a detail', show(entry), answer);
    },
  },
  {
    id: 'bulk.error-keyword',
    title: 'An operation that fails may name its kind of error',
    clause: 'RFC7644-3.12-29',
    applies,
    async run(context) {
      const { response } = await failure(context);
      return { observed: `scimType ${show(isObject(response) ? response['scimType'] : undefined)}` };
    },
  },
  {
    id: 'bulk.unknown-resource',
    title: 'An operation on a resource that does not exist fails with 404',
    clause: 'RFC7644-3.7.3-05',
    applies,
    cases: facts => bulkMethods(facts).flatMap(name => (name === 'POST' ? [] : [{ name }])),
    async run(context, { name }) {
      const made = await context.given.user();
      const unknown = { ...made, id: context.given.unknownId() };
      const operation =
        name === 'PUT'
          ? { ...replacing(unknown, 'Nobody'), data: context.given.userDraft() }
          : name === 'PATCH'
            ? patching(context, unknown, 'Nobody')
            : deleting(unknown);
      const { answer, results } = await bulk(context, [operation]);
      expect.that(results[0]?.status === 404, `status 404 for ${name}`, show(results[0]?.entry), answer);
    },
  },
  {
    id: 'bulk.goes-on',
    title: 'Without failOnErrors the operations after a failure are carried out',
    clause: 'RFC7644-3.7-17',
    applies,
    async run(context) {
      const taken = await somebodyNamed(context);
      const [first, last] = [newUser(context), newUser(context)];
      const operations = [first, failing(context, taken), deleting({ id: context.given.unknownId() }), last];
      const done = await bulk(context, operations);
      const result = done.results.find(({ bulkId }) => bulkId === last.bulkId);
      const succeeded = result !== undefined && hasSucceeded(result);
      expect.that(succeeded, 'the operation after the failures to succeed', show(result?.entry), done.answer);
      await madeInBulk(context, done, last);
    },
  },
  {
    id: 'bulk.no-roll-back',
    title: 'A failure takes nothing back of what was carried out before it',
    clause: 'RFC7644-3.7-17',
    applies: [...applies, keeps('displayName')],
    async run(context) {
      const [taken, changed] = [await somebodyNamed(context), await context.given.user()];
      const change = replacing(changed, 'Bulk Kept');
      const done = await bulk(context, [change, failing(context, taken)]);
      const result = resultOf(done, change);
      if (!hasSucceeded(result)) throw new Blocked('bulk.replace', show(result.entry));
      const { displayName } = await context.stored('/Users', changed.id);
      expect.equal(displayName, 'Bulk Kept', 'displayName', done.answer);
    },
  },
  {
    id: 'bulk.stops-at-first-error',
    title: 'With failOnErrors 1 nothing is carried out after the first error',
    clause: 'RFC7644-3.7-18',
    applies,
    async run(context) {
      const taken = await somebodyNamed(context);
      const [first, last] = [newUser(context), newUser(context)];
      const done = await bulk(context, [first, failing(context, taken), last], 1);
      await expectUntouched(context, last, done.answer);
      await madeInBulk(context, done, first);
    },
  },
  {
    id: 'bulk.stops-at-second-error',
    title: 'With failOnErrors 2 operations are carried out up to the second error',
    clause: 'RFC7644-3.7-18',
    applies,
    async run(context) {
      const taken = await somebodyNamed(context);
      const [between, last] = [newUser(context), newUser(context)];
      const done = await bulk(context, [failing(context, taken), between, failing(context, taken), last], 2);
      const result = done.results.find(({ bulkId }) => bulkId === between.bulkId);
      const came = show(result?.entry);
      expect.that(result !== undefined && hasSucceeded(result), 'a success after the first error', came, done.answer);
      await expectUntouched(context, last, done.answer);
    },
  },
  {
    id: 'bulk.malformed',
    title: 'What is wrong with a bulk request is refused with a 4xx, as a whole or operation by operation',
    clause: 'RFC7644-3.12-09',
    applies,
    cases: () => malformed,
    async run(context, { name }) {
      await anybody(context);
      const body = malformed.find(each => each.name === name)?.body(context) ?? null;
      const answer = await context.scim.create('/Bulk', body);
      const statuses = refusals(answer);
      // 501 is a listed answer for whatever is not offered, a method among them.
      const isRight = (status: number | undefined) =>
        status !== undefined && ((status >= 400 && status < 500) || status === 501);
      const came = answer.status === 200 ? show(answer.json) : describeAnswer(answer);
      const refused = statuses.length > 0 && statuses.every(isRight);
      expect.that(refused, 'a 4xx for the request or for its operation', came, answer);
    },
  },
  {
    id: 'bulk.not-json',
    title: 'A bulk request that is no JSON is answered with an error status',
    clause: 'RFC7644-3.7-16',
    applies,
    async run({ scim }) {
      const answer = await scim.request({ method: 'POST', path: '/Bulk', text: '{oops' });
      const refused = answer.status !== undefined && answer.status >= 400;
      expect.that(refused, 'status 400', describeAnswer(answer), answer);
      if (answer.status !== 400) throw new Violation('status 400', describeAnswer(answer), answer, 'warning');
    },
  },
  {
    id: 'bulk.credential-required',
    title: 'A bulk request without a credential is refused',
    clause: 'RFC7644-3.7-16',
    applies: [...applies, credentialed],
    async run(context) {
      const { scim, anonymous } = context;
      const operations = bulkRequest([deleting({ id: context.given.unknownId() })]);
      const allowed = await scim.create('/Bulk', operations);
      if (allowed.status !== 200) throw new Blocked('bulk.status', describeAnswer(allowed));
      expect.status(await anonymous.create('/Bulk', operations), 401, 403);
    },
  },
] as const satisfies readonly Check[];

/** @throws Violation when an operation that comes after the end of a job was carried out all the same */
async function expectUntouched(context: Context, operation: BulkOperation, answer: HttpResponse): Promise<void> {
  const result = (bulkResultsOf(answer.json) ?? []).find(({ bulkId }) => bulkId === operation.bulkId);
  const came = show(result?.entry);
  expect.that(result === undefined || !hasSucceeded(result), 'nothing carried out after the last error', came, answer);
  const exists = await existsByName(context, operation);
  expect.that(!exists, 'nothing created after the last error', 'the user of the operation that comes after it', answer);
}
