import fc from 'fast-check';
import type { AccountOptions } from '../../bridge/index.ts';
import type { Cause, PersonEvent } from '../../bridge/account/model.ts';
import { transitions } from '../../bridge/account/transitions.ts';
import type { AccountPerson, Control } from '../../scim/target.ts';

/** One thing that somebody does. Numbers stand for people and groups of the account: the one at that place, counted round. */
export type Step =
  | { readonly do: 'post-user'; readonly address: string; readonly name: string; readonly active?: boolean }
  | {
      readonly do: 'put-user';
      readonly who: number;
      readonly address?: string;
      readonly name: string;
      readonly active?: boolean;
    }
  | { readonly do: 'patch-user'; readonly who: number; readonly path: string; readonly value: string | boolean }
  | { readonly do: 'delete-user'; readonly who: number }
  | { readonly do: 'find-user'; readonly address: string }
  | { readonly do: 'post-group'; readonly name: string; readonly members: readonly number[] }
  | {
      readonly do: 'patch-group';
      readonly group: number;
      readonly op: 'add' | 'remove' | 'replace';
      readonly members: readonly number[];
    }
  | { readonly do: 'rename-group'; readonly group: number; readonly name: string }
  | { readonly do: 'delete-group'; readonly group: number }
  | { readonly do: 'wrong-token'; readonly who: number }
  /** One of the things that may happen to somebody in the state that person is in. */
  | { readonly do: 'happen'; readonly who: number; readonly what: number }
  | Act
  /** Takes a snapshot; goes back to the last one; goes back to the start. */
  | { readonly do: 'keep' | 'return' | 'reset' };

/** A step of which nothing is left open. */
export type Settled = Exclude<Step, { readonly do: 'happen' }>;

/** An act of the control; `person`, `group`, `by` and what is in `members` and `groups` are numbers as above. */
export interface Act {
  readonly do: 'act';
  readonly act: keyof Control;
  readonly given: Readonly<Record<string, unknown>>;
}

/** An account and what happens to it. */
export interface History {
  readonly account: AccountOptions;
  readonly steps: readonly Step[];
}

export const DAY = 86_400_000;

const addresses = [
  'ada@a.example',
  'ADA@A.example',
  'bob@a.example',
  'cy@b.example',
  'dee@b.example',
  'eve@gmail.com',
  'no address',
];
const names = ['Ada Byron', 'Bob', 'Cy de la Mare Young', 'Dee Dee'];
const groupNames = ['Club', 'Design', 'club', 'Rescue'];

const who = fc.nat({ max: 9 });
const group = fc.nat({ max: 4 });
const crowd = fc.uniqueArray(who, { maxLength: 3 });
const address = fc.constantFrom(...addresses);
const name = fc.constantFrom(...names);
const groupName = fc.constantFrom(...groupNames);
/** Mostly what an identity provider says when it gives or takes access. */
const active = fc.oneof({ weight: 3, arbitrary: fc.boolean() }, { weight: 1, arbitrary: fc.constant('maybe') });

const act = (name: keyof Control, given: Readonly<Record<string, fc.Arbitrary<unknown>>> = {}): fc.Arbitrary<Act> =>
  fc.record({ do: fc.constant('act' as const), act: fc.constant(name), given: fc.record(given) });
const some = <T>(weight: number, arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });
const step = <D extends Step['do'], T extends object>(
  word: D,
  rest: { readonly [K in keyof T]: fc.Arbitrary<T[K]> },
  optional: readonly (keyof T)[] = [],
): fc.Arbitrary<{ do: D } & T> => {
  const keys = ['do', ...Object.keys(rest).filter(key => !(optional as readonly string[]).includes(key))];
  return fc.record({ do: fc.constant(word), ...rest }, { requiredKeys: keys as never }) as never;
};

