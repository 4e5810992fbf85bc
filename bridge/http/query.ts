import { ScimError } from '../../scim/message/error.ts';
import { listResponse } from '../../scim/message/list.ts';
import type { JsonObject } from '../../scim/wire/message.ts';
import { compileFilter, equalities, parseFilter, type Filter } from '../resource/filter/index.ts';
import { compareKeys, compileSortKey, type SortOrder } from '../resource/order.ts';
import type { Resource } from '../resource/resource.ts';
import { spendOnQuery, type Spend } from '../resource/work.ts';
import { fixedRows } from '../store/rows.ts';
import type { Entry, Rows } from '../store/store.ts';
import type { Answer } from './answer.ts';
import { cutPage, type Found } from './paging.ts';
import type { Parameters } from './parameters.ts';
import { present } from './present.ts';
import { projectionFor } from './project.ts';
import { servedType, type Provider, type ServedType } from './provider.ts';
import { existing, read, type Call, type Operation } from './resources.ts';

/**
 * Answers a query over one resource type or several with a list response (RFC 7644 section 3.4.2): filter, then order,
 * then page, then projection.
 *
 * @throws ScimError 400 for a filter, an order or a page that cannot be had
 */
export function list(provider: Provider, types: readonly ServedType[], call: Call): Answer {
  const { parameters, base } = call;
  const matches = select(provider, types, call);
  const found = sorted(provider, types, matches, call) ?? unsorted(matches);
  const { entries, envelope } = cutPage(found, parameters, {
    settings: provider.settings,
    cursors: provider.cursors,
    query: () =>
      JSON.stringify([types.map(({ type }) => type.name), { ...parameters, cursor: '', count: 0 }, call.caller.name]),
  });
  const projections = new Map(types.map(served => [served.type.name, projectionFor(served, parameters)]));
  const shown: JsonObject[] = [];
  for (const entry of entries) {
    const projection = projections.get(entry.type);
    if (projection) shown.push(projection.project(present(provider, entry, base, projection.wanted)));
  }
  return { status: 200, body: { ...envelope, Resources: shown } };
}

/**
 * Answers a GET of one resource. With a filter it is a query of which that resource is all there is to find (section
 * 3.4.2), so it answers with a list.
 */
export const readOne: Operation = (provider, served, call) => {
  const { filter } = call.parameters;
  if (filter === undefined) return read(provider, served, call);
  const entry = existing(provider, served, call.id);
  const asked = parse(provider, served, filter);
  const holds = predicate(provider, served, asked, filter, call.base, spendOnQuery())(entry);
  const { project, wanted } = projectionFor(served, call.parameters);
  const found = holds ? [project(present(provider, entry, call.base, wanted))] : [];
  return { status: 200, body: listResponse(found, found.length, 1) };
};

function select(provider: Provider, types: readonly ServedType[], { parameters, base }: Call): Rows {
  const { filter: text } = parameters;
  const [only] = types.length === 1 ? types : [];
  if (text === undefined) {
    if (only) return arranged(provider, only, provider.store.rows(only.type.name));
    return fixedRows(byOrder(types.flatMap(({ type }) => [...provider.store.rows(type.name)])));
  }
  const spend = spendOnQuery();
  const found: Entry[] = [];
  for (const served of types) {
    const filter = parse(provider, served, text);
    const holds = predicate(provider, served, filter, text, base, spend);
    for (const entry of candidates(provider, served, filter)) if (holds(entry)) found.push(entry);
  }
  return fixedRows(only ? found : byOrder(found));
}

/** The account behind may take less than every filter, or more than its words. */
function parse({ settings, account }: Provider, { type }: ServedType, text: string): Filter {
  if (!settings.filter) throw new ScimError(400, 'invalidFilter', 'this service provider does not filter');
  const limits = { maxLength: settings.maxFilterLength, maxDepth: settings.maxFilterDepth };
  return account ? account.readFilter(type.name, text, given => parseFilter(given, limits)) : parseFilter(text, limits);
}

const arranged = ({ account }: Provider, { type }: ServedType, rows: Rows): Rows =>
  account ? account.arrange(type.name, rows) : rows;

function predicate(
  provider: Provider,
  served: ServedType,
  filter: Filter,
  text: string,
  base: string,
  spend: Spend,
): (entry: Entry) => boolean {
  const holds = compileFilter(filter, served.compiled, spend);
  return served.derived.test(text) ? entry => holds(present(provider, entry, base)) : entry => holds(entry.resource);
}

/** The fewest resources known to hold all matches: those an index leads to, or all of the type. */
function candidates(
  { store, graph }: Provider,
  { type, compiled, links }: ServedType,
  filter: Filter,
): Iterable<Entry> {
  let fewest: readonly Entry[] | undefined;
  for (const { path, value } of equalities(filter, compiled)) {
    let found: readonly Entry[] | undefined;
    const named = store.get(value);
    if (path === 'id') found = named?.type === type.name ? [named] : [];
    else if (store.indexed(type.name, path)) found = store.find(type.name, path, value);
    else if (named && links.inverse.some(link => link.path === path)) {
      found = graph.held(named).filter(entry => entry.type === type.name);
    }
    if (found && (!fewest || found.length < fewest.length)) fewest = found;
  }
  return fewest ?? store.rows(type.name);
}

const byOrder = (entries: Entry[]): Entry[] => entries.sort((a, b) => a.order - b.order);

const unsorted = (rows: Rows): Found => ({
  size: rows.size,
  slice: (offset, count) => rows.slice(offset, count),
  place: order => rows.rank(order),
});

function sorted(provider: Provider, types: readonly ServedType[], rows: Rows, call: Call): Found | undefined {
  const { sortBy } = call.parameters;
  const order = readOrder(call.parameters);
  if (sortBy === undefined || !provider.settings.sort) return undefined;
  const keys = new Map(types.map(served => [served.type.name, compileSortKey(served.compiled, sortBy)]));
  if ([...keys.values()].every(key => key === undefined)) {
    throw new ScimError(400, 'invalidValue', `sortBy names ${JSON.stringify(sortBy)}, which is no attribute here`);
  }
  const seen = (entry: Entry): Resource =>
    servedType(provider, entry.type).derived.test(sortBy) ? present(provider, entry, call.base) : entry.resource;
  const entries = [...rows]
    .map(entry => ({ entry, key: keys.get(entry.type)?.(seen(entry)) }))
    .sort((a, b) => compareKeys(a.key, b.key, order))
    .map(({ entry }) => entry);
  return {
    size: entries.length,
    slice: (offset, count) => entries.slice(offset, offset + count),
    place: wanted => {
      const index = entries.findIndex(entry => entry.order === wanted);
      return index < 0 ? undefined : index;
    },
  };
}

function readOrder({ sortOrder = 'ascending' }: Parameters): SortOrder {
  const order = sortOrder.toLowerCase();
  if (order === 'ascending' || order === 'descending') return order;
  throw new ScimError(400, 'invalidValue', 'sortOrder is ascending or descending');
}
