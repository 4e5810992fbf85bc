import type { Check } from '../run/check.ts';
import { and, grouped, not, or } from '../run/predicate.ts';
import { written, type Written } from './filter-words.ts';

const conjunctions: readonly Written[] = [
  {
    name: 'two texts',
    needs: ['userType', 'title'],
    filter: ({ is }) => and(is('userType', 'eq', 'Employee'), is('title', 'eq', 'anvil')),
  },
  {
    name: 'text and boolean',
    needs: ['userType', 'active'],
    filter: ({ is }) => and(is('userType', 'eq', 'Employee'), is('active', 'eq', true)),
  },
  {
    name: 'nothing meets both',
    needs: ['userType', 'title'],
    filter: ({ is }) => and(is('userType', 'eq', 'Intern'), is('title', 'eq', 'anvil')),
  },
  {
    name: 'three terms',
    needs: ['title', 'active', 'name.familyName'],
    filter: ({ is }) =>
      and(and(is('title', 'co', 'anvil'), is('active', 'eq', true)), is('name.familyName', 'sw', 'Stone')),
  },
  {
    name: 'presence and a value',
    needs: ['nickName', 'title'],
    filter: ({ is, has }) => and(has('nickName'), is('title', 'sw', 'anvil')),
  },
];

const disjunctions: readonly Written[] = [
  {
    name: 'two values',
    needs: ['title'],
    filter: ({ is }) => or(is('title', 'eq', 'anvil'), is('title', 'eq', 'zebra')),
  },
  {
    name: 'two attributes',
    needs: ['title', 'userType'],
    filter: ({ is }) => or(is('title', 'eq', 'anvil'), is('userType', 'eq', 'Contractor')),
  },
  {
    name: 'both sides meet the same user once',
    needs: ['title', 'userType'],
    filter: ({ is }) => or(is('title', 'eq', 'anvil'), is('userType', 'eq', 'Employee')),
  },
  {
    name: 'only the second side',
    needs: ['title', 'name.familyName'],
    filter: ({ is }) => or(is('title', 'eq', 'nobody'), is('name.familyName', 'eq', 'Flint')),
  },
  {
    name: 'three terms',
    needs: ['title'],
    filter: ({ is }) => or(or(is('title', 'eq', 'anvil'), is('title', 'eq', 'Zebra')), is('title', 'sw', 'blue')),
  },
];

const negations: readonly Written[] = [
  { name: 'a name', needs: [], filter: ({ is }) => not(is('userName', 'eq', '{m}.bob@scimulator.example')) },
  { name: 'a presence', needs: ['title'], filter: ({ has }) => not(has('title')) },
  { name: 'a boolean', needs: ['active'], filter: ({ is }) => not(is('active', 'eq', true)) },
  { name: 'a part of a text', needs: ['title'], filter: ({ is }) => not(is('title', 'co', 'anvil')) },
  {
    name: 'a conjunction',
    needs: ['name.familyName', 'name.givenName'],
    filter: ({ is }) => not(and(is('name.familyName', 'sw', 'Stone'), is('name.givenName', 'eq', 'Bob'))),
  },
  {
    name: 'a disjunction',
    needs: ['name.givenName'],
    filter: ({ is }) => not(or(is('name.givenName', 'eq', 'Ann'), is('name.givenName', 'eq', 'Bob'))),
  },
  { name: 'twice', needs: ['title'], filter: ({ has }) => not(not(has('title'))) },
];

