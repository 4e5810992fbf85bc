import type { Exchange, Run, Verdict } from '../record/index.ts';
import { textAt } from './script-json.ts';
import { decoded, givenBy } from './script-words.ts';

/** What a verdict rests on, in the order in which a script sends it again. */
export interface Replay {
  readonly exchanges: readonly Exchange[];
  /** Index of the first exchange after what several checks shared. */
  readonly own: number;
  /** Index of the decisive exchange; those after it are what the check read then. */
  readonly decisive: number;
  /** Index of the first exchange whose answer is compared: a probe looks at all of its own, an invariant at one. */
  readonly from: number;
  /** Indices of exchanges before the decisive one in which the target says what it does. */
  readonly announced: readonly number[];
  /** Some were under way at the same time in the run. */
  readonly overlapping: boolean;
}

/** Checks that hold what a target does against what it announces, and how others speak of it. */
const OF_CLAIMS = /^(?:schema|type|config|attribute|discovery)\./;
const SPEAKS_OF_CLAIMS =
  /\bpaged\b|declare|announce|publish|advertis|immutable|maxOperations|maxPayloadSize|pagination/i;

/** Whether it reads what a target says of itself. */
export const isDiscovery = ({ request: { method, path } }: Exchange): boolean =>
  method === 'GET' && isDiscoveryPath(path);

export const isDiscoveryPath = (path: string): boolean =>
  /^\/(?:ServiceProviderConfig|ResourceTypes|Schemas)(?:[/?]|$)/i.test(path);

/** What a target says of itself, in whole: nothing else is needed to judge it. */
const isAnnouncement = (exchange: Exchange): boolean =>
  isDiscovery(exchange) && !exchange.request.path.slice(1).includes('/');

/** Requests that never left. */
const KEPT_BACK: ReadonlySet<string> = new Set(['no-token', 'limit', 'read-only', 'interrupted']);

const CLEANUP = 'cleanup/';
const SHARED = 'shared/';

type Judged = Pick<Verdict, 'check' | 'title' | 'expected' | 'actual' | 'exchanges' | 'fixtures'>;

/** Finds for verdicts of one run what has to be sent to see them again. */
export function replayer({ exchanges, steps, header }: Pick<Run, 'exchanges' | 'steps' | 'header'>) {
  const scopes = new Map<string, Exchange[]>();
  for (const exchange of exchanges.values()) {
    if (KEPT_BACK.has(exchange.response.failure?.code ?? '')) continue;
    const scope = scopes.get(exchange.scope);
    if (scope) scope.push(exchange);
    else scopes.set(exchange.scope, [exchange]);
  }
  const shared = [...scopes]
    .filter(([name]) => name.startsWith(SHARED))
    .map(([name, all]) => ({ name, all, marks: marksOf(all, header.run) }));
  const of = (scope: string): readonly Exchange[] => scopes.get(scope) ?? [];

  /** What the story of the decisive exchange did before, or whom a clean-up cleans up after. */
  const before = ({ scope }: Exchange): readonly Exchange[] => {
    if (scope.startsWith(CLEANUP)) return of(scope.slice(CLEANUP.length));
    const at = steps.findIndex(step => step.scope === scope);
    const story = steps[at]?.scenario;
    if (story === undefined) return [];
    return steps.slice(0, at).flatMap(step => (step.scenario === story ? of(step.scope) : []));
  };
  const upTo = ({ scope, n }: Exchange) => of(scope).filter(exchange => exchange.n <= n);
  const claimsFor = (verdict: Judged, decisive: Exchange): readonly Exchange[] => {
    const said = `${verdict.title} ${verdict.expected} ${verdict.actual}`;
    const isOfClaims = OF_CLAIMS.test(verdict.check) || SPEAKS_OF_CLAIMS.test(said);
    return isOfClaims && decisive.scope !== 'setup' && !isAnnouncement(decisive) ? of('setup').filter(isDiscovery) : [];
  };

  return (verdict: Judged): Replay | undefined => {
    const decisive = exchanges.get(verdict.exchanges.at(-1) ?? '');
    if (!decisive || KEPT_BACK.has(decisive.response.failure?.code ?? '')) return undefined;
    const { scope } = decisive;
    // A probe judges by what it reads afterwards too; an invariant by one exchange alone.
    const probed = scope === verdict.check || scope.startsWith(`${verdict.check}/`);
    const other = probed ? undefined : namesake(exchanges.values(), decisive, verdict);
    const own = other
      ? [...upTo(decisive), ...upTo(other)].sort((one, two) => one.at - two.at)
      : [...claimsFor(verdict, decisive), ...before(decisive), ...(probed ? of(scope) : upTo(decisive))];
    const asked = own.map(({ request }) => `${decoded(request.path)} ${JSON.stringify(request.json ?? '')}`);
    const written = [...asked, JSON.stringify(decisive.response.json ?? '')].join('\n');
    const alone = scope.startsWith(SHARED) || scope.startsWith(CLEANUP + SHARED);
    const named = ({ name, marks }: (typeof shared)[number]) =>
      verdict.fixtures?.includes(name) === true || marks.some(mark => written.includes(mark));
    const base = alone ? [] : shared.filter(named);
    const all = [...base.flatMap(({ all }) => all), ...own];
    const first = all.length - own.length;
    const at = other ? all.length - 1 : all.indexOf(decisive);
    return {
      exchanges: all,
      own: first,
      decisive: at,
      from: probed || other ? first : at,
      announced: isAnnouncement(decisive)
        ? []
        : all.flatMap((exchange, index) => (index < at && isDiscovery(exchange) ? [index] : [])),
      overlapping: own.some((one, at) => at > 0 && one.at < (own[at - 1]?.at ?? 0) + (own[at - 1]?.ms ?? 0)),
    };
  };
}

/** Where resources of several types have one id: an exchange of another check with one of another type than the decisive one. */
function namesake(all: Iterable<Exchange>, decisive: Exchange, { expected, actual }: Judged): Exchange | undefined {
  const id = textAt(decisive.response.json, 'id');
  if (id === undefined || !`${expected} ${actual}`.includes(JSON.stringify(id))) return undefined;
  const typeOf = ({ request }: Exchange) => request.path.split(/[/?]/)[1];
  const others = [...all].filter(
    exchange =>
      exchange.scope !== decisive.scope &&
      textAt(exchange.response.json, 'id') === id &&
      typeOf(exchange) !== typeOf(decisive),
  );
  const distance = ({ at }: Exchange) => Math.abs(at - decisive.at);
  return others.sort((one, two) => distance(one) - distance(two))[0];
}

/** By what the requests of a check show that they build on a fixture: ids it was given and names it gave. */
function marksOf(exchanges: readonly Exchange[], mark: string): readonly string[] {
  const ids = givenBy(exchanges)
    .filter(({ made }) => made)
    .map(({ value }) => value);
  const names = exchanges.flatMap(
    ({ request }) => JSON.stringify(request.json ?? '').match(new RegExp(`[a-z]+-${mark}-[a-z0-9-]*-\\d+`, 'g')) ?? [],
  );
  return [...new Set([...ids.filter(id => id.length >= 6), ...names])];
}
