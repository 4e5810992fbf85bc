import type { Attribute, ResourceType } from '../../scim/schema/index.ts';
import type { Random } from './random.ts';
import { inherited, recase, text } from './values.ts';

/** An attribute a path leads to. */
export interface Place {
  readonly path: string;
  readonly definition: Attribute;
  /** The attribute whose sub-attribute that is. */
  readonly parent: Attribute | undefined;
}

/** All attributes and sub-attributes of a type. */
export function placesOf({ schema, extensions }: ResourceType): readonly Place[] {
  const of = (attributes: readonly Attribute[], prefix: string): Place[] =>
    attributes.flatMap(definition => [
      { path: prefix + definition.name, definition, parent: undefined },
      ...(definition.subAttributes ?? []).map(sub => ({
        path: `${prefix}${definition.name}.${sub.name}`,
        definition: sub,
        parent: definition,
      })),
    ]);
  return [...of(schema.attributes, ''), ...extensions.flatMap(({ schema }) => of(schema.attributes, `${schema.id}:`))];
}

const oddPaths = [
  'id',
  'meta',
  'meta.created',
  'meta.lastModified',
  'schemas',
  'externalId',
  'nobody',
  'name.',
  '.name',
  'name..x',
  'urn:',
  '',
  'urn:ietf:params:scim:schemas:core:2.0:User',
  'urn:ietf:params:scim:schemas:core:2.0:User:userName',
  '$ref',
  'members.$ref',
  ...inherited,
  ...inherited.map(name => `name.${name}`),
  'emails[0]',
  'emails[',
  'emails[]',
  'emails[type eq "work"',
  'a b',
];

const operators = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'];

/** The path of an attribute; now and then one that is odd. */
export const path = (random: Random, places: readonly Place[]): string => {
  if (random.chance(0.06)) return random.pick(oddPaths);
  const { path } = random.pick(places);
  return random.chance(0.06) ? recase(random, path) : path;
};

/** The path of a PATCH operation, and what it leads to as far as the generator knows. */
export function patchPath(
  random: Random,
  places: readonly Place[],
): { path: string; definition: Attribute | undefined } {
  if (random.chance(0.06)) return { path: random.pick(oddPaths), definition: undefined };
  const { path, definition } = random.pick(places);
  const subs = definition.subAttributes ?? [];
  if (!definition.multiValued || subs.length === 0 || random.chance(0.5)) return { path, definition };
  const filter = condition(
    random,
    subs.map(sub => ({ path: sub.name, definition: sub, parent: definition })),
  );
  if (random.chance(0.5)) return { path: `${path}[${filter}]`, definition: { ...definition, multiValued: false } };
  const sub = random.pick(subs);
  return { path: `${path}[${filter}].${sub.name}`, definition: sub };
}

/** A filter: mostly grammatical, mostly about attributes that are there. */
export function filter(random: Random, places: readonly Place[]): string {
  const made = random.weighted<() => string>([
    [50, () => condition(random, places)],
    [12, () => nested(random, places, 3)],
    [1, () => `${'('.repeat(1 + random.below(80))}${condition(random, places)}${')'.repeat(1 + random.below(80))}`],
    [1, () => Array.from({ length: 1 + random.below(300) }, () => condition(random, places)).join(' or ')],
    [
      2,
      () => random.pick(['', ' ', '(', ')', 'not', 'and', 'or', 'pr', '"', 'userName', 'userName eq', '\\', '\u0000']),
    ],
  ])();
  return random.chance(0.05) ? damaged(random, made) : made;
}

function nested(random: Random, places: readonly Place[], depth: number): string {
  if (depth === 0 || random.chance(0.3)) return condition(random, places);
  const inner = (): string => nested(random, places, depth - 1);
  return random.weighted<() => string>([
    [4, () => `${inner()} ${random.pick(['and', 'or', 'AND', 'Or'])} ${inner()}`],
    [2, () => `(${inner()})`],
    [2, () => `not (${inner()})`],
  ])();
}

function condition(random: Random, places: readonly Place[]): string {
  const place = random.pick(places);
  const subs = place.definition.subAttributes ?? [];
  if (place.parent === undefined && subs.length > 0 && random.chance(0.5)) {
    return `${place.path}[${condition(
      random,
      subs.map(sub => ({ path: sub.name, definition: sub, parent: place.definition })),
    )}]`;
  }
  const name = random.chance(0.05) ? random.pick(oddPaths) : place.path;
  if (random.chance(0.15)) return `${name} ${random.pick(['pr', 'PR'])}`;
  const operator = random.chance(0.95) ? random.pick(operators) : random.pick(['EQ', 'xx', '==', '', 'pr eq']);
  return `${name} ${operator} ${literal(random, place.definition)}`;
}

function literal(random: Random, { type }: Attribute): string {
  if (random.chance(0.05)) {
    return random.pick([
      'null',
      'true',
      '1',
      '-0',
      '1e999',
      '01',
      '0x1',
      "'a'",
      '"',
      '"\\x"',
      '"\\ud800"',
      '[]',
      '{}',
      'a',
    ]);
  }
  if (type === 'boolean') return random.pick(['true', 'false']);
  if (type === 'dateTime') return random.pick(['"2024-01-01T00:00:00Z"', '"2011-05-13T04:42:34+02:00"']);
  return JSON.stringify(text(random));
}

/** Text with a character taken out, put in, or changed. */
function damaged(random: Random, whole: string): string {
  const at = random.below(whole.length + 1);
  const rest = random.pick([0, 1]);
  return (
    whole.slice(0, at) +
    random.pick(['', '"', '(', ')', '[', ']', ' ', '\\', '.', '\u0000', 'é']) +
    whole.slice(at + rest)
  );
}
