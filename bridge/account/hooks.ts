import type { Authenticate } from '../http/auth.ts';
import type { Resource } from '../resource/resource.ts';
import type { Rows } from '../store/store.ts';
import type { ReadFilter } from './filters.ts';
import type { Wire } from './wire/index.ts';

/** Where the HTTP side of a service provider asks the account behind it. A plain service provider has none. */
export interface AccountHooks {
  /** POST: stores the new resource, or refuses it. @throws ScimError, UniquenessError */
  create(type: string, given: Resource): void;
  /**
   * PUT and PATCH: stores what the account makes of the change.
   *
   * @param isWhole whether the request had the whole resource, as PUT does
   * @returns the last representation of a resource that is gone by it
   * @throws ScimError, UniquenessError
   */
  write(type: string, before: Resource, given: Resource, isWhole: boolean): Resource | undefined;
  /** DELETE: takes the resource out, or keeps it in another state. @throws ScimError */
  remove(type: string, id: string): void;
  readonly readFilter: ReadFilter;
  /** The resources of a type in the order of this one list. */
  arrange(type: string, rows: Rows): Rows;
  /** How answers look. */
  readonly wire: Wire;
  /** Status of the answer to a PATCH that succeeds. */
  readonly patchAnswer: 200 | 204;
}

/** A place that SCIM is served at, with its own credentials. */
export interface Door {
  /** Paths, `/` for the root. */
  readonly mounts: readonly string[];
  readonly authenticate: Authenticate;
}

/** A door of an account. */
export interface AccountDoor extends Door {
  /** Lets a valid token in, also while provisioning is switched off. @throws Refusal 401, 500, 503 */
  admit(authorization: string | undefined): void;
}

/** A page beside SCIM, from the root of the server. */
export interface Page {
  readonly path: string;
  /** What a GET gives; text, or JSON. @throws Refusal 401, 500, 503 */
  show(authorization: string | undefined): {
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body: string | object;
  };
}
