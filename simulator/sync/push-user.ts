import { isObject } from '../../scim/message/list.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import type { Person } from '../directory/model.ts';
import {
  createOrFind,
  expectSuccess,
  idOf,
  isGone,
  lookUp,
  readResource,
  refusal,
  sendWrite,
  Trouble,
  type LookUp,
} from './answer.ts';
import { attempt, type Attempted, type Effect, type Subject } from './attempt.ts';
import type { MappedPerson, MappedValue } from '../mapping/attribute-mapping.ts';
import { differences, memberOf, newUser, valueAt, withState } from './merge.ts';
import type { PushContext } from './push.ts';

const USERS = '/Users';

/** A person as their events name them. */
const subjectOf = ({ id, username }: Person): Subject => ({ type: 'user', id, username });

/**
 * Makes the service provider's user what the mappings say, and active: the linked one, else the one that a look-up finds
 * (JC-13), else a new one (JC-14). A link that leads nowhere is dropped (JC-Q10a, JC-25).
 * @param always whether it is written even where nothing differs (JC-Q29)
 * @throws Trouble
 */
export async function upsertUser(person: Person, context: PushContext, always = false): Promise<Effect> {
  const { client, dialect, links, map, tell, follows } = context;
  const stored = links.userOf(person.id);
  if (stored !== undefined) {
    try {
      return await updateUser(person, stored, undefined, context, always);
    } catch (error) {
      if (!isGone(error) || !follows('JC-Q10a') || !follows('JC-25')) throw error;
      links.dropUser(person.id);
    }
  }
  const subject = subjectOf(person);
  const mapped = map(person, {});
  const look = userLookUp(mapped, context, trouble => tell('user_create_provision', subject, { trouble }));
  const find = async () => {
    try {
      const found = await lookUp(client, look);
      if (!follows('JC-55')) tell('user_lookup_provision', subject, {});
      return found;
    } catch (error) {
      if (error instanceof Trouble) tell('user_lookup_provision', subject, { trouble: error });
      throw error;
    }
  };
  const hit = await find();
  if (hit) return adopt(person, hit, context, always);
  const { id, found } = await createOrFind(client, {
    body: dialect.create.user(newUser(mapped.values), context.newPassword),
    look,
    what: 'the user could not be created',
    dialect,
    follows,
    report: trouble =>
      tell(
        'user_create_provision',
        subject,
        trouble ? { trouble } : { problems: mapped.problems, changes: [{ field: 'userName', to: look.value }] },
      ),
  });
  if (found) return adopt(person, found, context, always);
  links.linkUser(person.id, id);
  return 'done';
}

/**
 * The look-up of a person: by userName, or by e-mail where the settings say so (JC-Q3).
 * @throws Trouble when the mappings give no userName (JC-Q33b)
 */
function userLookUp(
  mapped: MappedPerson,
  { dialect, settings, follows }: PushContext,
  report: (trouble: Trouble) => void,
): LookUp {
  const userName = valueOf(mapped.values, 'userName');
  if (typeof userName !== 'string') {
    const why = mapped.problems.find(problem => problem.startsWith('userName'));
    const trouble = new Trouble(`the mappings give no userName, and nothing was sent${why ? `: ${why}` : ''}`);
    report(trouble);
    throw trouble;
  }
  return userLook(settings.lookUp === 'userName' ? userName : (addressIn(mapped.values) ?? userName), {
    attribute: settings.lookUp,
    notFoundIsMiss: settings.lookUpNotFound === 'miss',
    asks: filter => ({ ...dialect.lookUps.user(filter), ...(!follows('JC-Q5') && { startIndex: 1, count: 100 }) }),
  });
}

/** A look-up of a user by a value that both sides may write in any case. */
export function userLook(
  value: string,
  { attribute, notFoundIsMiss, asks }: Pick<LookUp, 'attribute' | 'notFoundIsMiss' | 'asks'>,
): LookUp {
  const isSame = (held: Json | undefined): boolean =>
    typeof held === 'string' && held.toLowerCase() === value.toLowerCase();
  return {
    endpoint: USERS,
    attribute,
    value,
    matches: user => (attribute === 'userName' ? isSame(memberOf(user, 'userName')) : addressesOf(user).some(isSame)),
    what: 'the user could not be looked up',
    notFoundIsMiss,
    asks,
  };
}

/** Every address of a user. */
export function addressesOf(user: JsonObject): readonly string[] {
  const emails = memberOf(user, 'emails');
  const entries: readonly Json[] = Array.isArray(emails) ? emails : [];
  return entries.flatMap(entry => {
    const value = isObject(entry) ? memberOf(entry, 'value') : undefined;
    return typeof value === 'string' && value !== '' ? [value] : [];
  });
}

