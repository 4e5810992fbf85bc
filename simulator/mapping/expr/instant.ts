import { Refusal } from './error.ts';
import { isFraction, MONTHS, piecesOf, WEEKDAYS } from './layout.ts';
import type { Instant, Zone } from './value.ts';
import { abbreviation, daysOf, floorDivide, offsetAt } from './zone.ts';

const NANO = 1_000_000_000n;

/** What calendar and clock of a zone show. */
export interface Civil {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanosecond: number;
  /** From Sunday, 0. */
  readonly weekday: number;
  /** From 1. */
  readonly yearDay: number;
  /** Seconds east of Greenwich. */
  readonly offset: number;
}

/** Calendar and clock of a time in its zone. */
export function civilOf({ ns, zone }: Instant): Civil {
  const offset = offsetAt(zone, ns);
  const seconds = floorDivide(ns, NANO);
  const date = new Date((Number(seconds) + offset) * 1000);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + 1;
  const day = date.getUTCDate();
  return {
    year,
    month,
    day,
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    nanosecond: Number(ns - seconds * NANO),
    weekday: date.getUTCDay(),
    yearDay: daysOf(year, month, day) - daysOf(year, 1, 1) + 1,
    offset,
  };
}

/** Nanoseconds that calendar and clock stand for, as though the zone were universal time. Each part may be out of range. */
export function localNs({
  year,
  month,
  day,
  hour,
  minute,
  second,
  nanosecond,
}: Omit<Civil, 'weekday' | 'yearDay' | 'offset'>): bigint {
  const seconds = daysOf(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second;
  return BigInt(seconds) * NANO + BigInt(nanosecond);
}

/** A time written as a layout shows it. */
export function formatInstant(instant: Instant, layout: string): string {
  const civil = civilOf(instant);
  return piecesOf(layout)
    .map(({ element, text }) => (element ? formatElement(text, civil, instant) : text))
    .join('');
}

const pad = (value: number, width: number, filler = '0') => String(value).padStart(width, filler);
const clock12 = (hour: number) => hour % 12 || 12;

const FORMATS: ReadonlyMap<string, (civil: Civil) => string> = new Map<string, (civil: Civil) => string>([
  ['January', ({ month }) => MONTHS[month - 1] ?? ''],
  ['Jan', ({ month }) => (MONTHS[month - 1] ?? '').slice(0, 3)],
  ['Monday', ({ weekday }) => WEEKDAYS[weekday] ?? ''],
  ['Mon', ({ weekday }) => (WEEKDAYS[weekday] ?? '').slice(0, 3)],
  ['1', ({ month }) => `${month}`],
  ['01', ({ month }) => pad(month, 2)],
  ['2', ({ day }) => `${day}`],
  ['_2', ({ day }) => pad(day, 2, ' ')],
  ['02', ({ day }) => pad(day, 2)],
  ['__2', ({ yearDay }) => pad(yearDay, 3, ' ')],
  ['002', ({ yearDay }) => pad(yearDay, 3)],
  ['15', ({ hour }) => pad(hour, 2)],
  ['3', ({ hour }) => `${clock12(hour)}`],
  ['03', ({ hour }) => pad(clock12(hour), 2)],
  ['4', ({ minute }) => `${minute}`],
  ['04', ({ minute }) => pad(minute, 2)],
  ['5', ({ second }) => `${second}`],
  ['05', ({ second }) => pad(second, 2)],
  ['2006', ({ year }) => (year < 0 ? `-${pad(-year, 4)}` : pad(year, 4))],
  ['06', ({ year }) => pad(Math.abs(year) % 100, 2)],
  ['PM', ({ hour }) => (hour >= 12 ? 'PM' : 'AM')],
  ['pm', ({ hour }) => (hour >= 12 ? 'pm' : 'am')],
]);

function formatElement(text: string, civil: Civil, { ns, zone }: Instant): string {
  const format = FORMATS.get(text);
  if (format) return format(civil);
  if (text === 'MST') return abbreviation(zone, ns);
  if (isFraction(text)) return formatFraction(text, civil.nanosecond);
  return text.startsWith('Z') && civil.offset === 0 ? 'Z' : formatOffset(text.slice(1), civil.offset);
}

/** As many digits as there are zeros; nines leave out what is zero at the end, and the point with it. */
function formatFraction(text: string, nanosecond: number): string {
  const digits = pad(nanosecond, 9).slice(0, text.length - 1);
  if (text.includes('0')) return text.charAt(0) + digits;
  const kept = digits.replace(/0+$/, '');
  return kept === '' ? '' : text.charAt(0) + kept;
}

function formatOffset(pattern: string, offset: number): string {
  const parts = [
    Math.floor(Math.abs(offset) / 3_600),
    Math.floor((Math.abs(offset) % 3_600) / 60),
    Math.abs(offset) % 60,
  ];
  const count = pattern.replaceAll(':', '').length / 2;
  const separator = pattern.includes(':') ? ':' : '';
  const text = parts.slice(0, count).map(part => pad(part, 2));
  return `${offset < 0 ? '-' : '+'}${text.join(separator)}`;
}

/** How a time prints where no layout says. */
export const instantText = (instant: Instant): string =>
  formatInstant(instant, '2006-01-02 15:04:05.999999999 -0700 MST');

/** A time in JSON. @throws Refusal for one outside the years that RFC 3339 has */
export function instantJson(instant: Instant): string {
  const { year } = civilOf(instant);
  if (year < 0 || year > 9_999) throw new Refusal(`JSON has no time in the year ${year}`);
  return formatInstant(instant, '2006-01-02T15:04:05.999999999Z07:00');
}

/** A time in another zone. */
export const inZone = ({ ns }: Instant, zone: Zone): Instant => ({ kind: 'time', ns, zone });
