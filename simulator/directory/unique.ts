import { DirectoryError } from './error.ts';
import type { Person } from './model.ts';

/** Fields that no two people share; case does not tell values apart. */
const FIELDS = [
  { field: 'username', code: 'duplicate-username', name: 'user name' },
  { field: 'email', code: 'duplicate-email', name: 'e-mail address' },
  { field: 'employeeIdentifier', code: 'duplicate-employee-identifier', name: 'employee identifier' },
] as const;

/** Keeps values of unique fields apart (jumpcloud.md 3.2). Empty text is not a value. */
export interface UniqueFields {
  /** @throws DirectoryError when somebody else has a value of this person. */
  refuseTaken(person: Person): void;
  claim(person: Person): void;
  free(person: Person): void;
}

/** Unique fields of an empty directory. */
export function createUniqueFields(): UniqueFields {
  const owners = FIELDS.map(({ field, code, name }) => ({ field, code, name, taken: new Map<string, string>() }));
  return {
    refuseTaken(person) {
      for (const { field, code, name, taken } of owners) {
        const value = person[field];
        const owner = taken.get(value.toLowerCase());
        if (value !== '' && owner !== undefined && owner !== person.id) {
          throw new DirectoryError(code, value, `somebody else has the ${name} "${value}"; give another one`);
        }
      }
    },
    claim(person) {
      for (const { field, taken } of owners) taken.set(person[field].toLowerCase(), person.id);
    },
    free(person) {
      for (const { field, taken } of owners) taken.delete(person[field].toLowerCase());
    },
  };
}
