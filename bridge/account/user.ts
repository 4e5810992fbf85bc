import { isObject } from '../../scim/message/list.ts';
import { USER } from '../../scim/message/urn.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import type { Resource } from '../resource/resource.ts';
import { localPart } from './address.ts';
import type { Law } from './law.ts';
import type { AccountSettings, Ground, Person, PersonState } from './model.ts';
import { createNameSource, type NamesGiven } from './names.ts';

/** What a client says about a person, read off a resource. */
export interface Given extends NamesGiven {
  readonly userName: string | undefined;
  readonly externalId: string | undefined;
  readonly preferredLanguage: string | undefined;
  readonly active: boolean | undefined;
}

/** The parts of a person that a client can set beside the address and the state. */
type Attributes = Pick<Person, 'name' | 'givenName' | 'familyName' | 'externalId' | 'preferredLanguage'>;

/** How people look over SCIM, and what of a request reaches them. */
export interface UserShape {
  /** The rule by which a name changes. */
  readonly nameRule: Ground;
  /** The user resource of a person. */
  render(person: Person, meta: JsonObject): Resource;
  /** A new person's attributes. */
  fresh(given: Given, address: string): Attributes;
  /**
   * A person's attributes after an update: what was not named stays (OP-22a, OP-22b).
   * @param before what the resource showed before, so that what merely comes back is no change
   */
  updated(person: Person, given: Given, before: Given, isWhole: boolean): Attributes;
}

/** Whether a person in a state reads as active (OP-25b; research note, section 4). */
export const readsActive = (state: PersonState): boolean => state !== 'suspended' && state !== 'transfer-suspended';

const externalIds: Readonly<Record<AccountSettings['externalIdPolicy'], (person: Person) => string | undefined>> = {
  localPart: ({ address }) => localPart(address),
  client: ({ externalId }) => externalId,
  empty: () => undefined,
};

export function createUserShape(law: Law): UserShape {
  const { profile, settings, on } = law;
  const { defaultLanguage } = profile;
  const names = createNameSource(law);
  const policy = externalIds[on('OP-19a') ? settings.externalIdPolicy : 'client'];
  const externalIdOf = (person: Person): string | undefined =>
    on('OP-19b') ? policy(person) : (person.externalId ?? policy(person));
  // Rules that have people read as active before they are; without one they do not.
  const early: Partial<Record<PersonState, boolean>> = { invited: on('OP-13d'), pending: on('OP-15b') };
  const shows = { displayName: on('OP-17a'), formatted: on('OP-17b') };
  const keepsAbsent = on('OP-22b');
  return {
    nameRule: names.rule,
    render(person, meta) {
      const { id, address, name, state, preferredLanguage = defaultLanguage } = person;
      const shown = {
        externalId: externalIdOf(person),
        userName: address,
        name: defined({ ...(shows.formatted && { formatted: name }), ...names.parts(person) }),
        displayName: shows.displayName ? name : undefined,
        emails: [{ value: address, primary: true }],
        active: early[state] ?? readsActive(state),
        preferredLanguage,
        meta,
      };
      return { schemas: [USER], id, ...defined(shown) };
    },
    fresh: (given, address) => ({
      ...names.fresh(given, address),
      externalId: given.externalId,
      preferredLanguage: given.preferredLanguage,
    }),
    updated(person, given, before, isWhole) {
      /** What a PATCH takes out is gone; what a PUT leaves out is not named (OP-22b), and what comes back is no news (Q12). */
      const next = (name: 'externalId' | 'preferredLanguage'): string | undefined => {
        if (given[name] === before[name]) return person[name];
        return given[name] === undefined && isWhole ? person[name] : given[name];
      };
      return {
        ...(isWhole && !keepsAbsent ? names.fresh(given, person.address) : names.updated(person, given, before)),
        externalId: next('externalId'),
        preferredLanguage: next('preferredLanguage'),
      };
    },
  };
}

/** Reads what a resource says about a person. */
export function readGiven(resource: JsonObject): Given {
  const name = isObject(resource['name']) ? resource['name'] : {};
  const active = resource['active'];
  return {
    userName: text(resource['userName'])?.trim(),
    givenName: text(name['givenName']),
    familyName: text(name['familyName']),
    formatted: text(name['formatted']),
    displayName: text(resource['displayName']),
    externalId: text(resource['externalId']),
    preferredLanguage: text(resource['preferredLanguage']),
    active: typeof active === 'boolean' ? active : undefined,
  };
}

const text = (value: Json | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const defined = (object: Readonly<Record<string, Json | undefined>>): JsonObject =>
  Object.fromEntries(
    Object.entries(object).filter((entry): entry is [string, Json] => entry[1] !== undefined && entry[1] !== ''),
  );
