import { isErrorMessage } from '../../scim/message/error.ts';
import type { PatchOperation } from '../../scim/message/patch.ts';
import { filterValue } from '../../scim/message/patch.ts';
import { GROUP } from '../../scim/message/urn.ts';
import type { Dialect } from '../dialects/index.ts';
import { createOrFind, expectSuccess, idOf, lookUp, readResource, Trouble, type LookUp } from './answer.ts';
import { memberOf } from './merge.ts';
import type { PushContext } from './push.ts';
import type { Effect } from './push-user.ts';

const GROUPS = '/Groups';

/**
 * Sees to it that a group is linked: one left alone for a while by its stored id (JC-Q27), else the one of exactly that
 * name (JC-42, JC-Q22), else a new one that carries its name only (JC-Q18, JC-40a).
 * @throws Trouble
 */
export async function ensureGroup(group: string, name: string, context: PushContext): Promise<Effect> {
  const { client, links } = context;
  const link = links.groupOf(group);
  if (link && !link.released) return 'unchanged';
  if (link) {
    const held = await readResource(client, GROUPS, link.id, 'the group could not be read');
    if (held) {
      const displayName = memberOf(held, 'displayName');
      links.linkGroup(group, link.id, typeof displayName === 'string' ? displayName : '');
      return renameGroup(group, name, context);
    }
    links.dropGroup(group);
  }
  const look: LookUp = {
    endpoint: GROUPS,
    attribute: 'displayName',
    value: name,
    matches: held => held === name,
    what: 'the group could not be looked up',
  };
  const hit = await lookUp(client, look);
  if (hit) {
    links.linkGroup(group, idOf(hit, look.what), name);
    return 'unchanged';
  }
  const body = { schemas: [GROUP], displayName: name };
  const { id, found } = await createOrFind(client, body, look, 'the group could not be created');
  links.linkGroup(group, id, name);
  return found ? 'unchanged' : 'done';
}

/** Gives the linked group its new name under the same id (JC-46, JC-Q21). @throws Trouble */
export async function renameGroup(group: string, name: string, { client, links }: PushContext): Promise<Effect> {
  const link = links.groupOf(group);
  if (!link || link.displayName === name) return 'unchanged';
  const response = await client.patch(GROUPS, link.id, [{ op: 'replace', path: 'displayName', value: name }]);
  if (response.status === 404) links.dropGroup(group);
  expectSuccess(response, 'the group could not be renamed');
  links.renamed(group, name);
  return 'done';
}

/** Deletes the linked group (JC-48a); one that is gone already is no failure. @throws Trouble */
export async function deleteGroup(group: string, { client, links }: PushContext): Promise<Effect> {
  const link = links.groupOf(group);
  if (!link) return 'unchanged';
  const response = await client.remove(GROUPS, link.id);
  if (response.status !== 404) expectSuccess(response, 'the group could not be deleted');
  links.dropGroup(group);
  return response.status === 404 ? 'unchanged' : 'done';
}

/**
 * Adds one member (JC-45a, JC-Q19). A group that turns out to be gone is looked up or made again first.
 * @throws Trouble
 */
export async function addMember(person: string, group: string, name: string, context: PushContext): Promise<Effect> {
  const { client, links } = context;
  const user = links.userOf(person);
  if (user === undefined) throw new Trouble('the person has no user at the service provider yet');
  const add = async (): Promise<boolean> => {
    const link = links.groupOf(group);
    if (!link) throw new Trouble('the group is not at the service provider yet');
    const response = await client.patch(GROUPS, link.id, [{ op: 'add', path: 'members', value: [{ value: user }] }]);
    if (response.status === 404) return false;
    expectSuccess(response, 'the member could not be added');
    link.members.add(person);
    return true;
  };
  if (links.groupOf(group)?.members.has(person)) return 'unchanged';
  if (await add()) return 'done';
  links.dropGroup(group);
  await ensureGroup(group, name, context);
  if (await add()) return 'done';
  throw new Trouble('the member could not be added: answered 404 for a group just made or found');
}

/** Takes one member out, in the shape of the dialect (JC-45b, JC-Q20). @throws Trouble */
export async function removeMember(person: string, group: string, context: PushContext): Promise<Effect> {
  const { client, dialect, links } = context;
  const user = links.userOf(person);
  const link = links.groupOf(group);
  if (user === undefined || !link) return 'unchanged';
  const response = await client.patch(GROUPS, link.id, [removal(dialect, user)]);
  if (response.status === 404) {
    links.dropGroup(group);
    return 'unchanged';
  }
  // Some answer a path that hits nobody with noTarget: the member is out, which is what was wanted.
  const isOut = isErrorMessage(response.json) && response.json.scimType === 'noTarget';
  if (!isOut) expectSuccess(response, 'the member could not be removed');
  link.members.delete(person);
  return isOut ? 'unchanged' : 'done';
}

const removal = ({ memberRemoval }: Dialect, user: string): PatchOperation =>
  memberRemoval === 'value-path'
    ? { op: 'remove', path: `members[value eq ${filterValue(user)}]` }
    : { op: 'remove', path: 'members', value: [{ value: user }] };
