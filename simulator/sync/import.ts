import type { ScimClient } from '../../scim/client.ts';
import { isObject, resourcesOf } from '../../scim/message/list.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import type { PersonDraft } from '../admin.ts';
import type { Dialect } from '../dialects/index.ts';
import type { Directory } from '../directory/directory.ts';
import type { Follows } from './access.ts';
import { idOf, listed, Trouble } from './answer.ts';
import { IntegrationError } from './error.ts';
import type { Links } from './links.ts';
import { memberOf } from './merge.ts';
import { addressesOf } from './push-user.ts';

/** Users asked for at a time (JC-Q36). */
const PAGE = 100;

/** A user of the service provider that somebody in the directory has the address of. */
interface MatchedUser {
  readonly id: string;
  readonly userName: string;
  /** Id in the directory. */
  readonly person: string;
}

/** A user that nobody in the directory has the address of. */
interface UnmatchedUser {
  readonly id: string;
  readonly userName: string;
  /** Empty where there is no address to import with. */
  readonly email: string;
  readonly firstname: string;
  readonly lastname: string;
}

/** What an import may do. */
export interface ImportOptions {
  /** Whether people are made of users that nobody has the address of; they are only told of otherwise. */
  readonly create?: boolean;
}

/** What an import found, and whom it made. */
export interface ImportResult {
  readonly matched: readonly MatchedUser[];
  readonly unmatched: readonly UnmatchedUser[];
  /** Ids of new people in the directory. */
  readonly created: readonly string[];
  /** Users who could not be taken over, and why. */
  readonly failed: readonly { readonly userName: string; readonly reason: string }[];
}

/** What an import works on. */
export interface ImportContext {
  readonly client: ScimClient;
  readonly dialect: Pick<Dialect, 'nextPage'>;
  readonly directory: Pick<Directory, 'addPerson' | 'personBy'>;
  readonly links: Links;
  /** Whether the integration was switched off meanwhile, which ends the import (W-8). */
  readonly isStopped: () => boolean;
  readonly follows: Follows;
}

/**
 * Reads the users of the service provider and links those whose address somebody has (JC-16, JC-Q37). Where it is asked for,
 * people are made of the others; nobody is changed (W-8).
 * @throws IntegrationError when the list cannot be read to its end
 */
export async function importUsers(
  { client, dialect, directory, links, isStopped, follows }: ImportContext,
  { create = false }: ImportOptions = {},
): Promise<ImportResult> {
  const users = await readUsers(client, dialect, isStopped);
  const { matched, unmatched } = matchUsers(users, email => {
    const found = directory.personBy('email', email);
    return found && (follows('JC-Q37') || found.email === email) ? found.id : undefined;
  });
  for (const { id, person } of matched) if (links.userOf(person) === undefined) links.linkUser(person, id);
  const created: string[] = [];
  const failed: { userName: string; reason: string }[] = [];
  for (const user of create ? unmatched : []) {
    try {
      const person = directory.addPerson(draftFrom(user), 'applicationImport');
      links.linkUser(person.id, user.id);
      created.push(person.id);
    } catch (error) {
      // One user that the directory does not take leaves the others alone.
      failed.push({ userName: user.userName, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return { matched, unmatched, created, failed };
}

/**
 * Reads every user of the service provider, page by page until `totalResults` is reached or a page is empty (JC-Q36).
 * @throws IntegrationError when the list breaks off
 */
async function readUsers(
  client: ScimClient,
  { nextPage }: Pick<Dialect, 'nextPage'>,
  isStopped: () => boolean,
): Promise<readonly JsonObject[]> {
  const users = new Map<string, JsonObject>();
  let read = 0;
  for (;;) {
    if (isStopped()) throw new IntegrationError('import', 'the import was stopped: provisioning was switched off');
    const response = await client.list('/Users', { startIndex: read + 1, count: PAGE });
    try {
      const page = isEmptyPage(response.json) ? [] : listed(response, 'the users could not be read');
      for (const user of page) users.set(idOf(user, 'a user could not be imported'), user);
      read += nextPage === 'behind-asked' && page.length > 0 ? PAGE : page.length;
      const total = isObject(response.json) ? response.json['totalResults'] : 0;
      if (page.length === 0 || typeof total !== 'number' || read >= total) return [...users.values()];
    } catch (error) {
      if (error instanceof Trouble) throw new IntegrationError('import', error.message);
      throw error;
    }
  }
}

/** A list that counts users and shows none on this page ends the reading. */
const isEmptyPage = (json: Json | undefined): boolean =>
  isObject(json) && typeof json['totalResults'] === 'number' && resourcesOf(json).length === 0;

/** Users told apart by whether somebody has their address, whatever its case (JC-Q37). */
function matchUsers(
  users: readonly JsonObject[],
  personWith: (email: string) => string | undefined,
): Pick<ImportResult, 'matched' | 'unmatched'> {
  const matched: MatchedUser[] = [];
  const unmatched: UnmatchedUser[] = [];
  for (const user of users) {
    const id = textOf(user, 'id');
    const userName = textOf(user, 'userName');
    const addresses = [...addressesOf(user), ...(userName.includes('@') ? [userName] : [])];
    const person = addresses.map(personWith).find(found => found !== undefined);
    if (person !== undefined) {
      matched.push({ id, userName, person });
      continue;
    }
    const name = memberOf(user, 'name');
    const names = isObject(name) ? name : {};
    unmatched.push({
      id,
      userName,
      email: addresses[0] ?? '',
      firstname: textOf(names, 'givenName'),
      lastname: textOf(names, 'familyName'),
    });
  }
  return { matched, unmatched };
}

/**
 * Somebody new from an unmatched user: active, with a password still to be set, in no group (W-8); the user name is the
 * local part of the address.
 * @throws IntegrationError for a user without address, or with a plus sign in it, which JumpCloud does not take
 */
function draftFrom({ userName, email, firstname, lastname }: UnmatchedUser): PersonDraft {
  if (email === '') throw new IntegrationError('import', `${userName} has no e-mail address`);
  const local = email.slice(0, email.lastIndexOf('@'));
  if (local.includes('+')) {
    throw new IntegrationError('import', `${email} has a plus sign, which no user name can have`);
  }
  return { email, username: local, firstname, lastname, state: 'ACTIVATED', creationSource: 'jumpcloud:scim' };
}

const textOf = (object: JsonObject, name: string): string => {
  const value = memberOf(object, name);
  return typeof value === 'string' ? value : '';
};
