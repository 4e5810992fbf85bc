import { Refusal } from './error.ts';
import { optional, TEXT, type ExprFunction } from './function.ts';
import { inZone } from './instant.ts';
import { parseInstant } from './parse-instant.ts';
import { parseSpan } from './span.ts';
import { TYPES } from './static-type.ts';
import { isZone, textOf, type Instant, type Value, type Zone } from './value.ts';
import { UTC, zoneNamed } from './zone.ts';

/** Tried in turn where a date comes without a layout. */
const LAYOUTS = [
  '2006-01-02',
  '15:04:05',
  '2006-01-02 15:04:05',
  '2006-01-02T15:04:05Z07:00',
  '02 Jan 06 15:04 MST',
  'Monday, 02-Jan-06 15:04:05 MST',
  'Mon, 02 Jan 2006 15:04:05 MST',
];

/** Functions that make times, durations and zones. */
export const dateFunctions: readonly ExprFunction[] = [
  {
    name: 'now',
    takes: [optional({ kinds: ['location'] })],
    gives: TYPES.time,
    call: ([zone = null], { now }) => {
      const instant: Instant = { kind: 'time', ns: BigInt(Math.floor(now())) * 1_000_000n, zone: UTC };
      return isZone(zone) ? inZone(instant, zone) : instant;
    },
  },
  { name: 'duration', takes: [TEXT], gives: TYPES.duration, call: ([text]) => parseSpan(textOf(text)) },
  { name: 'timezone', takes: [TEXT], gives: TYPES.location, call: ([name]) => zoneNamed(textOf(name)) },
  {
    name: 'date',
    takes: [{ kinds: ['string', 'location'] }, optional(TEXT), optional(TEXT), optional(TEXT)],
    gives: TYPES.time,
    call: args => date(args),
  },
];

/** `date(text)`, `date(text, layout)`, `date(text, layout, zone name)`; a zone may come first instead. */
function date(args: readonly Value[]): Instant {
  const [first = null] = args;
  const [text, layout, zoneName] = (isZone(first) ? args.slice(1) : args).map(textOf);
  if (text === undefined) throw new Refusal('date takes the text of a date');
  if (args.length > (isZone(first) ? 4 : 3)) throw new Refusal('date takes a text, a layout and a time zone');
  const zone: Zone = zoneName === undefined ? (isZone(first) ? first : UTC) : zoneNamed(zoneName);
  if (layout !== undefined) return parseInstant(text, layout, zone);
  for (const known of LAYOUTS) {
    try {
      return parseInstant(text, known, zone);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  throw new Refusal(`${JSON.stringify(text)} is no date that is known without a layout, such as 2006-01-02`);
}
