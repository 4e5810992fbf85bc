import type { Json, JsonObject } from '../../scim/wire/message.ts';
import type { Address, Person, PhoneNumber } from '../directory/model.ts';
import type { AttributeMapping } from './attribute-mapping.ts';

/** Sent where the service provider holds no locale or language yet (JC-31b, JC-31d). */
const DEFAULT_LANGUAGE = 'en-US';

/**
 * The mappings that Restore Defaults brings back for the 1Password connector (JC-26), in the order of its table. Whoever
 * adds none sends these attributes and no other: the manager is not among them.
 */
export const defaultMapping: readonly AttributeMapping[] = [
  // The source cell of the table is empty; addresses have to agree on both sides (JC-Q4).
  { target: 'userName', kind: 'direct', source: 'email' },
  { target: '$enterpriseUser.organization', kind: 'direct', source: 'company' },
  { target: '$enterpriseUser.costCenter', kind: 'direct', source: 'costCenter' },
  { target: '$enterpriseUser.department', kind: 'direct', source: 'department' },
  { target: '$enterpriseUser.employeeNumber', kind: 'direct', source: 'employeeIdentifier' },
  { target: 'userType', kind: 'direct', source: 'employeeType' },
  { target: 'name.givenName', kind: 'direct', source: 'firstname' },
  { target: 'title', kind: 'direct', source: 'jobTitle' },
  { target: 'name.familyName', kind: 'direct', source: 'lastname' },
  { target: 'displayName', kind: 'computed', compute: displayName },
  { target: 'externalId', kind: 'computed', compute: ({ id }, user) => held(user, 'externalId') ?? id },
  { target: 'locale', kind: 'computed', compute: (_, user) => held(user, 'locale') ?? DEFAULT_LANGUAGE },
  {
    target: 'preferredLanguage',
    kind: 'computed',
    compute: (_, user) => held(user, 'preferredLanguage') ?? DEFAULT_LANGUAGE,
  },
  { target: 'addresses', kind: 'computed', compute: ({ addresses }) => toScimAddresses(workOrFirst(addresses)) },
  { target: 'emails', kind: 'computed', compute: ({ email }) => toScimEmails(email) },
  {
    target: 'phoneNumbers',
    kind: 'computed',
    compute: ({ phoneNumbers }) => toScimPhoneNumbers(workOrFirst(phoneNumbers)),
  },
];

/** The name to show: the one given, else both names, else the first (JC-29). */
function displayName({ displayname, firstname, lastname }: Person): string {
  if (displayname !== '') return displayname;
  return lastname === '' ? firstname : `${firstname} ${lastname}`;
}

/** Text that the service provider holds already and that is sent back unchanged (JC-30a, JC-31a, JC-31c). */
function held(providerUser: JsonObject, attribute: string): string | undefined {
  const value = providerUser[attribute];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** One entry is sent: the one for work, else the first (JC-32). */
const workOrFirst = <T extends { readonly type: string }>(entries: readonly T[]): T | undefined =>
  entries.find(({ type }) => type === 'work') ?? entries[0];

/** The shapes of the three functions follow JC-Q34. */
const toScimEmails = (address: string): Json | undefined =>
  address === '' ? undefined : [{ value: address, type: 'work', primary: true }];

function toScimAddresses(address: Address | undefined): Json | undefined {
  if (!address) return undefined;
  return [Object.fromEntries(Object.entries({ ...address }).filter(([, value]) => Boolean(value)))];
}

function toScimPhoneNumbers(phone: PhoneNumber | undefined): Json | undefined {
  if (!phone || phone.number === '') return undefined;
  return [{ value: phone.number, ...(phone.type && { type: phone.type }) }];
}
