import type { JsonObject } from '../../scim/wire/message.ts';
import type { Person } from '../directory/model.ts';
import { mapPerson } from '../mapping/attribute-mapping.ts';
import { createOrFind, expectSuccess, idOf, lookUp, readResource, Trouble, type LookUp } from './answer.ts';
import { differences, mergedUser, newUser, replacements } from './merge.ts';
import type { PushContext } from './push.ts';

const USERS = '/Users';

/** What an operation did: wrote something, or found nothing to write. */
export type Effect = 'done' | 'unchanged';

/**
 * Makes the service provider's user what the mappings say, and active: the linked one, else the one that a look-up finds
 * (JC-13), else a new one (JC-14). A link that leads nowhere is dropped (JC-Q10a).
 * @throws Trouble
 */
export async function upsertUser(person: Person, context: PushContext): Promise<Effect> {
  const { client, links, mapping } = context;
  const stored = links.userOf(person.id);
  if (stored !== undefined) {
    const held = await readResource(client, USERS, stored, 'the user could not be read');
    const effect = held && (await updateUser(person, stored, held, context));
    if (effect) return effect;
    links.dropUser(person.id);
  }
  const values = mapPerson(mapping, person, {});
  const userName = values.find(({ path }) => path.join('.') === 'userName')?.value;
  if (typeof userName !== 'string') throw new Trouble('the mappings give no userName, and nothing was sent');
  const look: LookUp = {
    endpoint: USERS,
    attribute: 'userName',
    value: userName,
    matches: held => typeof held === 'string' && held.toLowerCase() === userName.toLowerCase(),
    what: 'the user could not be looked up',
  };
  const hit = await lookUp(client, look);
  if (hit) return adopt(person, hit, context);
  const { id, found } = await createOrFind(client, newUser(values), look, 'the user could not be created');
  if (found) return adopt(person, found, context);
  links.linkUser(person.id, id);
  return 'done';
}

/**
 * Sets the linked user inactive; it is never deleted (JC-23). Attributes stay as the service provider has them: changes of
 * inactive people wait (JC-Q14).
 * @throws Trouble, also when the user is gone already (JC-Q10b).
 */
export async function deactivateUser(person: string, { client, dialect, links }: PushContext): Promise<Effect> {
  const id = links.userOf(person);
  if (id === undefined) return 'unchanged';
  const what = 'the user could not be deactivated';
  const gone = () => {
    links.dropUser(person);
    return new Trouble('the user is gone at the service provider, so there is nothing to deactivate');
  };
  if (dialect.update === 'patch') {
    const response = await client.patch(USERS, id, [{ op: 'replace', path: 'active', value: false }]);
    if (response.status === 404) throw gone();
    expectSuccess(response, what);
    return 'done';
  }
  const held = await readResource(client, USERS, id, what);
  if (!held) throw gone();
  if (differences(held, [], false).length === 0) return 'unchanged';
  const response = await client.replace(USERS, id, mergedUser(held, [], false));
  if (response.status === 404) throw gone();
  expectSuccess(response, what);
  return 'done';
}

async function adopt(person: Person, hit: JsonObject, context: PushContext): Promise<Effect> {
  const id = idOf(hit, 'the user could not be linked');
  context.links.linkUser(person.id, id);
  const effect = await updateUser(person, id, hit, context);
  if (effect) return effect;
  context.links.dropUser(person.id);
  throw new Trouble('the user was found by a look-up and is gone under its id');
}

/** Writes what differs; undefined when there is no user under the id. */
async function updateUser(
  person: Person,
  id: string,
  held: JsonObject,
  { client, dialect, mapping }: PushContext,
): Promise<Effect | undefined> {
  const values = mapPerson(mapping, person, held);
  const wanting = differences(held, values, true);
  if (wanting.length === 0) return 'unchanged';
  const response =
    dialect.update === 'patch'
      ? await client.patch(USERS, id, replacements(wanting))
      : await client.replace(USERS, id, mergedUser(held, values, true));
  if (response.status === 404) return undefined;
  expectSuccess(response, 'the user could not be updated');
  return 'done';
}
