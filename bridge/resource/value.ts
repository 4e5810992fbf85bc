import type { AttributeType } from '../../scim/schema/index.ts';
import type { Json } from '../../scim/wire/message.ts';
import { invalidValue } from './refusal.ts';
import type { CompiledAttribute } from './type.ts';

/** Attribute types whose values are no objects. */
export type SimpleType = Exclude<AttributeType, 'complex'>;

interface SimpleReader {
  /** What the type takes, for messages. */
  readonly takes: string;
  readonly accepts: (value: Json) => boolean;
}

const isText = (accepts: (text: string) => boolean) => (value: Json) => typeof value === 'string' && accepts(value);

const readers: Readonly<Record<SimpleType, SimpleReader>> = {
  string: { takes: 'text', accepts: value => typeof value === 'string' },
  boolean: { takes: 'true or false', accepts: value => typeof value === 'boolean' },
  decimal: { takes: 'a number', accepts: value => Number.isFinite(value) },
  integer: { takes: 'a whole number', accepts: value => Number.isSafeInteger(value) },
  dateTime: {
    takes: 'a date with time as in "2011-08-01T18:29:49Z"',
    accepts: isText(text => instant(text) !== undefined),
  },
  reference: { takes: 'a URI', accepts: isText(text => !notInUri.test(text)) },
  binary: { takes: 'base64 text', accepts: isText(isBase64) },
};

/**
 * Reads one value of a simple attribute (RFC 7643 section 2.3). Canonical values are suggestions: others pass.
 * @param booleanText whether "true" and "False" pass for booleans, as some identity providers send them
 * @throws {ScimError} 400 `invalidValue`
 */
export function readSimple(attribute: CompiledAttribute, value: Json, booleanText: boolean): Json {
  const { type } = attribute;
  if (type === 'string' && typeof value === 'string') return value;
  if (type !== 'complex' && readers[type].accepts(value)) return value;
  if (type === 'boolean' && booleanText && typeof value === 'string') {
    const word = value.toLowerCase();
    if (word === 'true' || word === 'false') return word === 'true';
  }
  throw invalidValue(`"${attribute.path}" takes ${wanted(attribute)}, not ${kindOf(value)}.`);
}

/** What an attribute takes, for messages. */
export const wanted = ({ type }: CompiledAttribute): string => (type === 'complex' ? 'an object' : readers[type].takes);

/** What a value is, for messages: its kind only, since values may be secret. */
export function kindOf(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  switch (typeof value) {
    case 'string':
      return value === '' ? 'an empty text' : 'this text';
    case 'number':
      return 'this number';
    case 'boolean':
      return 'a boolean';
    default:
      return 'an object';
  }
}

// Characters that RFC 3986 allows nowhere in a URI or relative reference; those beyond ASCII pass (IRI).
// oxlint-disable-next-line no-control-regex
const notInUri = /[\u0000-\u0020<>"{}|\\^`\u007f]/;

/** Standard or URL-safe alphabet, with or without padding (RFC 7643 section 2.3.6). */
function isBase64(text: string): boolean {
  if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(text)) return false;
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return padding === 0 ? text.length % 4 !== 1 : text.length % 4 === 0;
}

const dateTime = /^(-?\d{4,6})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(?:Z|([+-])(\d\d):(\d\d))?$/;

/**
 * Milliseconds since 1970 of an xsd:dateTime, with the fraction it has; UTC when it names no zone. Undefined for what is
 * no xsd:dateTime, a date without time among them.
 */
export function instant(text: string): number | undefined {
  const match = dateTime.exec(text);
  if (!match) return undefined;
  const part = (index: number): number => Number(match[index] ?? 0);
  const [year, month, day, hour, minute, second] = [part(1), part(2), part(3), part(4), part(5), part(6)];
  const midnight = new Date(0);
  midnight.setUTCFullYear(year, month - 1, day);
  const exists = midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === day;
  const endOfDay = hour === 24 && minute === 0 && second === 0 && part(7) === 0;
  if (!exists || (hour > 23 && !endOfDay) || minute > 59 || second > 59 || part(10) > 59 || part(9) > 14)
    return undefined;
  const offset = (part(9) * 60 + part(10)) * (match[8] === '-' ? -1 : 1);
  return midnight.getTime() + ((hour * 60 + minute - offset) * 60 + second + part(7)) * 1000;
}

/**
 * A value as something that compares right: text folded unless its attribute is exact, dates as instants. Undefined for
 * a value that does not fit.
 */
export function comparable(
  attribute: CompiledAttribute,
  value: Json | undefined,
): string | number | boolean | undefined {
  switch (typeof value) {
    case 'string':
      if (attribute.type === 'dateTime') return instant(value);
      return attribute.exact ? value : folded(value);
    case 'number':
    case 'boolean':
      return value;
    default:
      return undefined;
  }
}

/** Whether two values of a simple attribute are the same by its own comparison. */
export function sameSimple(attribute: CompiledAttribute, left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true;
  if (typeof left !== 'string' || typeof right !== 'string') return false;
  if (attribute.type === 'dateTime') return instant(left) === instant(right);
  return !attribute.exact && sameFolded(left, right);
}

/**
 * Text without what a comparison looks past: case, and beyond ASCII the width and the composition of characters, as the
 * PRECIS profile of user names has it (RFC 7644 section 5, RFC 8265 section 3.3).
 */
export const folded = (text: string): string =>
  BEYOND_ASCII.test(text) ? text.normalize('NFKC').toLowerCase() : text.toLowerCase();

const BEYOND_ASCII = /[\u0080-\uffff]/;

/** Equality without case that makes no new text unless the first difference may be one of case. */
export function sameFolded(left: string, right: string): boolean {
  if (left.length !== right.length) {
    return (BEYOND_ASCII.test(left) || BEYOND_ASCII.test(right)) && folded(left) === folded(right);
  }
  for (let at = 0; at < left.length; at += 1) {
    const one = left.charCodeAt(at);
    const other = right.charCodeAt(at);
    if (one === other) continue;
    // 32 is the bit that tells upper from lower case in ASCII.
    const perhaps = (one | 32) === (other | 32) || one > 127 || other > 127;
    return perhaps && folded(left) === folded(right);
  }
  return true;
}
