import { invalidPath } from '../refusal.ts';
import {
  findAttribute,
  findExtension,
  resolvePath,
  type CompiledExtension,
  type CompiledType,
  type Target,
} from '../type.ts';
import { parsePath, type Filter } from '../filter/index.ts';

/** What the path of an operation leads to: an attribute, or all of an extension. */
export type Place = { readonly kind: 'schema'; readonly extension: CompiledExtension } | AttributePlace;

export interface AttributePlace extends Target {
  readonly kind: 'attribute';
  /** Filter of a value path: which elements are meant. */
  readonly filter: Filter | undefined;
}

/** What a path without brackets leads to; a schema URN alone means the whole extension, as identity providers send it. */
export function findPlainPlace(type: CompiledType, path: string): Place | undefined {
  const target = resolvePath(type, path);
  if (target) return { kind: 'attribute', ...target, filter: undefined };
  const extension = findExtension(type, path);
  return extension && { kind: 'schema', extension };
}

/**
 * Finds what the path of an operation leads to (RFC 7644 section 3.5.2). Undefined when the type has no such attribute.
 * @throws {ScimError} 400 `invalidPath` for a malformed path, 400 `invalidFilter` for what is between its brackets
 */
export function findPlace(type: CompiledType, path: string): Place | undefined {
  const plain = findPlainPlace(type, path);
  if (plain) return plain;
  const parts = parsePath(path);
  if (!parts.filter) return undefined;
  const list = resolvePath(type, parts.path);
  if (!list) return undefined;
  const { attribute, sub } = list;
  if (sub || (!attribute.subs && !attribute.multiValued)) {
    throw invalidPath(`"${parts.path}" has no elements with sub-attributes; brackets go behind a complex attribute.`);
  }
  if (parts.sub === undefined) return { kind: 'attribute', ...list, filter: parts.filter };
  const behind = attribute.subs && findAttribute(attribute.subs, parts.sub);
  if (!behind) throw invalidPath(`"${attribute.path}" has no sub-attribute "${parts.sub}".`);
  return { kind: 'attribute', ...list, sub: behind, filter: parts.filter };
}
