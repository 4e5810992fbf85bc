import type { HttpResponse } from '../../scim/wire/message.ts';
import { isErrorMessage } from '../../scim/message/error.ts';
import { filterValue } from '../../scim/message/patch.ts';
import type { ClauseId } from '../clauses/index.ts';
import { traitOf } from '../run/attributes.ts';
import type { Case, Check, Probe } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { describeAnswer, expect } from '../run/expect.ts';
import { serves, supports, type Facts } from '../run/facts.ts';
import { idsOf, pageOf } from '../run/steps.ts';
import { NotApplicable, Violation } from '../run/violation.ts';
import { confined, familyOf, isDeclined } from './family.ts';

interface Broken extends Case {
  readonly filter: string;
}

const filters = (...texts: readonly string[]): Broken[] => texts.map(filter => ({ name: filter, filter }));

/** Something is missing of what an expression consists of, or there is too much of it. */
const incomplete = filters('userName', 'userName eq', 'eq "x"', 'userName "x"', 'userName pr "x"', 'pr');

const ungrammatical = filters(
  '()',
  '(userName eq "x"',
  'userName eq "x")',
  'userName eq "x',
  'userName eq "x" and',
  'and userName eq "x"',
  'userName eq "x" or or userName eq "y"',
  'userName eq eq "x"',
  'userName eq "x" userName eq "y"',
  'userName eq "x" "y"',
  'not userName eq "x"',
  'userName eq "\\q"',
  'userName. eq "x"',
  'user name eq "x"',
);

const bracketed = filters('emails[]', 'emails[type eq "work"', 'emails type eq "work"]', 'emails[type eq]');

/** A refusal as broken filters meet it; the keyword is optional in general. */
function expectRefusal(answer: HttpResponse): void {
  const { status, json } = answer;
  const keyword = isErrorMessage(json) ? json.scimType : undefined;
  if (status !== 400 || (keyword !== undefined && keyword !== 'invalidFilter')) {
    throw new Violation('status 400 with scimType "invalidFilter"', describeAnswer(answer), answer);
  }
}

const refused = (list: readonly Broken[]): Pick<Probe<Broken>, 'applies' | 'cases' | 'run'> => ({
  applies: [serves('User'), supports('filter')],
  cases: () => list,
  async run({ scim }, { filter }) {
    expectRefusal(await scim.list('/Users', { filter }));
  },
});

interface Unordered extends Case {
  readonly filter: string;
}

/** An order asked for where there is none. */
const unordered = (id: string, operator: string, clause: ClauseId) => ({
  id,
  title: `${operator} on a boolean or binary attribute is refused with 400 invalidFilter`,
  clause,
  applies: [serves('User'), supports('filter')],
  cases: (facts: Facts): Unordered[] =>
    [
      { path: 'active', type: 'boolean', operand: 'false' },
      { path: 'emails.primary', type: 'boolean', operand: 'true' },
      { path: 'x509Certificates.value', type: 'binary', operand: '"AA=="' },
    ].flatMap(({ path, type, operand }) =>
      traitOf(facts, 'User', path)?.type === type ? [{ name: path, filter: `${path} ${operator} ${operand}` }] : [],
    ),
  async run({ scim }: Context, { filter }: Unordered) {
    expect.refusal(await scim.list('/Users', { filter }), [400], 'invalidFilter');
  },
});

/** Entries of an answer to what no user can match; a refusal has none. */
const entriesOf = (answer: HttpResponse): readonly string[] => (answer.status === 200 ? idsOf(pageOf(answer)) : []);

