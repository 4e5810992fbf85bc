import type { JsonObject } from '../../scim/wire/message.ts';

/** What the service provider says about a resource itself (RFC 7643 section 3.1). */
export interface Meta {
  readonly resourceType: string;
  readonly created: string;
  readonly lastModified: string;
  readonly location: string;
  readonly version: string;
}

/**
 * A resource as it is stored: attribute names as the schema spells them, extension attributes below the URN of their
 * extension, `schemas` naming exactly the schemas in use, nothing that is null or empty. Never changed: a write makes a
 * new object.
 */
export type Resource = JsonObject & { readonly id: string };