const ranks: readonly Written[] = [
  {
    name: 'or before and',
    needs: ['name.givenName', 'active'],
    filter: ({ is }) =>
      or(is('name.givenName', 'eq', 'Bob'), and(is('name.givenName', 'eq', 'Ann'), is('active', 'eq', true))),
  },
  {
    name: 'and before or',
    needs: ['name.givenName', 'active'],
    filter: ({ is }) =>
      or(and(is('active', 'eq', true), is('name.givenName', 'eq', 'Bob')), is('name.givenName', 'eq', 'Eve')),
  },
  {
    name: 'not binds closer than and',
    needs: ['name.givenName', 'name.familyName'],
    filter: ({ is }) => and(not(is('name.givenName', 'eq', 'Ann')), is('name.familyName', 'sw', 'Stone')),
  },
  {
    name: 'not binds closer than or',
    needs: ['name.givenName', 'name.familyName'],
    filter: ({ is }) => or(not(is('name.familyName', 'sw', 'Stone')), is('name.givenName', 'eq', 'Ann')),
  },
  {
    name: 'parentheses before and',
    needs: ['name.givenName', 'active'],
    filter: ({ is }) =>
      and(grouped(or(is('name.givenName', 'eq', 'Bob'), is('name.givenName', 'eq', 'Ann'))), is('active', 'eq', true)),
  },
  {
    name: 'parentheses after and',
    needs: ['name.givenName', 'active'],
    filter: ({ is }) =>
      and(is('active', 'eq', true), grouped(or(is('name.givenName', 'eq', 'Cyd'), is('name.givenName', 'eq', 'Bob')))),
  },
  {
    name: 'parentheses around all',
    needs: ['name.givenName'],
    filter: ({ is }) => grouped(is('name.givenName', 'eq', 'Ann')),
  },
  {
    name: 'parentheses twice',
    needs: ['name.givenName'],
    filter: ({ is }) => grouped(grouped(is('name.givenName', 'eq', 'Ann'))),
  },
  {
    name: 'two groups',
    needs: ['name.givenName', 'name.familyName'],
    filter: ({ is }) =>
      or(
        grouped(and(is('name.givenName', 'eq', 'Ann'), is('name.familyName', 'eq', 'Stone'))),
        grouped(and(is('name.givenName', 'eq', 'Bob'), is('name.familyName', 'eq', 'Stone'))),
      ),
  },
];

/** How the words of a filter may be written. */
const spellings = {
  operators: (
    [
      ['eq', 'EQ'],
      ['eq', 'Eq'],
      ['ne', 'NE'],
      ['co', 'CO'],
      ['sw', 'Sw'],
      ['ew', 'EW'],
      ['gt', 'GT'],
      ['ge', 'gE'],
      ['lt', 'LT'],
      ['le', 'Le'],
    ] as const
  ).map(([operator, spelt]) => ({
    name: spelt,
    needs: ['title'],
    filter: ({ is }) => is('title', operator, 'anvil'),
    spelt: text => text.replace(` ${operator} `, ` ${spelt} `),
  })),
  presence: [
    { name: 'PR', needs: ['title'], filter: ({ has }) => has('title'), spelt: text => text.replace(' pr', ' PR') },
  ],
  words: [
    {
      name: 'AND',
      needs: ['userType', 'title'],
      filter: ({ is }) => and(is('userType', 'eq', 'Employee'), is('title', 'eq', 'anvil')),
      spelt: text => text.replace(' and ', ' AND '),
    },
    {
      name: 'Or',
      needs: ['title'],
      filter: ({ is }) => or(is('title', 'eq', 'anvil'), is('title', 'eq', 'zebra')),
      spelt: text => text.replace(' or ', ' Or '),
    },
    {
      name: 'NOT',
      needs: ['title'],
      filter: ({ has }) => not(has('title')),
      spelt: text => text.replace('not (', 'NOT ('),
    },
  ],
} as const satisfies Record<string, readonly Written[]>;

/** Filters of several terms (RFC 7644 section 3.4.2.2). */
export const filterLogic = [
  {
    id: 'filter.and',
    title: 'and finds what meets both sides',
    clause: 'RFC7644-3.4.2.2-34',
    ...written(conjunctions),
  },
  { id: 'filter.or', title: 'or finds what meets one side', clause: 'RFC7644-3.4.2.2-35', ...written(disjunctions) },
  { id: 'filter.not', title: 'not finds what does not meet it', clause: 'RFC7644-3.4.2.2-36', ...written(negations) },
  {
    id: 'filter.not-spacing',
    title: 'not is understood with and without a blank before its parenthesis',
    clause: 'RFC7644-3.4.2.2-37',
    ...written([
      {
        name: 'no blank',
        needs: ['title'],
        filter: ({ has }) => not(has('title')),
        spelt: text => text.replace('not (', 'not('),
      },
    ]),
  },
  {
    id: 'filter.precedence',
    title: 'Parentheses bind before not, not before and, and before or',
    clause: 'RFC7644-3.4.2.2-39',
    ...written(ranks),
  },
  {
    id: 'filter.operator-other-case',
    title: 'Operators in filters are understood in any case',
    clause: 'RFC7644-3.4.2.2-05',
    ...written([...spellings.operators, ...spellings.presence]),
  },
  {
    id: 'filter.logic-other-case',
    title: 'and, or and not in filters are understood in any case',
    clause: 'RFC7644-3.4.2.2-06',
    ...written(spellings.words),
  },
] as const satisfies readonly Check[];
