/** A piece of a layout: literal text, or an element such as `2006` that stands for a part of a time. */
export interface Piece {
  readonly element: boolean;
  readonly text: string;
}

/**
 * Elements of a layout: Go writes a layout as it would write Monday, the second of January 2006, four minutes and five
 * seconds past three in the afternoon, seven hours west of Greenwich.
 */
const ELEMENTS = new RegExp(
  [
    'January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST',
    '002|0[1-6]|15|1|2006|__2|_2(?!006)|2|3|4|5|PM|pm',
    '[-Z]070000|[-Z]07:00:00|[-Z]0700|[-Z]07:00|[-Z]07',
    '[.,](?:0+|9+)(?!\\d)',
  ].join('|'),
  'g',
);

/** Cuts a layout into its pieces. */
export function piecesOf(layout: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: text, index } of layout.matchAll(ELEMENTS)) {
    if (index > from) pieces.push({ element: false, text: layout.slice(from, index) });
    pieces.push({ element: true, text });
    from = index + text.length;
  }
  if (from < layout.length) pieces.push({ element: false, text: layout.slice(from) });
  return pieces;
}

export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** From Sunday on. */
export const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** Whether an element is a fraction of a second. */
export const isFraction = (text: string): boolean => text.startsWith('.') || text.startsWith(',');
