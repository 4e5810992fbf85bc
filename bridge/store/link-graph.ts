import { ScimError } from '../../scim/message/error.ts';
import { isObject } from '../../scim/message/list.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import { sameJson } from '../resource/equal.ts';
import type { Resource } from '../resource/resource.ts';
import type { Link, TypeLinks } from './links.ts';
import type { Entry, Store } from './store.ts';
import { common, list } from './value-index.ts';

/** A resource that holds another in a multi-valued link, itself or through others it holds. */
export interface Holder {
  readonly entry: Entry;
  readonly direct: boolean;
}

/** Keeps both ends of links together: groups and members, managers and their people. */
export interface LinkGraph {
  /**
   * The multi-valued links of a resource that is about to be written, as they are stored: each target once, its id and
   * resource type kept, what can be worked out left out.
   *
   * @param entry the resource as stored so far; absent for a new one
   * @throws ScimError 400 invalidValue for a target that does not exist (RFC 7643 section 2.3.7 leaves that to the service
   * provider), or for one of a type the link does not lead to
   */
  settle(type: string, next: Resource, entry: Entry | undefined): Resource;
  /** After a write: gives new revisions to the resources that show something of this one. */
  written(entry: Entry, before: Resource): void;
  /** Before a removal: takes the resource out of all that hold it, through `rewrite`. */
  detach(entry: Entry, rewrite: (holder: Entry, resource: Resource) => void): void;
  /** After a removal or creation: gives new revisions to what the resource holds. */
  touchHeld(type: string, resource: Resource): void;
  /** Does many writes, and gives the new revisions that follow from them once, when all are done; may be nested. */
  together(writes: () => void): void;
  /** What a resource holds, itself or through others, in order of creation. */
  held(entry: Entry): readonly Entry[];
  /** Who holds a resource, direct holders first. */
  holders(entry: Entry, types: readonly string[]): readonly Holder[];
}

