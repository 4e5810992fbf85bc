import { isErrorMessage } from '../../scim/message/error.ts';
import type { GroupChange, Member } from '../dialects/index.ts';
import {
  createOrFind,
  expectSuccess,
  idOf,
  isGone,
  lookUp,
  readResource,
  sendWrite,
  Trouble,
  type LookUp,
} from './answer.ts';
import { attempt, type Effect, type Subject } from './attempt.ts';
import type { GroupLink } from './links.ts';
import { memberOf } from './merge.ts';
import type { PushContext } from './push.ts';

const GROUPS = '/Groups';

const subjectOf = (id: string, name = ''): Subject => ({ type: 'user_group', id, ...(name !== '' && { name }) });

/**
 * Sees to it that a group is linked: one left alone for a while by its stored id (JC-Q27), else the one of exactly that
 * name (JC-42, JC-Q22), else a new one that carries its name only (JC-Q18, JC-40a).
 * @throws Trouble
 */
export async function ensureGroup(group: string, name: string, context: PushContext): Promise<Effect> {
  const { client, dialect, links, tell, follows } = context;
  const link = links.groupOf(group);
  if (link && !link.released) return 'unchanged';
  const kept = link && follows('JC-Q27') ? await readKept(link.id, context) : undefined;
  if (link && kept !== undefined) {
    links.linkGroup(group, link.id, kept);
    return renameGroup(group, name, context);
  }
  links.dropGroup(group);
  const look = groupLookUp(name, context);
  const subject = subjectOf(group, name);
  const report = (trouble?: Trouble) => tell('group_create_provision', subject, trouble ? { trouble } : {});
  const find = async () => {
    try {
      return await lookUp(client, look);
    } catch (error) {
      // There is no event for look-ups of groups: what fails with it is the attempt to have the group.
      if (error instanceof Trouble) report(error);
      throw error;
    }
  };
  const hit = await find();
  if (hit) {
    links.linkGroup(group, idOf(hit, look.what), name);
    return 'unchanged';
  }
  const body = dialect.create.group(name, group);
  const what = 'the group could not be created';
  const { id, found } = await createOrFind(client, { body, look, what, dialect, follows, report });
  links.linkGroup(group, id, name);
  return found ? 'unchanged' : 'done';
}

