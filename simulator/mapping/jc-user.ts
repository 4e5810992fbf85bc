import { EMPTY_PERSON, type Person } from '../directory/model.ts';
import { ELEMENTS, systemUserFields } from '../directory/system-user.ts';
import { fromJson, listOf, TYPES, type StaticType, type Value, type ValueMap } from './expr/index.ts';

/**
 * Members of `jcUser`: those of API v1's system user, and under the names of the mapping screens too where these differ
 * (jumpcloud.md 4.1).
 */
export const jcUserFields: ReadonlyMap<string, (person: Person) => unknown> = new Map([
  ...Object.entries(systemUserFields),
  ['id', ({ id }) => id],
  ['jobtitle', ({ jobTitle }) => jobTitle],
]);

/** What is known of `jcUser` before there is one: it finds misspelt members when a mapping is saved. */
export const jcUserType: StaticType = {
  kind: 'map',
  members: new Map(
    Array.from(jcUserFields, ([name, read]) => [name, typeOf(name, read({ id: '', ...EMPTY_PERSON }))] as const),
  ),
};

function typeOf(name: string, value: unknown): StaticType {
  const elements = Object.entries(ELEMENTS).find(([list]) => list === name)?.[1];
  if (elements) return listOf({ kind: 'map', members: new Map(elements.map(member => [member, TYPES.unknown])) });
  if (typeof value === 'string') return TYPES.string;
  return typeof value === 'boolean' ? TYPES.bool : TYPES.map;
}

/**
 * A person as expressions see them: absent text is empty text and an absent list an empty one, so that the default
 * mappings work for everybody (jumpcloud.md 4.3).
 */
export function jcUserOf(person: Person): ValueMap {
  const members = new Map<Value, Value>();
  for (const [name, read] of jcUserFields) members.set(name, fromJson(read(person)));
  return members;
}
