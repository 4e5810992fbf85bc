import type { Run } from '../reports/record/index.ts';
import { conform, withReferenceBridge } from '../harness/index.ts';

/** Prints what each topic of the suite costs on the reference bridge: the table in `harness/footprint.ts`. */
export interface Cost {
  requests: number;
  users: number;
  groups: number;
}

/** Requests and created resources by topic: the first word of a check, or the purpose of another scope. */
export function costsOf({ exchanges, ledger }: Run): Record<string, Cost> {
  const costs: Record<string, Cost> = {};
  const at = (scope: string): Cost => (costs[topicOf(scope)] ??= { requests: 0, users: 0, groups: 0 });
  for (const { scope } of exchanges.values()) at(scope).requests += 1;
  for (const { kind, scope, endpoint } of ledger) {
    if (kind !== 'created') continue;
    if (endpoint === '/Users') at(scope).users += 1;
    if (endpoint === '/Groups') at(scope).groups += 1;
  }
  return costs;
}

/** Most users that were there at the same time. */
export function mostUsersAtOnce({ ledger }: Run): number {
  const there = new Set<string>();
  let most = 0;
  for (const { kind, endpoint, id } of ledger) {
    if (endpoint !== '/Users') continue;
    if (kind === 'created') there.add(id);
    if (kind === 'removed') there.delete(id);
    most = Math.max(most, there.size);
  }
  return most;
}

const LARGE = 'relation.many-members';

function topicOf(scope: string): string {
  const of = scope.replace(/^cleanup\//, '');
  if (of.startsWith(LARGE)) return 'large';
  return /^[a-z-]+(?=[./]|$)/.exec(of)?.[0] ?? 'setup';
}

if (process.argv[1]?.endsWith('footprint.ts')) {
  const { run } = await withReferenceBridge(async target => conform(target));
  const costs = Object.entries(costsOf(run)).sort(([one], [other]) => (one < other ? -1 : 1));
  const lines = costs.map(([topic, cost]) => `  ${JSON.stringify(topic)}: ${JSON.stringify(cost)},`);
  process.stdout.write(`${lines.join('\n')}\nat once: ${mostUsersAtOnce(run)}\n`);
}
