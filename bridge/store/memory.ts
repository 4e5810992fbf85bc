import { createRows, type WritableRows } from './rows.ts';
import { UniquenessError, type Entry, type IndexPath, type Store } from './store.ts';
import { createIndex, type ValueIndex } from './value-index.ts';
import type { Resource } from '../resource/resource.ts';

/** What the store has to know of a resource type. */
export interface StoredType {
  readonly name: string;
  readonly indexes: readonly IndexPath[];
}

type MutableEntry = { -readonly [K in keyof Entry]: Entry[K] };

/** A store in memory. */
export function createMemoryStore(types: readonly StoredType[]): Store {
  const byId = new Map<string, MutableEntry>();
  const tables = new Map<string, { readonly rows: WritableRows; readonly indexes: ReadonlyMap<string, ValueIndex> }>();
  for (const type of types) {
    const indexes = type.indexes.map(path => [path.name, createIndex(path)] as const);
    tables.set(type.name, { rows: createRows(), indexes: new Map(indexes) });
  }
  let orders = 0;
  let revisions = 0;

  const table = (type: string) => {
    const found = tables.get(type);
    if (!found) throw new Error(`the store has no resource type ${type}`);
    return found;
  };
  const index = (type: string, path: string): ValueIndex => {
    const found = table(type).indexes.get(path);
    if (!found) throw new Error(`the store has no index of ${type} by ${path}`);
    return found;
  };
  /** Indexes of a type whose attribute two versions of a resource do not share. */
  const affected = (type: string, before: Resource | undefined, after: Resource): ValueIndex[] => {
    const indexes: ValueIndex[] = [];
    for (const candidate of table(type).indexes.values()) {
      const attribute = candidate.path.steps[0] ?? '';
      if (before?.[attribute] !== after[attribute]) indexes.push(candidate);
    }
    return indexes;
  };
  const refuseTaken = (indexes: readonly ValueIndex[], resource: Resource, entry: Entry | undefined): void => {
    for (const index of indexes) {
      const { name, uniqueness } = index.path;
      if (uniqueness === 'none') continue;
      const rivals = uniqueness === 'global' ? everywhere(name) : [index];
      if (rivals.some(rival => rival.taken(resource, entry))) throw new UniquenessError(name);
    }
  };
  /** The indexes by one path of every type that has it. */
  const everywhere = (name: string): ValueIndex[] =>
    [...tables.values()].flatMap(({ indexes }) => indexes.get(name) ?? []);
  const mutable = (entry: Entry): MutableEntry => {
    const found = byId.get(entry.resource.id);
    if (found !== entry) throw new Error(`the store does not hold this entry of ${entry.resource.id}`);
    return found;
  };

  return {
    get: id => byId.get(id),
    rows: type => table(type).rows,
    indexed: (type, path) => table(type).indexes.has(path),
    find: (type, path, value) => index(type, path).find(value),
    holds: (entry, path, value) => index(entry.type, path).holds(value, entry),
    insert(type, resource) {
      if (byId.has(resource.id)) throw new Error(`the id ${resource.id} is given already`);
      const indexes = affected(type, undefined, resource);
      refuseTaken(indexes, resource, undefined);
      const entry: MutableEntry = { type, order: (orders += 1), resource, revision: (revisions += 1) };
      byId.set(resource.id, entry);
      table(type).rows.append(entry);
      for (const each of indexes) each.move(entry, undefined, resource);
      return entry;
    },
    replace(entry, resource) {
      const held = mutable(entry);
      const before = held.resource;
      const indexes = affected(held.type, before, resource);
      refuseTaken(indexes, resource, held);
      held.resource = resource;
      held.revision = revisions += 1;
      for (const each of indexes) each.move(held, before, resource);
    },
    touch(entry) {
      mutable(entry).revision = revisions += 1;
    },
    remove(entry) {
      const held = mutable(entry);
      byId.delete(held.resource.id);
      table(held.type).rows.remove(held);
      for (const each of table(held.type).indexes.values()) each.move(held, held.resource, undefined);
    },
  };
}
