import type { ResourceType } from '../../scim/schema/index.ts';
import type { JsonObject } from '../../scim/wire/message.ts';
import type { AccountHooks } from '../account/hooks.ts';
import type { PatchSettings } from '../resource/patch/index.ts';
import { compileProjection } from '../resource/projection.ts';
import type { Resource } from '../resource/resource.ts';
import { compileType, type CompiledType } from '../resource/type.ts';
import { indexPaths } from '../store/indexes.ts';
import { linksOf, type TypeLinks } from '../store/links.ts';
import { createMemoryStore } from '../store/memory.ts';
import { createLinkGraph, type LinkGraph } from '../store/link-graph.ts';
import type { Store } from '../store/store.ts';
import { createCursors, type Cursors } from './cursor.ts';
import type { BridgeSettings } from './settings.ts';

/** A resource type as it is served. */
export interface ServedType {
  readonly type: ResourceType;
  readonly compiled: CompiledType;
  readonly links: TypeLinks;
  /** Finds in a filter or path the attributes that are worked out, wholly or in part, when a resource is shown. */
  readonly derived: RegExp;
  /** Names of attributes whose text is never shown, and so is not kept. */
  readonly concealed: readonly string[];
  /** Whether the answer to a PATCH has a body only when the request asks for attributes. */
  readonly isBrief: boolean;
  /** What is shown of a resource when the request does not say. */
  readonly projection: (resource: Resource) => JsonObject;
}

/** What every handler works on. */
export interface Provider {
  readonly settings: BridgeSettings;
  /** What of the settings is about PATCH: small, since every PATCH reads it. */
  readonly patching: PatchSettings;
  readonly store: Store;
  readonly graph: LinkGraph;
  readonly cursors: Cursors;
  readonly types: ReadonlyMap<string, ServedType>;
  readonly now: () => number;
  /** Makes the id of a new resource of a type. */
  readonly newId: (type: string) => string;
  /** The account behind it, which decides what becomes of a request; a plain service provider has none. */
  readonly account?: AccountHooks;
}

/**
 * @param readOnlyPath what becomes of a PATCH on what is readOnly
 * @throws TypeError for resource types whose schemas or endpoints cannot be served
 */
export function createProvider(
  resourceTypes: readonly ResourceType[],
  settings: BridgeSettings,
  now: () => number,
  newId: Provider['newId'],
  readOnlyPath: PatchSettings['readOnlyPath'] = 'refuse',
): Provider {
  const links = linksOf(resourceTypes);
  const types = new Map<string, ServedType>();
  for (const type of resourceTypes) {
    if (types.has(type.name)) throw new TypeError(`two resource types are named ${type.name}; rename one`);
    const own = links.get(type.name) ?? { forward: [], inverse: [] };
    const derived = ['location', 'version', ...[...own.forward, ...own.inverse].map(({ attribute }) => attribute)];
    const compiled = compileType(type);
    const concealed = compiled.attributes.list.filter(one => one.secret && one.type === 'string' && !one.multiValued);
    types.set(type.name, {
      type,
      compiled,
      links: own,
      derived: new RegExp(`\\b(?:${derived.join('|').replaceAll('$', String.raw`\$`)})\\b`, 'i'),
      concealed: concealed.map(({ name }) => name),
      // A type that holds others in a list may be as long as that list.
      isBrief: own.forward.some(link => link.multiValued),
      projection: compileProjection(compiled),
    });
  }
  const store = createMemoryStore(
    [...types.values()].map(({ type, compiled, links }) => ({ name: type.name, indexes: indexPaths(compiled, links) })),
  );
  const { removeValue, unmatchedReplace, unknownPath, unknownAttributes, missingSchemas } = settings;
  return {
    settings,
    patching: {
      removeValue,
      unmatchedReplace,
      unknownPath,
      unknownAttributes,
      missingSchemas,
      readOnlyPath,
      booleanText: 'accept',
    },
    store,
    graph: createLinkGraph(store, links),
    cursors: createCursors(now, settings.cursorTimeout),
    types,
    now,
    newId,
  };
}

/** The served type of a stored resource. */
export function servedType(provider: Provider, name: string): ServedType {
  const found = provider.types.get(name);
  if (!found) throw new Error(`no resource type ${name} is served`);
  return found;
}
