import { BULK_RESPONSE, bulkRequest, bulkResultsOf, placeOf, type BulkOperation } from '../../scim/message/bulk.ts';
import { isObject } from '../../scim/message/list.ts';
import { patchOp } from '../../scim/message/patch.ts';
import { ENTERPRISE_USER } from '../../scim/message/urn.ts';
import type { HttpResponse } from '../../scim/wire/message.ts';
import {
  bulk,
  deleting,
  failing,
  hasSucceeded,
  newUser,
  patching,
  replacing,
  resultOf,
  withoutBulk,
} from '../run/bulk.ts';
import { shows, showsReplaced, startUser, type Subject } from '../run/change.ts';
import type { Check } from '../run/check.ts';
import type { Context, Made } from '../run/context.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { keeps, serves, supports } from '../run/facts.ts';
import { reporters } from '../run/reporters.ts';
import { fits } from '../run/state.ts';
import { succeeded } from '../run/steps.ts';
import { Blocked, NotApplicable, Violation } from '../run/violation.ts';
import { anybody, somebodyNamed } from './anybody.ts';

const applies = [serves('User'), supports('bulk')];

/** POST to `/Bulk`: what is carried out and how it is told (RFC 7644 sections 3.7 and 3.7.3). */
export const bulkChecks = [
  {
    id: 'bulk.unsupported',
    title: 'A bulk request is refused where bulk is declared as unsupported',
    clause: 'RFC7644-3.7-01',
    also: ['RFC7644-3.12-16'],
    applies: [withoutBulk],
    async run({ scim, given }) {
      const answer = await scim.create('/Bulk', bulkRequest([deleting({ id: given.unknownId() })]));
      expect.status(answer, 501, 404, 405, 403);
    },
  },
  {
    id: 'bulk.status',
    title: 'A bulk request whose operations all succeed is answered with 200',
    clause: 'RFC7644-3.7-15',
    also: ['RFC7644-3.2-04'],
    applies,
    async run(context) {
      await anybody(context);
      expect.status(await context.scim.create('/Bulk', bulkRequest([newUser(context)])), 200);
    },
  },
  {
    id: 'bulk.status-with-failures',
    title: 'A bulk request is answered with 200 although some of its operations fail',
    clause: 'RFC7644-3.7-15',
    applies,
    async run(context) {
      const taken = await somebodyNamed(context);
      const answer = await context.scim.create('/Bulk', bulkRequest([newUser(context), failing(context, taken)]));
      if (answer.status === 200) return;
      throw new Violation('status 200', describeAnswer(answer), answer, 'warning');
    },
  },
  {
    id: 'bulk.response-schema',
    title: 'A bulk response says by its schema what it is',
    clause: 'RFC7644-3.7-02',
    applies,
    async run(context) {
      const { answer } = await bulk(context, [deleting({ id: context.given.unknownId() })]);
      expect.schema(answer.json, BULK_RESPONSE, answer);
    },
  },
  {
    id: 'bulk.response-operations',
    title: 'A bulk response holds its results in Operations',
    clause: 'RFC7644-3.7-04',
    applies,
    async run(context) {
      const answer = await context.scim.create('/Bulk', bulkRequest([newUser(context)]));
      if (answer.status !== 200) throw new Blocked('bulk.status', describeAnswer(answer));
      const { Operations } = expect.object(answer);
      expect.that(bulkResultsOf(answer.json) !== undefined, 'Operations as an array', show(Operations), answer);
    },
  },
  {
    id: 'bulk.response-without-fail-on-errors',
    title: 'A bulk response does not repeat failOnErrors',
    clause: 'RFC7644-3.7-02',
    applies,
    async run(context) {
      const { answer } = await bulk(context, [newUser(context)], 1);
      const came = isObject(answer.json) ? answer.json['failOnErrors'] : undefined;
      if (came === undefined || came === null) return;
      throw new Violation('no failOnErrors in the response', show(came), answer, 'warning');
    },
  },
  {
    id: 'bulk.all-reported',
    title: 'A bulk response reports every operation once',
    clause: 'RFC7644-3.7.3-01',
    applies,
    async run(context) {
      const [changed, gone] = [await context.given.user(), await context.given.user()];
      const operations = [
        newUser(context),
        replacing(changed, 'Bulk All'),
        deleting(gone),
        failing(context, changed),
        deleting({ id: context.given.unknownId() }),
        newUser(context),
      ];
      const { answer, results } = await bulk(context, operations);
      const came = `${results.length}: ${show(results.map(({ entry }) => entry))}`;
      expect.that(results.length === operations.length, `${operations.length} results`, came, answer);
      const bulkIds = results.flatMap(({ bulkId }) => bulkId ?? []);
      const isTwice = bulkIds.some((bulkId, at) => bulkIds.indexOf(bulkId) < at);
      expect.that(!isTwice, 'no bulkId twice', show(bulkIds), answer);
    },
  },
  {
    id: 'bulk.create',
    title: 'What a bulk request tells it created is there, as it was sent',
    clause: 'RFC7644-3.7.3-02',
    applies,
    async run(context) {
      const operation = newUser(context);
      const done = await bulk(context, [operation]);
      const result = resultOf(done, operation);
      expect.that(hasSucceeded(result), 'the creation to succeed', show(result.entry), done.answer);
      const place = placeOf(result.location);
      if (!place) throw new Blocked('bulk.location', show(result.entry));
      const read = await context.scim.read('/Users', place.id);
      expect.status(read, 200);
      const sent = isObject(operation.data) ? operation.data : {};
      for (const name of ['userName', ...(context.facts.kept?.includes('displayName') ? ['displayName'] : [])]) {
        const [came, wanted] = [show(expect.object(read)[name]), show(sent[name])];
        expect.that(came.toLowerCase() === wanted.toLowerCase(), `${name} ${wanted}`, came, read);
      }
    },
  },
  {
    id: 'bulk.replace',
    title: 'A user that a bulk request tells it replaced is replaced',
    clause: 'RFC7644-3.7.3-02',
    applies: [...applies, keeps('displayName')],
    async run(context) {
      const subject = await richUser(context);
      const operation = replacing(subject, 'Bulk Replaced');
      const answer = await succeeds(context, operation);
      await showsReplaced(context, subject, { displayName: 'Bulk Replaced' }, answer);
    },
  },
  {
    id: 'bulk.patch',
    title: 'A user that a bulk request tells it patched is changed',
    clause: 'RFC7644-3.7.3-02',
    applies: [...applies, supports('patch'), keeps('displayName')],
    async run(context) {
      const user = await context.given.user();
      await expectChanged(context, user, patching(context, user, 'Bulk Patched'), 'Bulk Patched');
    },
  },
  {
    id: 'bulk.delete',
    title: 'A user that a bulk request tells it deleted is gone',
    clause: 'RFC7644-3.7.3-02',
    applies,
    async run(context) {
      const user = await context.given.user();
      await succeeds(context, deleting(user));
      expect.status(await context.scim.read('/Users', user.id), 404);
    },
  },
  {
    id: 'bulk.replace-group',
    title: 'A group that a bulk request tells it replaced is replaced',
    clause: 'RFC7644-3.7.3-02',
    applies: [...applies, serves('Group')],
    async run(context) {
      const { given, scim, stored } = context;
      const { id, sent } = await given.group();
      const data = { ...sent, displayName: given.unique('renamed') };
      const operation: BulkOperation = { method: 'PUT', path: `/Groups/${encodeURIComponent(id)}`, data };
      const done = await bulk(context, [operation]);
      const result = resultOf(done, operation);
      if (!hasSucceeded(result)) throw new NotApplicable(`no group is replaced: ${show(result.entry)}`);
      const { displayName: came } = await stored('/Groups', id);
      if (fits(data.displayName, came)) return;
      succeeded(await scim.replace('/Groups', id, data), reporters.write.PUT);
      const { displayName: alone } = await stored('/Groups', id);
      if (!fits(data.displayName, alone)) throw new Blocked(reporters.idle.Group.PUT, 'nor does a PUT alone rename it');
      throw new Violation(`displayName ${show(data.displayName)}, as a PUT alone gives it`, show(came), done.answer);
    },
  },
  {
    id: 'bulk.delete-group',
    title: 'A group that a bulk request tells it deleted is gone',
    clause: 'RFC7644-3.7.3-02',
    applies: [...applies, serves('Group')],
    async run(context) {
      const { id } = await context.given.group();
      const operation: BulkOperation = { method: 'DELETE', path: `/Groups/${encodeURIComponent(id)}` };
      const done = await bulk(context, [operation]);
      const result = resultOf(done, operation);
      // Groups may be there to be read alone, or need another way to go.
      if (!hasSucceeded(result)) throw new NotApplicable(`no group is deleted: ${show(result.entry)}`);
      const { scim } = context;
      const read = await scim.read('/Groups', id);
      if (read.status === 200) {
        succeeded(await scim.remove('/Groups', id), reporters.write.DELETE);
        const alone = await scim.read('/Groups', id);
        if (alone.status === 200) throw new Blocked(reporters.idle.Group.DELETE, 'a group outlives DELETE as well');
      }
      expect.status(read, 404);
    },
  },
  {
    id: 'bulk.patch-atomic',
    title: 'A PATCH that fails in a bulk request changes nothing',
    clause: 'RFC7644-3.5.2-23',
    also: ['RFC7644-3.7.3-02'],
    applies: [...applies, supports('patch'), keeps('displayName')],
    async run(context) {
      const subject = await startUser(context);
      const path = `/Users/${encodeURIComponent(subject.id)}`;
      const data = patchOp([
        { op: 'replace', path: 'displayName', value: 'Bulk Half' },
        { op: 'remove', path: 'userName' },
      ]);
      const operation: BulkOperation = { method: 'PATCH', path, data };
      const done = await bulk(context, [operation]);
      const result = resultOf(done, operation);
      if (hasSucceeded(result)) throw new Blocked('patch.remove-mandatory', show(result.entry));
      await shows(context, subject, {}, done.answer);
    },
  },
  {
    id: 'bulk.order',
    title: 'Operations on one user come to what they come to one after the other',
    clause: 'RFC7644-3.7-22',
    applies: [...applies, keeps('displayName')],
    async run(context) {
      const user = await context.given.user();
      const names = ['Bulk First', 'Bulk Second', 'Bulk Third'];
      const done = await bulk(
        context,
        names.map(name => replacing(user, name)),
      );
      if (!done.results.every(hasSucceeded)) throw new Blocked('bulk.replace', show(done.results.map(r => r.entry)));
      const { displayName } = await context.stored('/Users', user.id);
      expect.equal(displayName, 'Bulk Third', 'displayName', done.answer);
    },
  },
] as const satisfies readonly Check[];

/** Carries out one operation alone. @throws Violation when it is refused */
async function succeeds(context: Context, operation: BulkOperation): Promise<HttpResponse> {
  const done = await bulk(context, [operation]);
  const result = resultOf(done, operation);
  expect.that(hasSucceeded(result), `${operation.method} to succeed`, show(result.entry), done.answer);
  return done.answer;
}

/** A user with an attribute of the extension, where the target takes that. */
const richUser = async (context: Context): Promise<Subject> =>
  startUser(context, { [ENTERPRISE_USER]: { department: 'Foundry' } }).catch(async (error: unknown) => {
    if (error instanceof NotApplicable) return startUser(context);
    throw error;
  });

async function expectChanged(context: Context, user: Made, operation: BulkOperation, displayName: string) {
  await succeeds(context, operation);
  const later = await context.stored('/Users', user.id);
  expect.equal(later['displayName'], displayName, 'displayName');
}
