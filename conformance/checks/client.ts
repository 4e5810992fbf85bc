import { declares } from '../../scim/message/error.ts';
import { isObject } from '../../scim/message/list.ts';
import { PATCH_OP, SCIM_JSON } from '../../scim/message/urn.ts';
import type { Check } from '../run/check.ts';
import { expect, show } from '../run/expect.ts';
import { clientBodies } from './client-bodies.ts';
import { clientBulk } from './client-bulk.ts';
import { clientHeaders } from './client-headers.ts';
import { clientJumpcloud } from './client-jumpcloud.ts';
import { clientPatch } from './client-patch.ts';
import { clientQuery } from './client-query.ts';

/** What holds of every request of a client. */
export const client: readonly Check[] = [
  {
    id: 'client.media-type',
    title: 'Requests with a body are marked application/scim+json',
    clause: 'RFC7644-8.1-01',
    judges: 'client',
    when: ({ request }) => request.json !== undefined,
    observe({ request }) {
      const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
      expect.that(type === SCIM_JSON, `Content-Type ${SCIM_JSON}`, type || 'none');
    },
  },
  ...clientHeaders,
  ...clientBodies,
  ...clientQuery,
  {
    id: 'client.patch-message',
    title: 'A PATCH is a PatchOp message with at least one operation',
    clause: 'RFC7644-3.5.2-04',
    also: ['RFC7644-3.5.2-03'],
    judges: 'client',
    when: ({ request }) => request.method === 'PATCH',
    observe({ request }) {
      const body = request.json;
      expect.that(declares(body, PATCH_OP), `schemas with ${PATCH_OP}`, show(body));
      const operations = isObject(body) ? body['Operations'] : undefined;
      const listed = Array.isArray(operations) ? operations.filter(isObject) : [];
      expect.that(listed.length > 0, 'Operations with at least one operation', show(operations));
    },
  },
  ...clientPatch,
  ...clientBulk,
  ...clientJumpcloud,
];
