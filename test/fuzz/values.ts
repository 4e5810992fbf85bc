import { attribute, type Attribute, type ResourceType } from '../../scim/schema/index.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import type { Random } from './random.ts';

/** The only password that is ever sent, so that an answer that holds it gives a secret away. */
export const PASSWORD = 'pw-7d1e-never-shown';

/** Names that every JavaScript object answers to. */
export const inherited = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
];

const texts: readonly (readonly [number, (random: Random) => string])[] = [
  [30, random => `name${random.below(300)}`],
  [10, random => `Name${random.below(300)}`],
  [4, random => `person${random.below(300)}@example.com`],
  [3, () => ''],
  [2, () => ' \t '],
  [3, random => random.pick(['Zoë', 'Łukasz', 'ß', 'İstanbul', '日本語', '👩‍👩‍👧', 'עברית', 'e\u0301'])],
  [2, random => random.pick(['\u0000', '\u0007bell', '\ud800', '\udfff\ud800', '\uffff', '\u2028', '\ufeff'])],
  [2, random => random.pick(inherited)],
  [1, random => 'long'.repeat(1 + random.below(3000))],
  [
    3,
    random => random.pick(['"', '\\', "' or 1=1 --", '<script>', '%00', '../..', '${7*7}', 'null', 'true', '0', '-1']),
  ],
  [
    2,
    random => random.pick(['2024-02-29T12:00:00Z', '2023-02-29T12:00:00Z', '2024-01-01', 'W/"1"', 'bulkId:a', 'QUJD']),
  ],
];

export const text = (random: Random): string => random.weighted(texts)(random);

const numbers = [0, 1, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e21, 1e308, 5e-324, 999_999_999_999_999];

/** Any JSON, not too deep. */
export function anything(random: Random, depth = 3): Json {
  return random.weighted<() => Json>([
    [5, () => text(random)],
    [2, () => random.pick(numbers)],
    [2, () => random.chance(0.5)],
    [2, () => null],
    [depth > 0 ? 2 : 0, () => Array.from({ length: random.below(4) }, () => anything(random, depth - 1))],
    [depth > 0 ? 2 : 0, () => members(random, depth - 1)],
  ])();
}

function members(random: Random, depth: number): JsonObject {
  const names = ['value', 'type', 'primary', '$ref', 'display', 'x', ...inherited];
  return Object.fromEntries(
    Array.from({ length: random.below(4) }, () => [random.pick(names), anything(random, depth)] as const),
  );
}

/** A value for an attribute; mostly of its type. */
export function valueFor(random: Random, definition: Attribute, ids: readonly string[]): Json {
  if (random.chance(0.03)) return anything(random);
  if (!definition.multiValued) return oneFor(random, definition, ids);
  const length = random.weighted([
    [20, 1],
    [10, 2],
    [4, 3],
    [3, 0],
    [1, 40],
  ]);
  return Array.from({ length }, () => oneFor(random, definition, ids));
}

function oneFor(random: Random, definition: Attribute, ids: readonly string[]): Json {
  switch (definition.type) {
    case 'boolean':
      return random.chance(0.95) ? random.chance(0.5) : random.pick(['true', 'False', '', 0, 1]);
    case 'integer':
    case 'decimal':
      return random.pick(numbers);
    case 'dateTime':
      return random.pick(['2024-02-29T12:00:00Z', '2024-02-29T12:00:00.123+05:30', '2024-13-01T00:00:00Z', '']);
    case 'binary':
      return random.pick(['QUJD', 'QUI=', 'QU==', 'A', '%%%', '']);
    case 'reference':
      return random.pick(['https://example.com/a', '/Users/x', 'urn:x:y', 'not a uri', '']);
    case 'complex':
      return object(random, definition.subAttributes ?? [], ids, 0.5);
    default:
      if (definition.name === 'password') return PASSWORD;
      if (definition.name === 'value' && random.chance(0.5) && ids.length > 0) return random.pick(ids);
      if (definition.canonicalValues && random.chance(0.8)) return random.pick(definition.canonicalValues);
      return text(random);
  }
}

/** An object of attributes: some of those there are, now and then one there is not. */
export function object(
  random: Random,
  definitions: readonly Attribute[],
  ids: readonly string[],
  probability: number,
): JsonObject {
  const made = random.some(definitions, probability).map(definition => {
    const name = random.chance(0.03) ? recase(random, definition.name) : definition.name;
    return [name, valueFor(random, definition, ids)] as const;
  });
  if (random.chance(0.04)) made.push([random.pick([...inherited, 'nobody', 'id', 'meta', '']), anything(random)]);
  return Object.fromEntries(made);
}

/** A resource that the type may well take. */
export function resource(random: Random, { schema, extensions }: ResourceType, ids: readonly string[]): JsonObject {
  const required = schema.attributes.filter(definition => definition.required);
  const rest = schema.attributes.filter(definition => !definition.required);
  const extension = random.chance(0.3) ? extensions[0]?.schema : undefined;
  return {
    schemas: random.chance(0.03)
      ? anything(random)
      : [schema.id, ...(extension && random.chance(0.8) ? [extension.id] : [])],
    ...(random.chance(0.97) && object(random, required, ids, 1)),
    ...object(random, [attribute('externalId', 'string', ''), ...rest], ids, 0.25),
    ...(extension && { [extension.id]: object(random, extension.attributes, ids, 0.5) }),
  };
}

/** A name in another case. */
export const recase = (random: Random, name: string): string =>
  random.pick([name.toUpperCase(), name.toLowerCase(), name.charAt(0).toUpperCase() + name.slice(1)]);
