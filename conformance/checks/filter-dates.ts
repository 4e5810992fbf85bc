import type { JsonObject } from '../../scim/wire/message.ts';
import { traitOf, valuesAt } from '../run/attributes.ts';
import type { Case, Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { serves, supports, type Facts } from '../run/facts.ts';
import { compare, type Operator } from '../run/predicate.ts';
import { NotApplicable } from '../run/violation.ts';
import { familyOf, finds } from './family.ts';

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

/** Dates in filters (RFC 7644 section 3.4.2.2). */
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
] as const satisfies readonly Check[];
