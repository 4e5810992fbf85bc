import { createClient, type ScimClient } from '../scim/client.ts';
import { isObject, resourcesOf } from '../scim/message/list.ts';
import { filterValue } from '../scim/message/patch.ts';
import type { HttpResponse } from '../scim/wire/message.ts';
import type { Session } from '../scim/wire/session.ts';
import { leftovers, type LedgerEvent } from '../reports/record/index.ts';

/** What clean-up did. */
export interface CleanUp {
  readonly removed: number;
  /** What is still there, as `/Users/<id>` with a word on what became of it, or `/Users userName=<name>` when no id is known. */
  readonly leftBehind: readonly string[];
}

/**
 * Removes what the ledger says a run created and nobody removed, newest first. A create that never got its answer is looked
 * up by the name it was sent with; names carry the run's mark, so nothing else can be meant. A user whose DELETE is refused
 * is deactivated.
 */
export async function cleanUp(session: Session, entries: readonly LedgerEvent[]): Promise<CleanUp> {
  const open = leftovers(entries);
  if (open.length === 0) return { removed: 0, leftBehind: [] };
  const scope = session.open('cleanup');
  const leftBehind: string[] = [];
  // Where DELETE is not offered it is asked for once and no more.
  const undeletable = new Set<string>();
  let removed = 0;
  for (const entry of open) {
    const send = entry.as === undefined ? scope.send : scope.second?.[entry.as];
    if (send === undefined) {
      leftBehind.push(`${nameOf(entry)} (made with the second credential)`);
      continue;
    }
    const scim = createClient(send);
    const ids = entry.id === '' ? await idsByName(scim, entry) : [entry.id];
    if (ids === undefined) leftBehind.push(nameOf(entry));
    for (const id of ids ?? []) {
      const { endpoint } = entry;
      const status = undeletable.has(endpoint) ? 405 : statusOf(await scim.remove(endpoint, id));
      if (status === 405 || status === 501) undeletable.add(endpoint);
      if (status === 404 || isSuccess(status)) removed += 1;
      else if (endpoint !== '/Users' || ![403, 405, 501].includes(status ?? 0)) leftBehind.push(`${endpoint}/${id}`);
      else leftBehind.push(`${endpoint}/${id}${(await deactivate(scim, id)) ? ', deactivated' : ''}`);
    }
  }
  for (const exchange of scope.exchanges) session.emit({ kind: 'exchange', exchange });
  return { removed, leftBehind };
}

/** The status; a DELETE that may not be sent counts as one that is not offered. */
const statusOf = ({ status, failure }: HttpResponse): number | undefined =>
  failure?.code === 'read-only' ? 405 : status;

/** Takes a user out of service that cannot be removed: by PATCH, or by PUT where that is not offered. */
async function deactivate(scim: ScimClient, id: string): Promise<boolean> {
  const { status } = await scim.patch('/Users', id, [{ op: 'replace', path: 'active', value: false }]);
  if (isSuccess(status)) return true;
  const { json } = await scim.read('/Users', id);
  return isObject(json) && isSuccess((await scim.replace('/Users', id, { ...json, active: false })).status);
}

const isSuccess = (status: number | undefined): boolean => status !== undefined && status >= 200 && status < 300;

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
