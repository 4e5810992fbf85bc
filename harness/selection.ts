import { profileOf, profiles, type Profile } from '../conformance/index.ts';
import { scenarios, type Scenario } from '../scenarios/index.ts';
import { dialects, type Dialect } from '../simulator/index.ts';
import { suggest } from '../text/suggest.ts';

/** Longer lists are not read out. */
const MOST_NAMED = 80;

/** A name that names nothing; the message lists what there is. */
export class SelectionError extends Error {
  readonly code = 'selection';
  constructor(what: string, name: string, known: readonly string[]) {
    super(
      `no ${what} ${name}${suggest(name, known)}; ${known.length > MOST_NAMED ? `\`list\` names all ${known.length}` : `there are ${known.join(', ')}`}`,
    );
    this.name = 'SelectionError';
  }
}

/** @throws SelectionError for a profile that is none. */
export function profileNamed(id: string): Profile {
  const found = profileOf(id);
  if (!found) throw new SelectionError('profile', id, idsOf(profiles));
  return found;
}

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

const idsOf = (items: readonly { readonly id: string }[]): string[] => items.map(({ id }) => id);
