import { compare, span } from './arithmetic.ts';
import { Refusal } from './error.ts';
import { INT, TEXT, type ExprFunction, type Parameter } from './function.ts';
import { civilOf, formatInstant, instantText, inZone, localNs, type Civil } from './instant.ts';
import { MONTHS, WEEKDAYS } from './layout.ts';
import { roundSpan, spanText } from './span.ts';
import { TYPES, type StaticType } from './static-type.ts';
import { isDuration, isTime, isZone, textOf, type Instant, type Kind, type Value, type Zone } from './value.ts';
import { fromLocal, UTC } from './zone.ts';

const TIME: Parameter = { kinds: ['time'] };
const SPAN: Parameter = { kinds: ['duration'] };
const ZONE: Parameter = { kinds: ['location'] };

const instantOf = (value: Value | undefined): Instant => (isTime(value) ? value : { kind: 'time', ns: 0n, zone: UTC });
const lengthOf = (value: Value | undefined): bigint => (isDuration(value) ? value.ns : 0n);
const zoneOf = (value: Value | undefined): Zone => (isZone(value) ? value : UTC);

/** Without arguments, from the calendar or the clock. */
const shown = (name: string, gives: StaticType, read: (civil: Civil, instant: Instant) => Value): ExprFunction => ({
  name,
  takes: [],
  gives,
  call: ([self]) => read(civilOf(instantOf(self)), instantOf(self)),
});
const counted = (name: string, read: (civil: Civil) => number) => shown(name, TYPES.int, civil => BigInt(read(civil)));
const since = (name: string, nanoseconds: bigint) =>
  shown(name, TYPES.int, (_, { ns }) => (ns - (((ns % nanoseconds) + nanoseconds) % nanoseconds)) / nanoseconds);
const compared = (name: string, holds: (order: number) => boolean): ExprFunction => ({
  name,
  takes: [TIME],
  gives: TYPES.bool,
  call: ([self = null, other = null]) => holds(compare(self, other)),
});

const DAY = 86_400_000_000_000n;
/** From the first of January of year 1, which is where Go counts multiples from. */
const YEAR_ONE = -62_135_596_800n * 1_000_000_000n;

const timeMethods: readonly ExprFunction[] = [
  counted('Year', ({ year }) => year),
  counted('Day', ({ day }) => day),
  counted('Hour', ({ hour }) => hour),
  counted('Minute', ({ minute }) => minute),
  counted('Second', ({ second }) => second),
  counted('Nanosecond', ({ nanosecond }) => nanosecond),
  counted('YearDay', ({ yearDay }) => yearDay),
  shown('Month', TYPES.month, ({ month }) => {
    return { kind: 'month', number: BigInt(month), text: MONTHS[month - 1] ?? '' };
  }),
  shown('Weekday', TYPES.weekday, ({ weekday }) => {
    return { kind: 'weekday', number: BigInt(weekday), text: WEEKDAYS[weekday] ?? '' };
  }),
  since('Unix', 1_000_000_000n),
  since('UnixMilli', 1_000_000n),
  since('UnixMicro', 1_000n),
  since('UnixNano', 1n),
  shown('UTC', TYPES.time, (_, instant) => inZone(instant, UTC)),
  shown('Local', TYPES.time, (_, instant) => inZone(instant, { ...UTC, name: 'Local' })),
  shown('Location', TYPES.location, (_, { zone }) => zone),
  shown('String', TYPES.string, (_, instant) => instantText(instant)),
  shown('IsZero', TYPES.bool, (_, { ns }) => ns === YEAR_ONE),
  compared('After', order => order > 0),
  compared('Before', order => order < 0),
  compared('Equal', order => order === 0),
  {
    name: 'Compare',
    takes: [TIME],
    gives: TYPES.int,
    call: ([self = null, other = null]) => BigInt(compare(self, other)),
  },
  {
    name: 'Format',
    takes: [TEXT],
    gives: TYPES.string,
    call: ([self, layout], { budget }) => {
      const text = formatInstant(instantOf(self), textOf(layout));
      budget.characters(text.length);
      return text;
    },
  },
  {
    name: 'In',
    takes: [ZONE],
    gives: TYPES.time,
    call: ([self, zone]) => inZone(instantOf(self), zoneOf(zone)),
  },
  {
    name: 'Add',
    takes: [SPAN],
    gives: TYPES.time,
    call: ([self, by]) => ({ ...instantOf(self), ns: instantOf(self).ns + lengthOf(by) }),
  },
  {
    name: 'Sub',
    takes: [TIME],
    gives: TYPES.duration,
    call: ([self, other]) => span(instantOf(self).ns - instantOf(other).ns),
  },
  {
    name: 'AddDate',
    takes: [INT, INT, INT],
    gives: TYPES.time,
    call: ([self, ...by]) => addDate(instantOf(self), by.map(Number)),
  },
  {
    name: 'Truncate',
    takes: [SPAN],
    gives: TYPES.time,
    call: ([self, to]) => multiple(instantOf(self), lengthOf(to), (ns, by) => ns - (((ns % by) + by) % by)),
  },
  {
    name: 'Round',
    takes: [SPAN],
    gives: TYPES.time,
    call: ([self, to]) => multiple(instantOf(self), lengthOf(to), roundSpan),
  },
];

