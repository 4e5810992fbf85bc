import type { ScimClient } from '../../scim/client.ts';
import { isObject, resourcesOf } from '../../scim/message/list.ts';
import { filterValue } from '../../scim/message/patch.ts';
import type { HttpResponse, JsonObject } from '../../scim/wire/message.ts';
import { sameText } from './attributes.ts';

/** What is looked for at the service provider. */
export interface Wanted {
  readonly endpoint: '/Users' | '/Groups';
  /** The attribute that identifies it, and its value; compared without case. */
  readonly attribute: 'userName' | 'displayName';
  readonly value: string;
  /** Ids the identity provider holds for it, the latest last: where it is found when its name is another. */
  readonly links: readonly string[];
}

/** What was found. `unknown`: the service provider gave no usable answer, so nothing can be said. */
export type Sighting = { readonly exchanges: readonly string[] } & (
  | { readonly found: 'one'; readonly id: string; readonly resource: JsonObject }
  | { readonly found: 'none' }
  | { readonly found: 'several'; readonly ids: readonly string[] }
  | { readonly found: 'unknown'; readonly reason: string }
);

const PAGE = 100;
const MOST_PAGES = 200;

/** An answer that nothing can be read from. */
class Unreadable extends Error {
  readonly code = 'unreadable';
}

/**
 * Looks for a resource by name, with a filter, or page by page where the filter is declined or ignored, and reads it by id;
 * then by the ids it is linked with. It trusts neither the filter (rows are compared here) nor the link (the name goes first).
 */
export async function find(client: ScimClient, wanted: Wanted): Promise<Sighting> {
  const exchanges: string[] = [];
  const noted = (response: HttpResponse): HttpResponse => {
    if (response.exchange !== undefined) exchanges.push(response.exchange);
    return response;
  };
  try {
    const rows = (await byFilter(client, wanted, noted)) ?? (await byPaging(client, wanted, noted));
    const ids = [...new Set(rows.map(idOf))];
    if (ids.length > 1) return { found: 'several', ids, exchanges };
    for (const id of ids.length > 0 ? ids : wanted.links.toReversed()) {
      const response = noted(await client.read(wanted.endpoint, id));
      if (response.status === 200 && isObject(response.json)) {
        return { found: 'one', id, resource: response.json, exchanges };
      }
      if (response.status !== 404 || ids.length > 0) {
        throw new Unreadable(`a read of ${wanted.endpoint}/${id} was answered with ${answerOf(response)}`);
      }
    }
    return { found: 'none', exchanges };
  } catch (error) {
    if (error instanceof Unreadable) return { found: 'unknown', reason: error.message, exchanges };
    throw error;
  }
}

type Noted = (response: HttpResponse) => HttpResponse;

/** Rows that carry the name; undefined where the filter is declined, or answered with rows that it does not select. */
async function byFilter(client: ScimClient, wanted: Wanted, noted: Noted): Promise<readonly JsonObject[] | undefined> {
  const { endpoint, attribute, value } = wanted;
  const page = pageOf(noted(await client.list(endpoint, { filter: `${attribute} eq ${filterValue(value)}` })));
  const honoured = (page?.rows ?? []).every(row => sameText(row[attribute], value));
  return page && honoured && page.rows.length >= page.total ? page.rows : undefined;
}

async function byPaging(client: ScimClient, wanted: Wanted, noted: Noted): Promise<readonly JsonObject[]> {
  const { endpoint, attribute, value } = wanted;
  const hits: JsonObject[] = [];
  let seen = 0;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const response = noted(await client.list(endpoint, { startIndex: seen + 1, count: PAGE }));
    const page = pageOf(response);
    if (!page) throw new Unreadable(`a list of ${endpoint} was answered with ${answerOf(response)}`);
    hits.push(...page.rows.filter(row => sameText(row[attribute], value)));
    seen += page.rows.length;
    if (page.rows.length === 0 || seen >= page.total) return hits;
  }
  throw new Unreadable(`the list of ${endpoint} goes on after ${MOST_PAGES} pages`);
}

/** A list response: only a 200 with `totalResults` is one, so that an empty object never passes for "nobody". */
function pageOf({ status, json }: HttpResponse): { rows: readonly JsonObject[]; total: number } | undefined {
  if (status !== 200 || !isObject(json)) return undefined;
  const total = json['totalResults'];
  return typeof total === 'number' ? { rows: resourcesOf(json), total } : undefined;
}

function idOf(row: JsonObject): string {
  const id = row['id'];
  if (typeof id === 'string' && id !== '') return id;
  throw new Unreadable(`a listed resource has no id as text but ${JSON.stringify(id)}`);
}

function answerOf({ status, failure, text, json }: HttpResponse): string {
  if (failure) return `${status ?? 'nothing'} (${failure.message})`;
  return `${status}${json === undefined ? ' and no JSON' : ` and ${text.slice(0, 80)}`}`;
}
