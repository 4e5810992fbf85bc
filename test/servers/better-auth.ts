/** A SCIM server that none of us wrote: the SCIM plugin of Better Auth, on its memory adapter. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { scim } from '@better-auth/scim';
import { betterAuth, type BetterAuthPlugin } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { toNodeHandler } from 'better-auth/node';
import type { ThirdPartyServer } from './scimmy.ts';

/** @param token at least 32 characters, or the plugin does not take it */
export async function startBetterAuth(token: string): Promise<ThirdPartyServer> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const plugin = scim({
    connections: [{ id: 'judge', credentials: [{ type: 'bearer', id: 'one', token }] }],
  });
  const names = ['user', 'session', 'account', 'verification', ...Object.keys(plugin.schema)];
  const tables: Record<string, unknown[]> = Object.fromEntries(names.map(name => [name, []]));
  const auth = betterAuth({
    baseURL: origin,
    secret: 'a-secret-for-nothing-but-this-run-0123456789',
    database: memoryAdapter(tables),
    // The plugin's own types leave a table undefined, which exact optional properties do not allow.
    plugins: [plugin as BetterAuthPlugin],
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
  });
  server.on('request', (request, response) => void toNodeHandler(auth)(request, response));
  return {
    url: `${origin}/api/auth/scim/v2`,
    left: () => ({ users: tables['scimUser']?.length ?? 0, groups: tables['scimGroup']?.length ?? 0 }),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
