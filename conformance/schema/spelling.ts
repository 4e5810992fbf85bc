import { isObject } from '../../scim/message/list.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import { attributeNamed, type DeclaredAttribute, type DeclaredType } from '../run/declared.ts';
import { isUnset } from '../run/state.ts';
import { commonNames, predefinedParts } from './json-schema.ts';

/** Names by their lower-case form, with how they are written and what stands below them. */
type Spelling = ReadonlyMap<string, { readonly name: string; readonly below: Spelling }>;

const plain = (names: readonly string[], below: Spelling = new Map()): Spelling =>
  new Map(names.map(name => [name.toLowerCase(), { name, below }]));

const nothing = plain([]);
const metaParts = plain(['resourceType', 'created', 'lastModified', 'location', 'version']);

const ofAttributes = (
  published: readonly DeclaredAttribute[],
  standard: readonly DeclaredAttribute[],
  also: readonly string[] = [],
): Spelling =>
  new Map([
    ...plain(also),
    ...[...standard, ...published].map(({ name }) => {
      const [told, fixed] = [attributeNamed(published, name), attributeNamed(standard, name)];
      const [parts, others] = [told?.subAttributes ?? [], fixed?.subAttributes ?? []];
      const below = parts.length + others.length > 0 ? ofAttributes(parts, others, predefinedParts) : nothing;
      return [name.toLowerCase(), { name: told?.name ?? name, below }] as const;
    }),
  ]);

/** How the names of a resource type are written: as the target publishes them, and otherwise as the RFC has them. */
export function spellingOf({ base, extensions }: DeclaredType, standard: DeclaredType): Spelling {
  const fixed = (urn: string) => standard.extensions.find(extension => extension.urn === urn)?.attributes ?? [];
  const names = extensions.map(({ urn, attributes }) => [urn, ofAttributes(attributes, fixed(urn))] as const);
  return new Map([
    ...plain([...commonNames, 'password']),
    ...plain(['meta'], metaParts),
    ...names.flatMap(([, below]) => [...below]),
    ...names.map(([urn, below]) => [urn.toLowerCase(), { name: urn, below }] as const),
    ...ofAttributes(base.attributes, standard.base.attributes),
  ]);
}

/**
 * A value with its names in the known spelling, since case does not count in them (RFC 7643 section 2.1), and without
 * members that have no value, which is the same as being absent (section 2.5). Unknown names stay as they are.
 */
export function respelt(value: JsonObject, spelling: Spelling): JsonObject {
  const out: Record<string, Json> = {};
  for (const [written, member] of Object.entries(value)) {
    if (isUnset(member)) continue;
    const known = spelling.get(written.toLowerCase());
    out[known?.name ?? written] = inner(member, known?.below ?? nothing);
  }
  return out;
}

function inner(value: Json, spelling: Spelling): Json {
  if (Array.isArray(value)) {
    return (value as readonly Json[]).filter(entry => entry !== null).map(entry => inner(entry, spelling));
  }
  return isObject(value) ? respelt(value, spelling) : value;
}
