import { suggest } from '../../text/suggest.ts';
import { EMPTY_PERSON, PERSON_STATES, type Person } from './model.ts';

type Member = keyof Person;

/** A member of API v1's system user that the directory holds, its kind taken from the empty record. */
const NAMES: Readonly<Partial<Record<Member, string>>> = {
  id: '_id',
  passwordExpired: 'password_expired',
  passwordNeverExpires: 'password_never_expires',
  accountLocked: 'account_locked',
  mfaRequired: 'enable_user_portal_multifactor',
  passwordlessSudo: 'passwordless_sudo',
  ldapBindingUser: 'ldap_binding_user',
  externallyManaged: 'externally_managed',
  externalDn: 'external_dn',
  externalSourceType: 'external_source_type',
};

/** Members that follow from others: they are shown, and what is sent for them is looked at in `readSystemUser` alone. */
const DERIVED: Readonly<Record<string, (person: Person) => unknown>> = {
  activated: ({ state }) => state !== 'STAGED',
  suspended: ({ state }) => state === 'SUSPENDED',
  totp_enabled: ({ mfaConfigured }) => mfaConfigured,
  mfa: ({ mfaConfigured }) => ({ configured: mfaConfigured, exclusion: false }),
};

/** Members that API v1 has and the directory keeps nothing of (jumpcloud.md 3.2); passwords are never kept. */
const PASSED_OVER: ReadonlySet<string> = new Set([
  '__v',
  'account_locked_date',
  'admin',
  'allow_public_key',
  'badLoginAttempts',
  'delegatedAuthority',
  'disableDeviceMaxLoginAttempts',
  'enable_managed_uid',
  'id',
  'mfaEnrollment',
  'organization',
  'password',
  'password_date',
  'password_expiration_date',
  'public_key',
  'restrictedFields',
  'samba_service_user',
  'ssh_keys',
  'systemUsername',
  'unix_guid',
  'unix_uid',
]);

const HELD = (Object.keys(EMPTY_PERSON) as (keyof typeof EMPTY_PERSON)[]).filter(member => member !== 'mfaConfigured');
const MEMBER_OF = new Map<string, (typeof HELD)[number]>(HELD.map(member => [NAMES[member] ?? member, member]));

/** A person under the names of API v1 (jumpcloud.md 3.2): how each member of a system user is read. */
export const systemUserFields: Readonly<Record<string, (person: Person) => unknown>> = {
  _id: ({ id }) => id,
  ...Object.fromEntries([...MEMBER_OF].map(([name, member]) => [name, (person: Person) => person[member]])),
  ...DERIVED,
};

/** A person as API v1 shows them. */
export const toSystemUser = (person: Person): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(systemUserFields).map(([name, read]) => [name, read(person)]));

/** What an admin's script sends to make a person, or to change one: the members that are given, as API v1 names them. */
export const toSystemUserChanges = (changes: Partial<Omit<Person, 'id'>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    (Object.keys(changes) as (keyof typeof changes)[]).map(member => [
      member === 'mfaConfigured' ? 'totp_enabled' : (NAMES[member] ?? member),
      changes[member],
    ]),
  );

/** Something wrong with a member of a system user. */
export interface FieldProblem {
  /** As API v1 names it, elements of lists as `phoneNumbers[0].number`. */
  readonly field: string;
  /** What is wrong and what would be right. */
  readonly message: string;
}

/** What somebody's record says, as far as it can be used. */
export interface ReadUser {
  readonly values: Partial<Omit<Person, 'id'>>;
  readonly id: string | undefined;
  readonly problems: readonly FieldProblem[];
  /** Members that no system user has; the message offers a close one. */
  readonly unknown: readonly FieldProblem[];
}

/** Members of the elements of lists. */
export const ELEMENTS = {
  addresses: ['type', 'streetAddress', 'extendedAddress', 'poBox', 'locality', 'region', 'postalCode', 'country'],
  phoneNumbers: ['type', 'number'],
  attributes: ['name', 'value'],
  relationships: ['type', 'value'],
} as const;

/** Lists are longer than that for no person. */
const MOST_ELEMENTS = 1000;

