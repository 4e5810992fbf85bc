import { isErrorMessage } from '../../scim/message/error.ts';
import { isObject } from '../../scim/message/list.ts';
import { filterValue } from '../../scim/message/patch.ts';
import { ENTERPRISE_USER, USER } from '../../scim/message/urn.ts';
import type { HttpResponse, Json, JsonObject } from '../../scim/wire/message.ts';
import type { Query } from '../../scim/client.ts';
import { partsOf, traitOf } from '../run/attributes.ts';
import type { Context, Made } from '../run/context.ts';
import { describeAnswer, expect, type Page } from '../run/expect.ts';
import type { Facts } from '../run/facts.ts';
import type { Maker } from '../run/fixtures.ts';
import { atHome, DOMAIN } from '../run/template.ts';
import type { Predicate } from '../run/predicate.ts';
import { idsOf, pageOf } from '../run/steps.ts';
import { Blocked, NotApplicable } from '../run/violation.ts';

export const residentKeys = ['bob', 'ann', 'cyd', 'dee', 'eve'] as const;
export type ResidentKey = (typeof residentKeys)[number];

/** One of the users that every query is judged on. */
export interface Resident {
  readonly key: ResidentKey;
  readonly id: string;
  readonly sent: JsonObject;
  /** As a GET by id shows it. */
  readonly stored: JsonObject;
}

/** Users that differ in whatever a query may ask for. Queries are confined to them, so nothing else on the target counts. */
export interface Family {
  /** What all their names begin with, and no other name on the target. */
  readonly mark: string;
  /** Domain of their addresses. */
  readonly domain: string;
  readonly residents: readonly Resident[];
  /** A filter that finds them and nobody else; undefined when the target has none that can be joined by `and`. */
  readonly within: string | undefined;
}

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

/** More pages than anyone needs for five entries, one on each. */
const MOST_PAGES = 8;

/** The family of this run. @throws Blocked by the check that reports why a user cannot be made or read. */
export const familyOf = async ({ shared }: Pick<Context, 'shared'>): Promise<Family> => shared('family', makeFamily);

async function makeFamily(maker: Maker): Promise<Family> {
  const mark = maker.given.unique('kin');
  const { domain } = maker.given;
  const residents: Resident[] = [];
  let lean = false;
  for (const key of residentKeys) {
    const draft = offered(maker.facts, {
      userName: `${mark}.${key}@${domain}`,
      ...atHome(traits[key](mark, residents[0]?.id ?? ''), domain),
    });
    let made: Made | undefined;
    if (!lean) {
      try {
        made = await maker.given.user(draft);
      } catch (error) {
        // A target that takes ordinary users may refuse one that has so much to say.
        if (!(error instanceof Blocked) || error.by !== 'create.status') throw error;
        lean = true;
      }
    }
    made ??= await maker.given.user({ userName: `${mark}.${key}@${domain}` });
    residents.push({ key, id: made.id, sent: made.sent, stored: await maker.stored('/Users', made.id) });
  }
  const family: Family = { mark, domain, residents, within: undefined };
  for (const within of [`userName sw ${filterValue(`${mark}.`)}`, `userName co ${filterValue(`${mark}.`)}`]) {
    if (await confines(maker, family, within)) return { ...family, within };
  }
  return family;
}

