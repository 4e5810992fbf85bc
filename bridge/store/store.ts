import type { Uniqueness } from '../../scim/schema/index.ts';
import type { Json } from '../../scim/wire/message.ts';
import type { Resource } from '../resource/resource.ts';

/** A resource as the store holds it. The store moves `resource` and `revision` on; everybody else only reads. */
export interface Entry {
  /** Name of its resource type. */
  readonly type: string;
  /** Place in the order of creation; never given twice. */
  readonly order: number;
  readonly resource: Resource;
  /** Moves on with everything that changes what a reader sees; never given twice. */
  readonly revision: number;
}

/** Entries in the order of creation. */
export interface Rows extends Iterable<Entry> {
  readonly size: number;
  /** At most `count` entries after skipping `offset`; costs about as much as the page is long. */
  slice(offset: number, count: number): Entry[];
  /** How many entries were created before this place in the order. */
  rank(order: number): number;
}

/** A path whose values lead to resources without a scan. */
export interface IndexPath {
  /** The name the path is asked for. */
  readonly name: string;
  /** Members to walk, outermost first: an extension URN or attribute, then its sub-attribute. */
  readonly steps: readonly string[];
  /** Brings a value into the form that is compared. */
  readonly key: (value: Json) => string | undefined;
  /** Whether no resource holds a value twice, as links are settled. */
  readonly distinct: boolean;
  /** Whether two resources may share a value: of one type (`server`), or of any (`global`). */
  readonly uniqueness: Uniqueness;
}

/** Keeps resources of several types. Nothing in it waits, so what one call reads no other call has changed. */
export interface Store {
  /** A resource of any type by its id. */
  get(id: string): Entry | undefined;
  /** All resources of a type. */
  rows(type: string): Rows;
  /** True when resources of the type are found through this path. */
  indexed(type: string, path: string): boolean;
  /** Resources of a type that hold the value at an indexed path, in order of creation. */
  find(type: string, path: string, value: string): readonly Entry[];
  /** True when this resource holds the value at an indexed path of its type. */
  holds(entry: Entry, path: string, value: string): boolean;
  /** @throws UniquenessError when a unique value is taken */
  insert(type: string, resource: Resource): Entry;
  /** @throws UniquenessError when a unique value is taken */
  replace(entry: Entry, resource: Resource): void;
  /** Gives a new revision to a resource whose stored content stays. */
  touch(entry: Entry): void;
  remove(entry: Entry): void;
}

/** A write would give two resources one value of a unique attribute. */
export class UniquenessError extends Error {
  readonly code = 'uniqueness';
  /** Path of the attribute. */
  readonly path: string;
  constructor(path: string) {
    super(`another resource has this ${path}`);
    this.name = 'UniquenessError';
    this.path = path;
  }
}
