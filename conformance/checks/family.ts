import { isErrorMessage } from '../../scim/message/error.ts';
import { isObject, resourcesOf } from '../../scim/message/list.ts';
import { filterValue } from '../../scim/message/patch.ts';
import { USER } from '../../scim/message/urn.ts';
import type { HttpResponse, Json, JsonObject } from '../../scim/wire/message.ts';
import type { Query } from '../../scim/client.ts';
import { partsOf } from '../run/attributes.ts';
import type { Context, Made } from '../run/context.ts';
import { describeAnswer, expect, type Page } from '../run/expect.ts';
import type { Maker } from '../run/fixtures.ts';
import type { Predicate } from '../run/predicate.ts';
import { reporters } from '../run/reporters.ts';
import { idsOf, pageOf } from '../run/steps.ts';
import { Blocked, NotApplicable } from '../run/violation.ts';
import { residentDraft, residentKeys, type ResidentKey, type Ways } from './family-draft.ts';

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

/** More pages than anyone needs for five entries, one on each. */
const MOST_PAGES = 8;

/** The family of this run. @throws Blocked by the check that reports why a user cannot be made or read. */
export const familyOf = async ({ shared }: Pick<Context, 'shared'>): Promise<Family> => shared('family', makeFamily);

async function makeFamily(maker: Maker, ways: Ways = {}): Promise<Family> {
  const mark = maker.given.unique('kin');
  const { domain } = maker.given;
  const residents: Resident[] = [];
  let lean = false;
  for (const key of residentKeys) {
    const userName = `${mark}.${key}@${domain}`;
    const draft = residentDraft(maker.facts, { key, mark, userName, domain, boss: residents[0]?.id ?? '' }, ways);
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
    made ??= await maker.given.user({ userName });
    const { id, sent } = made;
    try {
      residents.push({ key, id, sent, stored: await maker.stored('/Users', id) });
    } catch (error) {
      if (ways.awake === true || !(error instanceof Blocked) || error.by !== reporters.inactive) throw error;
      return makeFamily(maker, { ...ways, awake: true });
    }
  }
  const family: Family = { mark, domain, residents, within: undefined };
  const starts = `userName sw ${filterValue(`${mark}.`)}`;
  const filters =
    ways.kin === true
      ? [`name.familyName eq ${filterValue(mark)}`]
      : [starts, `userName co ${filterValue(`${mark}.`)}`];
  const within = await firstThatConfines(maker, family, filters);
  const other = within === undefined ? await otherWays(maker, family, ways, starts) : undefined;
  return other ? makeFamily(maker, other) : { ...family, within };
}

/** How a family may have to be that a filter can confine queries to; undefined where nothing is left to try. */
async function otherWays(maker: Maker, family: Family, ways: Ways, starts: string): Promise<Ways | undefined> {
  if (ways.awake !== true && (await hidesInactive(maker, family))) return { ...ways, awake: true };
  if (ways.kin === true) return undefined;
  return isDeclined(await maker.scim.list('/Users', { filter: starts, count: 1 })) ? { ...ways, kin: true } : undefined;
}

/** Whether lists have those who are active, and not those who are not: what that means is the provider's to say. */
async function hidesInactive(maker: Maker, { residents }: Family): Promise<boolean> {
  const isListed = async (resident: Resident | undefined) => {
    if (!resident) return undefined;
    const { json, status } = await maker.scim.list('/Users', {
      filter: `userName eq ${filterValue(resident.sent['userName'] ?? '')}`,
    });
    return status === 200 ? resourcesOf(json).some(({ id }) => id === resident.id) : undefined;
  };
  const off = await isListed(residents.find(({ stored }) => stored['active'] === false));
  return off === false && (await isListed(residents.find(({ stored }) => stored['active'] === true))) === true;
}

async function firstThatConfines(
  maker: Maker,
  family: Family,
  filters: readonly string[],
): Promise<string | undefined> {
  for (const filter of filters) if (await confines(maker, family, filter)) return filter;
  return undefined;
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
    const found = await walk(maker, filter, {}).catch((error: unknown) => error);
    // Without "pr" there may be "and" all the same.
    if (found instanceof NotApplicable && filter.startsWith('title pr')) continue;
    if (!isWalked(found) || !found.whole) return false;
    if (JSON.stringify([...found.ids].sort()) !== JSON.stringify([...right].sort())) return false;
  }
  return true;
}

const isWalked = (found: unknown): found is Walked => typeof found === 'object' && found !== null && 'whole' in found;

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
  readonly pages: number;
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
    if (came.resources.length === 0 || !(ids.length < came.total))
      return { ids, resources, total, whole: true, pages: page + 1 };
  }
  return { ids, resources, total, whole: false, pages: MOST_PAGES };
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
  const { ids, whole, pages } = await walk(context, sent, {});
  const truths = family.residents.map(resident => ({ ...resident, truth: filter.holds(resident.stored) }));
  const alone = bare || family.within !== undefined;
  const names = ids.flatMap(id => {
    const known = truths.find(resident => resident.id === id);
    if (known) return known.truth === undefined ? [] : [known.key];
    return alone ? ['somebody else'] : [];
  });
  if (!whole && !names.includes('somebody else')) throw new NotApplicable('the answer takes too many pages to be seen');
  const right = truths.filter(({ truth }) => truth === true).map(({ key }) => key);
  // Pages have no order of their own, and others write meanwhile: entries may come twice, or slip through (section 3.4.2.4).
  const moved = names.length !== right.length || new Set(names).size !== right.length;
  if (!alone && pages > 1 && moved && names.every(name => right.some(key => key === name)))
    throw new NotApplicable('the answer takes several pages, and others change them meanwhile');
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