/** Days that a month does not have run over into the next. */
function addDate(instant: Instant, [years = 0, months = 0, days = 0]: readonly number[]): Instant {
  if ([years, months, days].some(by => Math.abs(by) > 1_000_000)) throw new Refusal('the date would be out of reach');
  const civil = civilOf(instant);
  const moved = { ...civil, year: civil.year + years, month: civil.month + months, day: civil.day + days };
  return { ...instant, ns: fromLocal(localNs(moved), instant.zone) };
}

const multiple = (instant: Instant, by: bigint, to: (ns: bigint, by: bigint) => bigint): Instant =>
  by <= 0n || by > 1_000_000n * DAY ? instant : { ...instant, ns: to(instant.ns - YEAR_ONE, by) + YEAR_ONE };

const lasting = (name: string, gives: StaticType, read: (ns: bigint) => Value): ExprFunction => ({
  name,
  takes: [],
  gives,
  call: ([self]) => read(lengthOf(self)),
});
/** The whole units are exact, so that they are added last. */
const inUnits = (name: string, unit: bigint) =>
  lasting(name, TYPES.float, ns => Number(ns / unit) + Number(ns % unit) / Number(unit));
const wholeUnits = (name: string, unit: bigint) => lasting(name, TYPES.int, ns => ns / unit);

const durationMethods: readonly ExprFunction[] = [
  inUnits('Hours', 3_600_000_000_000n),
  inUnits('Minutes', 60_000_000_000n),
  inUnits('Seconds', 1_000_000_000n),
  wholeUnits('Milliseconds', 1_000_000n),
  wholeUnits('Microseconds', 1_000n),
  wholeUnits('Nanoseconds', 1n),
  lasting('String', TYPES.string, spanText),
  lasting('Abs', TYPES.duration, ns => span(ns < 0n ? -ns : ns)),
  {
    name: 'Round',
    takes: [SPAN],
    gives: TYPES.duration,
    call: ([self, to]) => span(roundSpan(lengthOf(self), lengthOf(to))),
  },
  {
    name: 'Truncate',
    takes: [SPAN],
    gives: TYPES.duration,
    call: ([self, to]) => span(lengthOf(to) <= 0n ? lengthOf(self) : lengthOf(self) - (lengthOf(self) % lengthOf(to))),
  },
];

const named = (value: Value | undefined): Value => {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return null;
  return value.kind === 'location' ? value.name : 'text' in value ? value.text : null;
};
const textMethod: readonly ExprFunction[] = [
  { name: 'String', takes: [], gives: TYPES.string, call: ([self]) => named(self) },
];

const byName = (methods: readonly ExprFunction[]): ReadonlyMap<string, ExprFunction> =>
  new Map(methods.map(method => [method.name, method]));

/** Methods by the kind of value that has them; the value itself is the first argument of their `call`. */
export const METHODS: ReadonlyMap<Kind, ReadonlyMap<string, ExprFunction>> = new Map([
  ['time', byName(timeMethods)],
  ['duration', byName(durationMethods)],
  ['location', byName(textMethod)],
  ['month', byName(textMethod)],
  ['weekday', byName(textMethod)],
]);