/** Filters that are broken or cannot be answered (RFC 7644 section 3.4.2.2). */
export const filterErrors = [
  {
    id: 'filter.incomplete',
    title: 'A filter that lacks a part of its expression is refused with 400 invalidFilter',
    clause: 'RFC7644-3.4.2.2-09',
    also: ['RFC7644-3.4.2.2-08'],
    ...refused(incomplete),
  },
  {
    id: 'filter.ungrammatical',
    title: 'A filter that breaks the grammar is refused with 400 invalidFilter',
    clause: 'RFC7644-3.4.2.2-46',
    also: ['RFC7644-3.4.2.2-08'],
    ...refused(ungrammatical),
  },
  {
    id: 'filter.bracket-broken',
    title: 'A value path that breaks the grammar is refused with 400 invalidFilter',
    clause: 'RFC7644-3.4.2.2-41',
    ...refused(bracketed),
  },
  {
    id: 'filter.broken-finds-nobody',
    title: 'A filter that cannot be understood never finds anybody',
    clause: 'RFC7644-3.4.2.2-03',
    also: ['RFC7644-3.4.2.1-06', 'RFC7644-3.4.2.2-01'],
    applies: [serves('User'), supports('filter')],
    cases: () =>
      filters(
        'userName eq',
        '(userName eq "nobody-of-that-name"',
        'userName eq "nobody-of-that-name" and',
        'userName',
        'noSuchAttribute eq "nobody-of-that-name"',
        'noSuchAttribute pr',
        'emails.noSuchAttribute eq "nobody-of-that-name"',
        'emails[noSuchAttribute eq "nobody-of-that-name"]',
        'urn:example:none:2.0:User:title pr',
        "userName eq 'nobody-of-that-name'",
        'userName eq nobody-of-that-name',
      ),
    async run(context: Context, { filter }: Broken) {
      await familyOf(context);
      const answer = await context.scim.list('/Users', { filter });
      const found = entriesOf(answer);
      expect.that(found.length === 0, 'a refusal or no entries', `${found.length} entries`, answer);
      const orderly = answer.status === 200 || (answer.status !== undefined && answer.status >= 400);
      expect.that(orderly && answer.status !== 500, 'a refusal or no entries', describeAnswer(answer), answer);
    },
  },
  {
    id: 'filter.unknown-operator-detail',
    title: 'The refusal of an operator that does not exist says so in words',
    clause: 'RFC7644-3.4.2.2-56',
    applies: [serves('User'), supports('filter')],
    cases: () => filters('userName regex "a.*"', 'userName like "a"', 'title = "a"'),
    async run({ scim }: Context, { filter }: Broken) {
      const answer = await scim.list('/Users', { filter });
      expect.refusal(answer, [400], 'invalidFilter');
      const detail = isErrorMessage(answer.json) ? answer.json['detail'] : undefined;
      expect.that(typeof detail === 'string' && detail.trim() !== '', 'a detail in words', 'none', answer);
    },
  },
  unordered('filter.gt-unordered', 'gt', 'RFC7644-3.4.2.2-29'),
  unordered('filter.ge-unordered', 'ge', 'RFC7644-3.4.2.2-30'),
  unordered('filter.lt-unordered', 'lt', 'RFC7644-3.4.2.2-31'),
  unordered('filter.le-unordered', 'le', 'RFC7644-3.4.2.2-32'),
  {
    id: 'filter.two-at-once',
    title: 'Two filters in one request never find what neither of them asks for',
    clause: 'RFC7644-3.4.2.2-03',
    also: ['RFC7644-3.4.2.2-62'],
    applies: [serves('User'), supports('filter')],
    async run(context: Context) {
      const { residents } = await familyOf(context);
      const [one, other] = residents;
      if (!one || !other) return;
      const parts = [one, other].map(
        ({ sent }) => `filter=${encodeURIComponent(`userName eq ${filterValue(sent['userName'] ?? '')}`)}`,
      );
      const answer = await context.scim.request({ method: 'GET', path: `/Users?${parts.join('&')}` });
      const strangers = entriesOf(answer).filter(id => id !== one.id && id !== other.id);
      expect.that(strangers.length === 0, 'at most the two users', `${strangers.length} others`, answer);
    },
  },
  {
    id: 'filter.long',
    title: 'Long and deep filters are answered or refused, and answered right',
    clause: 'RFC7644-3.4.2.2-63',
    applies: [serves('User'), supports('filter')],
    cases: () => [
      { name: 'fifty terms', text: (term: string) => Array.from({ length: 50 }, () => term).join(' or ') },
      { name: 'thirty parentheses', text: (term: string) => `${'('.repeat(30)}${term}${')'.repeat(30)}` },
    ],
    async run(context: Context, { text }: Case & { text: (term: string) => string }) {
      const [one] = (await familyOf(context)).residents;
      if (!one) return;
      const filter = text(`userName eq ${filterValue(one.sent['userName'] ?? '')}`);
      const answer = await context.scim.list('/Users', { filter });
      expect.status(answer, 200, 400, 403, 413, 414, 431, 501);
      if (answer.status === 200) expect.set(idsOf(pageOf(answer)), [one.id], 'exactly the id:', answer);
    },
  },
] as const satisfies readonly Check[];

