import type { PersonDraft } from '../admin.ts';
import { DirectoryError } from './error.ts';
import {
  EMPTY_PERSON,
  MEMBERSHIP_METHODS,
  PERSON_STATES,
  type Address,
  type CustomAttribute,
  type GroupEdit,
  type Person,
  type UserGroup,
} from './model.ts';

/** Longest text of a field (jumpcloud.md 3.2), in characters. */
export const LONGEST = 1024;
/** Of the employee identifier. */
const LONGEST_IDENTIFIER = 256;

/**
 * A whole record from a draft: what is left open becomes empty, the user name the local part of the address. Addresses
 * are kept in lower case, as JumpCloud does on creation (jumpcloud.md 3.2). Members of the draft that no person has are
 * left out.
 */
export function completePerson(id: string, draft: PersonDraft): Person {
  const email = draft.email.toLowerCase();
  const username = draft.username || email.slice(0, Math.max(0, email.lastIndexOf('@')));
  const given = Object.entries(draft).filter(
    ([field, value]) => value !== undefined && Object.hasOwn(EMPTY_PERSON, field),
  );
  const addresses = (draft.addresses ?? []).map(withoutEmpty);
  return { id, ...EMPTY_PERSON, ...Object.fromEntries(given), username, email, addresses };
}

/** Parts of an address that are empty are not there. */
const withoutEmpty = ({ type, ...parts }: Address): Address => ({
  type,
  ...Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== '')),
});

/** A whole group, members aside, from what is known of it. */
export function completeGroup(id: string, draft: GroupEdit): Omit<UserGroup, 'members'> {
  return {
    id,
    name: draft.name ?? '',
    description: draft.description ?? '',
    email: draft.email ?? '',
    attributes: draft.attributes ?? [],
    membershipMethod: draft.membershipMethod ?? 'NOTSET',
  };
}

/** @throws DirectoryError for the first field that a directory would not take. */
export function refuseInvalid(person: Person): void {
  for (const field of ['email', 'alternateEmail', 'recoveryEmail'] as const) {
    const value = person[field];
    if (value === '' && field !== 'email') continue;
    if (!isAddress(value)) {
      throw refusal(field, value, `${shown(value)} is no e-mail address; write one such as ada@orbital.example`);
    }
  }
  // What JumpCloud takes as a user name is not documented; blanks and control characters would go nowhere.
  if (!/^[^\s\p{Cc}]+$/u.test(person.username)) {
    throw refusal('username', person.username, `${shown(person.username)} is no user name; write one without blanks`);
  }
  if (!PERSON_STATES.includes(person.state)) throw refusalOf('state', person.state, PERSON_STATES);
  const who = `of ${shown(person.email)}`;
  for (const [field, value] of Object.entries(person)) refuseLong(field, value, who);
  refuseAmbiguous(person.attributes, who);
}

/** @throws DirectoryError for the first field that a directory would not take. */
export function refuseInvalidGroup(group: Omit<UserGroup, 'members'>): void {
  if (group.name === '') throw refusal('name', group.name, 'a user group needs a name');
  if (!MEMBERSHIP_METHODS.includes(group.membershipMethod)) {
    throw refusalOf('membershipMethod', group.membershipMethod, MEMBERSHIP_METHODS);
  }
  const who = `of the group ${shown(group.name)}`;
  for (const [field, value] of Object.entries(group)) refuseLong(field, value, who);
  refuseAmbiguous(group.attributes, who);
}

/** One @ with something on both sides and no blanks: whatever else the mail system refuses is its own affair. */
const isAddress = (text: string): boolean => /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(text);

const refusal = (field: string, value: string, message: string): DirectoryError =>
  new DirectoryError('invalid-value', value, message, field);

const refusalOf = (field: string, value: string, allowed: readonly string[]): DirectoryError =>
  refusal(field, value, `${field} is ${shown(value)}; it can be ${allowed.join(', ')}`);

/** Text fields, and those of the elements of lists. */
function refuseLong(field: string, value: unknown, who: string): void {
  if (typeof value === 'string') {
    const limit = field === 'employeeIdentifier' ? LONGEST_IDENTIFIER : LONGEST;
    if (value.length > limit) throw refusal(field, field, `${field} ${who} is longer than ${limit} characters`);
  } else if (typeof value === 'object' && value !== null) {
    for (const [member, inner] of Object.entries(value)) {
      refuseLong(Array.isArray(value) ? `${field}[${member}]` : `${field}.${member}`, inner, who);
    }
  }
}

/** Custom attributes are looked up by name (JC-34). */
function refuseAmbiguous(attributes: readonly CustomAttribute[], who: string): void {
  const names = new Set<string>();
  for (const { name } of attributes) {
    if (name === '') throw refusal('attributes', name, `a custom attribute ${who} has no name`);
    if (names.has(name)) throw refusal('attributes', name, `two custom attributes ${who} are named ${shown(name)}`);
    names.add(name);
  }
}

/** A value for a message: in quotes, control characters written out, cut. */
const shown = (value: string): string => JSON.stringify(value.length > 80 ? `${value.slice(0, 77)}...` : value);
