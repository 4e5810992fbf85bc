import { ScimError } from '../../../scim/message/error.ts';
import { isObject } from '../../../scim/message/list.ts';
import type { Json } from '../../../scim/wire/message.ts';
import { sameJson } from '../equal.ts';
import { requireAll } from '../read.ts';
import type { Resource } from '../resource.ts';
import { schemasInUse, type CompiledType } from '../type.ts';
import { spendOnChange, type Spend } from '../work.ts';
import { applyOperation } from './apply.ts';
import { readOperations } from './operation.ts';
import { defaultSettings, type PatchSettings } from './settings.ts';

export { defaultSettings, type PatchSettings } from './settings.ts';

/**
 * Applies the message of a PATCH to a resource (RFC 7644 section 3.5.2): all operations in turn, or none.
 * @returns the same object when nothing changed
 * @throws {ScimError} 400 `invalidSyntax`, `invalidPath`, `invalidFilter`, `invalidValue`, `noTarget` or `mutability`,
 * naming the operation; 413 when the operations go through long lists too often
 */
export function applyPatch(
  type: CompiledType,
  body: Json,
  current: Resource,
  settings: PatchSettings = defaultSettings,
  spend: Spend = spendOnChange(),
): Resource {
  const operations = readOperations(body, settings);
  const run = { settings, spend };
  let resource = current;
  for (const [at, operation] of operations.entries()) {
    try {
      resource = applyOperation(type, resource, operation, run);
    } catch (error) {
      if (operations.length === 1 || !(error instanceof ScimError)) throw error;
      throw new ScimError(error.status, error.scimType, `Operation ${at + 1}: ${error.message}`, { cause: error });
    }
  }
  return resource === current ? current : settle(type, resource, current);
}

/** Brings `schemas` in line with the data, and sees that nothing required is missing and whether anything changed. */
function settle(type: CompiledType, changed: Resource, current: Resource): Resource {
  requireAll(type.attributes, changed);
  let moved = false;
  for (const { urn, attributes } of type.extensions) {
    const data = changed[urn];
    if (isObject(data)) requireAll(attributes, data);
    moved ||= (data === undefined) !== (current[urn] === undefined);
  }
  const resource = moved ? { ...changed, schemas: schemasInUse(type, changed) } : changed;
  return sameJson(resource, current) ? current : resource;
}