/** Name at the service provider of a group left alone; undefined when it is gone. @throws Trouble */
async function readKept(id: string, { client, dialect }: PushContext): Promise<string | undefined> {
  const { groupRead } = dialect.lookUps;
  try {
    const held = await readResource(client, GROUPS, id, 'the group could not be read', groupRead);
    const displayName = memberOf(held, 'displayName');
    return typeof displayName === 'string' ? displayName : '';
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** The look-up of a group by its name. */
export function groupLookUp(name: string, { dialect, settings, follows }: PushContext): LookUp {
  const plain = (text: string): string => (settings.takeOverName === 'exact' ? text : text.toLowerCase());
  return {
    endpoint: GROUPS,
    attribute: 'displayName',
    value: name,
    matches: group => {
      const held = memberOf(group, 'displayName');
      return typeof held === 'string' && plain(held) === plain(name) && follows('JC-42');
    },
    what: 'the group could not be looked up',
    notFoundIsMiss: settings.lookUpNotFound === 'miss',
    asks: dialect.lookUps.group,
  };
}

/** Gives the linked group its new name under the same id (JC-46, JC-Q21). @throws Trouble */
export async function renameGroup(group: string, name: string, context: PushContext): Promise<Effect> {
  const { links, tell } = context;
  const link = links.groupOf(group);
  if (!link || link.displayName === name) return 'unchanged';
  return attempt(tell, 'group_update_provision', subjectOf(group, name), async () => {
    const members = membersOf(group, link, context);
    await sendName({ id: link.id, displayName: name, members }, context).catch((error: unknown) => {
      if (isGone(error)) links.dropGroup(group);
      throw error;
    });
    links.renamed(group, name);
    return { effect: 'done', changes: [{ field: 'displayName', from: link.displayName, to: name }] };
  });
}

/** Gives a group the name that the change has. @throws Trouble */
export async function sendName(change: GroupChange, { client, dialect, settings }: PushContext): Promise<void> {
  const what = 'the group could not be renamed';
  expectSuccess(await sendWrite(client, GROUPS, change.id, dialect.rename(change, settings), what), what);
}

/**
 * Everybody in a group who has a user: who may be active, and whose membership was sent before they were suspended.
 * @param leaver is in it no more
 */
const membersOf =
  (group: string, link: GroupLink, { links, view }: PushContext, leaver?: string) =>
  (): readonly Member[] =>
    (view.group(group)?.members ?? [])
      .filter(person => person !== leaver && (view.isEntitled(person) || link.members.has(person)))
      .flatMap(person => memberFrom(person, { links, view }));

const memberFrom = (person: string, { links, view }: Pick<PushContext, 'links' | 'view'>): readonly Member[] => {
  const value = links.userOf(person);
  return value === undefined ? [] : [{ value, display: view.person(person)?.email ?? '' }];
};

/** Deletes the linked group (JC-48a); one that is gone already is no failure. @throws Trouble */
export async function deleteGroup(group: string, { client, links, tell }: PushContext): Promise<Effect> {
  const link = links.groupOf(group);
  if (!link) return 'unchanged';
  return attempt(tell, 'group_delete_provision', subjectOf(group, link.displayName), async () => {
    const response = await client.remove(GROUPS, link.id);
    if (response.status !== 404) expectSuccess(response, 'the group could not be deleted');
    links.dropGroup(group);
    return { effect: response.status === 404 ? 'unchanged' : 'done' };
  });
}

/**
 * Adds members in one request (JC-45a): one, unless the settings say otherwise (JC-Q19). A group that turns out to be gone
 * is looked up or made again first.
 * @param always whether it is sent for those whose membership was sent already (W-25)
 * @throws Trouble, also when one of them has no user at the service provider; the others are sent all the same
 */
export async function addMembers(
  people: readonly string[],
  group: string,
  name: string,
  context: PushContext,
  always = false,
): Promise<Effect> {
  const { links, tell } = context;
  const sent = links.groupOf(group)?.members;
  const wanting = always ? people : people.filter(person => !sent?.has(person));
  if (wanting.length === 0) return 'unchanged';
  const add = () =>
    attempt(tell, 'group_update_provision', subjectOf(group, name), async () => {
      const linked = wanting.filter(person => links.userOf(person) !== undefined);
      const added = linked.flatMap(person => memberFrom(person, context));
      if (added.length === 0) throw new Trouble('the person has no user at the service provider yet');
      const link = links.groupOf(group);
      if (!link) throw new Trouble('the group is not at the service provider yet');
      await addTo({ id: link.id, displayName: name, members: membersOf(group, link, context) }, added, context);
      for (const person of linked) link.members.add(person);
      if (linked.length < wanting.length) {
        throw new Trouble(`${wanting.length - linked.length} people have no user at the service provider yet`);
      }
      return { effect: 'done', changes: added.map(({ value }) => ({ field: 'members', to: value })) };
    });
  try {
    return await add();
  } catch (error) {
    if (!isGone(error)) throw error;
    links.dropGroup(group);
    await ensureGroup(group, name, context);
  }
  return add();
}

/** Adds these to a group. @throws Trouble */
export async function addTo(
  change: GroupChange,
  added: readonly Member[],
  { client, dialect }: PushContext,
): Promise<void> {
  const what = 'the member could not be added';
  expectSuccess(await sendWrite(client, GROUPS, change.id, dialect.members.add(change, added), what), what);
}

/** Takes one member out, in the shape of the dialect (JC-45b, JC-Q20). @throws Trouble */
export async function removeMember(person: string, group: string, context: PushContext): Promise<Effect> {
  const { client, dialect, links, tell, view } = context;
  const user = links.userOf(person);
  const link = links.groupOf(group);
  if (user === undefined || !link) return 'unchanged';
  return attempt(tell, 'group_update_provision', subjectOf(group, link.displayName), async () => {
    const what = 'the member could not be removed';
    const members = membersOf(group, link, context, person);
    const change = { id: link.id, displayName: view.groupName(group) ?? link.displayName, members };
    const leaver = { value: user, display: view.person(person)?.email ?? '' };
    const response = await sendWrite(client, GROUPS, link.id, dialect.members.remove(change, leaver), what);
    if (response.status === 404) {
      links.dropGroup(group);
      return { effect: 'unchanged' };
    }
    // Some answer a path that hits nobody with noTarget: the member is out, which is what was wanted.
    const isOut = isErrorMessage(response.json) && response.json.scimType === 'noTarget';
    if (!isOut) expectSuccess(response, what);
    link.members.delete(person);
    return isOut ? { effect: 'unchanged' } : { effect: 'done', changes: [{ field: 'members', from: user }] };
  });
}
