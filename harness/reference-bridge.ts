import { randomBytes } from 'node:crypto';
import { createBridge, serveBridge } from '../bridge/index.ts';
import type { ResourceType } from '../scim/schema/index.ts';
import type { TargetSettings } from './target.ts';

/**
 * Runs `work` against a reference bridge of its own, on a free loopback port and with a token nobody else has.
 * @param resourceTypes what it serves; users and groups by default.
 */
export async function withReferenceBridge<T>(
  work: (target: TargetSettings) => Promise<T>,
  resourceTypes?: readonly ResourceType[],
): Promise<T> {
  const token = randomBytes(24).toString('base64url');
  const { url, close } = await serveBridge(createBridge({ tokens: [token], ...(resourceTypes && { resourceTypes }) }));
  try {
    return await work({ baseUrl: url, credential: { kind: 'bearer', token } });
  } finally {
    await close();
  }
}
