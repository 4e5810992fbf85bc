import { isObject } from '../../scim/message/list.ts';
import { ENTERPRISE_USER } from '../../scim/message/urn.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import { suggest } from '../../text/suggest.ts';
import type { Person } from '../directory/model.ts';
import { compile, contextOf, ExprError, TYPES, type Expression, type ValueMap } from './expr/index.ts';
import { jcUserFields, jcUserOf, jcUserType } from './jc-user.ts';
import { jumpcloudFunctions } from './jumpcloud-functions.ts';

/**
 * One row of the mapping screen (JC-33): where a SCIM attribute gets its value from. `target` is written as there:
 * `userName`, `name.givenName`, `$enterpriseUser.department` (JC-27).
 */
export type AttributeMapping = { readonly target: string } & (
  | {
      readonly kind: 'direct';
      /** A member of `jcUser`. */
      readonly source: string;
    }
  | {
      readonly kind: 'custom';
      /** Name of a custom attribute, told apart with its case (JC-34). */
      readonly source: string;
    }
  | { readonly kind: 'constant'; readonly value: string }
  | {
      readonly kind: 'expression';
      /** Over `jcUser` and `providerUser`: the service provider's user as last read, without members on create. */
      readonly expression: string;
    }
);

/** A mapped value and the members that lead to it, an extension's URN first. */
export interface MappedValue {
  readonly path: readonly [string, ...string[]];
  readonly value: Json;
}

/** What mappings make of a person. */
export interface MappedPerson {
  readonly values: readonly MappedValue[];
  /** A line for each mapping whose expression failed, its target first: that attribute has no value (JC-Q33a). */
  readonly problems: readonly string[];
}

/**
 * Values of all mappings that give one; empty results are left out (JC-Q31), and so are those of an expression that
 * fails. Whether a user can be sent without one of them is the caller's to say (JC-Q33b).
 * @param now milliseconds since the epoch, for expressions that ask
 */
export function mapPerson(
  mappings: readonly AttributeMapping[],
  person: Person,
  providerUser: JsonObject,
  now: () => number,
): MappedPerson {
  const values: MappedValue[] = [];
  const problems: string[] = [];
  let context: ValueMap | undefined;
  const evaluate = (mapping: AttributeMapping & { readonly kind: 'expression' }): Json | undefined => {
    context ??= new Map([['jcUser', jcUserOf(person)], ...contextOf(mapping.expression, { providerUser })]);
    return expressionOf(mapping).evaluate(context, now);
  };
  for (const mapping of mappings) {
    try {
      const value = mapping.kind === 'expression' ? evaluate(mapping) : valueOf(mapping, person);
      if (!isEmpty(value)) values.push({ path: pathOf(mapping), value });
    } catch (error) {
      problems.push(`${mapping.target}: ${faultOf(error)}`);
    }
  }
  return { values, problems };
}

function valueOf(
  mapping: Exclude<AttributeMapping, { readonly kind: 'expression' }>,
  person: Person,
): Json | undefined {
  switch (mapping.kind) {
    case 'direct':
      return asJson(jcUserFields.get(mapping.source)?.(person));
    case 'custom':
      return person.attributes.find(({ name }) => name === mapping.source)?.value;
    case 'constant':
      return mapping.value;
  }
}

function asJson(value: unknown): Json | undefined {
  if (typeof value === 'string' || typeof value === 'boolean' || value === undefined) return value;
  const json: Json = JSON.parse(JSON.stringify(value));
  return json;
}

/** What an expression can name: a member of `jcUser` that there is none of is a mistake. */
const NAMES = {
  functions: jumpcloudFunctions,
  roots: new Map([
    ['jcUser', jcUserType],
    ['providerUser', TYPES.map],
  ]),
};

/** Rows are read once; they are not changed but replaced. */
const compiled = new WeakMap<AttributeMapping, Expression>();

function expressionOf(mapping: AttributeMapping & { readonly kind: 'expression' }): Expression {
  const known = compiled.get(mapping) ?? compile(mapping.expression, NAMES);
  compiled.set(mapping, known);
  return known;
}

/** What is wrong with a row, so that it can be said when the mappings are saved; undefined if nothing is. */
export function mappingMistake(mapping: AttributeMapping): string | undefined {
  const { target, kind } = mapping;
  if (!/^(?:\$enterpriseUser\.)?[A-Za-z][\w-]*(?:\.[A-Za-z][\w-]*)*$/.test(target)) {
    return `${JSON.stringify(target)} is no SCIM attribute; write one such as title, name.givenName or $enterpriseUser.department`;
  }
  if (kind === 'direct' && !jcUserFields.has(mapping.source)) {
    return `${target}: a user has no field ${mapping.source}${suggest(mapping.source, [...jcUserFields.keys()])}`;
  }
  if (kind !== 'expression') return undefined;
  try {
    expressionOf(mapping);
    return undefined;
  } catch (error) {
    return `${target}: ${faultOf(error)}`;
  }
}

/** @throws what is no fault of an expression */
function faultOf(error: unknown): string {
  if (error instanceof ExprError) return error.message;
  throw error;
}

const ENTERPRISE = '$enterpriseUser';

const paths = new WeakMap<AttributeMapping, MappedValue['path']>();

function pathOf(mapping: AttributeMapping): MappedValue['path'] {
  const known = paths.get(mapping);
  if (known) return known;
  const [first = mapping.target, ...rest] = mapping.target.split('.');
  const path = [first === ENTERPRISE ? ENTERPRISE_USER : first, ...rest] as const;
  paths.set(mapping, path);
  return path;
}

function isEmpty(value: Json | undefined): value is undefined | null | '' {
  if (value === undefined || value === null || value === '') return true;
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}
