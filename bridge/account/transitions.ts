import type { Law } from './law.ts';
import type { AccountSettings, Cause, Ground, PersonEvent, PersonState, Profile } from './model.ts';

/** Where a transition starts and ends beside the states of a person. */
type From = PersonState | 'none';
type To = PersonState | 'removed';

/** What may happen to a person in a state, who may cause it, and where it leads. */
export interface Transition {
  readonly from: From;
  readonly event: PersonEvent;
  readonly to: To;
  readonly by: Cause;
  readonly rule: Ground;
}

interface Row extends Transition {
  /** Where profiles or settings differ: the values with which the row counts. */
  readonly when?: Partial<
    Pick<AccountSettings, 'invitedDeprovision' | 'deleteSemantics'> & Pick<Profile, 'afterSignUp'>
  >;
}

/** Everything that can happen to a person (research note, section 4). What is not listed does not happen. */
export const transitions: readonly Row[] = [
  { from: 'none', event: 'create', to: 'invited', by: 'provisioning', rule: 'OP-13c' },

  { from: 'invited', event: 'accept', to: 'pending', by: 'person', rule: 'OP-15a', when: { afterSignUp: 'pending' } },
  { from: 'invited', event: 'accept', to: 'active', by: 'person', rule: 'OP-16', when: { afterSignUp: 'active' } },
  ...twice('invited', 'removed', 'OP-26b', { invitedDeprovision: 'remove' }),
  ...twice('invited', 'transfer-suspended', 'OP-26c', { invitedDeprovision: 'keep' }),
  { from: 'invited', event: 'suspend', to: 'transfer-suspended', by: 'administrator', rule: 'P-CLI' },
  { from: 'invited', event: 'delete-for-good', to: 'removed', by: 'administrator', rule: 'OP-28b' },

  { from: 'transfer-suspended', event: 'activate', to: 'invited', by: 'provisioning', rule: 'OP-13c' },
  { from: 'transfer-suspended', event: 'reactivate', to: 'invited', by: 'administrator', rule: 'P-CLI' },
  { from: 'transfer-suspended', event: 'delete-for-good', to: 'removed', by: 'administrator', rule: 'OP-28b' },

  { from: 'pending', event: 'confirm', to: 'active', by: 'clock', rule: 'OP-15a' },
  { from: 'pending', event: 'confirm', to: 'active', by: 'administrator', rule: 'P-CLIP' },
  { from: 'pending', event: 'reject', to: 'removed', by: 'administrator', rule: 'P-CLIP' },
  { from: 'pending', event: 'deprovision', to: 'suspended', by: 'provisioning', rule: 'Q17' },
  ...deletion('pending', 'Q17'),
  { from: 'pending', event: 'suspend', to: 'suspended', by: 'administrator', rule: 'P-CLI' },
  { from: 'pending', event: 'delete-for-good', to: 'removed', by: 'administrator', rule: 'OP-28b' },

  { from: 'active', event: 'deprovision', to: 'suspended', by: 'provisioning', rule: 'OP-25a' },
  ...deletion('active', 'OP-28a'),
  { from: 'active', event: 'suspend', to: 'suspended', by: 'administrator', rule: 'P-CLI' },
  { from: 'active', event: 'recover', to: 'recovery', by: 'administrator', rule: 'P-CLI' },
  { from: 'active', event: 'delete-for-good', to: 'removed', by: 'administrator', rule: 'OP-28b' },

  { from: 'recovery', event: 'recovered', to: 'active', by: 'person', rule: 'P-CLI' },
  { from: 'recovery', event: 'deprovision', to: 'suspended', by: 'provisioning', rule: 'OP-25a' },
  ...deletion('recovery', 'OP-28a'),
  { from: 'recovery', event: 'suspend', to: 'suspended', by: 'administrator', rule: 'P-CLI' },
  { from: 'recovery', event: 'delete-for-good', to: 'removed', by: 'administrator', rule: 'OP-28b' },

  { from: 'suspended', event: 'activate', to: 'active', by: 'provisioning', rule: 'C143188' },
  { from: 'suspended', event: 'reactivate', to: 'active', by: 'administrator', rule: 'C143188' },
  ...deletion('suspended', 'OP-28a').filter(({ to }) => to === 'removed'),
  { from: 'suspended', event: 'delete-for-good', to: 'removed', by: 'administrator', rule: 'OP-28b' },
];

/** Deprovisioning by `active` and by DELETE comes to the same for somebody who never joined. */
function twice(from: From, to: To, rule: Ground, when: NonNullable<Row['when']>): Row[] {
  return (['deprovision', 'delete'] as const).map(event => ({ from, event, to, by: 'provisioning', rule, when }));
}

/** DELETE of somebody who joined. */
function deletion(from: From, rule: Ground): Row[] {
  return [
    { from, event: 'delete', to: 'suspended', by: 'provisioning', rule, when: { deleteSemantics: 'suspend' } },
    { from, event: 'delete', to: 'removed', by: 'provisioning', rule, when: { deleteSemantics: 'remove' } },
  ];
}

/** Finds what an event does to somebody in a state; undefined when nothing comes of it. */
export type Machine = (from: From, event: PersonEvent, by: Cause) => Transition | undefined;

/** The transitions that count for an account, ready to be looked up. */
export function createMachine({ profile, settings, on }: Law): Machine {
  const values = { ...settings, afterSignUp: profile.afterSignUp };
  const key = (from: From, event: PersonEvent, by: Cause): string => `${from} ${event} ${by}`;
  const counts = ({ when = {}, rule }: Row): boolean =>
    on(rule) && Object.entries(when).every(([name, value]) => values[name as keyof typeof when] === value);
  const table = new Map(transitions.filter(counts).map(row => [key(row.from, row.event, row.by), row]));
  return (from, event, by) => table.get(key(from, event, by));
}
