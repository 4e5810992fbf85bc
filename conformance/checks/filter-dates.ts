import { filterValue } from '../../scim/message/patch.ts';
import type { JsonObject } from '../../scim/wire/message.ts';
import { traitOf, valuesAt } from '../run/attributes.ts';
import type { Case, Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { expect } from '../run/expect.ts';
import { serves, supports, type Facts } from '../run/facts.ts';
import { compare, present, type Operator } from '../run/predicate.ts';
import { NotApplicable } from '../run/violation.ts';
import { confined, familyOf, finds, walk } from './family.ts';

/** The time of a resident, moved, as written in a zone where it reads as another day. */
function moved(stored: JsonObject, path: string, hours: number): string {
  const [instant] = valuesAt(stored, path);
  const time = typeof instant === 'string' ? Date.parse(instant) : NaN;
  if (Number.isNaN(time)) throw new NotApplicable(`users have no ${path} that can be read`);
  // A clock that reads against the direction of the move, so that a comparison of texts goes wrong.
  const shift = hours > 0 ? -12 : 12;
  const local = new Date(time + (hours + shift) * 3_600_000).toISOString().slice(0, 19);
  return `${local}${shift < 0 ? '-' : '+'}12:00`;
}

interface Dated extends Case {
  readonly path: string;
  readonly is: Operator;
  readonly hours: number;
  readonly local: boolean;
}

const dated: readonly Dated[] = ['meta.created', 'meta.lastModified'].flatMap(path =>
  (['gt', 'ge', 'lt', 'le'] as const).flatMap(is =>
    [1, -1].flatMap(hours =>
      [false, true].map(local => ({
        name: `${path} ${is} ${hours > 0 ? 'an hour later' : 'an hour earlier'}${local ? ', other zone' : ''}`,
        path,
        is,
        hours,
        local,
      })),
    ),
  ),
);

interface Shown extends Case {
  readonly path: string;
  readonly is: Operator | 'pr';
  /** What is asked for, of the value that a user shows. */
  readonly part: (value: string) => string;
}

const whole = (value: string) => value;
const half = (value: string) => Math.ceil(value.length / 2);
const start = (value: string) => value.slice(0, half(value));
const middle = (value: string) => value.slice(Math.ceil(value.length / 4), -Math.ceil(value.length / 4));
const end = (value: string) => value.slice(-half(value));

/** Locations are left out: a provider may make them of the host and the path of the request when it answers. */
const shownParts: readonly Shown[] = (
  [
    ['id', 'co', middle],
    ['id', 'sw', start],
    ['id', 'ew', end],
    ['meta.resourceType', 'ne', whole],
    ['meta.resourceType', 'co', middle],
    ['meta.resourceType', 'sw', start],
    ['meta.resourceType', 'ew', end],
    ['meta.resourceType', 'pr', whole],
    ['meta.created', 'pr', whole],
    ['meta.lastModified', 'pr', whole],
  ] as const
).map(([path, is, part]) => ({ name: `${path} ${is}`, path, is, part }));

/** Dates and the other parts of meta in filters (RFC 7644 section 3.4.2.2). */
export const filterDates = [
  {
    id: 'filter.dates',
    title: 'Dates are compared as points in time, in whatever zone they are written',
    clause: 'RFC7644-3.4.2.2-24',
    also: ['RFC7644-3.4.2.2-59'],
    applies: [serves('User'), supports('filter')],
    cases: (facts: Facts) => dated.filter(({ path }) => traitOf(facts, 'User', path) !== undefined),
    async run(context: Context, { path, is, hours, local }: Dated) {
      const { residents } = await familyOf(context);
      const trait = traitOf(context.facts, 'User', path);
      const later = residents.at(hours > 0 ? -1 : 0);
      if (!trait || !later) return;
      const text = moved(later.stored, path, hours);
      await finds(context, compare(trait, is, local ? text : new Date(text).toISOString()));
    },
  },
  {
    id: 'filter.meta',
    title: 'Parts of ids and of meta are compared as the values that are shown',
    clause: 'RFC7644-3.4.2.2-03',
    also: [
      'RFC7644-3.4.2.2-16',
      'RFC7644-3.4.2.2-19',
      'RFC7644-3.4.2.2-20',
      'RFC7644-3.4.2.2-21',
      'RFC7644-3.4.2.2-22',
    ],
    applies: [serves('User'), supports('filter')],
    cases: (facts: Facts) => shownParts.filter(({ path }) => traitOf(facts, 'User', path) !== undefined),
    async run(context: Context, { path, is, part }: Shown) {
      const trait = traitOf(context.facts, 'User', path);
      const [, ann] = (await familyOf(context)).residents;
      if (!trait || !ann) return;
      if (is === 'pr') return finds(context, present(trait));
      const [value] = valuesAt(ann.stored, path);
      if (typeof value !== 'string' || value.length < 3) throw new NotApplicable(`users show no ${path} as a text`);
      return finds(context, compare(trait, is, part(value)));
    },
  },
  {
    id: 'page.changed-since',
    title: 'The users that were changed since a date are each on one page, in pages of two',
    clause: 'RFC7644-3.4.2.4-14',
    also: ['RFC7644-3.4.2.2-24'],
    applies: [serves('User'), supports('filter')],
    cases: () => [
      { name: 'an hour ago', hours: -1 },
      { name: 'in an hour', hours: 1 },
    ],
    async run(context: Context, { hours }: Case & { readonly hours: number }) {
      const family = await familyOf(context);
      if (family.within === undefined) throw new NotApplicable('no filter confines the list to users of this run');
      const later = family.residents.at(hours > 0 ? -1 : 0);
      const since = new Date(moved(later?.stored ?? {}, 'meta.lastModified', hours)).toISOString();
      const text = confined(family, `meta.lastModified gt ${filterValue(since)}`);
      const { ids } = await walk(context, text, { count: 2 });
      const right = hours > 0 ? [] : family.residents.map(({ id }) => id);
      expect.equal([...ids].sort(), right.toSorted(), `of our users, those that match ${text}, each once:`);
    },
  },
] as const satisfies readonly Check[];
