import { DirectoryError } from './error.ts';
import type { Person } from './model.ts';

/** Fields that no two people share; case does not tell values apart. */
export const UNIQUE_FIELDS = [
  // First, as the user name of somebody who has none of their own follows from it.
  { field: 'email', code: 'duplicate-email', name: 'e-mail address' },
  { field: 'username', code: 'duplicate-username', name: 'user name' },
  { field: 'employeeIdentifier', code: 'duplicate-employee-identifier', name: 'employee identifier' },
] as const;

/** A field that no two people share. */
export type UniqueField = (typeof UNIQUE_FIELDS)[number]['field'];

/** Keeps values of unique fields apart (jumpcloud.md 3.2). Empty text is not a value. */
export interface UniqueFields {
  /** Id of whoever has a value, whatever its case. */
  ownerOf(field: UniqueField, value: string): string | undefined;
  /** @throws DirectoryError when somebody else has a value of this person. */
  refuseTaken(person: Pick<Person, UniqueField | 'id'>): void;
  claim(person: Pick<Person, UniqueField | 'id'>): void;
  free(person: Pick<Person, UniqueField>): void;
}

/** Unique fields of an empty directory. */
export function createUniqueFields(): UniqueFields {
  const owners = {
    username: new Map<string, string>(),
    email: new Map<string, string>(),
    employeeIdentifier: new Map<string, string>(),
  };
  return {
    ownerOf: (field, value) => owners[field].get(value.toLowerCase()),
    refuseTaken(person) {
      for (const { field, code, name } of UNIQUE_FIELDS) {
        const value = person[field];
        const owner = owners[field].get(value.toLowerCase());
        if (value !== '' && owner !== undefined && owner !== person.id) {
          throw new DirectoryError(code, value, `somebody else has the ${name} "${value}"; give another one`, field);
        }
      }
    },
    claim(person) {
      for (const { field } of UNIQUE_FIELDS) {
        if (person[field] !== '') owners[field].set(person[field].toLowerCase(), person.id);
      }
    },
    free(person) {
      for (const { field } of UNIQUE_FIELDS) owners[field].delete(person[field].toLowerCase());
    },
  };
}
