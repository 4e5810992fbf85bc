/**
 * A SCIM server that none of us wrote: the npm packages scimmy and scimmy-routers, on a store of two maps. SCIMMY keeps its
 * resource types in a registry of the process, so they are declared once and the maps are emptied for each server.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import express from 'express';
import { Resources, Types } from 'scimmy';
import { SCIMMYRouters } from 'scimmy-routers';

interface Stored {
  readonly id: string;
  readonly meta: { readonly resourceType: string; readonly created: Date; readonly lastModified: Date };
  readonly [name: string]: unknown;
}

interface Request {
  readonly id?: string;
  readonly filter?: { match(resources: readonly Stored[]): Stored[] };
}

const users = new Map<string, Stored>();
const groups = new Map<string, Stored>();

const found = (store: Map<string, Stored>, id: string): Stored => {
  const resource = store.get(id);
  if (!resource) throw new Types.Error(404, null as never, `Resource ${id} not found`);
  return resource;
};

const read = (store: Map<string, Stored>) => (request: Request) => {
  if (request.id) return found(store, request.id);
  const all = [...store.values()];
  return request.filter ? request.filter.match(all) : all;
};

/** Names are compared as RFC 8265 prepares them, near enough. */
const prepared = (name: unknown) => String(name).normalize('NFKC').toLowerCase();

const write =
  (store: Map<string, Stored>, unique?: string) =>
  (request: Request, data: object): Stored => {
    const attributes = JSON.parse(JSON.stringify(data)) as Record<string, unknown>;
    const before = request.id === undefined ? undefined : found(store, request.id);
    const taken =
      unique !== undefined &&
      [...store.values()].some(
        other => other.id !== before?.id && prepared(other[unique]) === prepared(attributes[unique]),
      );
    if (taken) throw new Types.Error(409, 'uniqueness', `${unique} is taken`);
    const now = new Date();
    const { schemas: _schemas, meta: _meta, ...kept } = attributes;
    // SCIMMY matches filters against what is stored, so the type has to be there.
    const resourceType = store === users ? 'User' : 'Group';
    const meta = { resourceType, created: before?.meta.created ?? now, lastModified: now };
    const resource: Stored = { ...kept, id: before?.id ?? randomUUID(), meta };
    if (
      before &&
      isDeepStrictEqual(
        JSON.parse(JSON.stringify({ ...resource, meta: before.meta })),
        JSON.parse(JSON.stringify(before)),
      )
    ) {
      return before;
    }
    store.set(resource.id, resource);
    return resource;
  };

const remove = (store: Map<string, Stored>) => (request: Request) => {
  const { id } = found(store, request.id ?? '');
  store.delete(id);
};

Resources.declare(Resources.User, {
  ingress: write(users, 'userName') as never,
  egress: read(users) as never,
  degress: remove(users) as never,
});
Resources.declare(Resources.Group, {
  ingress: write(groups) as never,
  egress: read(groups) as never,
  degress: remove(groups) as never,
});

/** A running server. `users` and `groups` tell how many resources are left. */
export interface ThirdPartyServer {
  readonly url: string;
  readonly left: () => { users: number; groups: number };
  close(): Promise<void>;
}

export async function startScimmy(token: string): Promise<ThirdPartyServer> {
  users.clear();
  groups.clear();
  const app = express();
  app.use(
    '/scim',
    new SCIMMYRouters({
      type: 'bearer',
      handler: request => {
        if (request.header('Authorization') !== `Bearer ${token}`) throw new Error('Authorization not detected');
        // The credential stands for nobody who could be found at /Me.
        return undefined as never;
      },
    }) as unknown as express.RequestHandler,
  );
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim`,
    left: () => ({ users: users.size, groups: groups.size }),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
