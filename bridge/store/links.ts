import type { Attribute, ResourceType } from '../../scim/schema/index.ts';

/** An attribute whose values name other resources by id in `value`. */
export interface Link {
  /** Name of the attribute. */
  readonly attribute: string;
  /** URN of the extension it belongs to; absent for the base schema. */
  readonly extension: string | undefined;
  /** As in a filter: `members.value`. */
  readonly path: string;
  readonly steps: readonly string[];
  readonly multiValued: boolean;
  /** Names of the resource types it may lead to. */
  readonly targets: readonly string[];
  /** The sub-attribute that shows the name of the target, and whether there is one for its resource type. */
  readonly label: string | undefined;
  readonly typed: boolean;
}

/** The links of one resource type. */
export interface TypeLinks {
  /** Links that clients write. */
  readonly forward: readonly Link[];
  /** Links the service provider derives: who holds this resource in a multi-valued link of theirs. */
  readonly inverse: readonly Link[];
}

/**
 * Finds the links of resource types in their schemas: complex attributes with a `value` and a `$ref` that leads to a
 * resource type served here (RFC 7643 sections 2.3.7 and 2.4). What a client may write is a forward link; what is
 * readOnly is the other end of somebody's forward link.
 */
export function linksOf(types: readonly ResourceType[]): ReadonlyMap<string, TypeLinks> {
  const names = new Set(types.map(type => type.name));
  return new Map(
    types.map(type => {
      const found = [
        ...linksIn(type.schema.attributes, undefined, names),
        ...type.extensions.flatMap(({ schema }) => linksIn(schema.attributes, schema.id, names)),
      ];
      return [
        type.name,
        {
          forward: found.filter(({ readOnly }) => !readOnly).map(({ link }) => link),
          inverse: found.filter(({ readOnly, link }) => readOnly && link.multiValued).map(({ link }) => link),
        },
      ];
    }),
  );
}

function linksIn(
  attributes: readonly Attribute[],
  extension: string | undefined,
  names: ReadonlySet<string>,
): { link: Link; readOnly: boolean }[] {
  return attributes.flatMap(attribute => {
    const sub = (name: string): Attribute | undefined =>
      attribute.subAttributes?.find(candidate => candidate.name === name);
    const targets = sub('$ref')?.referenceTypes?.filter(name => names.has(name)) ?? [];
    if (targets.length === 0 || !sub('value')) return [];
    const link: Link = {
      attribute: attribute.name,
      extension,
      path: `${extension === undefined ? '' : `${extension}:`}${attribute.name}.value`,
      steps: [...(extension === undefined ? [] : [extension]), attribute.name, 'value'],
      multiValued: attribute.multiValued,
      targets,
      label: ['display', 'displayName'].find(name => sub(name)),
      typed: sub('type') !== undefined,
    };
    return [{ link, readOnly: attribute.mutability === 'readOnly' }];
  });
}
