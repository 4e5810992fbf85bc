import { ScimError } from '../../scim/message/error.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import { sameJson } from '../resource/equal.ts';
import { applyPatch } from '../resource/patch/index.ts';
import { requestedBy } from '../resource/projection.ts';
import type { Resource } from '../resource/resource.ts';
import type { Spend } from '../resource/work.ts';
import { readCreate, readReplace } from '../resource/write.ts';
import type { Entry } from '../store/store.ts';
import { done, type Answer } from './answer.ts';
import type { Caller } from './auth.ts';
import { isCurrent, requireMatch, type Conditions } from './conditions.ts';
import type { Parameters } from './parameters.ts';
import { locationOf, metaNow, present, versionOf } from './present.ts';
import { projectionFor } from './project.ts';
import { servedType, type Provider, type ServedType } from './provider.ts';

/** One operation on resources, whether it came as a request of its own or inside a bulk request. */
export interface Call {
  /** Address of the service provider as the client sees it. */
  readonly base: string;
  /** Id in the path; empty where the path has none. */
  readonly id: string;
  readonly parameters: Parameters;
  readonly body: Json;
  readonly conditions: Conditions;
  readonly caller: Caller;
  /** Shared by the operations of one bulk request. */
  readonly spend?: Spend;
}

/** What can be done with a resource type or one resource of it. */
export type Operation = (provider: Provider, served: ServedType, call: Call) => Answer;

/** POST (RFC 7644 section 3.3). */
export const create: Operation = (provider, served, call) => {
  const name = served.type.name;
  const attributes = readCreate(served.compiled, call.body, provider.settings);
  const { schemas, ...rest } = attributes;
  const meta = metaNow(provider, name);
  const given: Resource = { schemas: schemas ?? [], id: provider.newId(name), ...rest, meta };
  const { account } = provider;
  if (account) account.create(name, given);
  const entry = account ? existing(provider, served, given.id) : add(provider, served, given);
  return show(provider, served, entry, call, 201, requestedBy(served.compiled, attributes));
};

/** GET of one resource (section 3.4.1). */
export const read: Operation = (provider, served, call) => {
  const entry = existing(provider, served, call.id);
  const version = versionOf(provider, entry);
  if (version !== undefined && isCurrent(call.conditions, version)) return { status: 304, version };
  return show(provider, served, entry, call, 200, []);
};

/** PUT (section 3.5.1). */
export const replace: Operation = (provider, served, call) => {
  const entry = writable(provider, served, call);
  const { settings } = provider;
  const before = entry.resource;
  const attributes = readReplace(served.compiled, call.body, before, settings);
  const { schemas, ...rest } = attributes;
  refusePassword(provider, attributes, before);
  const given = { schemas: schemas ?? [], ...rest, id: before.id, meta: before['meta'] ?? {} };
  const shown = change(provider, served, entry, given, true);
  return show(provider, served, shown, call, 200, requestedBy(served.compiled, attributes));
};

/** PATCH (section 3.5.2). */
export const patch: Operation = (provider, served, call) => {
  if (!provider.settings.patch) throw new ScimError(501, undefined, 'this service provider does not support PATCH');
  const entry = writable(provider, served, call);
  const before = entry.resource;
  const after = applyPatch(served.compiled, call.body, before, provider.patching, call.spend);
  let shown = entry;
  if (after !== before) {
    refusePassword(provider, after, before);
    shown = change(provider, served, entry, after, false);
  }
  const { attributes, excludedAttributes } = call.parameters;
  const isBrief = provider.account ? provider.account.patchAnswer === 204 : served.isBrief;
  if (isBrief && attributes === undefined && excludedAttributes === undefined) {
    const version = versionOf(provider, entry);
    return { ...done, ...(version !== undefined && { version }) };
  }
  return show(provider, served, shown, call, 200, requestedBy(served.compiled, after, before));
};

