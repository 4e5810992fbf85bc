import { Refusal } from './error.ts';
import type { Zone } from './value.ts';

/** Universal time. */
export const UTC: Zone = { kind: 'location', name: 'UTC', offset: 0 };

const NANO = 1_000_000_000n;

/**
 * A zone of the tz database. The local zone is universal time, so that results do not depend on the machine.
 * @throws Refusal for a name that it does not have
 */
export function zoneNamed(name: string): Zone {
  if (name === '' || name === 'UTC') return UTC;
  if (name === 'Local') return { ...UTC, name };
  try {
    if (/^[A-Za-z][\w+/-]*$/.test(name) && clockOf(name)) return { kind: 'location', name };
  } catch {
    // Said below.
  }
  throw new Refusal(`there is no time zone ${JSON.stringify(name)}`);
}

/** A zone that is nothing but an offset in seconds, under a name it was given or none. */
export const fixedZone = (offset: number, name = ''): Zone => ({ kind: 'location', name, offset });

/** Seconds east of Greenwich at a time in nanoseconds since the epoch. */
export function offsetAt(zone: Zone, ns: bigint): number {
  if (zone.offset !== undefined) return zone.offset;
  const seconds = floorDivide(ns, NANO);
  const parts: Record<string, number> = {};
  for (const { type, value } of clockOf(zone.name).formatToParts(Number(seconds) * 1000)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return daysOf(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second - Number(seconds);
}

/** Days since the epoch; month and day may be out of their range. */
export function daysOf(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime() / 86_400_000;
}

/** Nanoseconds since the epoch for what the clock of a zone shows. */
export function fromLocal(localNs: bigint, zone: Zone): bigint {
  const first = offsetAt(zone, localNs);
  const guess = localNs - BigInt(first) * NANO;
  const second = offsetAt(zone, guess);
  return first === second ? guess : localNs - BigInt(second) * NANO;
}

export const floorDivide = (value: bigint, by: bigint): bigint => (value - (((value % by) + by) % by)) / by;

/** One for each zone that was asked for; there are some six hundred. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(name: string): Intl.DateTimeFormat {
  const known = clocks.get(name);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  clocks.set(name, clock);
  return clock;
}

/** Each of these languages knows the letters of other zones. */
const LANGUAGES = ['en-US', 'en-GB', 'en-AU', 'en-IN', 'en-NZ', 'en-ZA'];

/** Letters that none of the languages above knows. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ['Asia/Tokyo', 'JST'],
  ['Asia/Seoul', 'KST'],
  ['Asia/Shanghai', 'CST'],
  ['Asia/Taipei', 'CST'],
  ['Asia/Hong_Kong', 'HKT'],
  ['Asia/Manila', 'PST'],
  ['Asia/Karachi', 'PKT'],
  ['Asia/Jakarta', 'WIB'],
  ['Europe/Moscow', 'MSK'],
]);

/** `CET`, `EDT`; where a zone has no letters, its offset. */
export function abbreviation(zone: Zone, ns: bigint): string {
  const offset = offsetAt(zone, ns);
  if (zone.name === 'Local') return UTC.name;
  if (zone.offset !== undefined) return zone.name || offsetText(offset);
  const letters = LETTERS.get(zone.name);
  if (letters) return letters;
  for (const language of LANGUAGES) {
    const format = new Intl.DateTimeFormat(language, { timeZone: zone.name, timeZoneName: 'short' });
    const name = format.formatToParts(Number(ns / 1_000_000n)).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    if (/^[A-Z]+$/.test(name)) return name;
  }
  return offsetText(offset).replace(/00$/, '');
}

/** `+0200` */
function offsetText(offset: number): string {
  const minutes = Math.floor(Math.abs(offset) / 60);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
}