const scim: fc.Arbitrary<Step> = fc.oneof(
  some(5, step('post-user', { address, name, active: fc.boolean() }, ['active'])),
  some(2, step('put-user', { who, address, name, active: fc.boolean() }, ['active', 'address'])),
  some(8, step('patch-user', { who, path: fc.constant('active'), value: active })),
  some(6, step('patch-user', { who, path: fc.constant('userName'), value: address })),
  some(
    2,
    step('patch-user', { who, path: fc.constantFrom('displayName', 'name.givenName', 'externalId'), value: name }),
  ),
  some(4, step('delete-user', { who })),
  some(1, step('find-user', { address })),
  some(3, step('post-group', { name: groupName, members: crowd })),
  some(
    4,
    step('patch-group', {
      group,
      op: fc.constantFrom('add' as const, 'remove' as const, 'replace' as const),
      members: crowd,
    }),
  ),
  some(3, step('rename-group', { group, name: groupName })),
  some(2, step('delete-group', { group })),
  some(1, step('wrong-token', { who })),
);

const roles = fc.constantFrom('owner', 'administrator', 'member', 'guest', 'king');
const states = fc.constantFrom('invited', 'pending', 'active', 'suspended', 'transfer-suspended', 'recovery', 'asleep');
const permissions = fc.subarray(['recover-accounts', 'manage-all-groups', 'other']);

const people: fc.Arbitrary<Step> = fc.oneof(
  some(9, act('accept', { person: who })),
  some(3, act('confirm', { person: who })),
  some(2, act('reject', { person: who })),
  some(4, act('suspend', { person: who })),
  some(2, act('reactivate', { person: who })),
  some(2, act('deleteForGood', { person: who })),
  some(4, act('recover', { person: who })),
  some(2, act('completeRecovery', { person: who })),
  some(6, act('confirmAddress', { person: who })),
  some(2, act('changeOwnAddress', { person: who, address })),
  some(2, act('setRole', { person: who, role: roles })),
  some(3, act('addPerson', { address, name, role: roles, state: states })),
  some(3, act('manageByCli', { person: who, act: fc.constantFrom('suspend', 'reactivate', 'dance') })),
  some(1, act('opensVault', { person: who, by: who })),
);

const groups: fc.Arbitrary<Step> = fc.oneof(
  some(2, act('addGroup', { name: groupName, members: crowd, permissions })),
  some(1, act('setMembers', { group, members: crowd })),
  some(1, act('setPermissions', { group, permissions })),
  some(2, act('selectGroups', { groups: fc.uniqueArray(group, { maxLength: 2 }) })),
  some(1, act('unselectGroups', { groups: fc.uniqueArray(group, { maxLength: 2 }) })),
);

const domains = fc.constantFrom<unknown>(
  'any',
  ['a.example', 'example.com'],
  ['a.example', 'b.example', 'EXAMPLE.com'],
  [],
);
/** Mostly the owner, who was there first: others are refused. */
const setter = fc.oneof(some(3, fc.constant(0)), some(1, who));
const identityProvider = fc.constantFrom('okta', 'entra', 'jumpcloud', 'other');

const service: fc.Arbitrary<Step> = fc.oneof(
  some(4, act('setProvisioning', { on: fc.boolean() })),
  some(2, act('setDomains', { domains })),
  some(2, act('bounce', { address, on: fc.boolean() })),
  some(2, act('regenerateToken')),
  some(3, act('restart')),
  some(1, act('removeBridge')),
  some(4, act('setUp', { by: setter, identityProvider })),
  some(1, act('turnOff')),
  some(3, act('migrate', { by: setter, identityProvider })),
  some(1, act('leavePage')),
);

const unlocking: fc.Arbitrary<Step> = fc.oneof(
  some(
    3,
    fc.constant<Act>({
      do: 'act',
      act: 'setUnlock',
      given: {
        do: 'connect',
        protocol: 'oidc',
        clientId: 'c',
        discovery: 'https://idp.example/.well-known/openid-configuration',
        roundTrip: 'succeeded',
      },
    }),
  ),
  some(
    2,
    act('setUnlock', {
      do: fc.constant('choose'),
      value: fc.constantFrom('no-one', 'selected-groups', 'everyone', 'everyone-except-guests'),
    }),
  ),
  some(2, act('setUnlock', { do: fc.constant('add-group'), group, days: fc.integer({ min: 0, max: 6 }) })),
  some(1, act('setUnlock', { do: fc.constant('edit-grace'), days: fc.integer({ min: 1, max: 6 }), group })),
  some(2, act('switchToSso', { person: who })),
  some(1, act('unlock', { person: who })),
);

