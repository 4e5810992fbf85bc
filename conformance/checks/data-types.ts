import { isObject } from '../../scim/message/list.ts';
import type { Exchange, Json } from '../../reports/record/index.ts';
import type { Around, Check } from '../run/check.ts';
import { expect, show } from '../run/expect.ts';
import { oncePerExchange, shownBy, typeShown, valuesOf, type Found } from '../run/shown.ts';

/** Types of RFC 7643 section 2.3 whose values are JSON strings. */
const TEXTS: ReadonlySet<string> = new Set(['string', 'dateTime', 'binary', 'reference']);

const DATE_TIME =
  /^-?\d{4,}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-4]):[0-5]\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/;
const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;
/** What RFC 3986 allows in a URI reference, and what internationalised ones add. */
const REFERENCE = /^[^\s<>"{}|\\^`]+$/;

const publishedValues = oncePerExchange((exchange, facts): readonly Found[] =>
  shownBy(exchange).flatMap(resource => {
    const type = typeShown(exchange, resource, facts);
    return type === undefined ? [] : valuesOf(resource, type);
  }),
);

const seenIn = (exchange: Exchange, { facts }: Around): readonly Found[] => publishedValues(exchange, facts);

/** Single values of one type. */
const singles = (exchange: Exchange, around: Around, ...types: readonly string[]) =>
  seenIn(exchange, around).filter(
    ({ attribute: { type, multiValued }, element }) => types.includes(type) && element === multiValued,
  );

/** An invariant over each single value of some types. */
const ofType = (types: readonly string[], right: string, holds: (value: Json) => boolean) => ({
  judges: 'server' as const,
  when: (exchange: Exchange, around: Around) => singles(exchange, around, ...types).length > 0,
  observe(exchange: Exchange, around: Around) {
    for (const { attribute, value } of singles(exchange, around, ...types)) {
      if (!holds(value)) expect.that(false, `${attribute.path}: ${right}`, show(value));
    }
  },
});

/**
 * An invariant over the form of texts. Values of another JSON type are a finding of another check, and a text that a client
 * wrote is no fault of the provider that shows it: taking it was leniency, and probes of their own record that.
 */
const ofText = (types: readonly string[], right: string, form: RegExp) => ({
  judges: 'server' as const,
  when(exchange: Exchange, around: Around) {
    // A write may be answered without the resource, and a later read shows what it wrote.
    for (const text of textsIn(exchange.request.json)) if (!form.test(text)) around.memory.set(text, WRITTEN);
    return singles(exchange, around, ...types).length > 0;
  },
  observe(exchange: Exchange, around: Around) {
    for (const { attribute, value } of singles(exchange, around, ...types)) {
      if (typeof value !== 'string' || form.test(value)) continue;
      expect.that(around.memory.has(value), `${attribute.path}: ${right}`, show(value));
    }
  },
});

const WRITTEN = 'written by a client';

/** Every text in a JSON value, however deep. */
function textsIn(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap((entry: Json) => textsIn(entry));
  return isObject(value) ? Object.values(value).flatMap(member => textsIn(member)) : [];
}

const isText = (value: Json) => typeof value === 'string';
const isNumber = (value: Json) => typeof value === 'number';

/** What a value is in JSON, by the type that /Schemas gives its attribute (RFC 7643 sections 2.3 and 2.4). */
export const dataTypes = [
  {
    id: 'value.text',
    title: 'Values of the types string, dateTime, binary and reference are JSON strings',
    clause: 'RFC7643-2.3-02',
    ...ofType([...TEXTS], 'a string', isText),
  },
  {
    id: 'value.boolean',
    title: 'Values of the type boolean are true or false',
    clause: 'RFC7643-2.3.2-01',
    also: ['RFC7643-2.3-02'],
    ...ofType(['boolean'], 'true or false', value => typeof value === 'boolean'),
  },
  {
    id: 'value.integer',
    title: 'Values of the type integer are JSON numbers without a fraction',
    clause: 'RFC7643-2.3.4-01',
    also: ['RFC7643-2.3-02'],
    ...ofType(['integer'], 'a whole number', value => isNumber(value) && Number.isInteger(value)),
  },
  {
    id: 'value.decimal',
    title: 'Values of the type decimal are JSON numbers',
    clause: 'RFC7643-2.3.3-01',
    also: ['RFC7643-2.3-02'],
    ...ofType(['decimal'], 'a number', isNumber),
  },
  {
    id: 'value.complex',
    title: 'Values of the type complex are JSON objects',
    clause: 'RFC7643-2.3-02',
    also: ['RFC7644-3.8-12'],
    ...ofType(['complex'], 'an object', isObject),
  },
  {
    id: 'value.array',
    title: 'An attribute comes as an array exactly where it is multi-valued',
    clause: 'RFC7644-3.8-12',
    also: ['RFC7643-2.3-02'],
    judges: 'server',
    when: (exchange, around) => seenIn(exchange, around).length > 0,
    observe(exchange, around) {
      for (const { attribute, value, element } of seenIn(exchange, around)) {
        if (element) continue;
        const { multiValued, path } = attribute;
        if (Array.isArray(value) === multiValued) continue;
        expect.that(false, `${path}: ${multiValued ? 'an array' : 'one value'}`, show(value));
      }
    },
  },
  {
    id: 'value.date-time',
    title: 'Values of the type dateTime hold a date and a time',
    clause: 'RFC7643-2.3.5-01',
    ...ofText(['dateTime'], 'a date and a time as xsd:dateTime has them', DATE_TIME),
  },
  {
    id: 'value.binary',
    title: 'Values of the type binary are base64',
    clause: 'RFC7643-2.3.6-01',
    ...ofText(['binary'], 'base64', BASE64),
  },
  {
    id: 'value.reference',
    title: 'Values of the type reference are URIs',
    clause: 'RFC7643-2.3.7-02',
    ...ofText(['reference'], 'a URI', REFERENCE),
  },
  {
    id: 'value.objects-are-complex',
    title: 'A multi-valued attribute whose elements are objects is published as complex',
    clause: 'RFC7643-2.4-01',
    judges: 'server',
    when: (exchange, around) => seenIn(exchange, around).some(({ element, value }) => element && isObject(value)),
    observe(exchange, around) {
      for (const { attribute, value, element } of seenIn(exchange, around)) {
        if (!element || !isObject(value)) continue;
        expect.that(attribute.type === 'complex', `${attribute.path} published as complex`, attribute.type);
      }
    },
  },
  {
    id: 'value.primary',
    title: 'At most one element of a multi-valued attribute is primary',
    clause: 'RFC7643-2.4-03',
    judges: 'server',
    when: exchange => arraysIn(exchange).length > 0,
    observe(exchange) {
      for (const [name, elements] of arraysIn(exchange)) {
        const primary = elements.filter(element => isObject(element) && element['primary'] === true);
        if (primary.length > 1) expect.that(false, `one primary element in ${name} at most`, show(elements));
      }
    },
  },
  {
    id: 'value.pairs-once',
    title: 'No attribute shows the same value with the same type twice',
    clause: 'RFC7643-2.4-09',
    judges: 'server',
    when: exchange => arraysIn(exchange).length > 0,
    observe(exchange) {
      for (const [name, elements] of arraysIn(exchange)) {
        const pairs = elements
          .filter(isObject)
          .filter(({ value }) => value !== undefined && value !== null)
          .map(({ value, type }) => JSON.stringify([value, type ?? null]));
        if (new Set(pairs).size < pairs.length) {
          expect.that(false, `each value with its type once in ${name}`, show(elements));
        }
      }
    },
  },
  {
    id: 'value.never-returned',
    title: 'Attributes that are published as writeOnly or returned never are not shown',
    clause: 'RFC7643-7-25',
    also: ['RFC7643-7-22'],
    judges: 'server',
    when: (exchange, { facts }) =>
      shownBy(exchange).some(resource => typeShown(exchange, resource, facts)?.base.published === true),
    observe(exchange, around) {
      for (const { attribute, value } of seenIn(exchange, around)) {
        const hidden = attribute.returned === 'never' || attribute.mutability === 'writeOnly';
        expect.that(!hidden || value === null, `no ${attribute.path}`, 'a response with it');
      }
    },
  },
  {
    id: 'value.names-once',
    title: 'No object holds two members whose names differ only in case',
    clause: 'RFC7643-2.1-02',
    judges: 'server',
    when: exchange => shownBy(exchange).length > 0,
    observe(exchange) {
      const look = (value: Json): void => {
        if (Array.isArray(value)) for (const entry of value as Json[]) look(entry);
        if (!isObject(value)) return;
        const names = Object.keys(value).map(name => name.toLowerCase());
        if (new Set(names).size < names.length) {
          expect.that(false, 'each name once, in whatever case', show(Object.keys(value)));
        }
        for (const member of Object.values(value)) look(member);
      };
      for (const resource of shownBy(exchange)) look(resource);
    },
  },
] as const satisfies readonly Check[];

/** Every array in the resources of a response with the name it stands under, those of extensions included. */
const arraysIn = oncePerExchange((exchange): readonly (readonly [name: string, elements: readonly Json[]])[] => {
  const found: (readonly [string, readonly Json[]])[] = [];
  for (const resource of shownBy(exchange)) {
    for (const [name, value] of Object.entries(resource)) {
      if (Array.isArray(value)) found.push([name, value as Json[]]);
      else if (isObject(value) && name.includes(':')) {
        for (const [inner, part] of Object.entries(value)) {
          if (Array.isArray(part)) found.push([inner, part as Json[]]);
        }
      }
    }
  }
  return found;
});
