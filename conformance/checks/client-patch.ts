import { isObject } from '../../scim/message/list.ts';
import { isOfType, type Attribute } from '../../scim/schema/index.ts';
import type { Json } from '../../reports/record/index.ts';
import type { Check } from '../run/check.ts';
import { expect, show } from '../run/expect.ts';
import { Violation } from '../run/violation.ts';
import { readPath } from './client-filter.ts';
import { changesOf, definitionAt, namesIn, type Change } from './client-request.ts';

const OPERATIONS = new Set(['add', 'remove', 'replace']);
const COMMON_READ_ONLY = /^(?:id|meta)$/i;

const isAsserted = (value: Json | undefined): value is Exclude<Json, null> => value !== undefined && value !== null;
const withPath = (change: Change): change is Change & { readonly path: string } => change.path !== undefined;
const setsByPath = ({ op, path, value }: Change): boolean => op !== 'remove' && path !== undefined && isAsserted(value);

/** What holds of every operation of a PATCH, also inside a bulk request. */
export const clientPatch = [
  {
    id: 'client.patch-operation',
    title: 'Each operation of a PATCH is add, remove or replace',
    clause: 'RFC7644-3.5.2-05',
    judges: 'client',
    when: exchange => changesOf(exchange).length > 0,
    observe(exchange) {
      for (const { op, operation } of changesOf(exchange)) {
        // Whether `Add` is `add` is an open question of the RFC, so both pass here.
        expect.that(OPERATIONS.has(op), 'op add, remove or replace', show(operation));
      }
    },
  },
  {
    id: 'client.patch-remove-path',
    title: 'A removal names its path',
    clause: 'RFC7644-3.5.2-08',
    judges: 'client',
    when: exchange => changesOf(exchange).some(({ op }) => op === 'remove'),
    observe(exchange) {
      for (const { op, path, operation } of changesOf(exchange)) {
        expect.that(op !== 'remove' || Boolean(path), 'a path to remove', show(operation));
      }
    },
  },
  {
    id: 'client.patch-add-value',
    title: 'An addition brings a value',
    clause: 'RFC7644-3.5.2.1-01',
    judges: 'client',
    when: exchange => changesOf(exchange).some(({ op }) => op === 'add'),
    observe(exchange) {
      for (const { op, value, operation } of changesOf(exchange)) {
        expect.that(op !== 'add' || value !== undefined, 'a value to add', show(operation));
      }
    },
  },
  {
    id: 'client.patch-whole-value',
    title: 'A replacement without a path has an object of attributes as its value',
    clause: 'RFC7644-3.5.2.3-01',
    judges: 'client',
    when: exchange => changesOf(exchange).some(replacesWhole),
    observe(exchange) {
      for (const { value } of changesOf(exchange).filter(replacesWhole)) {
        expect.that(isObject(value), 'an object of attributes', show(value));
      }
    },
  },
  {
    id: 'client.patch-path',
    title: 'A path is an attribute, or a value path with an optional sub-attribute',
    clause: 'RFC7644-3.5.2-12',
    judges: 'client',
    when: exchange => changesOf(exchange).some(({ path }) => Boolean(path)),
    observe(exchange) {
      for (const { path = '' } of changesOf(exchange)) {
        const { fault } = path === '' ? {} : readPath(path);
        expect.that(fault === undefined, 'a path of RFC 7644 section 3.5.2', `${show(path)}: ${fault}`);
      }
    },
  },
  {
    id: 'client.patch-read-only',
    title: 'No operation names an attribute that is read-only',
    clause: 'RFC7644-3.5.2-13',
    judges: 'client',
    when: exchange => changesOf(exchange).some(withPath),
    observe(exchange) {
      for (const { endpoint, path, operation } of changesOf(exchange).filter(withPath)) {
        const [name = ''] = namesIn(path);
        const isReadOnly = COMMON_READ_ONLY.test(name)
          ? !isExtension(path)
          : [name, ...partsIn(path)].some(part => definitionAt(endpoint, part)?.mutability === 'readOnly');
        expect.that(!isReadOnly, 'attributes that a client may write', show(operation));
      }
    },
  },
  {
    id: 'client.patch-immutable',
    title: 'No operation replaces a part of a member, which is immutable',
    clause: 'RFC7644-3.5.2-14',
    judges: 'client',
    when: exchange => changesOf(exchange).some(({ endpoint, op }) => endpoint === 'Groups' && op === 'replace'),
    observe(exchange) {
      for (const { endpoint, op, path, operation } of changesOf(exchange)) {
        const broken = op === 'replace' && path?.includes('.') && isImmutable(endpoint, path);
        expect.that(!broken, 'the member taken out and put in again', show(operation));
      }
    },
  },
  {
    id: 'client.patch-value-type',
    title: 'A value is of the type of the attribute that its path names',
    clause: 'RFC7644-3.5.2-12',
    judges: 'client',
    when: exchange => changesOf(exchange).some(setsByPath),
    observe(exchange) {
      for (const change of changesOf(exchange).filter(setsByPath)) {
        const { endpoint, path = '', value } = change;
        const attribute = definitionAt(endpoint, path);
        if (!attribute || isAlone(attribute, path)) continue;
        const wrong = entriesOf(value).find(entry => !isOfType(attribute, entry));
        if (wrong !== undefined) throw new Violation(`${attribute.type} at ${path}`, show(wrong));
      }
    },
  },
  {
    id: 'client.patch-complex-value',
    title: 'A complex attribute is set by an object of sub-attributes',
    clause: 'RFC7644-3.5.2.1-05',
    also: ['RFC7644-3.5.2.3-05'],
    judges: 'client',
    when: exchange => changesOf(exchange).some(change => setsByPath(change) && isComplex(change)),
    observe(exchange) {
      for (const change of changesOf(exchange).filter(change => setsByPath(change) && isComplex(change))) {
        expect.that(isObject(change.value), `an object at ${change.path}`, show(change.value));
      }
    },
  },
] as const satisfies readonly Check[];

const replacesWhole = ({ op, path, value }: Change): boolean => op === 'replace' && !path && value !== undefined;
const isExtension = (path: string): boolean => /^urn:.*:extension:/i.test(path);

/** The path with its part, so that a read-only part of a writable attribute is seen too. */
const partsIn = (path: string): readonly string[] => [path.replace(/\[.*\]/s, '')];

const isImmutable = (endpoint: string, path: string): boolean =>
  definitionAt(endpoint, path)?.mutability === 'immutable';

/** A single complex attribute, which has a check of its own. */
const isAlone = ({ type, multiValued }: Attribute, path: string): boolean =>
  type === 'complex' && (!multiValued || path.endsWith(']'));

function isComplex({ endpoint, path = '' }: Change): boolean {
  const attribute = definitionAt(endpoint, path);
  return attribute !== undefined && isAlone(attribute, path);
}

const entriesOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : value === undefined ? [] : [value];
