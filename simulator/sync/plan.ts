import { isDeepStrictEqual } from 'node:util';
import type { RuleId } from '../../conformance/clauses/index.ts';
import type { Operation } from '../admin.ts';
import type { Change } from '../directory/change.ts';
import type { DirectoryView } from '../directory/directory.ts';
import type { Person, UserGroup } from '../directory/model.ts';
import { mapPerson, type AttributeMapping } from '../mapping/attribute-mapping.ts';
import { boundGroupsOf, isUsable } from './access.ts';
import type { Links } from './links.ts';

/** What a plan is made from: the directory after the change, what was sent so far, and how people are mapped. */
export interface PlanState {
  readonly directory: DirectoryView;
  readonly links: Pick<Links, 'groupOf'>;
  readonly mapping: readonly AttributeMapping[];
}

/**
 * What a change in the directory leads to at the service provider, in order of sending: people before groups, groups
 * before memberships (JC-12c), a group before the people that lose access with it (JC-Q26). Nothing while provisioning is
 * off (JC-7b, JC-7c), nothing about groups while they are not managed (JC-10a, JC-50b). Sends nothing and changes nothing.
 */
export function plan(change: Change, state: PlanState): readonly Operation[] {
  const { directory } = state;
  const application = directory.application();
  if (!application.active) return [];
  return planChange(change, state).filter(({ kind }) => application.manageGroups || !isAboutGroups(kind));
}

/** Whether an operation goes to groups, and so is sent only while they are managed (JC-10a). */
export const isAboutGroups = (kind: Operation['kind']): boolean => GROUP_KINDS.has(kind);

const GROUP_KINDS: ReadonlySet<Operation['kind']> = new Set([
  'ensure-group',
  'rename-group',
  'delete-group',
  'add-member',
  'remove-member',
]);

function planChange(change: Change, { directory, links, mapping }: PlanState): readonly Operation[] {
  switch (change.kind) {
    // Access comes from groups alone (JC-11), and an empty group is nothing to the service provider (JC-41a).
    case 'person-created':
    case 'group-created':
    case 'deactivated':
      return [];
    case 'person-changed':
      return planEdit(change.before, change.person, { directory, links, mapping });
    case 'person-deleted':
      return planDismissal(
        change.person,
        change.groups.filter(id => directory.isBound(id)),
        directory,
      );
    case 'member-added':
      return planJoin(change.person, change.group, directory);
    case 'member-removed':
      return planLeave(change.person, change.group, directory);
    case 'group-renamed':
      return directory.isBound(change.group.id) ? [onGroup('rename-group', change.group, ['JC-46', 'JC-40a'])] : [];
    case 'group-bound':
      return [
        ...usableMembers(change.group, directory)
          .filter(({ id }) => boundGroupsOf(directory, id).length === 1)
          .map(person => onPerson('provision-user', person, ['JC-12a', 'JC-13', 'JC-14'])),
        ...planGroup(change.group, directory, ['JC-42', 'JC-44a']),
      ];
    case 'group-unbound':
      return planLostAccess(change.group, ['JC-47c', 'JC-23'], directory);
    case 'group-deleted':
      if (!change.bound) return [];
      return [
        onGroup('delete-group', change.group, ['JC-48a', 'JC-48c']),
        ...planLostAccess(change.group, ['JC-48b', 'JC-23'], directory),
      ];
    case 'group-management':
      return change.on ? planBoundGroups(directory, ['JC-Q28', 'JC-42']) : [];
    case 'activated':
      return [
        { kind: 'test-connection', rules: ['JC-4', 'JC-Q8'], summary: 'test the connection' },
        ...directory
          .people()
          .filter(person => isUsable(person) && boundGroupsOf(directory, person.id).length > 0)
          .map(person => onPerson('provision-user', person, ['JC-12a', 'JC-13', 'JC-14'])),
        ...planBoundGroups(directory, ['JC-42', 'JC-44a']),
      ];
  }
}

function planEdit(before: Person, person: Person, { directory, links, mapping }: PlanState): readonly Operation[] {
  const groups = boundGroupsOf(directory, person.id);
  if (groups.length === 0) return [];
  if (!isUsable(person)) {
    if (!isUsable(before)) return [];
    const why: readonly RuleId[] = person.state === 'ACTIVATED' ? ['JC-Q15'] : ['JC-21', 'JC-Q25'];
    return [onPerson('deactivate-user', person, [...why, 'JC-23'])];
  }
  if (isUsable(before)) {
    // Without a service provider's user the results differ exactly when what the person has differs (JC-18, JC-Q30).
    if (isDeepStrictEqual(mapPerson(mapping, before, {}), mapPerson(mapping, person, {}))) return [];
    const address: readonly RuleId[] = before.email === person.email ? [] : ['JC-19'];
    return [onPerson('update-user', person, ['JC-17', ...address])];
  }
  const missing = groups.filter(group => !links.groupOf(group)?.members.has(person.id));
  return [
    before.state === 'STAGED'
      ? onPerson('provision-user', person, ['JC-Q16', 'JC-13', 'JC-14'])
      : onPerson('update-user', person, ['JC-24', 'JC-Q14']),
    ...missing.flatMap(id => planMembership(person, { id, name: directory.groupName(id) ?? id })),
  ];
}