const valueOf = (values: readonly MappedValue[], target: string): Json | undefined =>
  values.find(({ path }) => path.join('.') === target)?.value;

const addressIn = (values: readonly MappedValue[]): string | undefined =>
  addressesOf({ emails: valueOf(values, 'emails') ?? [] })[0];

/**
 * Sets the linked user inactive; it is never deleted (JC-23). Attributes stay as the service provider has them: changes of
 * inactive people wait (JC-Q14).
 * @throws Trouble, also when the user is gone already (JC-Q10b).
 */
export async function deactivateUser(person: string, context: PushContext): Promise<Effect> {
  const { links, tell, view } = context;
  const id = links.userOf(person);
  if (id === undefined) return 'unchanged';
  const known = view.person(person);
  return attempt(tell, 'user_deprovision', known ? subjectOf(known) : { type: 'user', id: person }, async () => {
    try {
      return await setInactive(id, context);
    } catch (error) {
      if (!isGone(error)) throw error;
      links.dropUser(person);
      throw new Trouble('the user is gone at the service provider, so there is nothing to deactivate', { status: 404 });
    }
  });
}

/** Deactivates the user of an id. @throws Trouble */
export async function setInactive(id: string, { client, dialect, follows }: PushContext): Promise<Attempted> {
  const what = 'the user could not be deactivated';
  if (dialect.deactivation !== 'as-update') {
    expectSuccess(await client.patch(USERS, id, dialect.deactivation), what);
    return { effect: 'done' };
  }
  const held = await readResource(client, USERS, id, what);
  const wanting = differences(held, [], false);
  if (wanting.length === 0 && follows('JC-Q30')) return { effect: 'unchanged' };
  for (const write of dialect.update({ held, values: [], active: false, wanting })) {
    expectSuccess(await sendWrite(client, USERS, id, write, what), what);
  }
  return { effect: 'done', changes: [{ field: 'active', from: true, to: false }] };
}

/** Deletes the linked user: only where settings or dialect say so (JC-Q17). @throws Trouble */
export async function deleteUser(person: string, { client, links, tell, view }: PushContext): Promise<Effect> {
  const id = links.userOf(person);
  if (id === undefined) return 'unchanged';
  // Somebody with the same address may have come since, and have taken the user over.
  if (view.people().some(other => links.userOf(other.id) === id)) return 'unchanged';
  return attempt(tell, 'user_delete_provision', { type: 'user', id: person }, async () => {
    const response = await client.remove(USERS, id);
    if (response.status !== 404) expectSuccess(response, 'the user could not be deleted');
    links.dropUser(person);
    return { effect: response.status === 404 ? 'unchanged' : 'done' };
  });
}

async function adopt(person: Person, hit: JsonObject, context: PushContext, always: boolean): Promise<Effect> {
  const id = idOf(hit, 'the user could not be linked');
  context.links.linkUser(person.id, id);
  try {
    return await updateUser(person, id, hit, context, always);
  } catch (error) {
    if (!isGone(error)) throw error;
    context.links.dropUser(person.id);
    throw new Trouble('the user was found by a look-up and is gone under its id', { status: 404 });
  }
}

/**
 * Writes what differs from the user as read just now (JC-Q2).
 * @throws Trouble, one that `isGone` tells where there is no user under the id
 */
async function updateUser(
  person: Person,
  id: string,
  found: JsonObject | undefined,
  { client, dialect, map, tell, follows }: PushContext,
  always: boolean,
): Promise<Effect> {
  return attempt(tell, 'user_update_provision', subjectOf(person), async () => {
    const read = () => readResource(client, USERS, id, 'the user could not be read');
    const held = found ?? (follows('JC-Q2') ? await read() : {});
    const { values, problems } = map(person, held);
    const wanting = differences(held, values, true);
    if (wanting.length === 0 && !always && follows('JC-Q30')) return { effect: 'unchanged' };
    const writes = dialect.update({
      held: follows('JC-37') && follows('JC-Q32') ? held : { id },
      values,
      active: true,
      wanting: wanting.length === 0 ? withState(values, true) : wanting,
    });
    if (writes.length === 0) return { effect: 'unchanged' };
    for (const write of writes) {
      const response = await sendWrite(client, USERS, id, write, 'the user could not be updated');
      if (response.status === 404) throw refusal('the user could not be updated', response);
      expectSuccess(response, 'the user could not be updated');
    }
    return {
      effect: 'done',
      problems,
      changes: wanting.map(({ path, value }) => ({ field: path.join('.'), from: valueAt(held, path), to: value })),
    };
  });
}
