import type { ClauseId } from '../../conformance/clauses/index.ts';
import type { Query } from '../../scim/client.ts';
import type { PatchOperation } from '../../scim/message/patch.ts';
import type { JsonObject } from '../../scim/wire/message.ts';
import type { MappedValue } from '../mapping/attribute-mapping.ts';
import type { JumpCloudSettings } from '../sync/settings.ts';
import type { Source } from './sources.ts';

/** Where a value of a dialect comes from: a clause, a documented rule, a fact of the wire notes (`W-19`), or a source. */
export type Evidence = ClauseId | `W-${number}` | Source;

/** One request that changes a resource, as plain data. */
export type Write =
  | { readonly kind: 'patch'; readonly operations: readonly PatchOperation[] }
  | { readonly kind: 'put'; readonly body: JsonObject }
  /** Reads the resource, lays these members over it and puts it back, its `meta` left out. */
  | { readonly kind: 'merge'; readonly changes: JsonObject };

/** A user that is to be changed. */
export interface UserChange {
  /** As the service provider has it. */
  readonly held: JsonObject;
  /** Everything that is mapped. */
  readonly values: readonly MappedValue[];
  readonly active: boolean;
  /** What is to be sent, `active` among it: what `held` lacks, or all where it is sent in any case. */
  readonly wanting: readonly MappedValue[];
}

/** Somebody in a group. */
export interface Member {
  /** Id at the service provider. */
  readonly value: string;
  /** What a reader knows them by: their address. */
  readonly display: string;
}

/** A group that is to be changed. */
export interface GroupChange {
  readonly id: string;
  /** After the change. */
  readonly displayName: string;
  /** Everybody in it after the change, as far as they have a user; worked out only for those who send the whole group. */
  readonly members: () => readonly Member[];
}

/** A read that a connection is tested with. */
export interface Probe {
  readonly endpoint: '/Users' | '/Groups';
  readonly query: Query;
  /** Whether only an empty list will do: the query looks for somebody who cannot be there. */
  readonly findsNobody?: true;
}

/** What identity providers do differently on the wire. */
interface Differences {
  readonly headers: {
    readonly accept: string;
    /** Of requests with a body. */
    readonly contentType: string;
    readonly acceptCharset?: string;
    /** None is sent without. */
    readonly userAgent?: string;
  };
  /** How a query is escaped: `form` writes blanks as plus, as forms do. */
  readonly encoding: 'percent' | 'form';
  /** Reads of a connection test; those of groups only while groups are managed. `seed` tells one test from another. */
  readonly probes: (seed: string) => readonly Probe[];
  /** Parameters of the look-ups by a filter, in the order in which they are sent, and of the read of a group. */
  readonly lookUps: {
    readonly user: (filter: string) => Query;
    readonly group: (filter: string) => Query;
    readonly groupRead: Query;
  };
  /** Body of a create, made of what the mappings give, and of a group's name and id in the directory. */
  readonly create: {
    readonly user: (mapped: JsonObject, newPassword: () => string) => JsonObject;
    readonly group: (displayName: string, id: string) => JsonObject;
  };
  /** Requests that change a user, in order. */
  readonly update: (change: UserChange) => readonly Write[];
  /** Operations that set a user inactive; `as-update`: the user is read first, and changed as by an update. */
  readonly deactivation: readonly PatchOperation[] | 'as-update';
  readonly members: {
    readonly add: (group: GroupChange, added: readonly Member[]) => Write;
    readonly remove: (group: GroupChange, removed: Member) => Write;
  };
  /** How a group gets its new name. */
  readonly rename: (group: GroupChange, settings: Pick<JumpCloudSettings, 'groupRename'>) => Write;
  /** What 409 to a create leads to: whoever is there is looked up and taken over, or the operation fails. */
  readonly conflict: 'look-up' | 'failure';
  /** Milliseconds after which a user is deleted whose person was deleted while having access; undefined: never. */
  readonly deletesAfter: number | undefined;
  /** Where the next page of an import begins: behind what came, or behind what was asked for. */
  readonly nextPage: 'behind-received' | 'behind-asked';
  /** Settings that differ from the defaults. */
  readonly settings: Partial<JumpCloudSettings>;
}

/** A way of speaking SCIM, each value with its evidence. */
export interface Dialect extends Differences {
  readonly id: string;
  readonly title: string;
  /** Id of the profile that says what a client of this kind is held to. */
  readonly profile: string;
  /** Checks of clients that its requests do not pass, as those of the real one do not, by what says so. */
  readonly shortcomings: Readonly<Record<string, Evidence>>;
  readonly evidence: { readonly [Axis in keyof Differences]: readonly [Evidence, ...Evidence[]] };
}
