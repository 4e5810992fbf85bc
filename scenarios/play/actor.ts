import type { Control } from '../../scim/target.ts';
import type { Admin } from '../../simulator/admin.ts';
import type { Simulator } from '../../simulator/simulator.ts';

/** What consoles differ in: a step that takes one of these is not applicable where an identity provider has none. */
type Console = Pick<
  Simulator,
  | 'changeGroup'
  | 'configure'
  | 'mapping'
  | 'setMapping'
  | 'restoreMapping'
  | 'importUsers'
  | 'addApplication'
  | 'deleteApplication'
  | 'insights'
  | 'preview'
>;

/** What changes something, or is worked out anew: all that an admin may do by requests, whose answers come later. */
type Deed =
  | Exclude<keyof Admin, 'planned' | 'people' | 'groups' | 'application' | 'linkOf'>
  | Exclude<keyof Console, 'mapping' | 'insights'>;

type Later<Verb> = Verb extends (...given: infer Given) => infer Result
  ? (...given: Given) => Result | Promise<Awaited<Result>>
  : Verb;

type ByActor<Verbs> = { readonly [Name in keyof Verbs]: Name extends Deed ? Later<Verbs[Name]> : Verbs[Name] };

/** Who acts in a story: the verbs of every admin, and what else the console of this identity provider offers. */
export type Actor = ByActor<Admin> & Partial<ByActor<Console>>;

/** A step that this identity provider, or this target, has no means for; the message says which. */
export class NotApplicable extends Error {
  readonly code = 'not-applicable';
}

/** @throws NotApplicable for what the console does not offer */
export function offered<Name extends keyof Console>(admin: Actor, name: Name): NonNullable<Actor[Name]> {
  const found = admin[name];
  if (found === undefined) throw new NotApplicable(`this identity provider has no ${name}`);
  return found;
}

/** @throws NotApplicable where the target has no control, or its control not this act */
export function controlled<Name extends keyof Control>(
  control: Control | undefined,
  name: Name,
): NonNullable<Control[Name]> {
  if (!control)
    throw new NotApplicable(`the target has no control of the account behind it, and the story needs ${name}`);
  const found = control[name];
  if (found === undefined) throw new NotApplicable(`the control of the target has no ${name}`);
  return found;
}