/**
 * Reads a record under the names of API v1. `null` stands for no value. `state` and `suspended` have to agree; where only
 * `suspended` is said, false brings nobody out of another state than SUSPENDED.
 * @param current the person who is changed, where there is one
 */
export function readSystemUser(record: Readonly<Record<string, unknown>>, current?: Person): ReadUser {
  const values: Record<string, unknown> = {};
  const problems: FieldProblem[] = [];
  const unknown: FieldProblem[] = [];
  for (const [name, value] of Object.entries(record)) {
    const member = MEMBER_OF.get(name);
    if (member !== undefined) {
      values[member] = read(name, value, EMPTY_PERSON[member], problems);
    } else if (!Object.hasOwn(DERIVED, name) && name !== '_id' && !PASSED_OVER.has(name)) {
      unknown.push(unknownMember(name));
    }
  }
  const { suspended, mfa, totp_enabled: totp, _id: id } = record;
  if (typeof suspended === 'boolean') settleState(suspended, values, problems, current);
  if (typeof totp === 'boolean') values['mfaConfigured'] = totp;
  if (typeof mfa === 'object' && mfa !== null && 'configured' in mfa) values['mfaConfigured'] = mfa.configured === true;
  return { values, id: typeof id === 'string' && id !== '' ? id : undefined, problems, unknown };
}

/** The close name is looked for when somebody asks: a file may have the same member for each of its people. */
const unknownMember = (name: string): FieldProblem => ({
  field: name,
  get message() {
    const shown = name.slice(0, 80);
    return `a system user has no ${JSON.stringify(shown)}${suggest(shown, [...MEMBER_OF.keys()])}`;
  },
});

/** A value of the kind that `empty` shows; a problem and the empty value for any other. */
function read(name: string, value: unknown, empty: unknown, problems: FieldProblem[]): unknown {
  if (value === null || value === undefined) return empty;
  const wrong = (wanted: string) => {
    problems.push({ field: name, message: `${name} is ${kindOf(value)}; write ${wanted}` });
    return empty;
  };
  if (name === 'state') {
    const states: readonly unknown[] = PERSON_STATES;
    return states.includes(value)
      ? value
      : wrong(
          `${PERSON_STATES.join(' or ')}${typeof value === 'string' ? suggest(value.slice(0, 80), PERSON_STATES) : ''}`,
        );
  }
  if (typeof empty === 'boolean') return typeof value === 'boolean' ? value : wrong('true or false');
  if (typeof empty === 'string') return typeof value === 'string' ? value : wrong('text');
  if (!Array.isArray(value) || value.length > MOST_ELEMENTS) return wrong(`a list of at most ${MOST_ELEMENTS} objects`);
  return value.flatMap((element, index) =>
    readElement(`${name}[${index}]`, element, name as keyof typeof ELEMENTS, problems),
  );
}

/** An element without the members that are empty; `type` is always there. */
function readElement(place: string, element: unknown, list: keyof typeof ELEMENTS, problems: FieldProblem[]): object[] {
  if (typeof element !== 'object' || element === null || Array.isArray(element)) {
    problems.push({
      field: place,
      message: `${place} is ${kindOf(element)}; write an object with ${ELEMENTS[list].join(', ')}`,
    });
    return [];
  }
  const record: Readonly<Record<string, unknown>> = { ...element };
  const members = ELEMENTS[list].flatMap((member): [string, unknown][] => {
    const value = read(`${place}.${member}`, record[member], '', problems);
    return value === '' && list === 'addresses' && member !== 'type' ? [] : [[member, value]];
  });
  return [Object.fromEntries(members)];
}

function settleState(
  suspended: boolean,
  values: Record<string, unknown>,
  problems: FieldProblem[],
  current?: Person,
): void {
  const { state } = values;
  if (state === undefined) {
    if (suspended) values['state'] = 'SUSPENDED';
    else if (current?.state === 'SUSPENDED') values['state'] = 'ACTIVATED';
  } else if (suspended !== (state === 'SUSPENDED')) {
    const message = `suspended is ${suspended} and state is ${kindOf(state)}; they have to agree, or leave one out`;
    problems.push({ field: 'suspended', message });
  }
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'an object';
  return JSON.stringify(typeof value === 'string' ? value.slice(0, 80) : value) ?? typeof value;
}
