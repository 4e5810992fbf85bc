import { scenarios, type Scenario } from '../scenarios/index.ts';
import { dialects, type Dialect } from '../simulator/index.ts';
import { idsOf, SelectionError } from './selection.ts';

/** @throws SelectionError for a dialect that is none. */
export function dialectNamed(name: string): Dialect {
  const found = dialects.find(({ id }) => id === name);
  if (!found) throw new SelectionError('identity provider', name, idsOf(dialects));
  return found;
}

/**
 * Stories by their ids, in the order of the library; `all` means all of them.
 * @throws SelectionError for a story that is none.
 */
export function storiesNamed(ids: readonly string[]): readonly Scenario[] {
  const known = [...idsOf(scenarios), 'all'];
  for (const id of ids) if (!known.includes(id)) throw new SelectionError('scenario', id, known);
  return ids.includes('all') ? scenarios : scenarios.filter(({ id }) => ids.includes(id));
}
