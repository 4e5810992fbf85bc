import { isObject } from '../../scim/message/list.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import { traitOf } from '../run/attributes.ts';
import { expect } from '../run/expect.ts';
import type { CoreType, Facts } from '../run/facts.ts';

/** Members that a provider shows or leaves out as it likes, or that change by themselves. */
const free = new Set(['id', 'schemas', 'meta', 'groups']);

/** Leaves of a resource by their paths, each with all its values; arrays in any order. */
type Leaves = ReadonlyMap<string, string>;

function leavesOf(resource: JsonObject): Leaves {
  const found = new Map<string, string[]>();
  const visit = (path: string, value: Json | undefined): void => {
    if (Array.isArray(value)) {
      for (const one of value as readonly Json[]) visit(path, one);
    } else if (isObject(value)) {
      // An extension is an object under its URN, and its attributes are named with a colon.
      const extension = /^urn:/i.test(path) && Object.hasOwn(resource, path);
      for (const [name, member] of Object.entries(value)) visit(`${path}${extension ? ':' : '.'}${name}`, member);
    } else if (value !== undefined && value !== null) {
      found.set(path, [...(found.get(path) ?? []), JSON.stringify(value)]);
    }
  };
  for (const [name, value] of Object.entries(resource)) if (!free.has(name)) visit(name, value);
  return new Map([...found].map(([path, values]) => [path, values.sort().join(' ')]));
}

/** Whether a path is the attribute or part of it. */
const below = (path: string, attribute: string): boolean =>
  path === attribute || path.startsWith(`${attribute}.`) || path.startsWith(`${attribute}:`);

/** What a projection is judged by. */
export interface Projection {
  readonly facts: Facts;
  readonly type?: CoreType;
  /** The resource as it is without any projection. */
  readonly whole: JsonObject;
  readonly shown: JsonObject;
}

/** Whether the target publishes the path, or what it is part of, as returned in that way. */
const isReturned = (way: 'always' | 'request', facts: Facts, type: CoreType, path: string): boolean =>
  [path, path.replace(/\.[^.:]+$/, '')].some(each => traitOf(facts, type, each)?.returned === way);

/** The attributes asked for and nothing else by default. @throws Violation */
export function expectOnly({ facts, type = 'User', whole, shown }: Projection, wanted: readonly string[]): void {
  expect.equal(shown['id'], whole['id'], 'the id');
  const all = leavesOf(whole);
  const came = leavesOf(shown);
  for (const [path, value] of all) {
    if (wanted.some(attribute => below(path, attribute))) expect.equal(came.get(path), value, `${path} as asked for:`);
  }
  const surplus = [...came.keys()].filter(
    path => !wanted.some(attribute => below(path, attribute)) && !isReturned('always', facts, type, path),
  );
  expect.set(surplus, [], 'no attributes beside those asked for:');
}

/** Everything but the attributes named, unless they are always there. @throws Violation */
export function expectWithout({ facts, type = 'User', whole, shown }: Projection, dropped: readonly string[]): void {
  expect.equal(shown['id'], whole['id'], 'the id');
  const came = leavesOf(shown);
  for (const [path, value] of leavesOf(whole)) {
    const isUnasked = isReturned('request', facts, type, path) && !came.has(path);
    if (!dropped.some(attribute => below(path, attribute)) && !isUnasked) {
      expect.equal(came.get(path), value, `${path} as without the parameter:`);
    }
  }
  const left = [...came.keys()].filter(
    path => dropped.some(attribute => below(path, attribute)) && !isReturned('always', facts, type, path),
  );
  expect.set(left, [], 'nothing of what was to be left out:');
}
