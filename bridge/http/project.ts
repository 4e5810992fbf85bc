import type { JsonObject } from '../../scim/wire/message.ts';
import { compileProjection } from '../resource/projection.ts';
import type { Resource } from '../resource/resource.ts';
import { findExtension, resolvePath } from '../resource/type.ts';
import type { Parameters } from './parameters.ts';
import type { Wanted } from './present.ts';
import type { ServedType } from './provider.ts';

/** What a request is shown of a resource. */
interface Projection {
  readonly project: (resource: Resource) => JsonObject;
  /** Says which members can survive `project` at all. */
  readonly wanted: Wanted;
}

const everything: Wanted = () => true;

/**
 * @param also attributes returned on request that the request has set
 * @throws ScimError 400 for lists that contradict each other
 */
export function projectionFor(served: ServedType, parameters: Parameters, also: readonly string[] = []): Projection {
  const { attributes, excludedAttributes } = parameters;
  if (attributes === undefined && excludedAttributes === undefined && also.length === 0) {
    return { project: served.projection, wanted: everything };
  }
  const project = compileProjection(served.compiled, {
    ...(attributes && { attributes }),
    ...(excludedAttributes && { excludedAttributes }),
    also,
  });
  return { project, wanted: wanted(served, attributes, excludedAttributes) };
}

function wanted(
  { compiled }: ServedType,
  attributes: readonly string[] | undefined,
  excludedAttributes: readonly string[] | undefined,
): Wanted {
  const member = (path: string, whole: boolean): string | undefined => {
    const target = resolvePath(compiled, path);
    if (!target) return findExtension(compiled, path)?.urn;
    if (whole && (target.sub || target.extension)) return undefined;
    return target.extension?.urn ?? target.attribute.name;
  };
  if (attributes !== undefined) {
    const named = new Set(attributes.map(path => member(path, false)));
    for (const { name, returned } of compiled.attributes.list) if (returned === 'always') named.add(name);
    return attribute => named.has(attribute);
  }
  const dropped = new Set(excludedAttributes?.map(path => member(path, true)));
  return attribute => !dropped.has(attribute);
}
