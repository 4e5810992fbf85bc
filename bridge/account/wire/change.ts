import { isObject } from '../../../scim/message/list.ts';
import type { Json, JsonObject } from '../../../scim/wire/message.ts';
import type { Asked, Change, Differences } from './wire.ts';

/** Keeps of an object the members that are named, in that order. */
export const only =
  (...names: readonly string[]): Change =>
  value => {
    if (!isObject(value)) return value;
    const kept = names.flatMap(name => (value[name] === undefined ? [] : [[name, value[name]] as const]));
    return Object.fromEntries(kept);
  };

/** Changes every element of a list. */
export const each =
  (change: Change): Change =>
  (value, shown) =>
    Array.isArray(value) ? value.map((element: Json) => change(element, shown) ?? element) : value;

/** One change after the other. */
export const both =
  (first: Change, second: Change): Change =>
  (value, shown) =>
    second(first(value, shown) ?? null, shown);

/** Gives a member of an object another name. */
export const renamed =
  (from: string, to: string): Change =>
  value =>
    isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name === from ? to : name, member]))
      : value;

/** A resource with its differences, and with what stands for no value where that is asked for. */
export function differ({ changes = {}, fills = {} }: Differences, shown: JsonObject, asked: Asked): JsonObject {
  const changed = Object.entries(shown).flatMap(([name, value]) => {
    const change = Object.hasOwn(changes, name) ? changes[name] : undefined;
    const next = change ? change(value, shown) : value;
    return next === undefined ? [] : [[name, next] as const];
  });
  return fill(Object.fromEntries(changed), fills, asked);
}

function fill(resource: JsonObject, fills: JsonObject, asked: Asked): JsonObject {
  const filled: Record<string, Json> = { ...resource };
  for (const [name, blank] of Object.entries(fills)) {
    const value = resource[name];
    const inside: Asked = part => asked(`${name}.${part}`);
    const [pattern] = Array.isArray(blank) ? (blank as readonly Json[]) : [];
    if (isObject(blank)) {
      if (isObject(value)) filled[name] = fill(value, blank, inside);
      else Object.assign(filled, alone(name, blank, asked));
    } else if (isObject(pattern)) {
      if (value === undefined)
        Object.assign(
          filled,
          alone(name, pattern, asked, made => [made]),
        );
      if (Array.isArray(value)) {
        filled[name] = value.map((element: Json) => (isObject(element) ? fill(element, pattern, inside) : element));
      }
    } else if (value === undefined && asked(name)) filled[name] = blank;
  }
  return filled;
}

/** What is shown of a value of which nothing is asked for but parts that are blank. */
function alone(name: string, blank: JsonObject, asked: Asked, wrap = (made: JsonObject): Json => made): JsonObject {
  const made = asked(name) ? {} : fill({}, blank, part => asked(`${name}.${part}`));
  return Object.keys(made).length > 0 ? { [name]: wrap(made) } : {};
}
