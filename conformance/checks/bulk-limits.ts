import { bulkRequest, type BulkOperation } from '../../scim/message/bulk.ts';
import { isObject } from '../../scim/message/list.ts';
import type { HttpResponse } from '../../scim/wire/message.ts';
import { deleting, existsByName, limitOf, newUser } from '../run/bulk.ts';
import type { Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { serves, supports } from '../run/facts.ts';
import { Blocked, NotApplicable, Violation } from '../run/violation.ts';

const applies = [serves('User'), supports('bulk')];

/** Longest body that is sent to see a limit exceeded, in bytes, and most operations. */
const LARGEST_BODY = 4 * 1024 * 1024;
const MOST_OPERATIONS = 2000;

/** Operations that do nothing: each deletes a resource that does not exist. */
const idle = ({ given }: Context, count: number): BulkOperation[] => {
  const id = given.unknownId();
  return Array.from({ length: count }, (_, at) => deleting({ id: `${id}-${at}` }));
};

/** The operations that are one more than allowed, or exactly as many. @throws NotApplicable when they would be too much to send */
function operationsAround(context: Context, more: number): BulkOperation[] {
  const most = limitOf(context, 'maxOperations');
  if (most === undefined) throw new NotApplicable('no usable bulk.maxOperations is announced');
  if (most > MOST_OPERATIONS) throw new NotApplicable(`${most} operations are more than are sent here`);
  const operations = idle(context, most + more);
  const size = JSON.stringify(bulkRequest(operations)).length;
  if (size > (limitOf(context, 'maxPayloadSize') ?? size)) {
    throw new NotApplicable(`${operations.length} operations exceed bulk.maxPayloadSize before`);
  }
  return operations;
}

async function tooManyOperations(context: Context): Promise<HttpResponse> {
  return context.scim.create('/Bulk', bulkRequest(operationsAround(context, 1)));
}

/** A request that is one byte too long. @throws NotApplicable when it would be too much to send, or was not taken to its end */
async function tooManyBytes(context: Context): Promise<HttpResponse> {
  const most = limitOf(context, 'maxPayloadSize');
  if (most === undefined) throw new NotApplicable('no usable bulk.maxPayloadSize is announced');
  if (most >= LARGEST_BODY) throw new NotApplicable(`${most} bytes are more than are sent here`);
  const user = { id: context.given.unknownId() };
  const padded = (length: number) =>
    JSON.stringify(bulkRequest([{ ...deleting(user), data: { padding: 'x'.repeat(length) } }]));
  const text = padded(Math.max(0, most + 1 - padded(0).length));
  const answer = await context.scim.request({ method: 'POST', path: '/Bulk', text });
  if (answer.status !== undefined) return answer;
  throw new NotApplicable(`the connection ended while the body was sent: ${describeAnswer(answer)}`);
}

/** Where bulk requests end (RFC 7644 section 3.7.4). */
export const bulkLimits = [
  {
    id: 'bulk.limits',
    title: 'Where bulk is supported, maxOperations and maxPayloadSize are above 0',
    clause: 'RFC7644-3.7.4-01',
    applies: [supports('bulk')],
    async run({ scim }) {
      const answer = await scim.list('/ServiceProviderConfig');
      const config = isObject(answer.json) ? answer.json['bulk'] : undefined;
      if (!isObject(config)) throw new Blocked('discovery.service-provider-config', describeAnswer(answer));
      for (const name of ['maxOperations', 'maxPayloadSize']) {
        expect.that(Number(config[name]) > 0, `bulk.${name} above 0`, show(config[name]), answer);
      }
    },
  },
  {
    id: 'bulk.max-operations',
    title: 'More operations than maxOperations are refused with 413',
    clause: 'RFC7644-3.7.4-02',
    also: ['RFC7644-3.12-15'],
    applies,
    async run(context) {
      expect.status(await tooManyOperations(context), 413);
    },
  },
  {
    id: 'bulk.max-payload-size',
    title: 'A longer body than maxPayloadSize is refused with 413',
    clause: 'RFC7644-3.7.4-02',
    also: ['RFC7644-3.12-15'],
    applies,
    async run(context) {
      expect.status(await tooManyBytes(context), 413);
    },
  },
  {
    id: 'bulk.within-limit',
    title: 'As many operations as maxOperations says are taken',
    clause: 'RFC7644-3.7.4-02',
    applies,
    async run(context) {
      const operations = operationsAround(context, 0);
      const answer = await context.scim.create('/Bulk', bulkRequest(operations));
      expect.that(answer.status !== 413, `${operations.length} operations to be taken`, describeAnswer(answer), answer);
      if (answer.status !== 200) throw new Blocked('bulk.status', describeAnswer(answer));
    },
  },
  {
    id: 'bulk.too-many-does-nothing',
    title: 'Of a request with too many operations none is carried out',
    clause: 'RFC7644-3.7.4-02',
    applies,
    async run(context) {
      const operations = operationsAround(context, 0);
      const first = newUser(context);
      const answer = await context.scim.create('/Bulk', bulkRequest([first, ...operations]));
      if (answer.status !== 413) throw new Blocked('bulk.max-operations', describeAnswer(answer));
      if (await existsByName(context, first)) {
        throw new Violation('no operation carried out', 'the user of the first operation', answer, 'warning');
      }
    },
  },
  {
    id: 'bulk.limit-named',
    title: 'A 413 says which limit was exceeded',
    clause: 'RFC7644-3.7.4-03',
    applies,
    cases: () => [{ name: 'maxOperations' }, { name: 'maxPayloadSize' }],
    async run(context, { name }) {
      const operations = name === 'maxOperations';
      const answer = await (operations ? tooManyOperations(context) : tooManyBytes(context));
      if (answer.status !== 413) {
        throw new Blocked(operations ? 'bulk.max-operations' : 'bulk.max-payload-size', describeAnswer(answer));
      }
      const limit = String(limitOf(context, operations ? 'maxOperations' : 'maxPayloadSize'));
      const digits = answer.text.replace(/(?<=\d)[,.' ](?=\d{3})/g, '');
      const named = answer.text.toLowerCase().includes(name.toLowerCase()) || digits.includes(limit);
      expect.that(named, `${name} or ${limit} in the body`, describeAnswer(answer), answer);
    },
  },
] as const satisfies readonly Check[];
