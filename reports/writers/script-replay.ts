import type { Exchange, Run, Verdict } from '../record/index.ts';
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

/** Checks that hold what a target does against what it announces. */
const OF_CLAIMS = /^(?:schema|type|config|attribute|discovery)\./;

const isDiscovery = ({ request: { method, path } }: Exchange): boolean =>
  method === 'GET' && /^\/(?:ServiceProviderConfig|ResourceTypes|Schemas)(?:[/?]|$)/i.test(path);

/** Requests that never left. */
const KEPT_BACK: ReadonlySet<string> = new Set(['no-token', 'limit', 'read-only', 'interrupted']);

const CLEANUP = 'cleanup/';
const SHARED = 'shared/';

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

  return (verdict: Pick<Verdict, 'check' | 'exchanges' | 'fixtures'>): Replay | undefined => {
    const decisive = exchanges.get(verdict.exchanges.at(-1) ?? '');
    if (!decisive || KEPT_BACK.has(decisive.response.failure?.code ?? '')) return undefined;
    const { scope, n } = decisive;
    const story = steps.find(step => step.scope === scope)?.scenario;
    const before =
      story === undefined
        ? scope.startsWith(CLEANUP)
          ? of(scope.slice(CLEANUP.length))
          : []
        : steps
            .slice(
              0,
              steps.findIndex(step => step.scope === scope),
            )
            .flatMap(step => (step.scenario === story ? of(step.scope) : []));
    // A probe judges by what it reads afterwards too; an invariant by one exchange alone.
    const probed = scope === verdict.check || scope.startsWith(`${verdict.check}/`);
    const claims =
      OF_CLAIMS.test(verdict.check) && scope !== 'setup' && !isDiscovery(decisive)
        ? of('setup').filter(isDiscovery)
        : [];
    const own = [...claims, ...before, ...of(scope).filter(exchange => probed || exchange.n <= n)];
    const asked = own.map(({ request }) => `${decoded(request.path)} ${JSON.stringify(request.json ?? '')}`);
    const said = [...asked, JSON.stringify(decisive.response.json ?? '')].join('\n');
    const alone = scope.startsWith(SHARED) || scope.startsWith(CLEANUP + SHARED);
    const named = ({ name, marks }: (typeof shared)[number]) =>
      verdict.fixtures?.includes(name) === true || marks.some(mark => said.includes(mark));
    const base = alone ? [] : shared.filter(named);
    const all = [...base.flatMap(({ all }) => all), ...own];
    const overlapping = own.some((one, at) => at > 0 && one.at < (own[at - 1]?.at ?? 0) + (own[at - 1]?.ms ?? 0));
    const at = all.indexOf(decisive);
    const announced = all.flatMap((exchange, index) =>
      index < at && isDiscovery(exchange) && !isDiscovery(decisive) ? [index] : [],
    );
    const first = all.length - own.length;
    return { exchanges: all, own: first, decisive: at, from: probed ? first : at, announced, overlapping };
  };
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
