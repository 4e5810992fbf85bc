import { declares, ScimError } from '../../../scim/message/error.ts';
import { isObject } from '../../../scim/message/list.ts';
import { PATCH_OP } from '../../../scim/message/urn.ts';
import type { Json } from '../../../scim/wire/message.ts';
import { memberOf } from '../read.ts';
import { invalidPath, invalidSyntax, invalidValue, noTarget } from '../refusal.ts';
import { kindOf } from '../value.ts';
import type { PatchSettings } from './settings.ts';

/** One operation, its shape checked. */
export type Operation =
  | { readonly op: 'add' | 'replace'; readonly path: string | undefined; readonly value: Json }
  | { readonly op: 'remove'; readonly path: string; readonly value: Json | undefined };

/**
 * How many operations one message may hold; a value path among the members of an operation without path counts as one.
 * Each may go through a whole list, so that without a bound a small message could cause work without end.
 */
const maxOperations = 1000;

/**
 * Reads the message of a PATCH (RFC 7644 section 3.5.2); names of members and operations may have any case.
 * @throws {ScimError} 400 `invalidSyntax`; 400 `invalidValue` for an `add` or `replace` without value, 400 `noTarget` for a
 * `remove` without path, 413 for more operations than are taken
 */
export function readOperations(body: Json, settings: PatchSettings): readonly Operation[] {
  if (!isObject(body)) throw invalidSyntax(`The body of a PATCH is a JSON object, not ${kindOf(body)}.`);
  if (settings.missingSchemas !== 'accept' && !declares(body, PATCH_OP)) {
    throw invalidSyntax(`"schemas" has to name "${PATCH_OP}".`);
  }
  const operations = memberOf(body, 'Operations');
  if (!Array.isArray(operations) || operations.length === 0) {
    throw invalidSyntax('"Operations" takes an array of at least one operation.');
  }
  if (operations.reduce((sum: number, operation: Json) => sum + 1 + countValuePaths(operation), 0) > maxOperations) {
    throw new ScimError(413, undefined, `"Operations" takes at most ${maxOperations} operations; send the rest apart.`);
  }
  return operations.map((operation: Json, at) => readOperation(operation, at + 1));
}

function countValuePaths(operation: Json): number {
  const value = isObject(operation) ? memberOf(operation, 'value') : undefined;
  return isObject(value) ? Object.keys(value).filter(name => name.includes('[')).length : 0;
}

function readOperation(operation: Json, number: number): Operation {
  const name = `Operation ${number}`;
  if (!isObject(operation)) throw invalidSyntax(`${name} takes an object, not ${kindOf(operation)}.`);
  const given = memberOf(operation, 'op');
  const op = typeof given === 'string' ? given.toLowerCase() : undefined;
  const path = memberOf(operation, 'path') ?? undefined;
  const value = memberOf(operation, 'value');
  if (path !== undefined && typeof path !== 'string')
    throw invalidPath(`${name}: "path" takes text, not ${kindOf(path)}.`);
  switch (op) {
    case 'add':
    case 'replace':
      if (value === undefined) throw invalidValue(`${name}: "${op}" needs a "value".`);
      return { op, path, value };
    case 'remove':
      if (path === undefined) throw noTarget(`${name}: "remove" needs a "path".`);
      return { op, path, value };
    default:
      throw invalidSyntax(`${name}: "op" has to be add, remove or replace.`);
  }
}
