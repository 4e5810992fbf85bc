import { findAttribute, resolvePath, type CompiledAttribute, type CompiledType } from '../type.ts';
import type { Comparison, Filter } from './filter.ts';

/** A value that every match of a filter has, so that an index can name the candidates. */
export interface Equality {
  /** Path as `CompiledAttribute` spells it: `userName`, `emails.value`. */
  readonly path: string;
  /** As the filter writes it: not folded. */
  readonly value: string;
}

/**
 * The equalities that a resource has to satisfy to match a filter: the filter itself or the parts of an `and`, value
 * paths among them. The filter still has to be asked about each candidate. Empty when nothing narrows the search.
 */
export function equalities(filter: Filter, type: CompiledType): readonly Equality[] {
  switch (filter.kind) {
    case 'and':
      return filter.filters.flatMap(each => equalities(each, type));
    case 'compare': {
      const target = resolvePath(type, filter.path);
      return target ? equality(filter, target.sub ?? target.attribute) : [];
    }
    case 'element': {
      const target = resolvePath(type, filter.path);
      return target && !target.sub ? inElement(filter.filter, target.attribute) : [];
    }
    default:
      return [];
  }
}

function inElement(filter: Filter, attribute: CompiledAttribute): readonly Equality[] {
  if (filter.kind === 'and') return filter.filters.flatMap(each => inElement(each, attribute));
  if (filter.kind !== 'compare') return [];
  const sub = attribute.subs && findAttribute(attribute.subs, filter.path);
  return sub ? equality(filter, sub) : [];
}

function equality({ operator, value }: Comparison, attribute: CompiledAttribute): readonly Equality[] {
  const leaf = attribute.subs ? attribute.subs.value : attribute;
  if (operator !== 'eq' || typeof value !== 'string' || !leaf || leaf.secret) return [];
  return [{ path: leaf.path, value }];
}
