import { isDeepStrictEqual } from 'node:util';
import type { RuleId } from '../../conformance/clauses/index.ts';
import type { Operation } from '../admin.ts';
import type { Change } from '../directory/change.ts';
import type { Person, UserGroup } from '../directory/model.ts';
import type { ApplicationView, Follows } from './access.ts';
import type { Links } from './links.ts';
import type { MappedPerson } from '../mapping/attribute-mapping.ts';
import { isAboutGroups, onConnection, onGroup, onMember, onMembers, onPerson, type Named } from './operation.ts';
import type { JumpCloudSettings } from './settings.ts';

/** What a plan is made from: the directory after the change, what was sent so far, and how people are mapped. */
export interface PlanState {
  readonly view: ApplicationView;
  readonly links: Pick<Links, 'groupOf'>;
  readonly map: (person: Person) => MappedPerson;
  readonly settings: Pick<JumpCloudSettings, 'dismissedPerson' | 'members' | 'touchedGroup'>;
  readonly follows: Follows;
}

/**
 * What a change in the directory leads to at the service provider of one application, in order of sending: people before
 * groups, groups before memberships (JC-12c), a group before the people that lose access with it (JC-Q26). Nothing while
 * provisioning is off (JC-7b, JC-7c), nothing about groups while they are not managed (JC-10a, JC-50b). Sends nothing and
 * changes nothing.
 */
export function plan(change: Change, state: PlanState): readonly Operation[] {
  const { view, follows } = state;
  const { active, manageGroups } = view.application();
  const isSilent = (kind: Operation['kind']): boolean => !active && follows(isAboutGroups(kind) ? 'JC-7c' : 'JC-7b');
  const isUnmanaged = (kind: Operation['kind']): boolean =>
    !manageGroups && isAboutGroups(kind) && follows('JC-10a') && follows('JC-50b');
  return planChange(change, state)
    .filter(({ kind }) => !isSilent(kind) && !isUnmanaged(kind))
    .map(operation => (manageGroups ? operation : { ...operation, rules: [...operation.rules, ...WITHOUT_GROUPS] }))
    .filter(({ rules }) => rules.every(follows));
}

/** People are managed while groups are not. */
const WITHOUT_GROUPS: readonly RuleId[] = ['JC-10b', 'JC-50c'];

/** Everybody with access once more, whatever the service provider holds. */
export const planResend = (view: ApplicationView, rules: readonly RuleId[]): readonly Operation[] =>
  entitled(view).map(person => ({ ...onPerson('update-user', person, rules), always: true }));

/** Memberships of somebody whose user was made anew: they were those of the old one (JC-25). */
export function planRelinked(id: string, view: ApplicationView): readonly Operation[] {
  const person = view.person(id);
  if (!person || !view.isEntitled(id) || !view.application().manageGroups) return [];
  return view
    .boundGroupsOf(id)
    .flatMap(group => planMembership(person, { id: group, name: view.groupName(group) ?? group }));
}

function planChange(change: Change, state: PlanState): readonly Operation[] {
  const { view, follows } = state;
  switch (change.kind) {
    // Access comes from groups alone, so that somebody new has none.
    case 'person-created':
      return follows('JC-11') ? [] : [onPerson('provision-user', change.person, [])];
    case 'person-changed':
      return planEdit(change.before, change.person, state);
    case 'person-deleted':
      return planDismissal(
        change.person,
        change.groups.filter(id => view.isBound(id)),
        state,
      );
    case 'member-added':
      return planJoin(change.person, change.group, view);
    case 'member-removed':
      return planLeave(change.person, change.group, state);
    case 'group-renamed':
      return planRename(change.group, state);
    case 'group-changed':
      return view.isBound(change.group.id) ? planTouch(change.group, state) : [];
    case 'group-bound':
      return planBinding(change.group, state);
    case 'group-unbound':
      return planLostAccess(change.group, ['JC-47c', 'JC-23'], state);
    case 'group-deleted':
      return change.applications.includes(view.id) ? planDeletion(change.group, state) : [];
    case 'group-management':
      return change.on ? planBoundGroups(state, ['JC-Q28', 'JC-42']) : [];
    case 'activated':
      return planActivation(state);
    // Whoever has an account keeps it when provisioning is switched off or the application goes (JC-7a, JC-8b).
    default:
      return [];
  }
}

