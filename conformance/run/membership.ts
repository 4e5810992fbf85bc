import { isObject } from '../../scim/message/list.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import type { Context, Made } from './context.ts';
import { reporters } from './reporters.ts';
import { Blocked, NotApplicable } from './violation.ts';
import { expect, show } from './expect.ts';
import { serves } from './facts.ts';

/** What has to be served for a user to be a member of a group. */
export const usersAndGroups = [serves('User'), serves('Group')] as const;

const NO_GROUPS = 'users do not show the groups they belong to';

/** The objects of a list; none where there is no list. */
export const objects = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/** The entry of a list whose value is the id. */
export const entryOf = (value: Json | undefined, id: string): JsonObject | undefined =>
  objects(value).find(entry => entry['value'] === id);

/** A user and a group with it. */
export async function membership({ given }: Pick<Context, 'given'>): Promise<{ user: Made; group: Made }> {
  const user = await given.user();
  const group = await given.group({ members: [{ value: user.id }] });
  return { user, group };
}

/** The same for probes that only look at it. */
export const standing = async ({ shared }: Context): Promise<{ user: Made; group: Made }> =>
  shared('membership', membership);

/** The entry by which a user shows a group that it is in. @throws NotApplicable where users never show groups */
export async function groupShown(context: Context): Promise<{ user: Made; group: Made; entry: JsonObject }> {
  const { user, group } = await standing(context);
  const entry = entryOf((await context.stored('/Users', user.id))['groups'], group.id);
  if (entry === undefined) throw new NotApplicable(NO_GROUPS);
  return { user, group, entry };
}

/** The group lists the user, so that something can be told of it. @throws Blocked where it does not */
export async function listsMember({ stored }: Context, group: string, user: string): Promise<void> {
  if (entryOf((await stored('/Groups', group))['members'], user) !== undefined) return;
  throw new Blocked(reporters.members, 'the group does not show its member');
}

/** Ids of the groups that a user shows. */
export const groupIds = async ({ stored }: Context, id: string): Promise<string[]> =>
  objects((await stored('/Users', id))['groups']).map(({ value }) => (typeof value === 'string' ? value : ''));

/** What a user shows of one group. Other groups may be shown as well: a provider may count everybody into some. */
export async function expectGroup(context: Context, user: string, group: string, shown: boolean): Promise<void> {
  const ids = await groupIds(context, user);
  expect.that(ids.includes(group) === shown, `${shown ? 'a' : 'no'} group ${show(group)}`, show(ids));
}

/** The user shows the group, so that its going means something. @throws NotApplicable where users never show groups */
export async function showsGroup(context: Context, user: string, group: string): Promise<void> {
  if ((await groupIds(context, user)).includes(group)) return;
  throw new NotApplicable(NO_GROUPS);
}
