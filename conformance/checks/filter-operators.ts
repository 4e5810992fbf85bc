import { ENTERPRISE_USER } from '../../scim/message/urn.ts';
import type { ClauseId } from '../clauses/index.ts';
import { traitOf, type Trait } from '../run/attributes.ts';
import type { Case, Check, Probe } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { serves, supports, type Facts } from '../run/facts.ts';
import { compare, present, type Operator } from '../run/predicate.ts';
import { NotApplicable } from '../run/violation.ts';
import { familyOf, finds } from './family.ts';
import { filledIn } from './filter-words.ts';

/** A filter of one comparison; `{m}` in the operand is the mark of the family, a key in braces the id of that resident. */
type Row = readonly [path: string, operand: string | boolean];

interface Comparison extends Case {
  readonly trait: Trait;
  readonly operand: string | boolean;
}

const E = `${ENTERPRISE_USER}:`;

/** Filters that find somebody, and some that must not: a part of the value, another place in it. */
const rows = {
  eq: [
    ['userName', '{m}.bob@scimulator.example'],
    ['userName', '{m}.bob'],
    ['displayName', 'Bob Granite'],
    ['name.givenName', 'Cyd'],
    ['name.familyName', 'Stone'],
    ['name.middleName', 'Quill'],
    ['name.honorificPrefix', 'Dr.'],
    ['title', 'anvil'],
    ['title', 'nvil'],
    ['nickName', 'Quill'],
    ['userType', 'Employee'],
    ['externalId', '{m}-kc'],
    ['id', '{cyd}'],
    ['preferredLanguage', 'de'],
    ['locale', 'nl-NL'],
    ['timezone', 'Europe/Berlin'],
    ['emails.value', '{m}.ann@two.scimulator.example'],
    ['emails.type', 'home'],
    ['emails.type', 'other'],
    ['phoneNumbers.type', 'mobile'],
    ['phoneNumbers.value', 'tel:+31-20-555-0123'],
    ['addresses.locality', 'Leiden'],
    ['addresses.streetAddress', 'Anvil Lane 1'],
    ['addresses.postalCode', '2311'],
    ['addresses.country', 'NL'],
    [`${E}department`, 'Tooling'],
    [`${E}employeeNumber`, 'n702'],
    [`${E}costCenter`, 'c4130'],
    [`${E}organization`, 'Forge'],
    [`${E}division`, 'North'],
    [`${E}manager.value`, '{bob}'],
  ],
  typed: [
    ['active', true],
    ['active', false],
    ['emails.primary', true],
    ['profileUrl', 'https://two.scimulator.example/cyd'],
    ['profileUrl', 'https://two.scimulator.example'],
  ],
  ne: [
    ['userName', '{m}.bob@scimulator.example'],
    ['displayName', 'Bob Granite'],
    ['name.familyName', 'Stone'],
    ['title', 'anvil'],
    ['userType', 'Employee'],
    ['externalId', '{m}-kc'],
    ['id', '{cyd}'],
    ['active', true],
    ['active', false],
    ['profileUrl', 'https://two.scimulator.example/cyd'],
    [`${E}department`, 'Tooling'],
  ],
  co: [
    ['userName', '.bob@'],
    ['displayName', 'arbl'],
    ['name.familyName', 'tone'],
    ['name.givenName', 'y'],
    ['title', 'nvil'],
    ['title', 'l M'],
    ['userType', 'tractor'],
    ['externalId', '-kb'],
    ['emails.value', '@two.'],
    [`${E}department`, 'ling'],
    ['title', 'anvil zebra'],
  ],
  sw: [
    ['userName', '{m}.b'],
    ['userName', '{m}.bob@scimulator.example'],
    ['displayName', 'Ann'],
    ['name.familyName', 'Stone'],
    ['title', 'anvil'],
    ['title', 'nvil'],
    ['userType', 'Emp'],
    ['externalId', '{m}-kb'],
    ['emails.value', '{m}.bob@t'],
    [`${E}department`, 'tool'],
    [`${E}department`, 'shop'],
  ],
  ew: [
    ['userName', 'bob@scimulator.example'],
    ['userName', '{m}.bob@scimulator.example'],
    ['displayName', 'Granite'],
    ['name.familyName', 'well'],
    ['title', 'anvil'],
    ['title', 'nvi'],
    ['userType', 'ee'],
    ['externalId', '-kb'],
    ['emails.value', '@two.scimulator.example'],
    [`${E}department`, 'west'],
  ],
  gt: [
    ['userName', '{m}.cyd@scimulator.example'],
    ['displayName', 'Cyd Marble'],
    ['name.familyName', 'Stone'],
    ['title', 'anvil'],
    ['title', 'b'],
    ['userType', 'Employee'],
    ['externalId', '{m}-kb'],
    ['emails.value', '{m}.cyd@one.scimulator.example'],
    [`${E}department`, 'Tooling'],
  ],
} as const satisfies Record<string, readonly Row[]>;

/** Single values and containers, each with somebody who has nothing there. */
const presences = [
  'title',
  'nickName',
  'userType',
  'externalId',
  'active',
  'profileUrl',
  'locale',
  'name',
  'name.middleName',
  'emails',
  'emails.value',
  'phoneNumbers',
  'addresses',
  'addresses.country',
  'id',
  'meta.created',
  `${E}department`,
  `${E}costCenter`,
  `${E}manager`,
] as const;