/** Whether a filter finds the family alone, and goes on doing so beside another that it is joined to by `and`. */
async function confines(maker: Maker, { residents }: Family, within: string): Promise<boolean> {
  const [first] = residents;
  const id = first?.id ?? '';
  const one = `userName eq ${filterValue(first?.sent['userName'] ?? '')}`;
  const trials: readonly [string, readonly string[]][] = [
    [within, residents.map(resident => resident.id)],
    [`${one} and ${within}`, [id]],
    [`title pr and ${one}`, first?.stored['title'] === undefined ? [] : [id]],
  ];
  for (const [filter, right] of trials) {
    const found = await walk(maker, filter, {}).catch(() => undefined);
    if (found === undefined || !found.whole) return false;
    if (JSON.stringify([...found.ids].sort()) !== JSON.stringify([...right].sort())) return false;
  }
  return true;
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

/** True for a refusal that a filter may meet with: it is optional, and so is each part of it. */
export const isDeclined = ({ status, json }: HttpResponse): boolean =>
  status === 501 ||
  status === 403 ||
  (status === 400 && isErrorMessage(json) && (json.scimType === undefined || json.scimType === 'invalidFilter'));

/** A page of users. @throws NotApplicable when the target declines the filter, Violation for any other refusal. */
export async function pageFor({ scim }: Pick<Context, 'scim'>, query: Query): Promise<Page> {
  const answer = await scim.list('/Users', query);
  if (isDeclined(answer)) {
    throw new NotApplicable(`the query ${query.filter ?? ''} is declined: ${describeAnswer(answer)}`);
  }
  expect.status(answer, 200);
  return pageOf(answer);
}

interface Walked {
  readonly ids: readonly string[];
  readonly resources: readonly JsonObject[];
  readonly total: number;
  /** All pages were seen. */
  readonly whole: boolean;
}

/** All pages of a query, however small the target makes them. */
export async function walk(context: Pick<Context, 'scim'>, filter: string, query: Query): Promise<Walked> {
  const resources: JsonObject[] = [];
  const ids: string[] = [];
  let total = NaN;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const next = ids.length === 0 ? {} : { startIndex: ids.length + 1 };
    const came = await pageFor(context, { filter, ...query, ...next });
    if (page === 0) ({ total } = came);
    ids.push(...idsOf(came));
    resources.push(...came.resources);
    if (came.resources.length === 0 || !(ids.length < came.total)) return { ids, resources, total, whole: true };
  }
  return { ids, resources, total, whole: false };
}

/** How a filter is sent when it is not to be sent as it stands, and what else the query says. */
export interface Spelling {
  /** Other words for the same filter. */
  readonly text?: string;
  /** Finds nobody else anyway, so it is sent without anything beside it. */
  readonly bare?: boolean;
}

/** The filter, confined to the family where the target can do that. */
export const confined = ({ within }: Family, text: string, loose = false): string =>
  within === undefined ? text : `${loose ? `(${text})` : text} and ${within}`;

/**
 * Judges what a filter finds: exactly the residents that match, leaving out those of which the RFC does not say.
 * @throws NotApplicable when the filter is declined, or the target did not keep what it asks for.
 */
export async function finds(context: Context, filter: Predicate, spelling: Spelling = {}): Promise<void> {
  const family = await familyOf(context);
  for (const path of filter.paths) assertKept(family, path);
  const { text = filter.text, bare = false } = spelling;
  const sent = bare ? text : confined(family, text, filter.loose);
  const { ids, whole } = await walk(context, sent, {});
  const truths = family.residents.map(resident => ({ ...resident, truth: filter.holds(resident.stored) }));
  const alone = bare || family.within !== undefined;
  const names = ids.flatMap(id => {
    const known = truths.find(resident => resident.id === id);
    if (known) return known.truth === undefined ? [] : [known.key];
    return alone ? ['somebody else'] : [];
  });
  if (!whole && !names.includes('somebody else')) throw new NotApplicable('the answer takes too many pages to be seen');
  const right = truths.filter(({ truth }) => truth === true).map(({ key }) => key);
  expect.set([...names], right, `of our users, those that match ${sent}:`);
}

/** Goes on where the target gives each resident's attribute back as it was sent. @throws NotApplicable otherwise. */
export function assertKept({ residents }: Family, path: string): void {
  const { urn, names } = partsOf(path);
  const at = (resource: JsonObject): Json | undefined => {
    const scope = urn === '' || urn === USER ? resource : resource[urn];
    return isObject(scope) ? scope[names[0] ?? ''] : undefined;
  };
  const lost = residents.find(({ sent, stored }) => !holdsAll(at(stored), at(sent)));
  if (lost) throw new NotApplicable(`the target does not give ${path} back as it was sent`);
}

/** Whether all that was sent is there, in any case and with whatever else; arrays have as many entries, in any order. */
function holdsAll(stored: Json | undefined, sent: Json | undefined): boolean {
  if (sent === undefined || sent === null) return true;
  if (typeof sent === 'string') return typeof stored === 'string' && stored.toLowerCase() === sent.toLowerCase();
  if (Array.isArray(sent)) {
    if (!Array.isArray(stored) || stored.length !== sent.length) return false;
    return sent.every((one: Json) => stored.some((other: Json) => holdsAll(other, one)));
  }
  if (isObject(sent)) {
    return isObject(stored) && Object.entries(sent).every(([name, value]) => holdsAll(stored[name], value));
  }
  return stored === sent;
}