const FIRST_ACCESS: readonly RuleId[] = ['JC-12a', 'JC-13', 'JC-14'];

function planBinding(group: UserGroup, state: PlanState): readonly Operation[] {
  const { view, follows } = state;
  const newcomers = members(group, view).filter(({ id }) => view.boundGroupsOf(id).length === 1);
  return inOrder(
    follows('JC-12c'),
    newcomers.map(person => onPerson('provision-user', person, FIRST_ACCESS)),
    planGroup(group, state, ['JC-42', 'JC-44a']),
  );
}

function planActivation(state: PlanState): readonly Operation[] {
  const provisioned = entitled(state.view).map(person => onPerson('provision-user', person, FIRST_ACCESS));
  return [
    onConnection('test-connection', 'test the connection', ['JC-4', 'JC-Q8']),
    ...inOrder(state.follows('JC-12c'), provisioned, planBoundGroups(state, ['JC-42', 'JC-44a'])),
  ];
}

const planRename = (group: UserGroup, { view, follows }: PlanState): readonly Operation[] =>
  view.isBound(group.id) || !follows('JC-47a') ? [onGroup('rename-group', group, ['JC-46', 'JC-40a', 'JC-44b'])] : [];

const planDeletion = (group: UserGroup, state: PlanState): readonly Operation[] =>
  inOrder(
    state.follows('JC-48c') && state.follows('JC-Q26'),
    [onGroup('delete-group', group, ['JC-48a'])],
    planLostAccess(group, ['JC-48b', 'JC-23'], state),
  );

function planEdit(before: Person, person: Person, state: PlanState): readonly Operation[] {
  const { view, links, map, follows } = state;
  const groups = view.boundGroupsOf(person.id);
  if (groups.length === 0 && follows('JC-11')) return [];
  if (!view.isUsable(person)) {
    if (!view.isUsable(before)) {
      return follows('JC-Q14') && follows('JC-20a') ? [] : [onPerson('update-user', person, [])];
    }
    const why: readonly RuleId[] = person.state === 'ACTIVATED' ? ['JC-Q15'] : ['JC-21', 'JC-Q25'];
    return [onPerson('deactivate-user', person, [...why, 'JC-23'])];
  }
  if (view.isUsable(before)) {
    // Without a service provider's user the results differ exactly when what the person has differs (JC-18, JC-Q30).
    const isSame = isDeepStrictEqual(map(before).values, map(person).values);
    if (isSame && follows('JC-18') && follows('JC-Q30')) return [];
    const address: readonly RuleId[] = before.email === person.email ? [] : ['JC-19'];
    return [onPerson('update-user', person, ['JC-17', ...address])];
  }
  const missing = groups.filter(group => !links.groupOf(group)?.members.has(person.id));
  return [
    before.state === 'STAGED'
      ? onPerson('provision-user', person, ['JC-Q16', 'JC-13', 'JC-14'])
      : onPerson('update-user', person, ['JC-24', 'JC-Q14']),
    ...missing.flatMap(id => planMembership(person, { id, name: view.groupName(id) ?? id })),
  ];
}

function planJoin(person: Person, group: Named, view: ApplicationView): readonly Operation[] {
  // Whoever cannot use the account yet follows when they can (JC-Q14, JC-Q16).
  if (!view.isBound(group.id) || !view.isUsable(person)) return [];
  const isFirst = view.boundGroupsOf(person.id).length === 1;
  return [
    ...(isFirst ? [onPerson('provision-user', person, ['JC-12b', 'JC-13', 'JC-14'])] : []),
    ...planMembership(person, group),
  ];
}

