import { isObject } from '../../scim/message/list.ts';
import { ENTERPRISE_USER, USER } from '../../scim/message/urn.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import { traitOf } from '../run/attributes.ts';
import type { Facts } from '../run/facts.ts';
import { atHome, DOMAIN } from '../run/template.ts';

export const residentKeys = ['bob', 'ann', 'cyd', 'dee', 'eve'] as const;
export type ResidentKey = (typeof residentKeys)[number];

/** Texts of plain letters, so that every collation puts them in one order; some residents lack an attribute. */
const traits: Readonly<Record<ResidentKey, (mark: string, boss: string) => JsonObject>> = {
  bob: mark => ({
    displayName: 'Bob Granite',
    name: { givenName: 'Bob', familyName: 'Stonehill' },
    title: 'anvil',
    userType: 'Employee',
    externalId: `${mark}-kb`,
    active: false,
    preferredLanguage: 'de',
    locale: 'de-DE',
    timezone: 'Europe/Berlin',
    emails: [
      { value: `${mark}.zoe.bob@one.${DOMAIN}`, type: 'home' },
      { value: `${mark}.bob@two.${DOMAIN}`, type: 'work', primary: true },
    ],
    phoneNumbers: [{ value: 'tel:+49-30-555-0123', type: 'mobile' }],
    [ENTERPRISE_USER]: { employeeNumber: 'n702', division: 'South', department: 'tooling west' },
  }),
  ann: (mark, boss) => ({
    displayName: 'Ann Quarry',
    name: { givenName: 'Ann', familyName: 'Stone', middleName: 'Quill', honorificPrefix: 'Dr.' },
    title: 'Anvil Maker',
    nickName: 'Quill',
    userType: 'Employee',
    externalId: `${mark}-ka`,
    active: true,
    profileUrl: `https://one.${DOMAIN}/ann`,
    preferredLanguage: 'nl',
    locale: 'nl-NL',
    timezone: 'Europe/Amsterdam',
    emails: [
      { value: `${mark}.ann@one.${DOMAIN}`, type: 'work', primary: true },
      { value: `${mark}.ann@two.${DOMAIN}`, type: 'home' },
    ],
    phoneNumbers: [{ value: 'tel:+31-20-555-0123', type: 'work' }],
    addresses: [{ type: 'work', streetAddress: 'Anvil Lane 1', locality: 'Leiden', postalCode: '2311', country: 'NL' }],
    [ENTERPRISE_USER]: {
      employeeNumber: 'n701',
      costCenter: 'c4130',
      organization: 'Forge',
      division: 'North',
      department: 'Tooling',
      manager: { value: boss },
    },
  }),
  cyd: (mark, boss) => ({
    displayName: 'Cyd Marble',
    name: { givenName: 'Cyd', familyName: 'Marble' },
    title: 'Blue Anvil',
    userType: 'Contractor',
    externalId: `${mark}-kc`,
    active: true,
    profileUrl: `https://two.${DOMAIN}/cyd`,
    emails: [{ value: `${mark}.cyd@one.${DOMAIN}`, type: 'work', primary: true }],
    [ENTERPRISE_USER]: { employeeNumber: 'n703', department: 'Sales', manager: { value: boss } },
  }),
  dee: mark => ({
    displayName: 'Dee Flint',
    name: { givenName: 'Dee', familyName: 'Flint' },
    active: null,
    emails: [{ value: `${mark}.dee@one.${DOMAIN}`, type: 'work', primary: true }],
  }),
  eve: mark => ({
    displayName: 'Eve Basalt',
    name: { givenName: 'Eve', familyName: 'Stonewell' },
    title: 'Zebra',
    userType: 'Intern',
    externalId: `${mark}-kd`,
    active: false,
    emails: [{ value: `${mark}.eve@two.${DOMAIN}`, type: 'other', primary: true }],
    [ENTERPRISE_USER]: { department: 'Workshop' },
  }),
};

/** How a family differs from the usual one. */
export interface Ways {
  /** All of them are active, for a target that does not show who is not. */
  readonly awake?: boolean;
  /** All of them have one family name, for a target that finds names by `eq` alone. */
  readonly kin?: boolean;
}

/** What a resident is made from. */
interface Origin {
  readonly key: ResidentKey;
  readonly mark: string;
  readonly userName: string;
  readonly domain: string;
  /** Id of a user who may be its manager. */
  readonly boss: string;
}

/** What a resident is sent as. */
export function residentDraft(facts: Facts, { key, mark, userName, domain, boss }: Origin, ways: Ways): JsonObject {
  const own = atHome(traits[key](mark, boss), domain);
  const { name = null, active = null } = own;
  return offered(facts, {
    userName,
    ...own,
    ...(ways.kin === true && isObject(name) && { name: { ...name, familyName: mark } }),
    ...(ways.awake === true && active === false && { active: true }),
  });
}

/** The draft without attributes that the target's schemas do not have; strict providers refuse those. */
function offered(facts: Facts, draft: JsonObject): JsonObject {
  const under = (prefix: string, object: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(object).flatMap(([name, value]): [string, Json][] => {
        const path = `${prefix}${name}`;
        if (value !== null && traitOf(facts, 'User', path) === undefined) return [];
        const inner = (one: Json): Json => (isObject(one) ? under(`${path}.`, one) : one);
        return [[name, Array.isArray(value) ? value.map(inner) : inner(value)]];
      }),
    );
  const { [ENTERPRISE_USER]: enterprise, ...core } = draft;
  const extension = isObject(enterprise) ? under(`${ENTERPRISE_USER}:`, enterprise) : {};
  const extended = Object.keys(extension).length > 0;
  return {
    ...under('', core),
    ...(extended && { schemas: [USER, ENTERPRISE_USER], [ENTERPRISE_USER]: extension }),
  };
}
