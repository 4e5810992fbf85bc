import { compareText } from './arithmetic.ts';
import type { Budget } from './budget.ts';
import { Refusal } from './error.ts';
import { instantJson } from './instant.ts';
import { fromJson, isDuration, isList, isMap, isTime, isZone, keyText, type Value, type ValueMap } from './value.ts';

/** How JSON is laid out. */
export interface JsonLayout {
  /** Indented by two blanks a level, else on one line. */
  readonly indented: boolean;
  /** Whether `<`, `>` and `&` are written as escapes, so that the text can stand inside HTML. */
  readonly htmlSafe: boolean;
}

/**
 * A value as JSON, members in the order of their names. Times are texts of RFC 3339, durations are nanoseconds, bytes
 * are base64.
 * @throws Refusal for a float that JSON cannot write
 */
export function writeJson(value: Value, layout: JsonLayout, budget: Budget): string {
  return write(value, layout, budget, '\n');
}

/** Each level pays for the text that it joins. */
function write(value: Value, layout: JsonLayout, budget: Budget, indent: string): string {
  const text = isList(value) || isMap(value) ? writeInto(value, layout, budget, indent) : writeScalar(value, layout);
  budget.step();
  budget.characters(text.length);
  return text;
}

function writeInto(value: readonly Value[] | ValueMap, layout: JsonLayout, budget: Budget, indent: string): string {
  const inner = (member: Value) => budget.into(() => write(member, layout, budget, `${indent}  `));
  if (isList(value)) return enclose('[]', value.map(inner), layout, indent);
  const colon = layout.indented ? ': ' : ':';
  const members = Array.from(value, ([key, member]) => [keyText(key), member] as const);
  members.sort(([a], [b]) => compareText(a, b));
  const texts = members.map(([key, member]) => quote(key, layout) + colon + inner(member));
  return enclose('{}', texts, layout, indent);
}

function writeScalar(value: Exclude<Value, readonly Value[] | ValueMap>, layout: JsonLayout): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return quote(value, layout);
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
    throw new Refusal(`JSON has no number ${value}`);
  }
  if (value instanceof Uint8Array) return quote(Buffer.from(value).toString('base64'), layout);
  if (isTime(value)) return quote(instantJson(value), layout);
  if (isDuration(value)) return String(value.ns);
  return isZone(value) ? '{}' : String(value.number);
}

function enclose(brackets: string, texts: readonly string[], { indented }: JsonLayout, indent: string): string {
  const [open = '', close = ''] = brackets;
  if (texts.length === 0) return brackets;
  return indented
    ? `${open}${indent}  ${texts.join(`,${indent}  `)}${indent}${close}`
    : `${open}${texts.join(',')}${close}`;
}

/** Half of a pair of UTF-16 is no character. */
const wellFormed = (text: string) => Buffer.from(text).toString('utf8');

const escape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

function quote(text: string, { htmlSafe }: JsonLayout): string {
  const quoted = JSON.stringify(wellFormed(text)).replaceAll(/[\u2028\u2029]/g, escape);
  return htmlSafe ? quoted.replaceAll(/[<>&]/g, escape) : quoted;
}

/**
 * The value that a JSON text stands for; its numbers are floats.
 * @throws Refusal for a text that is no JSON
 */
export function readJson(text: string, budget: Budget): Value {
  let json: unknown;
  try {
    json = JSON.parse(text, (_name, value: unknown) => {
      budget.elements(1);
      if (typeof value === 'number' && !Number.isFinite(value)) throw new Refusal('a number is too large for a float');
      return typeof value === 'string' ? wellFormed(value) : value;
    });
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(`the text is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  return fromJson(json);
}
