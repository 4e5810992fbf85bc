import type { AccountOptions } from '../../bridge/index.ts';
import type { AccountChange } from '../../scim/target.ts';
import type { JsonObject } from '../../scim/wire/message.ts';
import type { Settled } from './steps.ts';
import type { Reply, Seen } from './world.ts';

/** What happened between two looks at an account. */
export interface Passage {
  readonly account: AccountOptions;
  readonly step: Settled;
  readonly reply: Reply;
  readonly before: Seen;
  readonly after: Seen;
  /** What was written to the journal in between. */
  readonly news: readonly Entry[];
  /** Addresses whose mailboxes refuse mail. */
  readonly bouncing: ReadonlySet<string>;
  /** Domains that may be used. */
  readonly domains: readonly string[] | 'any';
}

export type Entry = AccountChange & JsonObject;

/** Where provisioning stands, read off the journal. */
interface Service {
  readonly isOn: boolean;
  /** Whether a bridge waits for its first valid token. */
  readonly isLocked: boolean;
  readonly hosted: 'never' | 'migrating' | 'on' | 'off';
}

/** A member of an entry that is text. */
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
/** Addresses that differ by case are one. */
export const key = (address: unknown): string => text(address).toLowerCase();
export const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Whether an entry of the journal tells that hosted provisioning begins: by a migration, or set up with a token (OP-6c). */
export const beginsHosted = (entry: JsonObject): boolean =>
  entry['step'] === 'migration-done' || (entry['step'] === 'set-up' && entry['rule'] === 'OP-6c');

/** Where provisioning stands after what a journal tells. */
export function serviceAt(account: AccountOptions, journal: readonly AccountChange[]): Service {
  let isOn = true;
  let isLocked = account.profile === 'self-hosted';
  let hosted: Service['hosted'] = account.profile === 'hosted' ? 'on' : 'never';
  for (const { kind, ...entry } of journal as readonly Entry[]) {
    if (kind !== 'account') continue;
    const { step } = entry;
    if (step === 'switched-on' || step === 'switched-off') isOn = step === 'switched-on';
    else if (step === 'locked' || step === 'unlocked') isLocked = step === 'locked';
    else if (step === 'migration-started') hosted = 'migrating';
    else if (beginsHosted(entry)) hosted = 'on';
    else if (step === 'turned-off') hosted = 'off';
  }
  return { isOn, isLocked, hosted };
}

/** What is wrong of a list of things that may be. */
export const wrongOf = (...tests: readonly (readonly [isWrong: boolean, says: string])[]): readonly string[] =>
  tests.filter(([isWrong]) => isWrong).map(([, says]) => says);

/** Who or what a step is about: an id; undefined where it is about nobody, or does not say. */
export function targetOf({ step, before }: Passage): { readonly person?: string; readonly group?: string } {
  const given: Readonly<Record<string, unknown>> = step.do === 'act' ? step.given : { ...step };
  const at = (list: readonly { readonly id: string }[], place: unknown): string | undefined =>
    typeof place === 'number' ? list[place % list.length]?.id : undefined;
  const person = at(before.people, given['person'] ?? given['who']);
  const group = at(before.groups, given['group']);
  return { ...(person !== undefined && { person }), ...(group !== undefined && { group }) };
}
