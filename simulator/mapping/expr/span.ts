import { Refusal } from './error.ts';
import type { Span } from './value.ts';

const SECOND = 1_000_000_000n;
const MINUTE = 60n * SECOND;
const HOUR = 60n * MINUTE;

/** Nanoseconds by unit. Both signs for a millionth are in use. */
const UNITS: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['\u00b5s', 1_000n],
  ['\u03bcs', 1_000n],
  ['ms', 1_000_000n],
  ['s', SECOND],
  ['m', MINUTE],
  ['h', HOUR],
]);

/**
 * Reads a duration as Go writes it: `1h30m`, `-1.5h`, `300ms`.
 * @throws Refusal
 */
export function parseSpan(text: string): Span {
  const invalid = (reason: string): never => {
    throw new Refusal(`${JSON.stringify(text)} is no duration: ${reason}`);
  };
  const [, sign = '', body = ''] = /^([+-]?)(.*)$/s.exec(text) ?? [];
  if (body === '0') return { kind: 'duration', ns: 0n };
  if (body === '') invalid('it is empty');
  let ns = 0n;
  let rest = body;
  while (rest !== '') {
    const [part = '', whole = '', fraction = '', unit = ''] = /^(\d*)(?:\.(\d*))?([^\d.]*)/.exec(rest) ?? [];
    if (whole === '' && fraction === '') invalid('a number is missing');
    if (unit === '') invalid('a unit is missing, such as h, m, s or ms');
    const size =
      UNITS.get(unit) ?? invalid(`there is no unit ${JSON.stringify(unit)}; there are h, m, s, ms, us and ns`);
    ns += BigInt(whole || '0') * size + (BigInt(fraction || '0') * size) / 10n ** BigInt(fraction.length);
    rest = rest.slice(part.length);
  }
  const signed = sign === '-' ? -ns : ns;
  if (BigInt.asIntN(64, signed) !== signed) invalid('it is too long');
  return { kind: 'duration', ns: signed };
}

/** As {@link parseSpan} reads it, with hours as the largest unit. */
export function spanText(ns: bigint): string {
  if (ns === 0n) return '0s';
  const sign = ns < 0n ? '-' : '';
  const length = ns < 0n ? -ns : ns;
  if (length < 1_000n) return `${sign}${length}ns`;
  if (length < 1_000_000n) return `${sign}${decimal(length, 3)}\u00b5s`;
  if (length < SECOND) return `${sign}${decimal(length, 6)}ms`;
  const seconds = `${decimal(length % MINUTE, 9)}s`;
  const minutes = length >= MINUTE ? `${(length % HOUR) / MINUTE}m` : '';
  const hours = length >= HOUR ? `${length / HOUR}h` : '';
  return `${sign}${hours}${minutes}${seconds}`;
}

/** Without zeros at the end. */
function decimal(value: bigint, places: number): string {
  const unit = 10n ** BigInt(places);
  const fraction = String(value % unit)
    .padStart(places, '0')
    .replace(/0+$/, '');
  return fraction === '' ? `${value / unit}` : `${value / unit}.${fraction}`;
}

/** To the nearest multiple, halves away from zero; unchanged for a multiple that is not positive. */
export function roundSpan(ns: bigint, multiple: bigint): bigint {
  if (multiple <= 0n) return ns;
  const length = ns < 0n ? -ns : ns;
  const rest = length % multiple;
  const rounded = rest * 2n < multiple ? length - rest : length - rest + multiple;
  return ns < 0n ? -rounded : rounded;
}
