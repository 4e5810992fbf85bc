import { invalidFilter } from '../resource/refusal.ts';
import type { Comparison, Filter } from '../resource/filter/index.ts';
import type { Law } from './law.ts';
import type { Kind } from './shelf.ts';
import type { State } from './state.ts';

/** Reads a filter as the account takes it. @throws ScimError 400 invalidFilter */
export type ReadFilter = (type: string, text: string, parse: (text: string) => Filter) => Filter;

/** Attributes that are filtered by, in lower case: what Entra ID, Okta and JumpCloud ask (OP-11a, OP-54; section 5). */
const supported: Readonly<Record<Kind, ReadonlySet<string>>> = {
  User: new Set(['username', 'externalid', 'id', 'emails.value', 'emails']),
  Group: new Set(['displayname', 'id']),
};

/** The form Entra ID writes, with the sub-attribute behind the brackets; the addresses of the account have no type. */
const workAddress = /\bemails\[\s*type\s+eq\s+"work"\s*\]\.value(?=\s)/gi;

const nothing: Filter = { kind: 'not', filter: { kind: 'present', path: 'id' } };

export function createReadFilter({ settings }: Law, state: State): ReadFilter {
  const refuse = (what: string): Filter => {
    if (settings.unsupportedFilter === 'empty') return nothing;
    throw invalidFilter(`This service provider does not filter by ${what}.`);
  };
  const compare = (type: string, filter: Comparison): Filter => {
    const path = bare(filter.path);
    if (filter.operator !== 'eq' || !supported[type as Kind]?.has(path))
      return refuse(`${filter.path} ${filter.operator}`);
    if (type !== 'User' || typeof filter.value !== 'string') return filter;
    if (path === 'externalid') return withSent(filter, filter.value);
    return path === 'id' ? filter : withPending(filter, filter.value);
  };
  /** What the client sent finds the person too where something else is shown (Q12). */
  const withSent = (filter: Comparison, value: string): Filter =>
    settings.externalIdPolicy === 'client' ? filter : orIds(filter, state.sentBy(value));
  const withPending = (filter: Comparison, value: string): Filter =>
    settings.pendingEmailLookup ? orIds(filter, state.pendingAt(value)) : filter;
  const rewrite = (type: string, filter: Filter): Filter => {
    switch (filter.kind) {
      case 'and':
        return { kind: 'and', filters: filter.filters.map(each => rewrite(type, each)) };
      case 'compare':
        return compare(type, filter);
      case 'element':
        return element(type, filter.path, filter.filter);
      default:
        return refuse(filter.kind === 'present' ? `${filter.path} pr` : filter.kind);
    }
  };
  /** `emails[type eq "work" and value eq "…"]`: the address alone counts. */
  const element = (type: string, path: string, inner: Filter): Filter => {
    const tests = inner.kind === 'and' ? inner.filters : [inner];
    const [value, ...more] = tests.filter(test => !isWork(test));
    if (bare(path) !== 'emails' || value?.kind !== 'compare' || bare(value.path) !== 'value' || more.length > 0) {
      return refuse(`${path}[…]`);
    }
    return compare(type, { ...value, path: 'emails.value' });
  };
  return (type, text, parse) => rewrite(type, parse(text.replace(workAddress, 'emails.value')));
}

/** An attribute path in lower case without the URN of a core schema. */
const bare = (path: string): string => path.toLowerCase().replace(/^urn:ietf:params:scim:schemas:core:2\.0:\w+:/, '');

const isWork = (filter: Filter): boolean =>
  filter.kind === 'compare' &&
  filter.path.toLowerCase() === 'type' &&
  filter.operator === 'eq' &&
  filter.value === 'work';

const orIds = (filter: Comparison, ids: readonly string[]): Filter =>
  ids.length === 0
    ? filter
    : { kind: 'or', filters: [filter, ...ids.map(value => ({ ...filter, path: 'id', value }))] };
