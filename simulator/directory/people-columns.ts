import { suggest } from '../../text/suggest.ts';
import type { Address, Person, PhoneNumber } from './model.ts';
import { systemUserFields } from './system-user.ts';

/**
 * Columns of a CSV file of people: those of the template that JumpCloud's PowerShell module makes for its import
 * (TheJumpCloud/support, Tests/Csv_Files/import/ImportExample_allNewAttributesAndAllCustom.csv), then the rest of a system
 * user under the names of API v1. What the columns of a list cannot say stands in one of its own, as JSON.
 */
const SIMPLE_COLUMNS: readonly (readonly [column: string, field: string])[] = [
  ['FirstName', 'firstname'],
  ['LastName', 'lastname'],
  ['Username', 'username'],
  ['Email', 'email'],
  ['MiddleName', 'middlename'],
  ['preferredName', 'displayname'],
  ['jobTitle', 'jobTitle'],
  ['employeeIdentifier', 'employeeIdentifier'],
  ['alternateEmail', 'alternateEmail'],
  ['manager', 'manager'],
  ['managedAppleID', 'managedAppleId'],
  ['department', 'department'],
  ['costCenter', 'costCenter'],
  ['company', 'company'],
  ['employeeType', 'employeeType'],
  ['description', 'description'],
  ['location', 'location'],
];

/** Left out of a file: what follows from other members. */
const NOT_WRITTEN: ReadonlySet<string> = new Set(['activated', 'suspended', 'mfa']);
const LISTS = ['addresses', 'phoneNumbers', 'attributes', 'relationships', 'groups'] as const;

const ADDRESS_TYPES = ['home', 'work'] as const;
const ADDRESS_MEMBERS: readonly (readonly [column: string, member: keyof Address])[] = [
  ['streetAddress', 'streetAddress'],
  ['poBox', 'poBox'],
  ['city', 'locality'],
  ['state', 'region'],
  ['postalCode', 'postalCode'],
  ['country', 'country'],
  // Other versions of the template have these names.
  ['locality', 'locality'],
  ['region', 'region'],
];
const WRITTEN_ADDRESS_MEMBERS = ADDRESS_MEMBERS.slice(0, 6);
const PHONE_TYPES = ['mobile', 'home', 'work', 'work_mobile', 'work_fax'] as const;

/** In JumpCloud's files and of no use here: passwords, devices, how long a second factor can wait. */
const PASSED_OVER = ['Password', 'SystemID', 'Administrator', 'EnrollmentDays', 'ldapserver_id'];

/** What a column says about a person. */
export type Column =
  | { readonly kind: 'field'; readonly field: string }
  | { readonly kind: 'address'; readonly type: string; readonly member: keyof Address }
  | { readonly kind: 'phone'; readonly type: string }
  | { readonly kind: 'attribute'; readonly number: number; readonly part: 'name' | 'value' }
  | { readonly kind: 'group' }
  | { readonly kind: 'list'; readonly field: (typeof LISTS)[number] }
  | { readonly kind: 'passed-over' };

const KNOWN = new Map<string, Column>([
  ...Object.keys(systemUserFields).map((field): [string, Column] => [field.toLowerCase(), { kind: 'field', field }]),
  ...SIMPLE_COLUMNS.map(([column, field]): [string, Column] => [column.toLowerCase(), { kind: 'field', field }]),
  ...LISTS.map((field): [string, Column] => [field.toLowerCase(), { kind: 'list', field }]),
  ...ADDRESS_TYPES.flatMap(type =>
    ADDRESS_MEMBERS.map(([column, member]): [string, Column] => [
      `${type}_${column}`.toLowerCase(),
      { kind: 'address', type, member },
    ]),
  ),
  ...PHONE_TYPES.map((type): [string, Column] => [`${type}_number`, { kind: 'phone', type }]),
  ...PASSED_OVER.map((column): [string, Column] => [column.toLowerCase(), { kind: 'passed-over' }]),
]);

/** Names to offer for a misspelt one. */
const OFFERED = [
  ...SIMPLE_COLUMNS.map(([column]) => column),
  ...ADDRESS_TYPES.flatMap(type => WRITTEN_ADDRESS_MEMBERS.map(([column]) => `${type}_${column}`)),
  ...PHONE_TYPES.map(type => `${type}_number`),
  ...Object.keys(systemUserFields),
  'Group1',
  'Attribute1_name',
  'Attribute1_value',
];

