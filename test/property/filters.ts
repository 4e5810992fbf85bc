import fc from 'fast-check';
import { ENTERPRISE_USER } from '../../scim/message/urn.ts';
import type { Email, User } from './model.ts';

/** A filter as the model sees it. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'not'; readonly inner: Filter }
  | { readonly kind: 'emails'; readonly inner: Filter }
  | Condition;

/** One comparison; `value` is unused with `pr`. */
export interface Condition {
  readonly kind: 'is';
  readonly path: string;
  readonly operator: string;
  readonly value: string | boolean | null;
}

type Value = string | boolean | undefined;

/** Words that differ in case alone, in length, and in alphabet. */
export const words = [
  'ada',
  'Ada',
  'ADA',
  'grace',
  'Grace Hopper',
  'Ärger',
  'ärger',
  'İ',
  'zz',
  '"q"',
  'back\\slash',
  'a',
];
export const addresses = ['a@x.io', 'A@X.io', 'b@x.io', 'c@x.io'];
export const kinds = ['work', 'home', 'Work'];

interface Named {
  readonly path: string;
  readonly type: 'text' | 'exact' | 'boolean';
  readonly samples: readonly string[];
  /** The values of a user; one or none for a singular attribute. */
  readonly read: (user: User) => readonly Value[];
}

const each = (read: (email: Email) => Value) => (user: User) =>
  user.emails?.length ? user.emails.map(read) : [undefined];

const attributes: readonly Named[] = [
  { path: 'userName', type: 'text', samples: words, read: user => [user.userName] },
  { path: 'displayName', type: 'text', samples: words, read: user => [user.displayName] },
  { path: 'title', type: 'text', samples: words, read: user => [user.title] },
  { path: 'externalId', type: 'exact', samples: words, read: user => [user.externalId] },
  { path: 'name.givenName', type: 'text', samples: words, read: user => [user.name?.givenName] },
  { path: 'name.familyName', type: 'text', samples: words, read: user => [user.name?.familyName] },
  { path: 'active', type: 'boolean', samples: [], read: user => [user.active] },
  {
    path: `${ENTERPRISE_USER}:department`,
    type: 'text',
    samples: words,
    read: user => [user[ENTERPRISE_USER]?.department],
  },
  { path: 'emails', type: 'text', samples: addresses, read: each(({ value }) => value) },
  { path: 'emails.value', type: 'text', samples: addresses, read: each(({ value }) => value) },
  { path: 'emails.type', type: 'text', samples: kinds, read: each(({ type }) => type) },
  { path: 'emails.primary', type: 'boolean', samples: [], read: each(({ primary }) => primary) },
  { path: 'shoeSize', type: 'text', samples: words, read: () => [undefined] },
];

const ofEmail: readonly Named[] = attributes
  .filter(({ path }) => path.startsWith('emails.'))
  .map(({ path, type, samples, read }) => ({ path: path.slice('emails.'.length), type, samples, read }));

const textOperators = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le', 'pr'];

const conditionOn = (names: readonly Named[]): fc.Arbitrary<Filter> =>
  fc.constantFrom(...names).chain(({ path, type, samples }) =>
    fc.record({
      kind: fc.constant('is' as const),
      path: fc.constant(path),
      operator: fc.constantFrom(...(type === 'boolean' ? ['eq', 'ne', 'pr'] : textOperators)),
      value: type === 'boolean' ? fc.boolean() : fc.constantFrom(...samples),
    }),
  );

const orNull = (condition: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> =>
  fc.oneof(
    { weight: 12, arbitrary: condition },
    {
      weight: 1,
      arbitrary: condition.map(made =>
        made.kind === 'is' ? { ...made, operator: made.operator === 'ne' ? 'ne' : 'eq', value: null } : made,
      ),
    },
  );

const joined = (leaf: fc.Arbitrary<Filter>, maxDepth: number): fc.Arbitrary<Filter> =>
  fc.letrec<{ filter: Filter }>(tie => ({
    filter: fc.oneof(
      { maxDepth, withCrossShrink: true },
      { weight: 4, arbitrary: leaf },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constantFrom('and' as const, 'or' as const),
          left: tie('filter'),
          right: tie('filter'),
        }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('not' as const), inner: tie('filter') }) },
    ),
  })).filter;

