import { randomBytes } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { createBridge, serveBridge, type AccountOptions } from '../bridge/index.ts';
import type { ResourceType } from '../scim/schema/index.ts';
import type { Control } from '../scim/target.ts';
import type { TargetSettings } from './target.ts';

/**
 * Runs `work` against a reference bridge of its own, on a free loopback port and with tokens nobody else has. Beside the
 * one that may do everything there is one that only reads, and one of another tenant.
 * @param resourceTypes what it serves; users and groups by default.
 */
export async function withReferenceBridge<T>(
  work: (target: TargetSettings) => Promise<T>,
  resourceTypes?: readonly ResourceType[],
): Promise<T> {
  const types = resourceTypes && { resourceTypes };
  const token = newToken();
  const reader = `read-only.${newToken()}`;
  const neighbour = `other-tenant.${newToken()}`;
  const { app, settings } = createBridge({ tokens: [token], readOnlyTokens: [reader], ...types });
  const tenant = createBridge({ tokens: [neighbour], ...types });
  const tenants: RequestListener = (request, response) => {
    const serve = request.headers.authorization === `Bearer ${neighbour}` ? tenant.app : app;
    serve(request, response);
  };
  const { url, close } = await serveBridge({ app: tenants, settings });
  try {
    return await work({
      baseUrl: url,
      credential: { kind: 'bearer', token },
      second: {
        'read-only': { kind: 'bearer', token: reader },
        'other-tenant': { kind: 'bearer', token: neighbour },
      },
    });
  } finally {
    await close();
  }
}

/** Runs `work` against a reference bridge of its own that has a 1Password account behind it. */
export async function withAccountBridge<T>(
  account: AccountOptions,
  work: (target: TargetSettings, control: Control) => Promise<T>,
): Promise<T> {
  const token = newToken();
  const bridge = createBridge({ tokens: [token], account });
  const { url, close } = await serveBridge(bridge);
  try {
    return await work({ baseUrl: url, credential: { kind: 'bearer', token } }, bridge.control ?? {});
  } finally {
    await close();
  }
}

const newToken = (): string => randomBytes(24).toString('base64url');