/** DELETE (section 3.6). What held the resource lets go of it. */
export const remove: Operation = (provider, served, call) => {
  const entry = writable(provider, served, call);
  if (provider.account) provider.account.remove(entry.type, entry.resource.id);
  else takeOut(provider, entry);
  return done;
};

/** Stores a new resource. @throws ScimError, UniquenessError */
export function add({ store, graph }: Provider, served: ServedType, given: Resource): Entry {
  const { name } = served.type;
  const resource = conceal(served, graph.settle(name, given, undefined));
  const entry = store.insert(name, resource);
  graph.touchHeld(name, resource);
  return entry;
}

/** Takes a resource out of the store and out of all that hold it. */
export function takeOut(provider: Provider, entry: Entry): void {
  const { store, graph } = provider;
  graph.together(() => {
    graph.detach(entry, (holder, resource) => write(provider, servedType(provider, holder.type), holder, resource));
    const { resource } = entry;
    store.remove(entry);
    graph.touchHeld(entry.type, resource);
  });
}

/**
 * Carries a PUT or PATCH out, as the account behind has it if there is one.
 *
 * @param isWhole whether the request had the whole resource
 * @returns what the answer shows: the entry, or the last representation of a resource that is gone by it
 */
function change(provider: Provider, served: ServedType, entry: Entry, given: Resource, isWhole: boolean): Entry {
  const { account } = provider;
  if (!account) {
    write(provider, served, entry, given);
    return entry;
  }
  const last = account.write(entry.type, entry.resource, given, isWhole);
  return last ? { ...entry, resource: last } : entry;
}

/** @throws ScimError 404 */
export function existing(provider: Provider, served: ServedType, id: string): Entry {
  const entry = provider.store.get(id);
  if (entry?.type === served.type.name) return entry;
  throw new ScimError(404, undefined, `there is no ${served.type.name} with the id ${JSON.stringify(id)}`);
}

/** @throws ScimError 404, or 412 when the request is meant for another version */
function writable(provider: Provider, served: ServedType, call: Call): Entry {
  const entry = existing(provider, served, call.id);
  const version = versionOf(provider, entry);
  if (version !== undefined) requireMatch(call.conditions, version);
  return entry;
}

/** Stores what a write made of a resource; a write that changes nothing leaves no trace, in `meta` neither. */
export function write(provider: Provider, served: ServedType, entry: Entry, given: Resource): void {
  const { store, graph } = provider;
  const before = entry.resource;
  const next = graph.settle(entry.type, given, entry);
  if (sameJson(next, before)) return;
  const now = new Date(provider.now()).toISOString();
  const meta = before['meta'] as JsonObject;
  const last = meta['lastModified'];
  const lastModified = typeof last === 'string' && last > now ? last : now;
  store.replace(entry, conceal(served, { ...next, meta: { ...meta, lastModified } }));
  graph.written(entry, before);
}

/** Takes the place of text that is never returned: nothing here compares it, so nothing needs to know it. */
const concealed = '(concealed)';

function conceal(served: ServedType, resource: Resource): Resource {
  const given = served.concealed.filter(name => resource[name] !== undefined);
  if (given.length === 0) return resource;
  return { ...resource, ...Object.fromEntries(given.map(name => [name, concealed])) };
}

/** @throws ScimError 403 when passwords cannot be changed here */
function refusePassword({ settings }: Provider, after: JsonObject, before: Resource): void {
  if (settings.changePassword || after['password'] === before['password']) return;
  throw new ScimError(403, undefined, 'this service provider does not change passwords');
}

function show(
  provider: Provider,
  served: ServedType,
  entry: Entry,
  call: Call,
  status: number,
  also: readonly string[],
): Answer {
  const { project, wanted } = projectionFor(served, call.parameters, also);
  const version = versionOf(provider, entry);
  return {
    status,
    body: project(present(provider, entry, call.base, wanted)),
    location: locationOf(served, call.base, entry.resource.id),
    ...(version !== undefined && { version }),
  };
}
