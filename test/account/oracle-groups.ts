import type { AccountGroup } from '../../scim/target.ts';
import { same, serviceAt, targetOf, text, wrongOf, type Passage } from './passage.ts';

const barred: ReadonlySet<string> = new Set(['recover-accounts', 'manage-all-groups']);

/** Groups change as the journal says, provisioning touches only what it manages, and never manages the powerful ones. */
export function faultsOfGroups(passage: Passage): readonly string[] {
  const { account, step, reply, before, after, news } = passage;
  const { group: target } = targetOf(passage);
  const was = new Map(before.groups.map(group => [group.id, group]));
  const is = new Set(after.groups.map(({ id }) => id));
  const there = new Set(after.people.map(({ id }) => id));
  const isHosted = serviceAt(account, after.journal).hosted === 'on';
  const isMigrated = news.some(entry => entry['step'] === 'migration-done');
  const told = ({ id }: AccountGroup, ...steps: readonly string[]): boolean =>
    news.some(entry => entry.kind === 'group' && entry['group'] === id && steps.includes(text(entry['step'])));
  /** Whoever is gone from the account is gone from its groups. */
  const membersOf = ({ members }: AccountGroup): string =>
    members
      .filter(id => there.has(id))
      .toSorted()
      .join(' ');

  const changed = (then: AccountGroup, now: AccountGroup): readonly string[] => {
    const [isRenamed, isMoved] = [then.name !== now.name, then.managed !== now.managed];
    const isJoined = membersOf(then) !== membersOf(now);
    const isTouched = isRenamed || isJoined || (isMoved && !isMigrated);
    const isPermitted = same(then.permissions, now.permissions) || told(now, 'permissions');
    return wrongOf(
      [isRenamed && !told(now, 'renamed'), `${then.name} became ${now.name}`],
      [isMoved && !told(now, 'selected', 'unselected'), `${now.name} is managed: ${now.managed}`],
      [!isPermitted, `${now.name} has other permissions`],
      [isJoined && !told(now, 'members'), `${now.name} has other members`],
      [reply.isScim && !then.managed && isTouched, `${step.do} touched ${then.name}, which is not managed`],
      [reply.isScim && now.id !== target && isTouched, `${step.do} touched ${then.name}, which it is not about`],
    );
  };
  const standing = (group: AccountGroup): readonly string[] => {
    const isPowerful = group.permissions.some(permission => barred.has(permission));
    return wrongOf(
      [group.members.some(id => !there.has(id)), `${group.name} holds somebody who is not there`],
      [isHosted && group.managed && isPowerful, `${group.name} is managed and has ${group.permissions.join(', ')}`],
    );
  };
  const gone = before.groups.filter(({ id }) => !is.has(id));
  return [
    ...after.groups.flatMap(standing),
    ...after.groups.flatMap(group => {
      const then = was.get(group.id);
      return then ? changed(then, group) : wrongOf([!told(group, 'created'), `${group.name} came from nowhere`]);
    }),
    ...gone.flatMap(group =>
      wrongOf([!told(group, 'deleted'), `${group.name} is gone`], [!group.managed, `${group.name} was not managed`]),
    ),
  ];
}
