import { isObject } from '../../scim/message/list.ts';
import { ENTERPRISE_USER } from '../../scim/message/urn.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import type { Person } from '../directory/model.ts';

/** Text fields of a person, the ones a direct mapping can copy. */
type TextField = { [K in keyof Person]: Person[K] extends string ? K : never }[keyof Person];

/**
 * One row of the mapping screen (JC-33): where a SCIM attribute gets its value from. `target` is written as there:
 * `userName`, `name.givenName`, `$enterpriseUser.department` (JC-27).
 */
export type AttributeMapping = { readonly target: string } & (
  | { readonly kind: 'direct'; readonly source: TextField }
  | { readonly kind: 'constant'; readonly value: string }
  | {
      readonly kind: 'computed';
      /** `providerUser` is the service provider's user as last read, without members on create. */
      readonly compute: (jcUser: Person, providerUser: JsonObject) => Json | undefined;
    }
);

/** A mapped value and the members that lead to it, an extension's URN first. */
export interface MappedValue {
  readonly path: readonly [string, ...string[]];
  readonly value: Json;
}

/** Values of all mappings that give one; empty results are left out (JC-Q31). */
export function mapPerson(
  mappings: readonly AttributeMapping[],
  person: Person,
  providerUser: JsonObject,
): readonly MappedValue[] {
  return mappings.flatMap(mapping => {
    const value = valueOf(mapping, person, providerUser);
    return isEmpty(value) ? [] : [{ path: pathOf(mapping.target), value }];
  });
}

function valueOf(mapping: AttributeMapping, person: Person, providerUser: JsonObject): Json | undefined {
  switch (mapping.kind) {
    case 'direct':
      return person[mapping.source];
    case 'constant':
      return mapping.value;
    case 'computed':
      return mapping.compute(person, providerUser);
  }
}

const ENTERPRISE_PREFIX = '$enterpriseUser.';

function pathOf(target: string): MappedValue['path'] {
  if (target.startsWith(ENTERPRISE_PREFIX)) return [ENTERPRISE_USER, target.slice(ENTERPRISE_PREFIX.length)];
  const [first = target, ...rest] = target.split('.');
  return [first, ...rest];
}

function isEmpty(value: Json | undefined): value is undefined | null | '' {
  if (value === undefined || value === null || value === '') return true;
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}