/** Filters over one e-mail address, as they stand between brackets. */
export const emailFilter = joined(orNull(conditionOn(ofEmail)), 1);

/** Filters over users. */
export const userFilter = joined(
  fc.oneof(
    { weight: 5, arbitrary: orNull(conditionOn(attributes)) },
    { weight: 1, arbitrary: emailFilter.map(inner => ({ kind: 'emails' as const, inner })) },
  ),
  3,
);

/** A filter as text, with the parentheses it needs and no others. */
export function render(filter: Filter): string {
  const inside = (inner: Filter, isLoose: boolean): string => (isLoose ? `(${render(inner)})` : render(inner));
  switch (filter.kind) {
    case 'and':
      return `${inside(filter.left, filter.left.kind === 'or')} and ${inside(filter.right, filter.right.kind === 'or')}`;
    case 'or':
      return `${render(filter.left)} or ${render(filter.right)}`;
    case 'not':
      return `not (${render(filter.inner)})`;
    case 'emails':
      return `emails[${render(filter.inner)}]`;
    case 'is':
      return filter.operator === 'pr'
        ? `${filter.path} pr`
        : `${filter.path} ${filter.operator} ${JSON.stringify(filter.value)}`;
  }
}

/** Whether a user satisfies a filter (RFC 7644 section 3.4.2.2). */
export const matchesUser = (filter: Filter, user: User): boolean =>
  matches(filter, condition => holds(condition, attributes, user), user);

/** Whether one e-mail address satisfies the filter between brackets. */
export const matchesEmail = (filter: Filter, email: Email): boolean =>
  matches(filter, condition => holds(condition, ofEmail, { emails: [email] } as unknown as User), undefined);

function matches(filter: Filter, test: (condition: Condition) => boolean, user: User | undefined): boolean {
  switch (filter.kind) {
    case 'and':
      return matches(filter.left, test, user) && matches(filter.right, test, user);
    case 'or':
      return matches(filter.left, test, user) || matches(filter.right, test, user);
    case 'not':
      return !matches(filter.inner, test, user);
    case 'emails':
      return (user?.emails ?? []).some(email => matchesEmail(filter.inner, email));
    case 'is':
      return test(filter);
  }
}

/** One value that fits is enough, also for `ne`. */
function holds({ path, operator, value }: Condition, names: readonly Named[], user: User): boolean {
  // Present is an element that holds anything, not its `value` alone.
  if (path === 'emails' && operator === 'pr') return (user.emails ?? []).length > 0;
  const named = names.find(each => each.path === path);
  return (named?.read(user) ?? []).some(held => fits(held, operator, value, named?.type === 'exact'));
}

function fits(held: Value, operator: string, wanted: string | boolean | null, isExact: boolean): boolean {
  if (operator === 'pr') return held !== undefined;
  if (wanted === null) return (held === undefined) === (operator === 'eq');
  if (held === undefined) return operator === 'ne';
  const [one, other] = [held, wanted].map(value =>
    typeof value === 'string' && !isExact ? value.toLowerCase() : value,
  );
  if (operator === 'eq') return one === other;
  if (operator === 'ne') return one !== other;
  if (typeof one !== 'string' || typeof other !== 'string') return false;
  switch (operator) {
    case 'co':
      return one.includes(other);
    case 'sw':
      return one.startsWith(other);
    case 'ew':
      return one.endsWith(other);
    case 'gt':
      return one > other;
    case 'ge':
      return one >= other;
    case 'lt':
      return one < other;
    default:
      return one <= other;
  }
}
