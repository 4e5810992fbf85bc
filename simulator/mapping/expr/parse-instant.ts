import { Refusal } from './error.ts';
import { localNs } from './instant.ts';
import { isFraction, MONTHS, piecesOf, WEEKDAYS, type Piece } from './layout.ts';
import type { Instant, Zone } from './value.ts';
import { daysOf, fixedZone, fromLocal, offsetAt, UTC } from './zone.ts';

/** Parts read so far; what a layout does not have stays as here. */
interface Parts {
  year: number;
  month: number;
  day: number;
  yearDay: number;
  hour: number;
  minute: number;
  second: number;
  nanosecond: number;
  /** Afternoon, morning, or not said. */
  half: 'am' | 'pm' | '';
  offset: number | undefined;
  zoneName: string;
}

/**
 * Reads a time that is written as a layout shows it. Without an offset or zone of its own it is in the given zone.
 * @throws Refusal
 */
export function parseInstant(text: string, layout: string, zone: Zone): Instant {
  const parts: Parts = {
    year: 0,
    month: 0,
    day: 0,
    yearDay: 0,
    hour: 0,
    minute: 0,
    second: 0,
    nanosecond: 0,
    half: '',
    offset: undefined,
    zoneName: '',
  };
  const unreadable = (rest: string, piece: string): never => {
    throw new Refusal(
      `${JSON.stringify(text)} is not written as ${JSON.stringify(layout)}: ${JSON.stringify(rest)} where ${piece} belongs`,
    );
  };
  let rest = text;
  const pieces = piecesOf(layout);
  pieces.forEach((piece, i) => {
    const length = piece.element
      ? readElement(piece.text, rest, parts, pieces[i + 1])
      : literalLength(piece.text, rest);
    if (length === undefined) unreadable(rest, JSON.stringify(piece.text));
    rest = rest.slice(length);
  });
  if (rest !== '') unreadable(rest, 'the end');
  const ranged = outOfRange(parts);
  if (ranged) throw new Refusal(`${JSON.stringify(text)} is no time: ${ranged}`);
  return place(parts, zone);
}

