import type { ScimClient } from '../../scim/client.ts';
import type { Control } from '../../scim/target.ts';
import type { JsonObject } from '../../scim/wire/message.ts';
import type { SecondKind } from '../../scim/wire/session.ts';
import type { Facts } from './facts.ts';
import type { Maker } from './fixtures.ts';
import type { Given } from './given.ts';

/** Everything a probe may use. */
export interface Context {
  /** Client with the run's credential; exchanges are recorded under this check. */
  readonly scim: ScimClient;
  /** The same without any credential. */
  readonly anonymous: ScimClient;
  /** Client with a further credential. @throws NotApplicable when the run has none of the kind. */
  second(kind: SecondKind): ScimClient;
  /**
   * An act on the account behind the target. @throws NotApplicable when the run has none of the name; the act throws Blocked
   * when it fails.
   */
  act<Name extends keyof Control>(name: Name): NonNullable<Control[Name]>;
  /** Makes what a probe starts from, marked as ours and removed afterwards. */
  readonly given: Given;
  readonly facts: Facts;
  /** Uniform in [0, 1), seeded by hash(seed, check id). */
  readonly random: () => number;
  /** The resource as a GET by id shows it. @throws Blocked by `read.by-id` when it cannot be read. */
  stored(endpoint: string, id: string): Promise<JsonObject>;
  /**
   * What all probes of the run that name the key start from, made by the first of them and removed after the last probe.
   * None of them may change it.
   */
  shared<T>(key: string, make: (maker: Maker) => Promise<T>): Promise<T>;
}

/** A resource that `given` made. */
export interface Made {
  readonly id: string;
  /** The userName or displayName it was sent with. */
  readonly name: string;
  /** What was sent. */
  readonly sent: JsonObject;
  /** What came back; empty when the answer had no body. */
  readonly body: JsonObject;
}
