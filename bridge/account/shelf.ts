import type { JsonObject } from '../../scim/wire/message.ts';
import type { Resource } from '../resource/resource.ts';

/** The resource types of an account. */
export type Kind = 'User' | 'Group';

/** A resource with its type. */
export interface Shelved {
  readonly type: string;
  readonly resource: Resource;
}

/** What is visible over SCIM, as the account uses it. Each write keeps both ends of links together. */
export interface Shelf {
  get(id: string): Resource | undefined;
  /**
   * Puts a resource in that is new to SCIM.
   * @throws UniquenessError, ScimError
   */
  put(type: Kind, resource: Resource): void;
  /** @throws UniquenessError, ScimError */
  change(id: string, resource: Resource): void;
  /** Takes a resource out, and out of all that hold it. */
  take(id: string): void;
  /** Everything, in order of creation. */
  all(): readonly Shelved[];
  /** Puts all of this in the place of everything. */
  reset(all: readonly Shelved[]): void;
  /** `meta` of a resource that is made now. */
  meta(type: Kind): JsonObject;
  newId(type: Kind): string;
}
