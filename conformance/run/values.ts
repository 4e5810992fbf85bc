import type { JsonObject } from '../../scim/wire/message.ts';
import type { Given } from './given.ts';
import { atHome } from './template.ts';

/** Simple attributes of a user that a PATCH can be tried on. */
export const simple = [
  'displayName',
  'nickName',
  'title',
  'userType',
  'externalId',
  'preferredLanguage',
  'locale',
  'timezone',
  'profileUrl',
] as const;

export type Simple = (typeof simple)[number];

const plain: Readonly<Record<Exclude<Simple, 'externalId' | 'displayName'>, readonly [string, string]>> = {
  nickName: ['Quill', 'Ink'],
  title: ['Editor', 'Author'],
  userType: ['Employee', 'Contractor'],
  preferredLanguage: ['en', 'fr'],
  locale: ['en-US', 'fr-FR'],
  timezone: ['Europe/Paris', 'America/New_York'],
  profileUrl: ['https://scimulator.example/people/1', 'https://scimulator.example/people/2'],
};

/** Two different values that the attribute takes. */
export const twoOf = (given: Given, attribute: Simple): readonly [string, string] =>
  attribute === 'externalId' || attribute === 'displayName'
    ? [given.unique('First'), given.unique('Second')]
    : atHome(plain[attribute], given.domain);

/** Multi-valued complex attributes of a user that a PATCH can be tried on. */
export const lists = ['emails', 'phoneNumbers', 'addresses'] as const;

export type List = (typeof lists)[number];

const numbers: Readonly<Record<string, string>> = { work: '01', home: '02', other: '03' };

/** An element of the type, with a value that no other element has, of the parts that the target publishes. */
export function elementOf(given: Given, list: List, type: 'work' | 'home' | 'other'): JsonObject {
  const parts = given.parts(list);
  const entries = Object.entries(wholeOf(given, list, type));
  return Object.fromEntries(entries.filter(([name]) => parts?.includes(name) ?? true));
}

function wholeOf(given: Given, list: List, type: 'work' | 'home' | 'other'): JsonObject {
  switch (list) {
    case 'emails':
      return { value: `${given.unique(type)}@${given.domain}`, type };
    case 'phoneNumbers':
      return { value: `tel:+1-201-555-01${numbers[type]}`, type };
    case 'addresses':
      return {
        type,
        streetAddress: `${given.unique(type)} Street`,
        locality: 'Springfield',
        region: 'OR',
        postalCode: `974${numbers[type]}`,
        country: 'US',
      };
  }
}

/** The sub-attribute of a list that a value path changes. */
export const leafOf = { emails: 'value', phoneNumbers: 'value', addresses: 'streetAddress' } as const;
