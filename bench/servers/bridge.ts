import { createBridge, serveBridge } from '../../bridge/index.ts';
import { PATCH_OP } from '../../scim/message/urn.ts';
import { person, TOKEN } from '../people.ts';
import type { Started } from './started.ts';

const BULK_REQUEST = PATCH_OP.replace('PatchOp', 'BulkRequest');
/** Users of one bulk request, so that it stays below the announced size too. */
const BATCH = 500;

interface BulkAnswer {
  readonly Operations: readonly { readonly status: string; readonly location: string }[];
}

/** The bridge as it comes, settings and all; filled through its own front door. */
export async function startBridge(size: number): Promise<Started> {
  const bridge = createBridge({ tokens: [TOKEN] });
  const { url } = await serveBridge(bridge);
  const batch = Math.min(BATCH, bridge.settings.bulkMaxOperations);
  const ids: string[] = [];
  while (ids.length < size) {
    const operations = Array.from({ length: Math.min(batch, size - ids.length) }, (_, index) => ({
      method: 'POST',
      path: '/Users',
      bulkId: String(index),
      data: person('user', ids.length + index),
    }));
    const response = await fetch(`${url}/Bulk`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/scim+json' },
      body: JSON.stringify({ schemas: [BULK_REQUEST], Operations: operations }),
    });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`filling the bridge failed: ${response.status} ${text.slice(0, 300)}`);
    for (const { status, location } of (JSON.parse(text) as BulkAnswer).Operations) {
      if (status !== '201') throw new Error(`filling the bridge failed: a creation was answered ${status}`);
      ids.push(location.slice(location.lastIndexOf('/') + 1));
    }
  }
  return { url, ids };
}
