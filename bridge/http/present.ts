import { isObject } from '../../scim/message/list.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import type { Resource } from '../resource/resource.ts';
import { label, targetOf } from '../store/link-graph.ts';
import type { Link } from '../store/links.ts';
import type { Entry } from '../store/store.ts';
import { list } from '../store/value-index.ts';
import { servedType, type Provider, type ServedType } from './provider.ts';

/** The address of a resource below the base URL of the request. */
export const locationOf = ({ type }: ServedType, base: string, id: string): string =>
  `${base}${type.endpoint}/${encodeURIComponent(id)}`;

/** `meta` of a resource that is made now. */
export function metaNow({ now }: Provider, resourceType: string): JsonObject {
  const stamp = new Date(now()).toISOString();
  return { resourceType, created: stamp, lastModified: stamp };
}

/** The entity-tag of a resource: weak, since one version has many representations (RFC 7644 section 3.14). */
export const versionOf = ({ settings }: Provider, entry: Entry): string | undefined =>
  settings.etag ? `W/"${entry.revision.toString(36)}"` : undefined;

/** Says whether an attribute will be shown, so that what would be left out again is not worked out. */
export type Wanted = (attribute: string) => boolean;

/**
 * A resource with all that is worked out rather than stored: the address and version in `meta`, the addresses, types and
 * names in links, and links that are the other end of somebody else's (`groups` of a user).
 *
 * @param base address of the service provider as the client sees it
 */
export function present(provider: Provider, entry: Entry, base: string, wanted: Wanted = () => true): Resource {
  const served = servedType(provider, entry.type);
  const { resource } = entry;
  const version = versionOf(provider, entry);
  const location = locationOf(served, base, resource.id);
  const meta = resource['meta'];
  const shown: Record<string, Json> & { id: string } = { ...resource };
  for (const link of served.links.forward) {
    const owner = link.extension ?? link.attribute;
    const value = resource[owner];
    if (value === undefined || !wanted(owner)) continue;
    if (link.extension === undefined) shown[owner] = showLink(provider, link, value, base);
    else if (isObject(value)) {
      const linked = value[link.attribute];
      if (linked !== undefined) shown[owner] = { ...value, [link.attribute]: showLink(provider, link, linked, base) };
    }
  }
  for (const link of served.links.inverse) {
    if (!wanted(link.attribute)) continue;
    const holders = provider.graph.holders(entry, link.targets);
    if (holders.length === 0) continue;
    shown[link.attribute] = holders.map(({ entry, direct }) =>
      show(provider, link, entry, base, direct ? 'direct' : 'indirect'),
    );
  }
  shown['meta'] = isObject(meta) ? { ...meta, location, ...(version !== undefined && { version }) } : { location };
  return shown;
}

function showLink(provider: Provider, link: Link, value: Json, base: string): Json {
  if (!link.multiValued) return isObject(value) ? showElement(provider, link, value, base) : value;
  return list(value).map(element => (isObject(element) ? showElement(provider, link, element, base) : element));
}

function showElement(provider: Provider, link: Link, element: JsonObject, base: string): JsonObject {
  const target = provider.store.get(targetOf(element) ?? '');
  return target ? { ...element, ...show(provider, link, target, base) } : element;
}

function show(provider: Provider, link: Link, target: Entry, base: string, type?: string): JsonObject {
  const { id } = target.resource;
  const name = link.label === undefined ? undefined : label(target.resource);
  return {
    value: id,
    $ref: locationOf(servedType(provider, target.type), base, id),
    ...(link.label !== undefined && name !== undefined && { [link.label]: name }),
    ...(link.typed && type !== undefined && { type }),
  };
}
