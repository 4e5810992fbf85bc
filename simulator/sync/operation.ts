import type { RuleId } from '../../conformance/clauses/index.ts';
import type { Operation } from '../admin.ts';
import type { Person, UserGroup } from '../directory/model.ts';

/** A group as an operation names it. */
export type Named = Pick<UserGroup, 'id' | 'name'>;

/** Whether an operation goes to groups, and so is sent only while they are managed (JC-10a). */
export const isAboutGroups = (kind: Operation['kind']): boolean => GROUP_KINDS.has(kind);

const GROUP_KINDS: ReadonlySet<Operation['kind']> = new Set([
  'ensure-group',
  'rename-group',
  'delete-group',
  'add-member',
  'remove-member',
]);

const USER_VERBS = {
  'provision-user': 'provision',
  'update-user': 'update',
  'deactivate-user': 'deactivate',
  'delete-user': 'delete',
};
const GROUP_VERBS = {
  'ensure-group': 'ensure group',
  'rename-group': 'rename group to',
  'delete-group': 'delete group',
};

/** What is about the connection, and about nobody. */
export type ConnectionKind = 'test-connection' | 'check-connection' | 'check-credentials';

export const isAboutConnection = (kind: Operation['kind']): kind is ConnectionKind =>
  kind === 'test-connection' || kind === 'check-connection' || kind === 'check-credentials';

export const onConnection = (kind: ConnectionKind, summary: string, rules: readonly RuleId[]): Operation => ({
  kind,
  rules,
  summary,
});

/** @param group the one that gave access and does so no more: what is sent about it goes first (JC-Q26) */
export const onPerson = (
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

export const onGroup = (kind: keyof typeof GROUP_VERBS, group: Named, rules: readonly RuleId[]): Operation => ({
  kind,
  rules,
  group: group.id,
  summary: `${GROUP_VERBS[kind]} "${group.name}"`,
});

export const onMember = (
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

/** Several members in one request. */
export const onMembers = (people: readonly Person[], group: Named, rules: readonly RuleId[]): Operation => ({
  kind: 'add-member',
  rules,
  people: people.map(({ id }) => id),
  after: people.map(({ id }) => id),
  group: group.id,
  summary: `add ${people.length === 1 ? people.map(nameOf).join() : `${people.length} people`} to "${group.name}"`,
});

/** A person as a reader knows them. */
const nameOf = ({ displayname, firstname, lastname, email }: Person): string =>
  displayname || [firstname, lastname].filter(Boolean).join(' ') || email;
