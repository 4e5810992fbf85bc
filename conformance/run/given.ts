import type { JsonObject } from '../../scim/wire/message.ts';
import type { Made } from './context.ts';

/** Values and resources a probe starts from. Names are unique in the run and carry its mark. */
export interface Given {
  /** A name that nothing else on the target has. */
  unique(label: string): string;
  /** A user body that a POST can carry; overrides replace members of the top level, null takes one away. */
  userDraft(overrides?: JsonObject): JsonObject;
  groupDraft(overrides?: JsonObject): JsonObject;
  /** A created user. @throws Blocked naming the check that reports why the target made none. */
  user(overrides?: JsonObject): Promise<Made>;
  /** A created group. @throws Blocked as above. */
  group(overrides?: JsonObject): Promise<Made>;
}