const time: fc.Arbitrary<Step> = fc.oneof(
  act('advance', { ms: fc.constantFrom(0, 60_000, 299_999, 300_000, 3_600_000, DAY, 2 * DAY, 3 * DAY, 6 * DAY) }),
  act('advance', { ms: fc.constantFrom(0, 60_000, 299_999, 300_000, 3_600_000, DAY, 2 * DAY, 3 * DAY, 6 * DAY) }),
  fc.constantFrom<Step>({ do: 'keep' }, { do: 'return' }, { do: 'keep' }, { do: 'reset' }),
);

const anything = fc.oneof(
  some(16, step('happen', { who, what: fc.nat({ max: 30 }) })),
  some(8, scim),
  some(7, people),
  some(3, groups),
  some(3, service),
  some(2, unlocking),
  some(5, time),
);

/** How an event of the table of transitions is brought about. */
const happenings: Readonly<Record<PersonEvent, (who: number, by: Cause) => Settled>> = {
  create: () => ({ do: 'post-user', address: 'dee@b.example', name: 'Dee Dee' }),
  deprovision: who => ({ do: 'patch-user', who, path: 'active', value: false }),
  delete: who => ({ do: 'delete-user', who }),
  activate: who => ({ do: 'patch-user', who, path: 'active', value: true }),
  accept: who => onPerson('accept', who),
  confirm: (who, by) =>
    by === 'clock' ? { do: 'act', act: 'advance', given: { ms: 300_000 } } : onPerson('confirm', who),
  reject: who => onPerson('reject', who),
  suspend: who => onPerson('suspend', who),
  reactivate: who => ({ do: 'act', act: 'manageByCli', given: { person: who, act: 'reactivate' } }),
  'delete-for-good': who => onPerson('deleteForGood', who),
  recover: who => onPerson('recover', who),
  recovered: who => onPerson('completeRecovery', who),
};
const onPerson = (act: keyof Control, person: number): Act => ({ do: 'act', act, given: { person } });

/** What a step is once it is known who is there: only of what may happen is it left open until then. */
export function settled(step: Step, people: readonly AccountPerson[]): Settled {
  if (step.do !== 'happen') return step;
  // Not the first: the owner, of whom the account lets nothing happen.
  const who = people.length > 1 ? 1 + (step.who % (people.length - 1)) : 0;
  const rows = transitions.filter(({ from }) => from === people[who]?.state);
  const row = rows[step.what % rows.length];
  return row ? happenings[row.event](who, row.by) : { do: 'keep' };
}

/** People and groups to begin with, so that the rest has something to work on. */
const cast: readonly Step[] = [
  ...['ada@a.example', 'bob@a.example', 'cy@b.example'].map((address): Step => ({
    do: 'post-user',
    address,
    name: 'Ada Byron',
  })),
  { do: 'post-group', name: 'Club', members: [1, 2] },
  { do: 'act', act: 'addGroup', given: { name: 'Design', members: [0, 1], permissions: [] } },
];

const options: fc.Arbitrary<AccountOptions> = fc.record({
  profile: fc.constantFrom('self-hosted' as const, 'hosted' as const),
  wire: fc.constantFrom('normal' as const, 'normal' as const, 'observed' as const),
  settings: fc.record(
    {
      invitedDeprovision: fc.constantFrom('remove' as const, 'keep' as const),
      deleteSemantics: fc.constantFrom('suspend' as const, 'remove' as const),
      externalIdPolicy: fc.constantFrom('localPart' as const, 'client' as const, 'empty' as const),
      patchAnswer: fc.constantFrom(200 as const, 204 as const),
      duplicateGroup: fc.constantFrom(201 as const, 409 as const),
      cliWithHosted: fc.constantFrom('refuse' as const, 'allow' as const),
    },
    { requiredKeys: [] },
  ),
});

/** Histories of an account. */
export const histories: fc.Arbitrary<History> = fc.record({
  account: options,
  steps: fc
    .tuple(fc.nat({ max: cast.length }), fc.array(anything, { minLength: 6, maxLength: 26, size: 'max' }))
    .map(([count, steps]) => [...cast.slice(0, count), ...steps]),
});