function planJoin(person: Person, group: Named, directory: DirectoryView): readonly Operation[] {
  // Whoever cannot use the account yet follows when they can (JC-Q14, JC-Q16).
  if (!directory.isBound(group.id) || !isUsable(person)) return [];
  const isFirst = boundGroupsOf(directory, person.id).length === 1;
  return [
    ...(isFirst ? [onPerson('provision-user', person, ['JC-12b', 'JC-13', 'JC-14'])] : []),
    ...planMembership(person, group),
  ];
}

function planLeave(person: Person, group: Named, directory: DirectoryView): readonly Operation[] {
  if (!directory.isBound(group.id) || person.state === 'STAGED') return [];
  if (boundGroupsOf(directory, person.id).length > 0) {
    return [onMember('remove-member', person, group, ['JC-49b', 'JC-45b'])];
  }
  return [
    onMember('remove-member', person, group, ['JC-45b']),
    ...(isUsable(person) ? [onPerson('deactivate-user', person, ['JC-22', 'JC-23'], group)] : []),
  ];
}

function planDismissal(person: Person, groups: readonly string[], directory: DirectoryView): readonly Operation[] {
  if (groups.length === 0 || person.state === 'STAGED') return [];
  return [
    ...groups.map(id => onMember('remove-member', person, { id, name: directory.groupName(id) ?? id }, ['JC-Q17'])),
    ...(isUsable(person) ? [onPerson('deactivate-user', person, ['JC-Q17', 'JC-23'])] : []),
  ];
}

/** Deactivations of members that have no other bound group (JC-49a). */
const planLostAccess = (group: UserGroup, rules: readonly RuleId[], directory: DirectoryView): readonly Operation[] =>
  usableMembers(group, directory)
    .filter(({ id }) => boundGroupsOf(directory, id).length === 0)
    .map(person => onPerson('deactivate-user', person, rules, group));

/** A whole group: nothing while nobody in it can be a member (JC-41a). */
function planGroup(group: UserGroup, directory: DirectoryView, rules: readonly RuleId[]): readonly Operation[] {
  const members = usableMembers(group, directory);
  if (members.length === 0) return [];
  return [
    onGroup('ensure-group', group, rules),
    ...members.map(person => onMember('add-member', person, group, ['JC-45a', 'JC-Q19'])),
  ];
}

const planBoundGroups = (directory: DirectoryView, rules: readonly RuleId[]): readonly Operation[] =>
  directory.application().boundGroups.flatMap(id => {
    const group = directory.group(id);
    return group ? planGroup(group, directory, rules) : [];
  });

const planMembership = (person: Person, group: Named): readonly Operation[] => [
  onGroup('ensure-group', group, ['JC-41b', 'JC-42']),
  onMember('add-member', person, group, ['JC-45a', 'JC-Q19']),
];

const usableMembers = (group: UserGroup, directory: DirectoryView): readonly Person[] =>
  group.members.flatMap(id => {
    const person = directory.person(id);
    return person && isUsable(person) ? [person] : [];
  });

type Named = Pick<UserGroup, 'id' | 'name'>;

const USER_VERBS = { 'provision-user': 'provision', 'update-user': 'update', 'deactivate-user': 'deactivate' };
const GROUP_VERBS = {
  'ensure-group': 'ensure group',
  'rename-group': 'rename group to',
  'delete-group': 'delete group',
};

const onPerson = (
  kind: keyof typeof USER_VERBS,
  person: Person,
  rules: readonly RuleId[],
  group?: Named,
): Operation => ({
  kind,
  rules,
  person: person.id,
  ...(group && { group: group.id }),
  summary: `${USER_VERBS[kind]} ${nameOf(person)}`,
});

const onGroup = (kind: keyof typeof GROUP_VERBS, group: Named, rules: readonly RuleId[]): Operation => ({
  kind,
  rules,
  group: group.id,
  summary: `${GROUP_VERBS[kind]} "${group.name}"`,
});

const onMember = (
  kind: 'add-member' | 'remove-member',
  person: Person,
  group: Named,
  rules: readonly RuleId[],
): Operation => ({
  kind,
  rules,
  person: person.id,
  group: group.id,
  summary:
    kind === 'add-member'
      ? `add ${nameOf(person)} to "${group.name}"`
      : `remove ${nameOf(person)} from "${group.name}"`,
});

/** A person as a reader knows them. */
const nameOf = ({ displayname, firstname, lastname, email }: Person): string =>
  displayname || [firstname, lastname].filter(Boolean).join(' ') || email;
