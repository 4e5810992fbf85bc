import { ControlError } from '../../../scim/target.ts';
import { suggest } from '../../../text/suggest.ts';
import type { SsoAction } from './configure.ts';

/** What a member of an action holds; those that end in `?` may be left out. */
type Shape = 'text' | 'number' | 'number?' | 'text?' | 'texts?';

const shapes: Readonly<Record<SsoAction['do'], Readonly<Record<string, Shape>>>> = {
  connect: { protocol: 'text', clientId: 'text', discovery: 'text', roundTrip: 'text' },
  choose: { value: 'text', days: 'number?', excluded: 'texts?' },
  'add-group': { group: 'text', days: 'number?' },
  'remove-group': { group: 'text' },
  'edit-grace': { days: 'number', group: 'text?' },
};

const fits: Readonly<Record<string, (value: unknown) => boolean>> = {
  text: value => typeof value === 'string',
  number: value => typeof value === 'number',
  texts: value => Array.isArray(value) && value.every(one => typeof one === 'string'),
};

/**
 * Reads an act of an administrator from plain JSON.
 * @throws {ControlError} 400 for an unknown act, an unknown member, one that is missing, or one of another type
 */
export function readSsoAction(given: Readonly<Record<string, unknown>>): SsoAction {
  if (!isAct(given)) {
    const acts = Object.keys(shapes);
    const name = String(given['do']);
    throw new ControlError(400, `"do" takes one of ${acts.join(', ')}, not "${name}"${suggest(name, acts)}.`);
  }
  const shape = shapes[given.do];
  const members = Object.keys(shape);
  for (const name of Object.keys(given)) {
    if (name === 'do' || members.includes(name)) continue;
    throw new ControlError(400, `"${given.do}" has no "${name}"${suggest(name, members)}.`);
  }
  for (const [name, what] of Object.entries(shape)) {
    const value = given[name];
    const type = what.replace('?', '');
    if (value === undefined ? type === what : !fits[type]?.(value)) {
      throw new ControlError(400, `"${given.do}" takes ${words[type] ?? type} as "${name}".`);
    }
  }
  return given as SsoAction;
}

const words: Readonly<Record<string, string>> = { text: 'a text', number: 'a number', texts: 'a list of texts' };

const isAct = (given: Readonly<Record<string, unknown>>): given is { readonly do: SsoAction['do'] } & typeof given =>
  typeof given['do'] === 'string' && Object.hasOwn(shapes, given['do']);
