import type { PersonDraft } from '../admin.ts';
import { DirectoryError } from './error.ts';
import type { Person } from './model.ts';

/** Longest text of a field, and of the employee identifier (jumpcloud.md 3.2), in characters. */
const LONGEST = 1024;
const LONGEST_IDENTIFIER = 256;

/**
 * A whole record from a draft: what is left open becomes empty, the user name the local part of the address. Addresses
 * are kept in lower case, as JumpCloud does on creation (jumpcloud.md 3.2).
 */
export function completePerson(id: string, draft: PersonDraft): Person {
  const email = draft.email.toLowerCase();
  return {
    id,
    username: draft.username || email.slice(0, Math.max(0, email.lastIndexOf('@'))),
    email,
    firstname: draft.firstname,
    middlename: draft.middlename ?? '',
    lastname: draft.lastname,
    displayname: draft.displayname ?? '',
    company: draft.company ?? '',
    costCenter: draft.costCenter ?? '',
    department: draft.department ?? '',
    employeeIdentifier: draft.employeeIdentifier ?? '',
    employeeType: draft.employeeType ?? '',
    jobTitle: draft.jobTitle ?? '',
    location: draft.location ?? '',
    manager: draft.manager ?? '',
    addresses: draft.addresses ?? [],
    phoneNumbers: draft.phoneNumbers ?? [],
    attributes: draft.attributes ?? [],
    state: draft.state ?? 'ACTIVATED',
    passwordExpired: draft.passwordExpired ?? false,
  };
}

/** @throws DirectoryError for the first field that a directory would not take. */
export function refuseInvalid(person: Person): void {
  if (!/^[^\s@]+@[^\s@]+$/.test(person.email)) {
    const message = `"${person.email}" is no e-mail address; write one such as ada@orbital.example`;
    throw new DirectoryError('invalid-value', person.email, message);
  }
  for (const [field, value] of Object.entries(person)) {
    const limit = field === 'employeeIdentifier' ? LONGEST_IDENTIFIER : LONGEST;
    if (typeof value === 'string' && value.length > limit) {
      throw new DirectoryError(
        'invalid-value',
        field,
        `${field} of ${person.email} is longer than ${limit} characters`,
      );
    }
  }
}
