import type {
  Attribute,
  AttributeType,
  Mutability,
  ResourceType,
  Returned,
  Uniqueness,
} from '../../scim/schema/index.ts';
import type { JsonObject } from '../../scim/wire/message.ts';
import { everyResource } from './every-resource.ts';

/** An attribute made ready for work: what reading, comparing and projecting ask of it again and again is decided. */
export interface CompiledAttribute {
  /** As the schema spells it; safe to look up in any plain object. */
  readonly name: string;
  /** Whole path as RFC 7644 section 3.10 writes it: `name.givenName`, `urn:…:enterprise:2.0:User:manager.value`. */
  readonly path: string;
  readonly type: AttributeType;
  readonly multiValued: boolean;
  readonly required: boolean;
  /** Whether values compare with case: `caseExact`, or a type that always does (RFC 7643 sections 2.3.6, 2.3.7). */
  readonly exact: boolean;
  readonly mutability: Mutability;
  readonly returned: Returned;
  readonly uniqueness: Uniqueness;
  /** True for what no answer may hold and no filter may ask: returned `never`, or writeOnly. */
  readonly secret: boolean;
  /** Sub-attributes of a complex attribute. */
  readonly subs: Attributes | undefined;
}

/** The attributes of a schema, or the sub-attributes of a complex attribute. */
export interface Attributes {
  readonly list: readonly CompiledAttribute[];
  /** By name as spelt and by name in lower case; ask through `findAttribute`. */
  readonly byName: ReadonlyMap<string, CompiledAttribute>;
  /** Those a client has to give. */
  readonly required: readonly CompiledAttribute[];
  /** Those a replacement may have to carry over, because clients may not change or cannot see them; not `id`, `meta`. */
  readonly kept: readonly CompiledAttribute[];
  /** The sub-attribute `value`, which stands for the whole element where no sub-attribute is named. */
  readonly value: CompiledAttribute | undefined;
  readonly type: CompiledAttribute | undefined;
  readonly primary: CompiledAttribute | undefined;
}

export interface CompiledExtension {
  readonly urn: string;
  readonly required: boolean;
  readonly attributes: Attributes;
}

/** What an attribute path leads to. */
export interface Target {
  /** The extension the attribute belongs to; undefined for the base schema. */
  readonly extension: CompiledExtension | undefined;
  readonly attribute: CompiledAttribute;
  readonly sub: CompiledAttribute | undefined;
}

/** A resource type made ready for work. */
export interface CompiledType {
  readonly type: ResourceType;
  /** Attributes of the base schema and those of every resource. */
  readonly attributes: Attributes;
  readonly extensions: readonly CompiledExtension[];
  /** By URN as spelt and in lower case; ask through `findExtension`. */
  readonly extensionByUrn: ReadonlyMap<string, CompiledExtension>;
  /** Every attribute path there is, as spelt and in lower case; ask through `resolvePath`. */
  readonly targets: ReadonlyMap<string, Target>;
  /** Attributes and sub-attributes that are returned on request only. */
  readonly onRequest: readonly Target[];
  /** Attributes and sub-attributes whose values have to be unique. */
  readonly unique: readonly Target[];
  /** `schemas` of a resource without extensions. */
  readonly baseSchemas: readonly string[];
}

/** Types whose values compare with case whatever the schema prints. */
const alwaysExact: ReadonlySet<AttributeType> = new Set<AttributeType>(['binary', 'reference']);

/**
 * Makes a resource type ready for work. Done once for each type; everything else takes the result.
 * @throws {TypeError} for a schema that breaks RFC 7643 section 2.1: two attributes of one name, or a name that is not
 * allowed. Names that every JavaScript object answers to (`constructor`) are refused too.
 */
