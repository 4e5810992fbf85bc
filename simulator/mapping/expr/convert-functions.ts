import { Refusal } from './error.ts';
import { ANY, TEXT, toInt, type ExprFunction } from './function.ts';
import { readJson, writeJson } from './json-text.ts';
import { print } from './print.ts';
import { TYPES } from './static-type.ts';
import { isDuration, kindOf, textOf, type Kind, type Value } from './value.ts';

/** What `type(x)` says of kinds that it does not name themselves. */
const TYPE_NAMES: Partial<Record<Kind, string>> = {
  bytes: 'array',
  time: 'time.Time',
  duration: 'time.Duration',
  location: 'time.Location',
  month: 'time.Month',
  weekday: 'time.Weekday',
};

/** Known beforehand to be one of these, or not known. */
const CONVERTIBLE = ['int', 'float', 'string'] as const satisfies readonly Kind[];

/** Functions that make one kind of value out of another. */
export const convertFunctions: readonly ExprFunction[] = [
  {
    name: 'type',
    takes: [ANY],
    gives: TYPES.string,
    call: ([value = null]) => TYPE_NAMES[kindOf(value)] ?? kindOf(value),
  },
  {
    name: 'int',
    takes: [{ kinds: [...CONVERTIBLE, 'duration', 'month', 'weekday'] }],
    gives: TYPES.int,
    call: ([value = null]) => convertToInt(value),
  },
  {
    name: 'float',
    takes: [{ kinds: CONVERTIBLE }],
    gives: TYPES.float,
    call: ([value = null]) => convertToFloat(value),
  },
  {
    name: 'string',
    takes: [ANY],
    gives: TYPES.string,
    call: ([value = null], { budget }) => print(value, budget),
  },
  {
    name: 'toJSON',
    takes: [ANY],
    gives: TYPES.string,
    call: ([value = null], { budget }) => writeJson(value, { indented: true, htmlSafe: true }, budget),
  },
  {
    name: 'fromJSON',
    takes: [TEXT],
    gives: TYPES.unknown,
    call: ([text], { budget }) => readJson(textOf(text), budget),
  },
  {
    name: 'toBase64',
    takes: [TEXT],
    gives: TYPES.string,
    call: ([text], { budget }) => {
      const encoded = Buffer.from(textOf(text)).toString('base64');
      budget.characters(encoded.length);
      return encoded;
    },
  },
  { name: 'fromBase64', takes: [TEXT], gives: TYPES.string, call: ([text]) => fromBase64(textOf(text)) },
];

/** Sign and digits of an int of 64 bits. */
const LONGEST_INT = 20;

function convertToInt(value: Value): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return toInt(value);
  if (typeof value === 'string') {
    // Longer ones are none, and cost time to find out.
    const digits = value.length > LONGEST_INT ? value.replace(/^([+-]?)0+(?=\d)/, '$1') : value;
    const isInt = digits.length <= LONGEST_INT && /^[+-]?\d+$/.test(digits);
    const int = isInt ? BigInt(digits.replace('+', '')) : undefined;
    if (int !== undefined && int === BigInt.asIntN(64, int)) return int;
    throw new Refusal(`${JSON.stringify(value.slice(0, 40))} is no int`);
  }
  if (isDuration(value)) return value.ns;
  return typeof value === 'object' && value !== null && 'number' in value ? value.number : 0n;
}

const FLOAT = /^[+-]?(?:\d[\d_]*\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const HEXADECIMAL = /^([+-]?)0x([\da-f]+)(?:\.([\da-f]*))?p([+-]?\d+)$/i;
const NAMED: ReadonlyMap<string, number> = new Map([
  ['inf', Number.POSITIVE_INFINITY],
  ['infinity', Number.POSITIVE_INFINITY],
  ['nan', Number.NaN],
]);

function convertToFloat(value: Value): number {
  if (typeof value !== 'string') return Number(value);
  const [, sign = '', word = ''] = /^([+-]?)(.*)$/s.exec(value.toLowerCase()) ?? [];
  const named = NAMED.get(word);
  const factor = sign === '-' ? -1 : 1;
  if (named !== undefined) return named * factor;
  const [, , whole = '', fraction = '', power] = HEXADECIMAL.exec(value) ?? [];
  if (power !== undefined) {
    return factor * Number.parseInt(whole + fraction, 16) * 2 ** (Number(power) - 4 * fraction.length);
  }
  const float = FLOAT.test(value) ? Number(value.replaceAll('_', '')) : Number.NaN;
  if (Number.isFinite(float)) return float;
  throw new Refusal(`${JSON.stringify(value.slice(0, 40))} is no float`);
}

/** Line ends between the characters do not count. */
function fromBase64(text: string): string {
  const plain = text.replaceAll(/[\r\n]/g, '');
  if (plain.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(plain)) {
    throw new Refusal(`${JSON.stringify(text.slice(0, 40))} is no base64 with its padding`);
  }
  return Buffer.from(plain, 'base64').toString('utf8');
}
