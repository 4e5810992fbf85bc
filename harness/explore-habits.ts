import { plainHabits, type Habits } from '../scenarios/explore/index.ts';
import { createClient } from '../scim/client.ts';
import { isObject } from '../scim/message/list.ts';
import { ENTERPRISE_USER, USER } from '../scim/message/urn.ts';
import type { Json, JsonObject } from '../scim/wire/message.ts';
import type { Session } from '../scim/wire/session.ts';
import type { AccountOptions } from '../bridge/index.ts';

/** Attributes that an account keeps nothing of (OP-21b). */
const DROPPED = [
  'title',
  'userType',
  ...['organization', 'costCenter', 'department'].map(name => `${ENTERPRISE_USER}:${name}`),
];

const ofAccounts: Habits = {
  unkept: new Set(DROPPED),
  addressAtOnce: false,
  namesApart: false,
  inactiveStay: false,
  deletes: false,
};

/** What the documents say of an account, so that it is held against them and not against itself. */
const ACCOUNTS: Readonly<Record<AccountOptions['profile'], Habits>> = {
  'self-hosted': ofAccounts,
  // First and last name are cut from the whole one (OP-24a, OP-24b).
  // Whoever is deactivated stays, invited or not (OP-26c).
  hosted: { ...ofAccounts, inactiveStay: true, unkept: new Set([...DROPPED, 'name.givenName', 'name.familyName']) },
};

export const accountHabits = (profile: AccountOptions['profile']): Habits => ACCOUNTS[profile];

/** Somebody of whom every attribute that histories know has a value of its own. */
const person = (mark: string, email: string) => ({
  schemas: [USER, ENTERPRISE_USER],
  userName: email,
  name: { givenName: `Given${mark}`, familyName: `Family${mark}` },
  displayName: `Shown${mark} Apart`,
  title: `Title${mark}`,
  userType: `Type${mark}`,
  emails: [{ value: email, type: 'work', primary: true }],
  active: true,
  [ENTERPRISE_USER]: {
    organization: `Organization${mark}`,
    costCenter: `CostCenter${mark}`,
    department: `Department${mark}`,
  },
});

const PATHS: Readonly<Record<string, readonly string[]>> = {
  userName: ['userName'],
  'emails.value': ['emails', '0', 'value'],
  'name.givenName': ['name', 'givenName'],
  'name.familyName': ['name', 'familyName'],
  displayName: ['displayName'],
  title: ['title'],
  userType: ['userType'],
  ...Object.fromEntries(
    ['organization', 'costCenter', 'department'].map(name => [`${ENTERPRISE_USER}:${name}`, [ENTERPRISE_USER, name]]),
  ),
};

/**
 * Finds out with one user of its own what a target keeps of what it is given: what it makes nothing of from the start is
 * no fault of a history. The user is removed with the rest of the run, or at once where users can be.
 */
export async function learnHabits(session: Session): Promise<Habits> {
  const client = createClient(session.open('explore/learn').send);
  const domain = session.domain ?? `learn.${session.run}.example`;
  const [first, second] = ['One', 'Two'].map(mark =>
    person(mark, `habits-${mark.toLowerCase()}-${session.run}@${domain}`),
  );
  if (!first || !second) return plainHabits;
  const made = await client.create('/Users', first);
  const id = isObject(made.json) ? made.json['id'] : undefined;
  if (made.status !== 201 || typeof id !== 'string') return { ...plainHabits, unkept: new Set(), inactiveStay: false };
  const read = async (): Promise<JsonObject | undefined> => {
    const { status, json } = await client.read('/Users', id);
    return status === 200 && isObject(json) ? json : undefined;
  };
  const fresh = await read();
  await client.replace('/Users', id, { ...second, id });
  const changed = await read();
  await client.replace('/Users', id, { ...second, id, active: false });
  const inactive = await read();
  await client.remove('/Users', id);
  const isGone = (await client.read('/Users', id)).status === 404;
  const lost = Object.entries(PATHS)
    .filter(
      ([, path]) => valueAt(fresh, path) !== valueAt(first, path) || valueAt(changed, path) !== valueAt(second, path),
    )
    .map(([name]) => name);
  const isMoved = valueAt(changed, ['userName']) === second.userName;
  const isKeptApart = !lost.some(name => name.startsWith('name.') || name === 'displayName');
  return {
    unkept: new Set(lost.filter(name => isMoved || (name !== 'userName' && name !== 'emails.value'))),
    addressAtOnce: isMoved,
    namesApart: isKeptApart,
    inactiveStay: inactive?.['active'] === false,
    deletes: isGone,
  };
}

const valueAt = (value: Json | undefined, [name, ...rest]: readonly string[]): Json | undefined => {
  if (name === undefined) return value;
  if (Array.isArray(value)) return valueAt((value as readonly Json[])[Number(name)], rest);
  return isObject(value) ? valueAt(value[name], rest) : undefined;
};