/** The name of a case: short, the same in each run. */
const nameOf = (path: string, ...rest: readonly (string | boolean)[]): string =>
  [path.replace(E, 'enterprise '), ...rest.map(String)].join(' ');

const casesOf =
  (list: readonly Row[]) =>
  (facts: Facts): Comparison[] =>
    list.flatMap(([path, operand]) => {
      const trait = traitOf(facts, 'User', path);
      return trait === undefined ? [] : [{ name: nameOf(path, operand), trait, operand }];
    });

/** One comparison on one attribute for each case, each a verdict of its own. */
const operator = (is: Operator, list: readonly Row[]): Pick<Probe<Comparison>, 'applies' | 'cases' | 'run'> => ({
  applies: [serves('User'), supports('filter')],
  cases: casesOf(list),
  async run(context: Context, { trait, operand }: Comparison) {
    const value = filledIn(operand, await familyOf(context));
    // What only our own values can equal needs nothing beside it, and shows the operator alone.
    const bare = is === 'eq' && typeof operand === 'string' && operand.startsWith('{');
    await finds(context, compare(trait, is, value), { bare });
  },
});

const ordering = (id: string, is: Operator, clause: ClauseId, title: string) => ({
  id,
  title,
  clause,
  ...operator(is, rows.gt),
});

/** Each operator of RFC 7644 table 3 on each kind of attribute. */
export const filterOperators = [
  {
    id: 'filter.eq',
    title: 'eq finds identical texts and no others',
    clause: 'RFC7644-3.4.2.2-12',
    also: ['RFC7644-3.4.2.2-49', 'RFC7644-3.4.2.2-51', 'RFC7644-3.4.2.2-60'],
    ...operator('eq', rows.eq),
  },
  {
    id: 'filter.eq-typed',
    title: 'eq finds identical booleans and references',
    clause: 'RFC7644-3.4.2.2-03',
    also: ['RFC7644-3.4.2.2-13', 'RFC7644-3.4.2.2-54'],
    ...operator('eq', rows.typed),
  },
  {
    id: 'filter.ne',
    title: 'ne finds values that are not identical',
    clause: 'RFC7644-3.4.2.2-16',
    ...operator('ne', rows.ne),
  },
  { id: 'filter.co', title: 'co finds parts of texts', clause: 'RFC7644-3.4.2.2-19', ...operator('co', rows.co) },
  {
    id: 'filter.sw',
    title: 'sw finds texts by how they begin',
    clause: 'RFC7644-3.4.2.2-20',
    ...operator('sw', rows.sw),
  },
  {
    id: 'filter.ew',
    title: 'ew finds texts by how they end',
    clause: 'RFC7644-3.4.2.2-21',
    ...operator('ew', rows.ew),
  },
  ordering('filter.gt', 'gt', 'RFC7644-3.4.2.2-23', 'gt finds later texts, without the one asked for'),
  ordering('filter.ge', 'ge', 'RFC7644-3.4.2.2-25', 'ge finds later texts and the one asked for'),
  ordering('filter.lt', 'lt', 'RFC7644-3.4.2.2-26', 'lt finds earlier texts, without the one asked for'),
  ordering('filter.le', 'le', 'RFC7644-3.4.2.2-27', 'le finds earlier texts and the one asked for'),
  {
    id: 'filter.pr',
    title: 'pr finds resources that have a value, and only those',
    clause: 'RFC7644-3.4.2.2-22',
    applies: [serves('User'), supports('filter')],
    cases: (facts: Facts) =>
      presences.flatMap(path => {
        const trait = traitOf(facts, 'User', path);
        return trait === undefined ? [] : [{ name: nameOf(path), trait }];
      }),
    async run(context: Context, { trait }: Case & { readonly trait: Trait }) {
      await finds(context, present(trait));
    },
  },
  {
    id: 'filter.case',
    title: 'Texts are compared with regard to case exactly where the attribute is caseExact',
    clause: 'RFC7644-3.4.2.2-57',
    applies: [serves('User'), supports('filter')],
    cases: (facts: Facts) =>
      (['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'le'] as const).flatMap(is =>
        casesOf([
          ['userName', '{m}.bob@scimulator.example'],
          ['title', 'anvil'],
          ['name.familyName', 'Stone'],
          ['externalId', '{m}-kb'],
          ['id', '{bob}'],
          ['emails.value', '{m}.bob@two.scimulator.example'],
          [`${E}department`, 'Tooling'],
        ])(facts)
          // Ids are opaque: nobody knows their order.
          .filter(({ trait }) => trait.path !== 'id' || is === 'eq' || is === 'ne')
          .map(({ trait, operand }) => ({ name: `${nameOf(trait.path)} ${is}`, trait, operand, is })),
      ),
    async run(context: Context, { trait, operand, is }: Comparison & { readonly is: Operator }) {
      const value = String(filledIn(operand, await familyOf(context)));
      const turned = value === value.toUpperCase() ? value.toLowerCase() : value.toUpperCase();
      if (turned === value) throw new NotApplicable('the value has no letters');
      await finds(context, compare(trait, is, turned));
    },
  },
] as const satisfies readonly Check[];
