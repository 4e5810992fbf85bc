import type { Law } from './law.ts';
import type { Ground, Person } from './model.ts';

/** The two parts of a name. */
interface NameParts {
  readonly givenName: string | undefined;
  readonly familyName: string | undefined;
}

/** The name of a person. */
type Names = Pick<Person, 'name' | 'givenName' | 'familyName'>;

/** What a client says about a name. */
export interface NamesGiven extends NameParts {
  readonly displayName: string | undefined;
  readonly formatted: string | undefined;
}

/** Where the name of a person comes from. */
export interface NameSource {
  /** The rule by which a name changes. */
  readonly rule: Ground;
  /** @param fallback stands for a name when nothing is said */
  fresh(given: NamesGiven, fallback: string): Names;
  /** @param before what was shown so far, so that what merely comes back is no change */
  updated(person: Names, given: NamesGiven, before: NamesGiven): Names;
  /** The parts as they are shown. */
  parts(person: Names): NameParts;
}

/**
 * Cuts a whole name in two: of `n` words the first `floor(n/2)` are given names, the rest the family name; one word is a
 * given name (Q9, which fits all that was recorded).
 */
export function cutName(name: string): NameParts {
  const words = name.split(/\s+/).filter(Boolean);
  if (words.length < 2) return { givenName: words[0], familyName: undefined };
  const middle = Math.floor(words.length / 2);
  return { givenName: words.slice(0, middle).join(' '), familyName: words.slice(middle).join(' ') };
}

/** First name, blank, last name; undefined when there is neither. */
function joinName({ givenName, familyName }: NameParts): string | undefined {
  const parts = [givenName, familyName].filter(part => part !== undefined && part.trim() !== '');
  return parts.length > 0 ? parts.join(' ') : undefined;
}

/** Whether first or last name differ from what was shown. */
const partsChange = (given: NamesGiven, before: NamesGiven): boolean =>
  (['givenName', 'familyName'] as const).some(part => given[part] !== undefined && given[part] !== before[part]);

/** First and last name make the whole; `displayName` is not listened to (OP-17a to OP-18b). */
function fromParts({ on }: Law): NameSource {
  const [overrides, follows, rebuilds] = [on('OP-17c'), on('OP-18a'), on('OP-18b')];
  return {
    rule: 'OP-18a',
    fresh(given, fallback) {
      const whole = joinName(given);
      const said = overrides ? (whole ?? given.displayName) : (given.displayName ?? whole);
      const name = said ?? given.formatted ?? fallback;
      return { name, ...(whole === undefined ? cutName(name) : partsOf(given)) };
    },
    updated(person, given, before) {
      if (!follows || !partsChange(given, before)) return person;
      const { givenName = person.givenName, familyName = person.familyName } = given;
      const name = rebuilds ? (joinName({ givenName, familyName }) ?? person.name) : person.name;
      return { name, givenName, familyName };
    },
    parts: partsOf,
  };
}

/** One text, from which the parts are cut; after creation `displayName` alone changes it (OP-24a, OP-24b, Q8). */
function fromDisplayName({ on }: Law): NameSource {
  const [ignoresParts, follows] = [on('OP-24a'), on('OP-24b')];
  const named = (name: string): Names => ({ name, ...cutName(name) });
  return {
    rule: 'OP-24b',
    fresh: (given, fallback) => named(given.displayName ?? joinName(given) ?? given.formatted ?? fallback),
    updated(person, given, before) {
      const { displayName } = given;
      if (follows && displayName !== undefined && displayName !== before.displayName) return named(displayName);
      if (ignoresParts || !partsChange(given, before)) return person;
      return named(joinName({ ...cutName(person.name), ...partsOf(given) }) ?? person.name);
    },
    parts: ({ name }) => cutName(name),
  };
}

const partsOf = ({ givenName, familyName }: NameParts): NameParts => ({ givenName, familyName });

export const createNameSource = (law: Law): NameSource =>
  law.settings.nameSource === 'parts' ? fromParts(law) : fromDisplayName(law);
