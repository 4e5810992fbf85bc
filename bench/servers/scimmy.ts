/**
 * The npm packages scimmy and scimmy-routers on the store a careful user would give them: maps by id and by `userName`, and
 * pages cut before SCIMMY shapes them. Everything SCIM about it is theirs.
 */
import { randomUUID } from 'node:crypto';
import express from 'express';
import { Resources, Schemas, Types } from 'scimmy';
import { SCIMMYRouters } from 'scimmy-routers';
import { person, TOKEN } from '../people.ts';
import { urlOf, type Started } from './started.ts';

interface Stored {
  readonly id: string;
  readonly meta: { readonly created: Date; readonly lastModified: Date };
  readonly [name: string]: unknown;
}

/** What SCIMMY hands to the functions that read and write. */
interface Request {
  readonly id?: string;
  readonly filter?: readonly Readonly<Record<string, unknown>>[] & {
    match(resources: readonly Stored[]): Stored[];
  };
  readonly constraints?: { readonly startIndex?: number; readonly count?: number; totalResults?: number };
}

interface Table {
  readonly rows: Map<string, Stored>;
  /** Rows by `userName` in lower case. */
  readonly names: Map<string, Stored>;
  /** Ids in the order of creation. */
  readonly order: string[];
}

const emptyTable = (): Table => ({ rows: new Map(), names: new Map(), order: [] });
const users = emptyTable();
const groups = emptyTable();

const nameOf = (resource: { readonly [name: string]: unknown }): string => String(resource['userName']).toLowerCase();

function found({ rows }: Table, id: string): Stored {
  const resource = rows.get(id);
  if (!resource) throw new Types.Error(404, null as never, `Resource ${id} not found`);
  return resource;
}

const read = (table: Table) => (request: Request) => {
  const { id, filter, constraints } = request;
  if (id) return found(table, id);
  if (filter) {
    const name = wantedName(filter);
    const known = name === undefined ? undefined : table.names.get(name);
    return filter.match(name === undefined ? [...table.rows.values()] : known ? [known] : []);
  }
  const { startIndex = 1, count = 20 } = constraints ?? {};
  if (constraints) constraints.totalResults = table.order.length;
  return table.order.slice(startIndex - 1, startIndex - 1 + count).map(each => found(table, each));
};

/** The name a filter asks for, when `userName eq` is all it says. */
function wantedName(filter: NonNullable<Request['filter']>): string | undefined {
  const condition: unknown = filter.length === 1 ? filter[0]?.['userName'] : undefined;
  const [operator, value] = Array.isArray(condition) ? (condition as readonly unknown[]) : [];
  return operator === 'eq' && typeof value === 'string' ? value.toLowerCase() : undefined;
}

const write = (table: Table, isNamed: boolean) => (request: Request, data: object) => {
  const { schemas: _schemas, meta: _meta, ...kept } = JSON.parse(JSON.stringify(data)) as Record<string, unknown>;
  const before = request.id === undefined ? undefined : found(table, request.id);
  const rival = isNamed ? table.names.get(nameOf(kept)) : undefined;
  if (rival && rival.id !== before?.id) throw new Types.Error(409, 'uniqueness', 'userName is taken');
  return store(table, isNamed, kept, before);
};

function store(table: Table, isNamed: boolean, attributes: object, before: Stored | undefined): Stored {
  const now = new Date();
  const resource: Stored = {
    ...attributes,
    id: before?.id ?? randomUUID(),
    meta: { created: before?.meta.created ?? now, lastModified: now },
  };
  if (!before) table.order.push(resource.id);
  else if (isNamed) table.names.delete(nameOf(before));
  if (isNamed) table.names.set(nameOf(resource), resource);
  table.rows.set(resource.id, resource);
  return resource;
}

const remove = (table: Table) => (request: Request) => {
  const resource = found(table, request.id ?? '');
  table.rows.delete(resource.id);
  table.names.delete(nameOf(resource));
  table.order.splice(table.order.lastIndexOf(resource.id), 1);
};

/** SCIMMY with that many users. Its registry is one for the process, so only one such server can run in it. */
export async function startScimmy(size: number): Promise<Started> {
  Resources.declare(Resources.User.extend(Schemas.EnterpriseUser, false), {
    ingress: write(users, true) as never,
    egress: read(users) as never,
    degress: remove(users) as never,
  });
  Resources.declare(Resources.Group, {
    ingress: write(groups, false) as never,
    egress: read(groups) as never,
    degress: remove(groups) as never,
  });
  for (let number = 0; number < size; number += 1) {
    const { schemas: _schemas, ...kept } = person('user', number);
    store(users, true, kept, undefined);
  }
  const app = express();
  // The routers write numbers into `request.query` and read them back; in Express 5 it is made anew for each reading.
  app.use((request, _response, next) => {
    Object.defineProperty(request, 'query', { value: request.query });
    next();
  });
  app.use(
    '/scim/v2',
    new SCIMMYRouters({
      type: 'bearer',
      handler: request => {
        if (request.header('Authorization') !== `Bearer ${TOKEN}`) throw new Error('Authorization not detected');
        return 'bench';
      },
    }) as unknown as express.RequestHandler,
  );
  return { url: await urlOf(app.listen(0, '127.0.0.1'), '/scim/v2'), ids: [...users.order] };
}