export function compileType(type: ResourceType): CompiledType {
  const own = type.schema.attributes.filter(one => everyResource.every(base => key(base.name) !== key(one.name)));
  const all = compileAttributes([...everyResource, ...own], '');
  const attributes = { ...all, kept: all.kept.filter(({ name }) => name !== 'id' && name !== 'meta') };
  const extensions = type.extensions.map(({ schema, required }) => ({
    urn: schema.id,
    required,
    attributes: compileAttributes(schema.attributes, `${schema.id}:`),
  }));
  const odd = extensions.find(({ urn }) => urn in Object.prototype);
  if (odd) throw new TypeError(`The extension "${odd.urn}" of ${type.name} has no URN for an id.`);
  const targets = new Map<string, Target>();
  const note = (path: string, target: Target): void => {
    targets.set(path, target);
    targets.set(key(path), target);
  };
  for (const [extension, scope] of [
    [undefined, attributes] as const,
    ...extensions.map(extension => [extension, extension.attributes] as const),
  ]) {
    for (const attribute of scope.list) {
      for (const sub of [undefined, ...(attribute.subs?.list ?? [])]) {
        const target: Target = { extension, attribute, sub };
        note((sub ?? attribute).path, target);
        if (!extension) note(`${type.schema.id}:${(sub ?? attribute).path}`, target);
      }
    }
  }
  const distinct = [...new Set(targets.values())];
  return {
    type,
    attributes,
    extensions,
    extensionByUrn: new Map(extensions.flatMap(one => [[one.urn, one] as const, [key(one.urn), one] as const])),
    targets,
    onRequest: distinct.filter(({ attribute, sub }) => (sub ?? attribute).returned === 'request'),
    unique: distinct.filter(({ attribute, sub }) => (sub ?? attribute).uniqueness !== 'none'),
    baseSchemas: Object.freeze([type.schema.id]),
  };
}

/**
 * What an attribute path leads to: any case, with or without the URN of the base schema, extension attributes with the
 * URN of theirs (RFC 7644 section 3.10). Undefined when the type has no such attribute.
 */
export const resolvePath = (type: CompiledType, path: string): Target | undefined =>
  type.targets.get(path) ?? type.targets.get(key(path));

/** The attribute of a name in any case. */
export const findAttribute = (attributes: Attributes, name: string): CompiledAttribute | undefined =>
  attributes.byName.get(name) ?? attributes.byName.get(key(name));

/** The extension of a URN in any case. */
export const findExtension = (type: CompiledType, urn: string): CompiledExtension | undefined =>
  type.extensionByUrn.get(urn) ?? type.extensionByUrn.get(key(urn));

/** The `schemas` a resource has to carry: its base schema, and each extension it holds data of. */
export function schemasInUse(type: CompiledType, resource: JsonObject): readonly string[] {
  const schemas = [...type.baseSchemas];
  for (const { urn } of type.extensions) if (resource[urn] !== undefined) schemas.push(urn);
  return schemas;
}

const key = (name: string): string => name.toLowerCase();

function compileAttributes(definitions: readonly Attribute[], prefix: string): Attributes {
  const list = definitions.map(definition => compileAttribute(definition, prefix));
  const byName = new Map<string, CompiledAttribute>();
  for (const attribute of list) {
    if (byName.has(key(attribute.name))) throw new TypeError(`The schema has "${attribute.path}" twice.`);
    byName.set(attribute.name, attribute);
    byName.set(key(attribute.name), attribute);
  }
  return {
    list,
    byName,
    required: list.filter(
      ({ required, mutability, name }) => required && mutability !== 'readOnly' && name !== 'schemas',
    ),
    kept: list.filter(isKept),
    value: byName.get('value'),
    type: byName.get('type'),
    primary: byName.get('primary')?.type === 'boolean' ? byName.get('primary') : undefined,
  };
}

function compileAttribute(definition: Attribute, prefix: string): CompiledAttribute {
  const { name, type, multiValued, required, caseExact, mutability, returned, uniqueness, subAttributes } = definition;
  const path = prefix + name;
  if (!/^(?:[A-Za-z][\w$-]*|\$ref)$/.test(name) || name in Object.prototype) {
    throw new TypeError(`The schema has an attribute "${path}"; rename it to letters, digits, "-", "_" or "$".`);
  }
  return {
    name,
    path,
    type,
    multiValued,
    required,
    exact: caseExact || alwaysExact.has(type),
    mutability,
    returned,
    uniqueness,
    secret: returned === 'never' || mutability === 'writeOnly',
    subs: type === 'complex' ? compileAttributes(subAttributes ?? [], `${path}.`) : undefined,
  };
}

const isKept = ({ mutability, multiValued, subs }: CompiledAttribute): boolean =>
  mutability !== 'readWrite' || (!multiValued && subs !== undefined && subs.kept.length > 0);
