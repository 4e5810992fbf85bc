import { exchangeId, type Exchange, type Verdict } from '../../reports/record/index.ts';
import type { Hop, HttpRequest, HttpResponse } from '../../scim/wire/message.ts';

/** What a run on a right provider left behind. */
export interface CleanRun {
  readonly verdicts: readonly Verdict[];
  readonly exchanges: ReadonlyMap<string, Exchange>;
}

/** Shows a hop what a clean run exchanged, and tells whom it would have met. */
export interface Reach {
  /**
   * Ids of the checks of which the hop changes an exchange, or undefined when it changes what every check starts from. A
   * check that is not among them goes just as it went in the clean run, so there is no need to run it.
   */
  of(hop: Hop): Promise<ReadonlySet<string> | undefined>;
}

interface Shown {
  readonly request: HttpRequest;
  readonly response: HttpResponse;
  readonly owners: readonly string[];
}

/** The checks that depend on what a scope exchanged; `setup` is what all of them rest on. */
function ownersOf(scope: string, users: ReadonlyMap<string, readonly string[]>): readonly string[] {
  if (scope === 'setup') return ['setup'];
  return users.get(scope) ?? [scope.split('/')[0] ?? scope];
}

export function createReach({ verdicts, exchanges }: CleanRun): Reach {
  const users = new Map<string, string[]>();
  for (const { check, fixtures = [] } of verdicts) {
    for (const scope of fixtures) users.set(scope, [...(users.get(scope) ?? []), check]);
  }
  // Clean-up is judged by invariants alone, which are run with the traffic of others.
  const shown = [...exchanges.values()]
    .filter(({ scope }) => !scope.startsWith('cleanup/'))
    .map(({ scope, n, request, response }): Shown => {
      const { json, text = json === undefined ? '' : JSON.stringify(json) } = response;
      return {
        request,
        response: { ...response, text, exchange: exchangeId({ scope, n }) },
        owners: ownersOf(scope, users),
      };
    });
  return {
    async of(hop) {
      const met = new Set<string>();
      for (const { request, response, owners } of shown) {
        if (!(await leavesAlone(hop, request, response))) for (const owner of owners) met.add(owner);
      }
      return met.has('setup') ? undefined : met;
    },
  };
}

/** Whether a hop lets one exchange through as it was, and at once. */
async function leavesAlone(hop: Hop, request: HttpRequest, response: HttpResponse): Promise<boolean> {
  let isSame = true;
  let passes = 0;
  const passed = hop(request, async changed => {
    passes += 1;
    if (changed !== request && JSON.stringify(changed) !== JSON.stringify(request)) isSame = false;
    return response;
  });
  const late = new Promise<undefined>(resolve => setImmediate(resolve, undefined));
  // A hop that stumbles over an exchange has to do with it.
  const came = await Promise.race([passed, late]).catch(() => undefined);
  if (came === undefined || passes !== 1) return false;
  return isSame && (came === response || JSON.stringify(came) === JSON.stringify(response));
}
