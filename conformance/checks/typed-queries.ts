import { filterValue } from '../../scim/message/patch.ts';
import type { Json } from '../../scim/wire/message.ts';
import type { Query } from '../../scim/client.ts';
import type { ClauseId } from '../clauses/index.ts';
import type { Case, Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { isShown, isWritable } from '../run/declared.ts';
import { describeAnswer, expect } from '../run/expect.ts';
import { supports, type Facts } from '../run/facts.ts';
import { createdId } from '../run/given.ts';
import { matches } from '../run/matching.ts';
import { idsOf, pageOf } from '../run/steps.ts';
import { NotApplicable, Violation } from '../run/violation.ts';
import { draftWith, each, shownOf, type Place, type Placed } from './attributes.ts';
import { isDeclined } from './family.ts';

type Which = 'low' | 'high' | 'none';

interface Question {
  readonly operator: 'eq' | 'gt' | 'ge' | 'lt' | 'le' | 'pr';
  readonly operand?: Json;
  readonly finds: readonly Which[];
}

interface Scale {
  readonly low: Json;
  readonly high: Json;
  readonly questions: readonly Question[];
}

/**
 * Two values of each type, and questions that a comparison as text or without zone gets wrong. Equality
 * of dates is left open by RFC 7644 section 3.4.2.2.
 */
const scales: Readonly<Record<string, Scale>> = {
  integer: {
    low: 9,
    high: 10,
    questions: [
      { operator: 'eq', operand: 9, finds: ['low'] },
      { operator: 'eq', operand: 1, finds: [] },
      { operator: 'gt', operand: 9, finds: ['high'] },
      { operator: 'ge', operand: 10, finds: ['high'] },
      { operator: 'ge', operand: -5, finds: ['low', 'high'] },
      { operator: 'lt', operand: 10, finds: ['low'] },
      { operator: 'le', operand: 9, finds: ['low'] },
      { operator: 'lt', operand: -5, finds: [] },
      { operator: 'pr', finds: ['low', 'high'] },
    ],
  },
  decimal: {
    low: 0,
    high: 10.25,
    questions: [
      { operator: 'eq', operand: 10.25, finds: ['high'] },
      { operator: 'gt', operand: 9.5, finds: ['high'] },
      { operator: 'le', operand: 0.5, finds: ['low'] },
      { operator: 'gt', operand: 10.25, finds: [] },
      { operator: 'pr', finds: ['low', 'high'] },
    ],
  },
  dateTime: {
    low: '2021-06-01T12:30:00+05:00',
    high: '2021-06-01T10:00:00Z',
    questions: [
      { operator: 'gt', operand: '2021-06-01T09:00:00Z', finds: ['high'] },
      { operator: 'lt', operand: '2021-06-01T09:00:00Z', finds: ['low'] },
      { operator: 'le', operand: '2021-06-01T11:00:00+02:00', finds: ['low'] },
      { operator: 'ge', operand: '2021-06-01T04:00:00-04:00', finds: ['high'] },
      { operator: 'pr', finds: ['low', 'high'] },
    ],
  },
  boolean: {
    low: false,
    high: true,
    questions: [
      { operator: 'eq', operand: true, finds: ['high'] },
      { operator: 'eq', operand: false, finds: ['low'] },
      { operator: 'pr', finds: ['low', 'high'] },
    ],
  },
};

/** The clause of an operator on a type. */
const clauseOf = (type: string, operator: Question['operator']): ClauseId => {
  if (operator === 'pr') return 'RFC7644-3.4.2.2-22';
  if (operator === 'eq') return 'RFC7644-3.4.2.2-13';
  return type === 'dateTime' ? 'RFC7644-3.4.2.2-24' : 'RFC7644-3.4.2.2-28';
};

interface Asked extends Placed {
  readonly clause: ClauseId;
  readonly question: Question;
}

/** The first attribute of each type in each resource type; users are asked about `active` by checks of their own. */
function placesOf(facts: Facts): readonly Placed[] {
  const seen = new Set<string>();
  return each(
    ({ attribute }) =>
      scales[attribute.type] !== undefined &&
      !attribute.multiValued &&
      attribute.uniqueness === 'none' &&
      attribute.name !== 'active' &&
      isWritable(attribute) &&
      isShown(attribute),
  )(facts).filter(({ place }) => {
    const kind = `${place.type.name} ${place.attribute.type}`;
    return !seen.has(kind) && seen.add(kind) !== undefined;
  });
}

type Sample = ReadonlyMap<Which, string>;

/** Resources with the low value, the high one, and none. @throws NotApplicable where the target does not keep them */
const sampleFor = async (context: Context, place: Place): Promise<Sample> =>
  context.shared(`typed ${place.type.name} ${place.attribute.path}`, async maker => {
    const { low = null, high = null } = scales[place.attribute.type] ?? {};
    const sample = new Map<Which, string>();
    for (const [which, value] of [['high', high] as const, ['none', undefined] as const, ['low', low] as const]) {
      const answer = await maker.scim.create(place.type.endpoint, draftWith({ ...context, ...maker }, place, value));
      const id = createdId(answer);
      if (id === undefined) throw new NotApplicable(`${place.attribute.path} is not taken: ${describeAnswer(answer)}`);
      const came = shownOf(await maker.stored(place.type.endpoint, id), place) ?? null;
      const kept = value === undefined ? came === null : matches(place.attribute, value, came);
      if (!kept) throw new NotApplicable(`the target does not give ${place.attribute.path} back as it was sent`);
      sample.set(which, id);
    }
    return sample;
  });

/** Ours in a list of the whole type. @throws NotApplicable when it is declined, or does not show all it found */
async function oursIn({ scim }: Context, place: Place, sample: Sample, query: Query): Promise<readonly Which[]> {
  const answer = await scim.list(place.type.endpoint, { ...query, count: 500 });
  if (isDeclined(answer)) throw new NotApplicable(`the query is declined: ${describeAnswer(answer)}`);
  expect.status(answer, 200);
  const page = pageOf(answer);
  if (page.resources.length < page.total) throw new NotApplicable('the answer takes too many pages to be seen');
  const whose = new Map([...sample].map(([which, id]) => [id, which]));
  return idsOf(page).flatMap(id => whose.get(id) ?? []);
}

/** A target may decline to compare numbers, but not one number and take another. @throws Violation for that */
async function needNumber(
  { scim }: Context,
  { type, attribute }: Place,
  operator: string,
  reason: string,
): Promise<void> {
  const plain = await scim.list(type.endpoint, { filter: `${attribute.path} ${operator} 1`, count: 0 });
  if (!isDeclined(plain)) throw new Violation(`the filter to be taken as ${operator} 1 is`, reason, plain);
}

/** Numbers, dates and booleans of every resource type in filters and orders (RFC 7644 sections 3.4.2.2 and 3.4.2.3). */
export const typedQueries = [
  {
    id: 'filter.typed',
    title: 'Numbers, dates and booleans are compared as what they are',
    clause: 'RFC7644-3.4.2.2-28',
    also: ['RFC7644-3.4.2.2-13', 'RFC7644-3.4.2.2-22', 'RFC7644-3.4.2.2-24'],
    applies: [supports('filter')],
    cases: (facts: Facts): readonly Asked[] =>
      placesOf(facts).flatMap(({ name, place }) =>
        (scales[place.attribute.type]?.questions ?? []).map(question => ({
          name: `${name} ${question.operator} ${JSON.stringify(question.operand ?? '')}`,
          clause: clauseOf(place.attribute.type, question.operator),
          place,
          question,
        })),
      ),
    async run(context: Context, { place, question: { operator, operand, finds } }: Asked) {
      const sample = await sampleFor(context, place);
      const operation = operand === undefined ? operator : `${operator} ${filterValue(operand)}`;
      const filter = `${place.attribute.path} ${operation}`;
      const came = await oursIn(context, place, sample, { filter }).catch(async (error: unknown) => {
        const declined = error instanceof NotApplicable && error.message.includes('declined');
        if (declined && typeof operand === 'number') await needNumber(context, place, operator, error.message);
        throw error;
      });
      const what = 'of the resources with the low value, the high one and none, those that match';
      expect.set([...came], finds, `${what} ${filter}:`);
    },
  },
  {
    id: 'sort.typed',
    title: 'Numbers sort by size and dates by time',
    clause: 'RFC7644-3.4.2.3-09',
    applies: [supports('sort')],
    cases: (facts: Facts) =>
      placesOf(facts)
        .filter(({ place }) => place.attribute.type !== 'boolean')
        .flatMap(({ name, place }) =>
          ['ascending', 'descending'].map(sortOrder => ({ name: `${name} ${sortOrder}`, place, sortOrder })),
        ),
    async run(context: Context, { place, sortOrder }: Case & { readonly place: Place; readonly sortOrder: string }) {
      const sample = await sampleFor(context, place);
      const { path } = place.attribute;
      // Few have such an attribute, so these fit on a page.
      const narrowed = await context.scim.list(place.type.endpoint, { filter: `${path} pr`, count: 0 });
      const filter = isDeclined(narrowed) || narrowed.status !== 200 ? {} : { filter: `${path} pr` };
      const came = await oursIn(context, place, sample, { ...filter, sortBy: path, sortOrder });
      const right: readonly Which[] = sortOrder === 'ascending' ? ['low', 'high'] : ['high', 'low'];
      expect.equal(
        came.filter(which => which !== 'none'),
        [...right],
        `the order by ${path}`,
      );
    },
  },
] as const satisfies readonly Check[];