function planLeave(person: Person, group: Named, { view, follows }: PlanState): readonly Operation[] {
  if (!view.isBound(group.id) || person.state === 'STAGED') return [];
  const keepsAccess = view.boundGroupsOf(person.id).length > 0;
  const leaves = onMember('remove-member', person, group, keepsAccess ? ['JC-49b', 'JC-45b'] : ['JC-45b']);
  if ((keepsAccess && follows('JC-49b')) || !view.isUsable(person)) return [leaves];
  const without: readonly RuleId[] = view.application().manageGroups ? [] : ['JC-50d'];
  return [leaves, onPerson('deactivate-user', person, ['JC-22', 'JC-23', ...without], group)];
}

function planDismissal(person: Person, groups: readonly string[], state: PlanState): readonly Operation[] {
  const { view, settings } = state;
  if (groups.length === 0 || person.state === 'STAGED') return [];
  const leaves = groups.map(id =>
    onMember('remove-member', person, { id, name: view.groupName(id) ?? id }, ['JC-Q17', 'JC-45b']),
  );
  if (settings.dismissedPerson === 'delete') return [...leaves, onPerson('delete-user', person, ['JC-53e'])];
  return [...leaves, ...(view.isUsable(person) ? [onPerson('deactivate-user', person, ['JC-Q17', 'JC-23'])] : [])];
}

/** A forced sync: every member of the group, whatever is there already (JC-36b, JC-Q29). */
function planTouch(group: UserGroup, { view, settings }: PlanState): readonly Operation[] {
  const people = members(group, view);
  const again = people.map((person): Operation => ({
    ...onPerson('update-user', person, ['JC-36b', 'JC-Q29', 'JC-44b']),
    always: true,
  }));
  if (settings.touchedGroup === 'people') return again;
  return [
    ...again,
    ...people.map((person): Operation => ({ ...onMember('add-member', person, group, ['JC-Q29']), always: true })),
  ];
}

/** Deactivations of members that have no other bound group (JC-49a). */
const planLostAccess = (group: UserGroup, rules: readonly RuleId[], state: PlanState): readonly Operation[] =>
  members(group, state.view)
    .filter(({ id }) => state.view.boundGroupsOf(id).length === 0 || !state.follows('JC-49a'))
    .map(person => onPerson('deactivate-user', person, rules, group));

/** A whole group: nothing while nobody in it can be a member (JC-41a). */
function planGroup(group: UserGroup, state: PlanState, rules: readonly RuleId[]): readonly Operation[] {
  const { view, settings, follows } = state;
  const people = members(group, view);
  if (people.length === 0 && follows('JC-41a')) return [];
  const ensured = onGroup('ensure-group', group, rules);
  return [
    follows('JC-12c') ? { ...ensured, after: people.map(({ id }) => id) } : ensured,
    ...(settings.members === 'together'
      ? inBatches(people).map(batch => onMembers(batch, group, ['JC-45a']))
      : people.map(person => onMember('add-member', person, group, ['JC-45a', 'JC-Q19']))),
  ];
}

/** Most members of one request, where they go together. */
const BATCH = 100;

const inBatches = (people: readonly Person[]): readonly (readonly Person[])[] =>
  Array.from({ length: Math.ceil(people.length / BATCH) }, (_, n) => people.slice(n * BATCH, (n + 1) * BATCH));

const planBoundGroups = (state: PlanState, rules: readonly RuleId[]): readonly Operation[] =>
  state.view.application().boundGroups.flatMap(id => {
    const group = state.view.group(id);
    return group ? planGroup(group, state, rules) : [];
  });

const planMembership = (person: Person, group: Named): readonly Operation[] => [
  { ...onGroup('ensure-group', group, ['JC-41b', 'JC-42']), after: [person.id] },
  onMember('add-member', person, group, ['JC-45a', 'JC-Q19']),
];

const entitled = (view: ApplicationView): readonly Person[] => view.people().filter(({ id }) => view.isEntitled(id));

const members = (group: UserGroup, view: ApplicationView): readonly Person[] =>
  group.members.flatMap(id => {
    const person = view.person(id);
    return person && view.isUsable(person) ? [person] : [];
  });

const inOrder = (isRight: boolean, first: readonly Operation[], second: readonly Operation[]): readonly Operation[] =>
  isRight ? [...first, ...second] : [...second, ...first];