/** The column of a name, whatever its case; for any other name, what to tell about it. */
export function columnOf(name: string): Column | { readonly kind: 'unknown'; readonly message: string } {
  const key = name.trim().toLowerCase();
  const known = KNOWN.get(key);
  if (known) return known;
  if (/^group\d{1,3}$/.test(key)) return { kind: 'group' };
  const [, number, part] = /^attribute(\d{1,3})_(name|value)$/.exec(key) ?? [];
  if (number !== undefined) {
    return { kind: 'attribute', number: Number(number), part: part === 'name' ? 'name' : 'value' };
  }
  const shown = name.slice(0, 80);
  return { kind: 'unknown', message: `no column is named ${JSON.stringify(shown)}${suggest(shown, OFFERED)}` };
}

/** How many columns a file has for what there can be several of. */
export interface ColumnCounts {
  readonly groups: number;
  readonly attributes: number;
}

/** A writer of rows: their header, and the cells of somebody. */
export interface RowWriter {
  readonly header: readonly string[];
  readonly cells: (person: Person, groups: readonly string[]) => readonly string[];
}

/** Everything of a person goes into a row, so that reading it gives the same person. */
export function createRowWriter({ groups: groupColumns, attributes: attributeColumns }: ColumnCounts): RowWriter {
  const named = new Set(SIMPLE_COLUMNS.map(([, field]) => field));
  const rest = Object.keys(systemUserFields).filter(
    field => !named.has(field) && !NOT_WRITTEN.has(field) && !LISTS.some(list => list === field),
  );
  const header = [
    ...SIMPLE_COLUMNS.map(([column]) => column),
    ...ADDRESS_TYPES.flatMap(type => WRITTEN_ADDRESS_MEMBERS.map(([column]) => `${type}_${column}`)),
    ...PHONE_TYPES.map(type => `${type}_number`),
    ...numbers(groupColumns).map(number => `Group${number}`),
    ...numbers(attributeColumns).flatMap(number => [`Attribute${number}_name`, `Attribute${number}_value`]),
    ...rest,
    ...LISTS,
  ];
  const fields = [...SIMPLE_COLUMNS.map(([, field]) => field), ...rest];
  return {
    header,
    cells(person, groups) {
      const text = new Map(fields.map(field => [field, textOf(systemUserFields[field]?.(person))]));
      const addresses = addressCells(person.addresses);
      const phones = phoneCells(person.phoneNumbers);
      const attributes = person.attributes.length <= attributeColumns;
      const fits = groups.length <= groupColumns;
      return [
        ...SIMPLE_COLUMNS.map(([, field]) => text.get(field) ?? ''),
        ...(addresses ?? addressCells([]) ?? []),
        ...(phones ?? phoneCells([]) ?? []),
        ...numbers(groupColumns).map(number => (fits ? (groups[number - 1] ?? '') : '')),
        ...numbers(attributeColumns).flatMap(number => {
          const attribute = attributes ? person.attributes[number - 1] : undefined;
          return [attribute?.name ?? '', attribute?.value ?? ''];
        }),
        ...rest.map(field => text.get(field) ?? ''),
        addresses ? '' : JSON.stringify(person.addresses),
        phones ? '' : JSON.stringify(person.phoneNumbers),
        attributes ? '' : JSON.stringify(person.attributes),
        person.relationships.length === 0 ? '' : JSON.stringify(person.relationships),
        fits ? '' : JSON.stringify(groups),
      ];
    },
  };
}

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

const textOf = (value: unknown): string =>
  typeof value === 'boolean' ? String(value) : typeof value === 'string' ? value : '';

/** The cells of addresses that are one for each type at most, in the order of the columns; undefined for others. */
function addressCells(addresses: readonly Address[]): readonly string[] | undefined {
  if (!isInOrder(addresses, ADDRESS_TYPES)) return undefined;
  const columns = new Set<string>(['type', ...WRITTEN_ADDRESS_MEMBERS.map(([, member]) => member)]);
  const fit = addresses.every(address => {
    const members = Object.keys(address);
    return members.length > 1 && members.every(member => columns.has(member));
  });
  if (!fit) return undefined;
  return ADDRESS_TYPES.flatMap(type => {
    const address = addresses.find(each => each.type === type);
    return WRITTEN_ADDRESS_MEMBERS.map(([, member]) => address?.[member] ?? '');
  });
}

function phoneCells(phones: readonly PhoneNumber[]): readonly string[] | undefined {
  if (!isInOrder(phones, PHONE_TYPES) || phones.some(({ number }) => number === '')) return undefined;
  return PHONE_TYPES.map(type => phones.find(each => each.type === type)?.number ?? '');
}

function isInOrder(elements: readonly { readonly type: string }[], types: readonly string[]): boolean {
  const places = elements.map(({ type }) => types.indexOf(type));
  return places.every((place, index) => place > (places[index - 1] ?? -1));
}
