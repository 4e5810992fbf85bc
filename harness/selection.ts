import { profileOf, profiles, type Profile } from '../conformance/index.ts';
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

/** Ids of what a list holds, in its order. */
export const idsOf = (items: readonly { readonly id: string }[]): string[] => items.map(({ id }) => id);