export function createLinkGraph(store: Store, links: ReadonlyMap<string, TypeLinks>): LinkGraph {
  const forward = (type: string): readonly Link[] => links.get(type)?.forward ?? [];
  const all = [...links].flatMap(([owner, { forward }]) => forward.map(link => ({ owner, link })));
  const into = new Map(
    [...links.keys()].map(type => [type, all.filter(({ link }) => link.targets.includes(type))] as const),
  );

  const settleElement = (link: Link, id: string, element: JsonObject): JsonObject => {
    const target = store.get(id);
    if (!target || !link.targets.includes(target.type)) {
      const wanted = link.targets.join(' or ');
      throw new ScimError(
        400,
        'invalidValue',
        `${link.path} holds ${JSON.stringify(id)}, which is the id of no ${wanted}`,
      );
    }
    const kept: Record<string, Json> = link.typed ? { value: id, type: target.type } : { value: id };
    for (const name of Object.keys(element)) {
      if (name !== '$ref' && name !== link.label && kept[name] === undefined) kept[name] = element[name] ?? null;
    }
    return kept;
  };
  const settleElements = (link: Link, before: readonly Json[], after: readonly Json[], entry: Entry | undefined) => {
    const { start, end } = common(before, after);
    if (start === before.length && start === after.length) return before;
    const old = new Map(before.slice(start, before.length - end).map(element => [targetOf(element), element]));
    const settled: Json[] = [];
    const seen = new Set<string>();
    let reused = 0;
    for (const element of after.slice(start, after.length - end)) {
      const id = targetOf(element);
      if (!isObject(element) || id === undefined) {
        throw new ScimError(400, 'invalidValue', `${link.path} is missing in an element of ${link.attribute}`);
      }
      const known = old.get(id);
      const isKept = known === undefined && entry !== undefined && store.holds(entry, link.path, id);
      if (seen.has(id) || isKept) continue;
      seen.add(id);
      const next = settleElement(link, id, element);
      if (known !== undefined && sameJson(known, next)) {
        settled.push(known);
        reused += 1;
      } else settled.push(next);
    }
    if (reused === settled.length && reused === old.size) return before;
    return after.slice(0, start).concat(settled, after.slice(after.length - end));
  };

  const heldBy = (type: string, resource: Resource): string[] =>
    forward(type)
      .filter(({ multiValued }) => multiValued)
      .flatMap(({ attribute, extension }) => ids(list(at(resource, extension)?.[attribute])));
  /** The resources of some ids and all they hold, themselves or through others. */
  const reach = (from: Iterable<string>): Set<Entry> => {
    const reached = new Set<Entry>();
    const waiting = [...from];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const entry = store.get(id);
      if (!entry || reached.has(entry)) continue;
      reached.add(entry);
      for (const held of heldBy(entry.type, entry.resource)) waiting.push(held);
    }
    return reached;
  };
  /** New revisions for whatever shows the chain of those that hold it. */
  const touchDown = (from: Iterable<string>): void => {
    if (waiting) for (const id of from) waiting.add(id);
    else for (const entry of reach(from)) if (links.get(entry.type)?.inverse.length) store.touch(entry);
  };
  /** While writes are done together: where the new revisions will have to begin. */
  let waiting: Set<string> | undefined;

  const holding = (entry: Entry, types: readonly string[]): readonly Entry[] => {
    let found: readonly Entry[] = [];
    for (const { owner, link } of into.get(entry.type) ?? []) {
      if (!link.multiValued || !types.includes(owner)) continue;
      const more = store.find(owner, link.path, entry.resource.id);
      found = found.length === 0 ? more : [...found, ...more];
    }
    return found;
  };

  return {
    settle(type, next, entry) {
      let result = next;
      for (const link of forward(type)) {
        const scope = at(result, link.extension);
        const before = at(entry?.resource, link.extension)?.[link.attribute];
        const after = scope?.[link.attribute];
        if (after === undefined || after === before) continue;
        const settled = link.multiValued
          ? settleElements(link, list(before), list(after), entry)
          : settleSingle(store, before, after);
        if (settled === after) continue;
        result =
          link.extension === undefined
            ? { ...result, [link.attribute]: settled }
            : { ...result, [link.extension]: { ...scope, [link.attribute]: settled } };
      }
      return result;
    },
    written(entry, before) {
      const changed = new Set<string>();
      for (const { attribute, extension, multiValued } of forward(entry.type)) {
        if (!multiValued) continue;
        const from = list(at(before, extension)?.[attribute]);
        const to = list(at(entry.resource, extension)?.[attribute]);
        const { start, end } = common(from, to);
        const gone = new Set(ids(from.slice(start, from.length - end)));
        for (const id of ids(to.slice(start, to.length - end))) if (!gone.delete(id)) changed.add(id);
        for (const id of gone) changed.add(id);
      }
      const isRenamed = label(before) !== label(entry.resource);
      if (isRenamed) changed.add(entry.resource.id);
      touchDown(changed);
      if (!isRenamed) return;
      for (const { owner, link } of into.get(entry.type) ?? []) {
        for (const holder of store.find(owner, link.path, entry.resource.id)) store.touch(holder);
      }
    },
    detach(entry, rewrite) {
      const { id } = entry.resource;
      for (const { owner, link } of into.get(entry.type) ?? []) {
        if (!link.multiValued) continue;
        for (const holder of store.find(owner, link.path, id)) {
          const scope = at(holder.resource, link.extension) ?? {};
          const left = list(scope[link.attribute]).filter(element => targetOf(element) !== id);
          const { [link.attribute]: _, ...rest } = scope;
          const next: JsonObject = left.length > 0 ? { ...scope, [link.attribute]: left } : rest;
          const resource = link.extension === undefined ? next : { ...holder.resource, [link.extension]: next };
          rewrite(holder, { ...resource, id: holder.resource.id });
        }
      }
    },
    touchHeld(type, resource) {
      touchDown(heldBy(type, resource));
    },
    together(writes) {
      if (waiting) return writes();
      const from = new Set<string>();
      waiting = from;
      try {
        writes();
      } finally {
        waiting = undefined;
        touchDown(from);
      }
    },
    held(entry) {
      return [...reach(heldBy(entry.type, entry.resource))].sort((a, b) => a.order - b.order);
    },
    holders(entry, types) {
      const direct = holding(entry, types);
      if (direct.length === 0) return [];
      const found = new Map(direct.map(holder => [holder, { entry: holder, direct: true }]));
      // The map hands out what is added on the way too, so this goes up until nobody new is found.
      for (const held of found.keys()) {
        for (const above of holding(held, types)) {
          if (!found.has(above)) found.set(above, { entry: above, direct: false });
        }
      }
      return [...found.values()];
    },
  };
}

/** A singular link keeps what a client says of a target that is not here; of one that is, what can be worked out goes. */
function settleSingle(store: Store, before: Json | undefined, after: Json): Json {
  const id = targetOf(after);
  if (!isObject(after) || id === undefined || !store.get(id)) return after;
  const { $ref: _, ...kept } = after;
  const next = { ...kept, value: id };
  return before !== undefined && sameJson(before, next) ? before : next;
}

/** The name a resource is shown by where another links to it. */
export const label = (resource: Resource): string | undefined => {
  const name = resource['displayName'] ?? resource['userName'];
  return typeof name === 'string' ? name : undefined;
};

/** The id a link element names: its `value`, or the end of its `$ref`. */
export function targetOf(element: Json | undefined): string | undefined {
  if (!isObject(element)) return undefined;
  const { value, $ref } = element;
  if (typeof value === 'string' && value !== '') return value;
  return typeof $ref === 'string' ? /([^/?#]+)\/?(?:[?#].*)?$/.exec($ref)?.[1] : undefined;
}

const at = (resource: JsonObject | undefined, extension: string | undefined): JsonObject | undefined => {
  if (extension === undefined) return resource;
  const scope = resource?.[extension];
  return isObject(scope) ? scope : undefined;
};

const ids = (elements: readonly Json[]): string[] => elements.map(targetOf).filter(id => id !== undefined);
