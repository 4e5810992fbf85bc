import { ENTERPRISE_USER, GROUP, USER } from '../scim/message/urn.ts';
import type { JsonObject } from '../scim/wire/message.ts';

/** The bearer token every server of the bench asks for. */
export const TOKEN = 'bench-4b1f6c0a9d2e47f38a5c';

/** Sign-in name of a person; of one length for all, so that answers are as long at any number of users. */
export const userName = (kind: string, number: number): string =>
  `${kind}.${String(number).padStart(8, '0')}@example.com`;

/** A user as an identity provider sends one: profile, two addresses, a telephone number, the enterprise extension. */
export function person(kind: string, number: number): JsonObject {
  const name = userName(kind, number);
  return {
    schemas: [USER, ENTERPRISE_USER],
    externalId: `ext-${name}`,
    userName: name,
    name: { formatted: 'Ada Maria Lovelace', familyName: 'Lovelace', givenName: 'Ada', middleName: 'Maria' },
    displayName: 'Ada Lovelace',
    title: 'Analyst',
    preferredLanguage: 'en-GB',
    locale: 'en-GB',
    timezone: 'Europe/London',
    active: true,
    emails: [
      { value: name, type: 'work', primary: true },
      { value: `home.${name}`, type: 'home' },
    ],
    phoneNumbers: [{ value: '+44 20 7946 0123', type: 'work' }],
    addresses: [{ streetAddress: '12 St James Square', locality: 'London', country: 'GB', type: 'work' }],
    [ENTERPRISE_USER]: { employeeNumber: String(number), costCenter: '4130', department: 'Engines' },
  };
}

/** A group of users. */
export const team = (number: number, members: readonly string[]): JsonObject => ({
  schemas: [GROUP],
  displayName: `Team ${number}`,
  members: members.map(value => ({ value })),
});
