/** Takes down a mistake: where in the file, what is wrong, and the word that is. */
export type Note = (path: readonly (string | number)[], message: string, word?: string) => void;

/** Stands for what could not be read; the mistake has been taken down. */
export const MISPLACED = undefined;

/** What goes with a key: each member needed, or not. */
export type Takes = Readonly<Record<string, 'needed' | 'optional'>>;

/**
 * Finds the one key that says what an object is about, and holds the others against what goes with it.
 * @param what how the object is called: a step, an expectation
 * @param always what goes with every key
 * @returns the key; undefined once a mistake is taken down
 */
export function keyOf<Key extends string>(
  object: object,
  keys: Readonly<Record<Key, Takes>>,
  what: string,
  path: readonly (string | number)[],
  note: Note,
  always: readonly string[] = [],
): Key | undefined {
  const isKey = (name: string): name is Key => Object.hasOwn(keys, name);
  const given = Object.keys(object);
  const [key, ...more] = given.filter(isKey);
  if (key === undefined) {
    note(path, `${what} says what it is about; write one of ${Object.keys(keys).join(', ')}`);
    return undefined;
  }
  const [second] = more;
  if (second !== undefined) {
    note(
      [...path, second],
      `${key} and ${second} are two things; give each ${what.replace(/^an? /, '')} its own entry`,
    );
    return undefined;
  }
  const takes = keys[key];
  const names = Object.keys(takes);
  const extra = given.find(name => name !== key && !always.includes(name) && !names.includes(name));
  if (extra !== undefined) {
    note(
      [...path, extra],
      `${key} does not go with ${extra}${names.length > 0 ? `; with it go ${names.join(', ')}` : ''}`,
    );
    return undefined;
  }
  const missing = names.find(name => takes[name] === 'needed' && !given.includes(name));
  if (missing !== undefined) {
    note(path, `${key} needs ${missing}`);
    return undefined;
  }
  return key;
}
