import type { JsonObject } from '../../scim/wire/message.ts';

/** What discovery told about a target. Parts that are missing or broken are undefined; checks then go by RFC defaults. */
export interface Facts {
  readonly serviceProviderConfig: JsonObject | undefined;
  readonly resourceTypes: readonly JsonObject[] | undefined;
  readonly schemas: readonly JsonObject[] | undefined;
}

/** A named thing a check needs of a target. `unmet` says why it does not hold, or nothing when it does. */
export interface Condition {
  readonly name: string;
  unmet(facts: Facts): string | undefined;
}
