import fc from 'fast-check';
import { ENTERPRISE_USER } from '../../scim/message/urn.ts';
import { addresses, emailFilter, kinds, userFilter, words } from './filters.ts';
import type { Operation, Sent } from './model.ts';
import type { ListQuery, Shown } from './world.ts';

/** One thing a client does. Numbers stand for resources: the one at that place, counted round. */
export type Command =
  | { readonly kind: 'create'; readonly sent: Sent }
  | { readonly kind: 'replace'; readonly who: number; readonly sent: Sent }
  | { readonly kind: 'patch'; readonly who: number; readonly operations: readonly Operation[]; readonly shown: Shown }
  | { readonly kind: 'delete'; readonly who: number }
  | { readonly kind: 'read'; readonly who: number; readonly shown: Shown }
  | { readonly kind: 'list'; readonly query: ListQuery; readonly bySearch: boolean }
  | { readonly kind: 'group'; readonly who: readonly number[]; readonly name: string }
  | {
      readonly kind: 'members';
      readonly group: number;
      readonly op: 'add' | 'remove' | 'replace' | 'clear';
      readonly who: readonly number[];
    }
  | { readonly kind: 'ungroup'; readonly group: number };

const word = fc.constantFrom(...words);
const mostly = <T>(usual: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 20, arbitrary: usual },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(1, {}, [[]], true, 'odd') },
  );
const text = fc.oneof(
  { weight: 20, arbitrary: word },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(null, 1, true, {}, ['a']) },
);
const flag = fc.oneof(
  { weight: 12, arbitrary: fc.boolean() },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(null, 0, {}) },
);

const email = fc.record(
  { value: fc.constantFrom(...addresses), type: fc.constantFrom(...kinds), primary: fc.boolean() },
  { requiredKeys: ['value', 'type'] },
);
const emails = fc.array(email, { maxLength: 3 });
const name = fc.record({ givenName: text, familyName: text }, { requiredKeys: [] });
const enterprise = fc.record({ department: text }, { requiredKeys: [] });

const members = {
  userName: text,
  externalId: text,
  displayName: text,
  title: text,
  active: flag,
  name: mostly(name),
  emails: mostly(emails),
  [ENTERPRISE_USER]: mostly(enterprise),
};
const sent: fc.Arbitrary<Sent> = fc.oneof(
  { weight: 12, arbitrary: fc.record(members, { requiredKeys: ['userName'] }) },
  { weight: 1, arbitrary: fc.record(members, { requiredKeys: [] }) },
);

const who = fc.nat({ max: 7 });
const setting = fc.constantFrom('add' as const, 'replace' as const);

const at = (path: string, value: fc.Arbitrary<unknown>): fc.Arbitrary<Operation> =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ op: setting, at: fc.constant('attribute' as const), path: fc.constant(path), value }),
    },
    { weight: 1, arbitrary: fc.constant<Operation>({ op: 'remove', at: 'attribute', path }) },
  );

const department = `${ENTERPRISE_USER}:department`;
const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 2, arbitrary: at('userName', text) },
  { weight: 2, arbitrary: at('displayName', text) },
  { weight: 1, arbitrary: at('externalId', text) },
  { weight: 2, arbitrary: at('active', flag) },
  { weight: 2, arbitrary: at('name.givenName', text) },
  { weight: 2, arbitrary: at('name', name) },
  { weight: 2, arbitrary: at(department, text) },
  { weight: 1, arbitrary: at(ENTERPRISE_USER, enterprise) },
  { weight: 4, arbitrary: at('emails', fc.oneof(emails, email)) },
  { weight: 1, arbitrary: at('shoeSize', word) },
  { weight: 1, arbitrary: at('id', word) },
  { weight: 1, arbitrary: at('groups', emails) },
  {
    weight: 2,
    arbitrary: fc.record({
      op: setting,
      at: fc.constant('none' as const),
      value: fc.record(
        { displayName: text, active: flag, name, emails, 'name.familyName': text, [department]: text },
        { requiredKeys: [] },
      ),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.oneof(
      fc.record({
        op: fc.constant('remove' as const),
        at: fc.constant('emails' as const),
        filter: emailFilter,
        sub: fc.constantFrom(undefined, 'primary' as const),
      }),
      fc.record({
        op: setting,
        at: fc.constant('emails' as const),
        filter: emailFilter,
        sub: fc.constant('value' as const),
        value: fc.constantFrom(...addresses),
      }),
      fc.record({
        op: setting,
        at: fc.constant('emails' as const),
        filter: emailFilter,
        sub: fc.constant('type' as const),
        value: fc.constantFrom(...kinds),
      }),
      fc.record({
        op: setting,
        at: fc.constant('emails' as const),
        filter: emailFilter,
        sub: fc.constant('primary' as const),
        value: fc.boolean(),
      }),
      fc.record({
        op: setting,
        at: fc.constant('emails' as const),
        filter: emailFilter,
        sub: fc.constant(undefined),
        value: email,
      }),
    ),
  },
);

const shownNames = [
  'userName', 'displayName', 'externalId', 'active', 'name', 'name.givenName', 'emails', 'emails.value', 'emails.primary', 'groups', 'groups.display',
  ENTERPRISE_USER, department, 'shoeSize', 'id', 'schemas',
]; // prettier-ignore
const shown: fc.Arbitrary<Shown> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<Shown>({ mode: 'none', names: [] }) },
  {
    weight: 1,
    arbitrary: fc.record({
      mode: fc.constantFrom('attributes' as const, 'excludedAttributes' as const),
      names: fc.uniqueArray(fc.constantFrom(...shownNames), { minLength: 1, maxLength: 3 }),
    }),
  },
);

const query: fc.Arbitrary<ListQuery> = fc.record(
  {
    filter: userFilter,
    sortBy: fc.constantFrom('userName' as const, 'displayName' as const, 'externalId' as const, 'emails' as const),
    descending: fc.boolean(),
    startIndex: fc.integer({ min: -1, max: 6 }),
    count: fc.integer({ min: -1, max: 6 }),
  },
  { requiredKeys: [] },
);

const anything: fc.Arbitrary<readonly Command[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ kind: fc.constant('create' as const), sent }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('replace' as const), who, sent }) },
    {
      weight: 7,
      arbitrary: fc.record({
        kind: fc.constant('patch' as const),
        who,
        operations: fc.array(operation, { minLength: 1, maxLength: 3 }),
        shown,
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), who }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('read' as const), who, shown }) },
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('list' as const), query, bySearch: fc.boolean() }) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('group' as const), who: fc.array(who, { maxLength: 4 }), name: word }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('members' as const),
        group: fc.nat({ max: 3 }),
        op: fc.constantFrom('add' as const, 'remove' as const, 'replace' as const, 'clear' as const),
        who: fc.array(who, { minLength: 1, maxLength: 3 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('ungroup' as const), group: fc.nat({ max: 3 }) }) },
  ),
  { minLength: 4, maxLength: 14, size: 'max' },
);

/** Users whose names do not clash, for the rest of a story to work on. */
const cast: fc.Arbitrary<readonly Command[]> = fc.array(
  fc.record({
    kind: fc.constant('create' as const),
    sent: fc.record(
      {
        userName: fc.uuid(),
        displayName: word,
        title: word,
        active: fc.boolean(),
        name,
        emails: fc.array(email, { maxLength: 2 }),
      },
      { requiredKeys: ['userName'] },
    ),
  }),
  { maxLength: 5, size: 'max' },
);

/** Stories of one client, long enough for its requests to meet. */
export const stories: fc.Arbitrary<readonly Command[]> = fc.tuple(cast, anything).map(parts => parts.flat());