interface Question {
  readonly id: string;
  readonly title: string;
  readonly clause: ClauseId;
  readonly filter: string;
}

/** What the RFC does not settle: who of the family is found, or how the filter is refused. */
const open: readonly Question[] = [
  {
    id: 'filter.open-literals',
    title: 'What a literal in capitals means in a filter is on record',
    clause: 'RFC7644-3.4.2.2-07',
    filter: 'active eq TRUE',
  },
  {
    id: 'filter.open-null',
    title: 'What eq null finds is on record',
    clause: 'RFC7644-3.4.2.2-15',
    filter: 'title eq null',
  },
  {
    id: 'filter.open-ne-absent',
    title: 'Whether ne finds users without the attribute is on record',
    clause: 'RFC7644-3.4.2.2-17',
    filter: 'userType ne "Employee"',
  },
  {
    id: 'filter.open-ne-several',
    title: 'What ne finds where there are several values is on record',
    clause: 'RFC7644-3.4.2.2-18',
    filter: 'emails.type ne "home"',
  },
  {
    id: 'filter.open-text-operator',
    title: 'What co means on a boolean is on record',
    clause: 'RFC7644-3.4.2.2-33',
    filter: 'active co true',
  },
  {
    id: 'filter.open-nested-brackets',
    title: 'What a value path in a value path means is on record',
    clause: 'RFC7644-3.4.2.2-43',
    filter: 'emails[type eq "work" and value[display eq "x"]]',
  },
  {
    id: 'filter.open-after-bracket',
    title: 'What a sub-attribute after a value path means is on record',
    clause: 'RFC7644-3.4.2.2-45',
    filter: 'emails[type eq "home"].value co "@two."',
  },
  {
    id: 'filter.open-element',
    title: 'What a multi-valued attribute without a sub-attribute compares is on record',
    clause: 'RFC7644-3.4.2.2-53',
    filter: 'emails co "@two."',
  },
];

/** Open questions about filters (RFC 7644 section 3.4.2.2): never a fault. */
export const filterQuestions = [
  ...open.map(({ id, title, clause, filter }) => ({
    id,
    title,
    clause,
    applies: [serves('User'), supports('filter')],
    async run(context: Context) {
      const family = await familyOf(context);
      const answer = await context.scim.list('/Users', { filter: confined(family, filter) });
      if (answer.status !== 200) return { observed: `${filter}: ${describeAnswer(answer)}` };
      const ids = entriesOf(answer);
      const keys = family.residents.filter(({ id }) => ids.includes(id)).map(({ key }) => key);
      return { observed: `${filter} finds ${keys.length} of ${family.residents.length}: ${keys.join(', ')}` };
    },
  })),
  {
    id: 'filter.open-same-instant',
    title: 'Whether eq finds the same instant written in another zone is on record',
    clause: 'RFC7644-3.4.2.2-14',
    applies: [serves('User'), supports('filter')],
    async run(context: Context) {
      const family = await familyOf(context);
      const meta = family.residents[0]?.stored['meta'] as { readonly created?: string } | undefined;
      const time = Date.parse(meta?.created ?? '');
      if (Number.isNaN(time)) throw new NotApplicable('users show no meta.created');
      const text = `${new Date(time + 7_200_000).toISOString().slice(0, -1)}+02:00`;
      const answer = await context.scim.list('/Users', {
        filter: confined(family, `meta.created eq ${filterValue(text)}`),
      });
      if (isDeclined(answer)) return { observed: describeAnswer(answer) };
      return { observed: entriesOf(answer).length > 0 ? 'the instant is found' : 'the instant is not found' };
    },
  },
  {
    id: 'filter.open-one-resource',
    title: 'What a filter on a single resource gives is on record',
    clause: 'RFC7644-3.4.2-12',
    applies: [serves('User'), supports('filter')],
    async run(context: Context) {
      const [one] = (await familyOf(context)).residents;
      const query = { filter: 'userName eq "nobody"' };
      const answer = await context.scim.read('/Users', one?.id ?? '', { query });
      const shape = JSON.stringify(answer.json ?? '').includes('ListResponse') ? 'a list' : 'no list';
      return { observed: `${describeAnswer(answer)}, ${shape}` };
    },
  },
] as const satisfies readonly Check[];
