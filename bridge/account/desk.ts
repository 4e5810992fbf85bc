import { ScimError } from '../../scim/message/error.ts';
import { ControlError } from '../../scim/target.ts';
import { UniquenessError } from '../store/store.ts';
import type { Core, Ground } from './core.ts';
import type { Cause, Person, ProfileId } from './model.ts';
import type { SetUpStep } from './set-up/index.ts';
import type { Settled } from './sso/index.ts';
import type { GroupRecord } from './state.ts';

/** What the acts of people and administrators work with. */
export interface Desk extends Ground {
  readonly core: () => Core;
  /** Takes over what set-up or migration led to. */
  readonly take: (step: SetUpStep) => void;
  /** Takes over what the policy of Unlock with SSO led to. */
  readonly takeSso: (settled: Settled, cause: Cause) => void;
  /** Sees to what follows from the policy of Unlock with SSO. */
  readonly settleSso: (cause: Cause) => void;
  readonly setCore: (profile: ProfileId) => void;
}

/** An act as it is offered: what fell due comes first, refusals become those of the control. */
export type Offer = <A extends readonly unknown[], R>(work: (...given: A) => R) => (...given: A) => Promise<R>;

export const createOffer =
  (desk: Desk): Offer =>
  work =>
  // The promise is there because a control may as well be a remote one.
  (...given) =>
    Promise.resolve().then(() => {
      desk.core().catchUp();
      try {
        const result = work(...given);
        desk.settleSso('administrator');
        // As a remote control gives it: a copy, without what is undefined.
        return result === undefined ? result : (JSON.parse(JSON.stringify(result)) as typeof result);
      } catch (error) {
        throw asControlError(error);
      }
    });

function asControlError(error: unknown): unknown {
  if (error instanceof ScimError) return new ControlError(error.status, error.message);
  if (error instanceof UniquenessError) return new ControlError(409, error.message);
  return error;
}

/** @throws ControlError 404 */
export function personOf({ state }: Desk, key: string): Person {
  const found = state.people.get(key) ?? state.personAt(key);
  if (found) return found;
  throw new ControlError(404, `nobody of the account has the id or address ${JSON.stringify(key)}`);
}

/** @throws ControlError 404, or 409 for a name that several groups have */
export function groupOf({ state, core }: Desk, key: string): GroupRecord {
  const known = state.groups.get(key);
  if (known) return known;
  const [found, ...more] = [...state.groups.values()].filter(record => core().groups.view(record).name === key);
  if (!found) throw new ControlError(404, `no group of the account has the id or name ${JSON.stringify(key)}`);
  if (more.length === 0) return found;
  throw new ControlError(409, `${more.length + 1} groups are named ${JSON.stringify(key)}; give the id of one`);
}

/** @throws ControlError 400 */
export function oneOf<W extends string>(what: string, word: string, words: readonly W[]): W {
  const found = words.find(one => one === word);
  if (found !== undefined) return found;
  throw new ControlError(400, `${JSON.stringify(word)} is no ${what}; take one of ${words.join(', ')}`);
}
