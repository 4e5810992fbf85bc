import type { InsightsEvent } from '../insights/event.ts';
import type { EventQuery, Position } from '../insights/log.ts';
import { ApiError } from './api-error.ts';
import type { Predicate } from './filter.ts';
import { isRecord, optionalText, type JsonRecord } from './route.ts';
import { reader, type Shape } from './shape.ts';
import { near, quote } from './quote.ts';

/** Services of Directory Insights (jumpcloud.md 3.4); all events of a directory are of one of them. */
const SERVICES = [
  'all',
  'directory',
  'sso',
  'systems',
  'ldap',
  'mdm',
  'radius',
  'software',
  'password_manager',
  'object_storage',
  'saas_app_management',
  'access_management',
  'asset_management',
  'notifications',
  'alerts',
  'reports',
] as const;

/** Fields of events (jumpcloud.md 3.4), whether an event here has them or not. */
const FIELDS = [
  'id',
  'service',
  'event_type',
  'timestamp',
  'organization',
  'success',
  'error_message',
  'initiated_by',
  'resource',
  'target_resource',
  'application',
  'changes',
  'association',
  'idm_client_id',
  'message_chain',
  'client_ip',
  'useragent',
  'geoip',
  'auth_method',
  'auth_context',
  'provider',
  'correlation',
  'mfa',
  'mfa_meta',
  'system',
  'system_group',
  '@version',
] as const;

/** Events under the names of their fields. */
export const eventShape: Shape<InsightsEvent> = {
  what: 'an event',
  always: [],
  fields: Object.fromEntries(
    FIELDS.map(name => [name, (event: InsightsEvent) => (event as unknown as JsonRecord)[name]]),
  ),
};

/** Fields that cannot be searched in. */
const NOT_SEARCHED: ReadonlySet<string> = new Set(['changes', 'useragent']);
const DEEPEST = 10;
const MOST_TERMS = 1000;

/**
 * Which events a body asks for: services and times, `search_term` and `q`.
 * @throws ApiError 400
 */
export function readQuery(body: JsonRecord, now: number): EventQuery {
  const from = readTime(body, 'start_time');
  if (from === undefined) throw new ApiError(400, 'start_time is required, such as 2026-01-31T14:00:00Z');
  if (from > now) throw new ApiError(400, 'start_time lies in the future');
  const to = readTime(body, 'end_time');
  if (to !== undefined && to < from) throw new ApiError(400, 'end_time lies before start_time');
  const term = body['search_term'];
  const meetsTerm = term === undefined || term === null ? everything : readTerm(term, { left: MOST_TERMS }, DEEPEST);
  const meetsText = readFullText(body);
  return {
    services: readServices(body['service']),
    from,
    ...(to !== undefined && { to }),
    where: event => meetsTerm(event) && meetsText(event),
  };
}

const everything = (): boolean => true;

/** Milliseconds since the epoch; a time without a zone is UTC. */
function readTime(body: JsonRecord, name: string): number | undefined {
  const value = optionalText(body, name);
  if (value === undefined) return undefined;
  const form = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?([Zz]|[+-]\d\d:\d\d)?$/.exec(value);
  const at = form ? Date.parse(form[1] === undefined ? `${value}Z` : value) : Number.NaN;
  if (Number.isNaN(at)) {
    throw new ApiError(400, `${name} is an RFC 3339 time such as 2026-01-31T14:00:00Z, not ${quote(value)}`);
  }
  return at;
}

/** A list, or, as some clients send it, a text with commas. */
function readServices(value: unknown): readonly string[] {
  const list: readonly unknown[] =
    typeof value === 'string' ? value.split(/\s*,\s*/) : Array.isArray(value) ? value : [];
  if (list.length === 0) throw new ApiError(400, `service is required: a list of ${SERVICES.join(', ')}`);
  return list.map(name => {
    const known = SERVICES.find(service => service === name);
    if (known) return known;
    const hint = typeof name === 'string' ? near(name, SERVICES) : '';
    throw new ApiError(400, `there is no service ${quote(name)}${hint}; there are ${SERVICES.join(', ')}`);
  });
}

/** Terms in lists or objects of `and`, `or` and `not`; a name alone stands for its value, or for one of a list. */
function readTerm(term: unknown, budget: { left: number }, levels: number): Predicate<InsightsEvent> {
  if (levels === 0 || budget.left < 0) {
    throw new ApiError(400, `a search_term has at most ${MOST_TERMS} terms in ${DEEPEST} levels`);
  }
  if (!isRecord(term)) throw new ApiError(400, `${quote(term)} is no search_term; write {"and": [{"field": "value"}]}`);
  const wanted = Object.entries(term).map(([name, value]): Predicate<InsightsEvent> => {
    const inner = () => {
      const list: readonly unknown[] = Array.isArray(value) ? value : [value];
      budget.left -= list.length;
      return list.map(one => readTerm(one, budget, levels - 1));
    };
    if (name === 'and') return all(inner());
    if (name === 'or') return any(isRecord(value) ? eachOf(value, budget, levels) : inner());
    if (name === 'not') return none(isRecord(value) ? eachOf(value, budget, levels) : inner());
    return hasValue(name, value);
  });
  return all(wanted);
}

/** An object of terms, one by one. */
const eachOf = (terms: JsonRecord, budget: { left: number }, levels: number) =>
  Object.entries(terms).map(([name, value]) => readTerm({ [name]: value }, budget, levels - 1));

type Predicates = readonly Predicate<InsightsEvent>[];
const all =
  (terms: Predicates): Predicate<InsightsEvent> =>
  event =>
    terms.every(meets => meets(event));
const any =
  (terms: Predicates): Predicate<InsightsEvent> =>
  event =>
    terms.some(meets => meets(event));
const none =
  (terms: Predicates): Predicate<InsightsEvent> =>
  event =>
    !terms.some(meets => meets(event));

function hasValue(name: string, value: unknown): Predicate<InsightsEvent> {
  if (NOT_SEARCHED.has(name.split('.', 1)[0] ?? '')) throw new ApiError(400, `events cannot be searched by ${name}`);
  const read = reader(eventShape, name);
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const wanted = new Set(list.map(textOf));
  return event => read(event).some(held => wanted.has(textOf(held)));
}

/** Values are compared without regard to case and kind: true is "true". */
const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value)).toLowerCase();

/** `q` stands somewhere in an event; with `exact_match`, it is one of its values. */
function readFullText(body: JsonRecord): Predicate<InsightsEvent> {
  const wanted = optionalText(body, 'q')?.toLowerCase();
  if (!wanted) return everything;
  const exact = body['exact_match'] === true;
  return event => leaves(event).some(value => (exact ? textOf(value) === wanted : textOf(value).includes(wanted)));
}

const leaves = (value: unknown): readonly unknown[] =>
  typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(leaves)
    : value === undefined
      ? []
      : [value];

/** @throws ApiError 400 when it is no pair of a time and an id */
export function readPosition(value: unknown): Position | undefined {
  if (value === undefined || value === null) return undefined;
  const [at, id] = Array.isArray(value) ? (value as readonly unknown[]) : [];
  const time = typeof at === 'number' || typeof at === 'string' ? Number(at) : Number.NaN;
  // It is told again in a header, which takes no other characters.
  if (Number.isFinite(time) && typeof id === 'string' && /^[\x21-\x7e]{1,100}$/.test(id)) return [time, id];
  throw new ApiError(400, 'search_after is what X-Search_after said: a list of a time and an id');
}
