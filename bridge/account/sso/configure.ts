import { ControlError } from '../../../scim/target.ts';
import { readProvider, type ProviderRequest } from './identity-provider.ts';
import type { EveryoneValue, Grace, Holds, SsoState, UnlockGroup, UnlockValue } from './state.ts';

/** What an administrator does to the policy. Days: length of the grace period. */
export type SsoAction =
  | ({ readonly do: 'connect' } & ProviderRequest)
  | {
      readonly do: 'choose';
      readonly value: string;
      readonly days?: number;
      /** Ids of groups, of `everyone-except-groups` alone. */
      readonly excluded?: readonly string[];
    }
  | { readonly do: 'add-group'; readonly group: string; readonly days?: number }
  | { readonly do: 'remove-group'; readonly group: string }
  /** Of a group; without one, of the value for everyone. */
  | { readonly do: 'edit-grace'; readonly days: number; readonly group?: string };

/** The policy of a fresh account covers nobody (OP-70). */
export const initialState = (holds: Holds): SsoState => ({
  policy: holds('OP-70') ? { value: 'no-one' } : { value: 'selected-groups', groups: [] },
  people: {},
});

/** The values on offer (OP-71), and the fifth one where it is switched on (1password.md Q28). */
export const offeredValues = (excludedGroups: boolean): readonly UnlockValue[] => [
  'no-one',
  'selected-groups',
  'everyone-except-guests',
  'everyone',
  ...(excludedGroups ? ['everyone-except-groups' as const] : []),
];

/**
 * The state after an act of an administrator.
 * @throws {ControlError} 400 for a wrong value, 404 for a group that is not set up, 409 where the state does not admit it
 */
export function configure(
  state: SsoState,
  action: SsoAction,
  now: number,
  holds: Holds,
  values: readonly UnlockValue[],
): SsoState {
  if (action.do === 'connect') {
    if (state.provider)
      throw new ControlError(409, 'Unlock with SSO has an identity provider already; it takes one.', 'Q29');
    return { ...state, provider: readProvider(action, now, holds) };
  }
  const connected = state.provider?.configuredAt;
  if (connected === undefined) {
    throw new ControlError(
      409,
      'Connect an identity provider first; the policy opens once that has succeeded.',
      'OP-66',
    );
  }
  switch (action.do) {
    case 'choose': {
      const grace = { configuredAt: holds('OP-81b') ? now : connected, days: daysOf(action.days, holds) };
      return choose(state, action, grace, holds, values);
    }
    case 'add-group': {
      const { group } = action;
      const groups = selectedGroups(state);
      if (groups.some(one => one.group === group)) {
        throw new ControlError(409, `Group ${group} is set up already; edit the length of its grace period instead.`);
      }
      const start = holds('OP-81a') ? now : connected;
      const configuredAt = holds('OP-86') ? start : (groups[0]?.configuredAt ?? start);
      return withGroups(state, [...groups, { group, configuredAt, days: daysOf(action.days, holds) }]);
    }
    case 'remove-group': {
      const groups = selectedGroups(state);
      findGroup(groups, action.group);
      return withGroups(
        state,
        groups.filter(({ group }) => group !== action.group),
      );
    }
    case 'edit-grace':
      return editGrace(state, action.group, daysOf(action.days, holds), now, holds);
  }
}

/** A value that is in force already stays as it is but for what is given with it; any other is a new configuration. */
function choose(
  state: SsoState,
  { value, days, excluded }: SsoAction & { readonly do: 'choose' },
  grace: Grace,
  holds: Holds,
  values: readonly UnlockValue[],
): SsoState {
  const chosen = values.find(offered => offered === value);
  if (chosen === undefined) {
    throw new ControlError(400, `"${value}" is no value of the policy; choose one of ${values.join(', ')}.`, 'OP-71');
  }
  if (excluded && chosen !== 'everyone-except-groups') {
    throw new ControlError(400, `"${chosen}" excludes no groups; leave out "excluded".`);
  }
  if (chosen === 'no-one' || chosen === 'selected-groups') {
    if (days !== undefined)
      throw new ControlError(400, `"${chosen}" has no grace period of its own; leave out "days".`);
    if (chosen === state.policy.value) return state;
    if (chosen === 'selected-groups') return { ...state, policy: { value: chosen, groups: [] } };
    return holds('OP-75') ? { ...state, policy: { value: chosen } } : state;
  }
  if (state.policy.value !== chosen) return { ...state, policy: everyone(chosen, grace, excluded ?? []) };
  const { policy } = state;
  const configuredAt = holds('OP-83') ? policy.grace.configuredAt : grace.configuredAt;
  const kept = days === undefined ? policy.grace : { configuredAt, days };
  return { ...state, policy: everyone(chosen, kept, excluded ?? policy.excluded) };
}

const everyone = (value: EveryoneValue, grace: Grace, excluded: readonly string[]) => ({ value, grace, excluded });

function editGrace(state: SsoState, group: string | undefined, days: number, now: number, holds: Holds): SsoState {
  const edit = <G extends Grace>(grace: G): G => ({ ...grace, days, ...(!holds('OP-83') && { configuredAt: now }) });
  if (group !== undefined) {
    const groups = selectedGroups(state);
    const edited = findGroup(groups, group);
    return withGroups(
      state,
      groups.map(one => (one === edited ? edit(one) : one)),
    );
  }
  const { policy } = state;
  if (policy.value === 'no-one' || policy.value === 'selected-groups') {
    throw new ControlError(409, `Under "${policy.value}" there is no grace period for everyone; name a group.`);
  }
  return { ...state, policy: { ...policy, grace: edit(policy.grace) } };
}

/** OP-80a, OP-80b. */
function daysOf(days: number | undefined, holds: Holds): number {
  if (days === undefined) return holds('OP-80a') ? 5 : 30;
  if (holds('OP-80b') && !(Number.isInteger(days) && days >= 1 && days <= 30)) {
    throw new ControlError(400, `A grace period lasts 1 to 30 whole days, not ${days}.`, 'OP-80b');
  }
  return days;
}

function selectedGroups({ policy }: SsoState): readonly UnlockGroup[] {
  if (policy.value === 'selected-groups') return policy.groups;
  throw new ControlError(409, `The policy is "${policy.value}"; choose "selected-groups" before setting up a group.`);
}

function findGroup(groups: readonly UnlockGroup[], id: string): UnlockGroup {
  const found = groups.find(({ group }) => group === id);
  if (!found) throw new ControlError(404, `Group ${id} is not set up to unlock with SSO.`);
  return found;
}

const withGroups = (state: SsoState, groups: readonly UnlockGroup[]): SsoState => ({
  ...state,
  policy: { value: 'selected-groups', groups },
});