/** Spaces stand for any number of them. */
function literalLength(literal: string, rest: string): number | undefined {
  const pattern = literal.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`).replaceAll(/ +/g, '(?: +|$)');
  return new RegExp(`^${pattern}`).exec(rest)?.[0].length;
}

interface Reading {
  readonly pattern: RegExp;
  /** Answers false for a value that cannot be. */
  readonly read: (parts: Parts, found: string) => boolean | void;
}

const number = (pattern: RegExp, read: (parts: Parts, value: number) => boolean | void): Reading => ({
  pattern,
  read: (parts, found) => read(parts, Number(found.trim())),
});
const name = (names: readonly string[], length: number | undefined, read: (parts: Parts, index: number) => void) => {
  const known = names.map(full => full.slice(0, length).toLowerCase());
  return {
    pattern: new RegExp(`^(?:${known.join('|')})`, 'i'),
    read: (parts: Parts, found: string) => read(parts, known.indexOf(found.toLowerCase())),
  };
};
const setMonth = (parts: Parts, value: number) => {
  parts.month = value;
  return value >= 1 && value <= 12;
};
const setDay = (parts: Parts, value: number) => void (parts.day = value);
const setHour = (most: number) => (parts: Parts, value: number) => {
  parts.hour = value;
  return value <= most;
};
const setMinute = (parts: Parts, value: number) => {
  parts.minute = value;
  return value < 60;
};
const setSecond = (parts: Parts, value: number) => {
  parts.second = value;
  return value < 60;
};
const setYearDay = (parts: Parts, value: number) => void (parts.yearDay = value);
const half = (pattern: RegExp): Reading => ({
  pattern,
  read: (parts, found) => void (parts.half = /^p/i.test(found) ? 'pm' : 'am'),
});

const READINGS: ReadonlyMap<string, Reading> = new Map<string, Reading>([
  ['January', name(MONTHS, undefined, (parts, index) => void (parts.month = index + 1))],
  ['Jan', name(MONTHS, 3, (parts, index) => void (parts.month = index + 1))],
  ['Monday', name(WEEKDAYS, undefined, () => undefined)],
  ['Mon', name(WEEKDAYS, 3, () => undefined)],
  ['2006', number(/^\d{4}/, (parts, value) => void (parts.year = value))],
  ['06', number(/^\d{2}/, (parts, value) => void (parts.year = value + (value >= 69 ? 1900 : 2000)))],
  ['1', number(/^\d{1,2}/, setMonth)],
  ['01', number(/^\d{2}/, setMonth)],
  ['2', number(/^\d{1,2}/, setDay)],
  ['_2', number(/^ ?\d{1,2}/, setDay)],
  ['02', number(/^\d{2}/, setDay)],
  ['002', number(/^\d{3}/, setYearDay)],
  ['__2', number(/^(?: {2}\d| \d\d|\d{3})/, setYearDay)],
  ['15', number(/^\d{1,2}/, setHour(23))],
  ['3', number(/^\d{1,2}/, setHour(12))],
  ['03', number(/^\d{2}/, setHour(12))],
  ['4', number(/^\d{1,2}/, setMinute)],
  ['04', number(/^\d{2}/, setMinute)],
  ['5', number(/^\d{1,2}/, setSecond)],
  ['05', number(/^\d{2}/, setSecond)],
  ['PM', half(/^[AP]M/)],
  ['pm', half(/^[ap]m/)],
  [
    'MST',
    {
      pattern: /^(?:UTC|ChST|MeST|GMT[+-]\d{1,2}|[A-Z]{4}T|[A-Z]{3}T|WITA|[A-Z]{3}(?![A-Z])|[+-]\d{2})/,
      read: (parts, found) => void (parts.zoneName = found),
    },
  ],
]);

/** How many characters an element takes; undefined where it does not stand. */
function readElement(text: string, rest: string, parts: Parts, next: Piece | undefined): number | undefined {
  if (isFraction(text)) return readFraction(text, rest, parts);
  const reading = READINGS.get(text);
  if (!reading) return readOffset(text, rest, parts);
  const found = reading.pattern.exec(rest)?.[0];
  if (found === undefined || reading.read(parts, found) === false) return undefined;
  if (!/^0?5$/.test(text) || (next?.element && isFraction(next.text))) return found.length;
  // A fraction may follow the seconds though the layout shows none.
  return found.length + (readFraction('.9', rest.slice(found.length), parts) ?? 0);
}

function readFraction(text: string, rest: string, parts: Parts): number | undefined {
  const digits = /^[.,](\d+)/.exec(rest)?.[1];
  if (text.includes('9') && digits === undefined) return 0;
  if (digits === undefined || (text.includes('0') && digits.length < text.length - 1)) return undefined;
  const taken = text.includes('0') ? digits.slice(0, text.length - 1) : digits;
  parts.nanosecond = Number(taken.slice(0, 9).padEnd(9, '0'));
  return taken.length + 1;
}

function readOffset(text: string, rest: string, parts: Parts): number | undefined {
  if (text.startsWith('Z') && rest.startsWith('Z')) {
    parts.offset = 0;
    return 1;
  }
  const pattern = new RegExp(`^([+-])${text.slice(1).replaceAll(/0[07]/g, String.raw`(\d\d)`)}`);
  const found = pattern.exec(rest);
  if (!found) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = found.slice(2).map(Number);
  if (hours > 24 || minutes > 59 || seconds > 59) return undefined;
  parts.offset = (hours * 3_600 + minutes * 60 + seconds) * (found[1] === '-' ? -1 : 1);
  return found[0].length;
}

/** Settles month and day; says what is wrong with them, if anything is. */
function outOfRange(parts: Parts): string | undefined {
  if (parts.yearDay > 0) {
    const date = new Date((daysOf(parts.year, 1, 1) + parts.yearDay - 1) * 86_400_000);
    if (date.getUTCFullYear() !== parts.year) return 'the year has no such day';
    parts.month = date.getUTCMonth() + 1;
    parts.day = date.getUTCDate();
  }
  parts.month ||= 1;
  parts.day ||= 1;
  const next = new Date(daysOf(parts.year, parts.month, parts.day) * 86_400_000);
  if (next.getUTCDate() !== parts.day) return 'the month has no such day';
  if (parts.half === 'pm' && parts.hour < 12) parts.hour += 12;
  if (parts.half === 'am' && parts.hour === 12) parts.hour = 0;
  return undefined;
}

function place(parts: Parts, zone: Zone): Instant {
  const local = localNs(parts);
  const at = (offset: number, placed: Zone): Instant => {
    return { kind: 'time', ns: local - BigInt(offset) * 1_000_000_000n, zone: placed };
  };
  const { offset, zoneName } = parts;
  if (offset !== undefined) {
    const there = at(offset, UTC);
    if (offset === 0) return there;
    return { ...there, zone: offsetAt(zone, there.ns) === offset ? zone : fixedZone(offset, zoneName) };
  }
  if (zoneName === 'UTC') return at(0, UTC);
  if (zoneName !== '') {
    const hours = /^(?:GMT)?([+-]\d{1,2})$/.exec(zoneName)?.[1];
    // Letters alone say no offset: as in Go, they are kept beside universal time.
    return at(Number(hours ?? 0) * 3_600, fixedZone(Number(hours ?? 0) * 3_600, zoneName));
  }
  return { kind: 'time', ns: fromLocal(local, zone), zone };
}
