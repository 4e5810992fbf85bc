import { USER } from '../../../scim/message/urn.ts';
import { body, operations, operation, bulk, isMethod, type ClientDefect } from '../client-changes.ts';
import { without } from '../hops.ts';

/** What may be wrong about a bulk request. */
export const clientBulkDefects: readonly ClientDefect[] = [
  {
    id: 'client-bulk-urn',
    title: 'A bulk request names the URN of users',
    breaks: 'RFC7644-3.7-02',
    noticedBy: ['client.bulk-message'],
    change: body(bulk, message => ({ ...message, schemas: [USER] })),
  },
  {
    id: 'client-bulk-object',
    title: 'Operations of a bulk request is an object',
    breaks: 'RFC7644-3.7-04',
    noticedBy: ['client.bulk-operations'],
    change: body(bulk, message => ({ ...message, Operations: {} })),
  },
  {
    id: 'client-bulk-get',
    title: 'A bulk operation reads',
    breaks: 'RFC7644-3.7-05',
    noticedBy: ['client.bulk-method'],
    change: operation(isMethod('DELETE'), { method: 'GET' }, bulk),
  },
  {
    id: 'client-bulk-no-id',
    title: 'A bulk operation creates without a bulkId',
    breaks: 'RFC7644-3.7-06',
    noticedBy: ['client.bulk-id'],
    change: operations(bulk, one => without(one, 'bulkId')),
  },
  {
    id: 'client-bulk-id-twice',
    title: 'A bulkId is used twice',
    breaks: 'RFC7644-3.7-07',
    noticedBy: ['client.bulk-id-unique'],
    change: operation(() => true, { bulkId: 'qwerty' }, bulk),
  },
  {
    id: 'client-bulk-whole-url',
    title: 'A bulk operation names a whole URL',
    breaks: 'RFC7644-3.7-09',
    noticedBy: ['client.bulk-path'],
    change: operation(isMethod('DELETE'), { path: 'https://scim.example/v2/Groups/1' }, bulk),
  },
  {
    id: 'client-bulk-no-data',
    title: 'A bulk operation changes without data',
    breaks: 'RFC7644-3.7-10',
    noticedBy: ['client.bulk-data'],
    change: operations(bulk, one => (isMethod('PUT')(one) ? without(one, 'data') : one)),
  },
  {
    id: 'client-bulk-bare-patch',
    title: 'The PATCH of a bulk request is no PatchOp',
    breaks: 'RFC7644-3.7-11',
    noticedBy: ['client.bulk-patch'],
    change: operation(isMethod('PATCH'), { data: { schemas: [USER], displayName: 'x' } }, bulk),
  },
  {
    id: 'client-bulk-errors-text',
    title: 'failOnErrors is a text',
    breaks: 'RFC7644-3.7-03',
    noticedBy: ['client.bulk-fail-on-errors'],
    change: body(bulk, message => ({ ...message, failOnErrors: '1' })),
  },
];
