import { kinds, type Kind } from '../writers/kind.ts';
import { statusClasses, type StatusClass } from '../writers/wire-count.ts';

/** The ways to look at a run, in the order of the menu. */
export const views = [
  { view: 'overview', title: 'Overview' },
  { view: 'verdicts', title: 'Verdicts' },
  { view: 'topics', title: 'By topic' },
  { view: 'clauses', title: 'By clause' },
  { view: 'rules', title: 'By rule' },
  { view: 'providers', title: 'By provider' },
  { view: 'scenarios', title: 'Scenarios' },
  { view: 'exchanges', title: 'Exchanges' },
] as const;
export type ViewName = (typeof views)[number]['view'];

/** Where the reader is. All of it stands in the address, so a place can be sent to somebody. */
export interface Place {
  readonly view: ViewName;
  readonly query: string;
  /** Kinds of verdict to show; empty for all. */
  readonly kinds: ReadonlySet<Kind>;
  /** Classes of answer to show in the list of exchanges; empty for all. */
  readonly statuses: ReadonlySet<StatusClass>;
  /** One further filter on verdicts: `disputed`, `cause:<check>`, `idp:<provider>`; empty for none. */
  readonly only: string;
  /** The scenario that is unfolded. */
  readonly part: string;
  /** Key of the verdict that is open, or empty. */
  readonly verdict: string;
  /** Id of the exchange that is open, or empty. */
  readonly exchange: string;
}

export const start: Place = {
  view: 'overview',
  query: '',
  kinds: new Set(),
  statuses: new Set(),
  only: '',
  part: '',
  verdict: '',
  exchange: '',
};

const chosen = <T extends string>(text: string | null, all: readonly T[]): ReadonlySet<T> => {
  const names = new Set((text ?? '').split(','));
  return new Set(all.filter(name => names.has(name)));
};

/** The place of a fragment; what it does not know in there is left out. */
export function placeOf(hash: string): Place {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  return {
    view: views.find(({ view }) => view === given.get('view'))?.view ?? start.view,
    query: given.get('q') ?? '',
    kinds: chosen(
      given.get('kind'),
      kinds.map(({ kind }) => kind),
    ),
    statuses: chosen(given.get('status'), statusClasses),
    only: given.get('only') ?? '',
    part: given.get('part') ?? '',
    verdict: given.get('verdict') ?? '',
    exchange: given.get('exchange') ?? '',
  };
}

/** The fragment of a place, `#` included; what is as at the start is left out. */
export function hashOf(place: Place): string {
  const all: readonly (readonly [string, string])[] = [
    ['view', place.view === start.view ? '' : place.view],
    ['q', place.query],
    ['kind', [...place.kinds].join(',')],
    ['status', [...place.statuses].join(',')],
    ['only', place.only],
    ['part', place.part],
    ['verdict', place.verdict],
    ['exchange', place.exchange],
  ];
  return `#${new URLSearchParams(all.filter(([, value]) => value !== '').map(([name, value]) => [name, value]))}`;
}

/** A copy of a set with one member put in or taken out. */
export function toggled<T>(set: ReadonlySet<T>, member: T): ReadonlySet<T> {
  const copy = new Set(set);
  if (!copy.delete(member)) copy.add(member);
  return copy;
}
