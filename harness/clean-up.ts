import { createClient, type ScimClient } from '../scim/client.ts';
import { isObject, resourcesOf } from '../scim/message/list.ts';
import { filterValue } from '../scim/message/patch.ts';
import type { Session } from '../scim/wire/session.ts';
import { leftovers, type LedgerEvent } from '../reports/record/index.ts';

/** What clean-up did. */
export interface CleanUp {
  readonly removed: number;
  /** What is still there, as `/Users/<id>`, or `/Users userName=<name>` when no id is known. */
  readonly leftBehind: readonly string[];
}

/**
 * Removes what the ledger says a run created and nobody removed, newest first. A create that never got its answer is looked
 * up by the name it was sent with; names carry the run's mark, so nothing else can be meant.
 */
export async function cleanUp(session: Session, entries: readonly LedgerEvent[]): Promise<CleanUp> {
  const open = leftovers(entries);
  if (open.length === 0) return { removed: 0, leftBehind: [] };
  const scope = session.open('cleanup');
  const scim = createClient(scope.send);
  const leftBehind: string[] = [];
  let removed = 0;
  for (const entry of open) {
    const ids = entry.id === '' ? await idsByName(scim, entry) : [entry.id];
    if (ids === undefined) leftBehind.push(nameOf(entry));
    for (const id of ids ?? []) {
      const { status } = await scim.remove(entry.endpoint, id);
      if (status === 404 || (status !== undefined && status >= 200 && status < 300)) removed += 1;
      else leftBehind.push(`${entry.endpoint}/${id}`);
    }
  }
  for (const exchange of scope.exchanges) session.emit({ kind: 'exchange', exchange });
  return { removed, leftBehind };
}

/** A ledger entry for a reader: `/Users/<id>`, or `/Users userName=<name>` when no id is known. */
export const nameOf = ({ endpoint, id, key, value }: LedgerEvent): string =>
  id === '' ? `${endpoint} ${key}=${value}` : `${endpoint}/${id}`;

/** Ids of the resources with exactly the name that was sent; undefined when the target could not tell. */
async function idsByName(scim: ScimClient, { endpoint, key, value }: LedgerEvent): Promise<string[] | undefined> {
  if (key === '') return undefined;
  const response = await scim.list(endpoint, { filter: `${key} eq ${filterValue(value)}` });
  if (response.status !== 200 || !isObject(response.json)) return undefined;
  return resourcesOf(response.json)
    .filter(resource => resource[key] === value && typeof resource['id'] === 'string')
    .map(resource => resource['id'] as string);
}
