import { isObject } from '../../scim/message/list.ts';
import type { Exchange, Json, JsonObject } from '../../reports/record/index.ts';
import { REDACTED } from '../../scim/wire/redact.ts';
import type { Check } from '../run/check.ts';
import { attributeNamed, declaredType, type DeclaredType } from '../run/declared.ts';
import { show } from '../run/expect.ts';
import { flagOf, type Facts } from '../run/facts.ts';
import { lastSegment } from '../run/given.ts';
import { objectsIn, textOf } from '../run/published.ts';
import { metaOf, oncePerExchange, segmentsOf, shownBy, singleShownBy, typeShown, whollyShownBy } from '../run/shown.ts';
import { fits } from '../run/state.ts';
import { Violation } from '../run/violation.ts';

/** Shorter values turn up by chance. */
const SHORTEST_SECRET = 8;

/** The last two segments of the path of an address: the endpoint and the id. */
const ADDRESS = /\/([^/?#]+)\/[^/?#]+\/?(?:[?#].*)?$/;

const endpointIn = (address: string): string | undefined => ADDRESS.exec(address)?.[1];

/** The resource type that an address leads to; undefined for whatever is no resource that the target lists. */
const typeAt = (address: string, facts: Facts): DeclaredType | undefined => {
  const endpoint = endpointIn(address);
  return endpoint === undefined ? undefined : declaredType(facts, `/${endpoint}`);
};

const locationOf = (resource: JsonObject): string => textOf(metaOf(resource)['location']);

/** The path of an address, with neither host nor query. */
const pathOf = (address: string): string =>
  address.replace(/^[a-z][a-z+.-]*:\/\/[^/]*/i, '').replace(/\/?(?:[?#].*)?$/, '');

/** Probes of versions ask below another base, where addresses may have another beginning. */
const isBelowBase = ({ request }: Exchange): boolean => !request.path.startsWith('/..');

/** A value with the URI beside it that is to lead to what the value names. */
interface Reference {
  readonly value: string;
  readonly $ref: string;
  /** The sub-attribute `type`, where there is one. */
  readonly type: string;
}

/** Every reference in the attributes of a resource, those of extensions included. */
const referencesIn = oncePerExchange((exchange): readonly Reference[] => shownBy(exchange).flatMap(referencesOf));

function referencesOf(holder: JsonObject): readonly Reference[] {
  return Object.values(holder).flatMap(member =>
    (Array.isArray(member) ? objectsIn(member) : isObject(member) ? [member] : []).flatMap(part => {
      const { value, $ref, type } = part;
      if (typeof value === 'string' && typeof $ref === 'string') return [{ value, $ref, type: textOf(type) }];
      return Array.isArray(member) ? [] : referencesOf(part);
    }),
  );
}

/** What is wrong about a reference: where it should lead. */
function astray({ value, $ref, type }: Reference, facts: Facts): string | undefined {
  const led = typeAt($ref, facts);
  if (led === undefined) return undefined;
  if (lastSegment($ref) !== value) return `a $ref that ends in ${show(value)}, the value beside it`;
  const said = declaredType(facts, type);
  return said === undefined || said === led ? undefined : `a $ref to a ${said.name}, the type beside it`;
}

/** Every $ref that a client sends. */
function sentReferences(value: Json | undefined, into: Map<string, string>): void {
  if (Array.isArray(value)) for (const entry of value as readonly Json[]) sentReferences(entry, into);
  if (!isObject(value)) return;
  if (typeof value['$ref'] === 'string') into.set(value['$ref'], 'sent by a client');
  for (const member of Object.values(value)) if (typeof member === 'object') sentReferences(member, into);
}

/** A resource that is shown whole with the version it has. */
interface Versioned {
  readonly key: string;
  readonly content: JsonObject;
}

/** Attributes that others change: what is derived from them need not make another version. */
const DERIVED: ReadonlySet<string> = new Set(['id', 'schemas', 'meta', 'groups', 'members']);

const versioned = oncePerExchange((exchange, facts): readonly Versioned[] => {
  if (facts !== undefined && flagOf(facts, 'etag') === false) return [];
  return whollyShownBy(exchange).flatMap(resource => {
    const version =
      textOf(metaOf(resource)['version']) || (singleShownBy(exchange) && exchange.response.headers['etag']);
    const { id } = resource;
    if (typeof id !== 'string' || !version) return [];
    const type = typeShown(exchange, resource, facts);
    const isDerived = (name: string) =>
      DERIVED.has(name) || (type && attributeNamed(type.base.attributes, name)?.mutability === 'readOnly');
    const content = Object.fromEntries(
      Object.entries(resource)
        .filter(([name]) => !isDerived(name))
        .map(([name, value]) => [name, withoutNames(value)]),
    );
    return [{ key: `${id} ${version}`, content }];
  });
});

/** What a reference shows of its target moves with the target. */
function withoutNames(value: Json): Json {
  if (!isObject(value)) return value;
  if (value['value'] !== undefined) return { value: value['value'] };
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withoutNames(part)]));
}

/**
 * Whether two representations cannot both be of one content: scalars of one JSON type that are not the same text or value,
 * lists of another length. Another form of a value, or a part that only one of them shows, has checks of its own.
 */
function contradicts(one: Json, other: Json): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    const others = other as readonly Json[];
    const all = (one as readonly Json[]).every(entry => others.some(each => !contradicts(entry, each)));
    return one.length !== other.length || !all;
  }
  if (isObject(one) && isObject(other)) return contradiction(one, other) !== undefined;
  if (typeof one === 'string' && typeof other === 'string') return !fits(one, other);
  return typeof one === typeof other && typeof one !== 'object' && one !== other;
}

/** The first member that two objects both have and that contradicts. */
const contradiction = (one: JsonObject, other: JsonObject): string | undefined =>
  Object.entries(one).find(([name, member]) => other[name] !== undefined && contradicts(member, other[name]))?.[0];

/** Passwords that a request sets, as texts. */
function passwordsIn({ request: { json, method } }: Exchange): readonly string[] {
  if (!isObject(json)) return [];
  const operations = method === 'PATCH' ? objectsIn(json['Operations']) : [];
  return [json['password'], ...operations.map(passwordOf)]
    .map(value => textOf(value ?? undefined))
    .filter(text => text.length >= SHORTEST_SECRET && text !== REDACTED);
}

const passwordOf = ({ path, value }: JsonObject): Json | undefined => {
  if (typeof path === 'string') return /(?:^|:)password$/i.test(path) ? value : undefined;
  return isObject(value) ? value['password'] : undefined;
};

/** The text of a resource; what stands under the name of the password is looked at by `wire.secrets`. */
const textWithout = (resource: JsonObject): string =>
  JSON.stringify(resource, (name, value: Json) => (/^password$/i.test(name) ? null : value));

/** The resource that a request writes: by its path, or by the answer. */
const writtenId = (exchange: Exchange): string | undefined => {
  const id = shownBy(exchange)[0]?.['id'] ?? lastSegment(exchange.response.headers['location']);
  return exchange.request.method === 'POST' ? textOf(id) || undefined : segmentsOf(exchange)[1];
};

/** What answers of one run say of one resource, against each other. */
export const readJudgementOverRun = [
  {
    id: 'wire.location-of-type',
    title: 'meta.location lies below the endpoint of the type of the resource',
    clause: 'RFC7643-3.1-22',
    judges: 'server',
    when: (exchange, { facts }) =>
      facts !== undefined && shownBy(exchange).some(resource => locationOf(resource) !== ''),
    observe(exchange, { facts }) {
      for (const resource of facts ? shownBy(exchange) : []) {
        const type = facts && typeShown(exchange, resource, facts);
        const led = facts && typeAt(locationOf(resource), facts);
        if (type === undefined || led === undefined || led === type) continue;
        throw new Violation(`meta.location below ${type.endpoint}`, show(locationOf(resource)));
      }
    },
  },
  {
    id: 'wire.location-stays',
    title: 'All answers that show a resource give it the same location',
    clause: 'RFC7643-3.1-22',
    judges: 'server',
    when: exchange => isBelowBase(exchange) && shownBy(exchange).some(resource => locationOf(resource) !== ''),
    observe(exchange, { memory }) {
      for (const resource of shownBy(exchange)) {
        const path = pathOf(locationOf(resource));
        const { id } = resource;
        // Whether it names this resource at all is looked at by wire.location.
        if (typeof id !== 'string' || lastSegment(path) !== id) continue;
        const before = memory.get(id) ?? path;
        memory.set(id, before);
        // Another endpoint is the business of wire.location-of-type.
        if (before.endsWith(path) || path.endsWith(before) || endpointIn(before) !== endpointIn(path)) continue;
        throw new Violation(`meta.location ${show(before)} as before`, show(path), undefined, 'warning');
      }
    },
  },
  {
    id: 'value.reference-and-value',
    title: 'A $ref leads to the resource that the value beside it names',
    clause: 'RFC7643-2.3.7-05',
    also: ['RFC7643-4.2-05', 'RFC7643-4.1.2-18'],
    judges: 'server',
    when(exchange, { memory }) {
      sentReferences(exchange.request.json, memory);
      return referencesIn(exchange).length > 0;
    },
    observe(exchange, { facts, memory }) {
      for (const reference of facts ? referencesIn(exchange) : []) {
        const right = facts && astray(reference, facts);
        if (right !== undefined && !memory.has(reference.$ref)) throw new Violation(right, show(reference.$ref));
      }
    },
  },
  {
    id: 'version.one-content',
    title: 'One version of a resource stands for one content',
    clause: 'RFC7644-3.14-07',
    judges: 'server',
    when: (exchange, { facts }) => versioned(exchange, facts).length > 0,
    observe(exchange, { facts, memory }) {
      for (const { key, content } of versioned(exchange, facts)) {
        const text = JSON.stringify(content);
        const before = memory.get(key) ?? text;
        memory.set(key, before);
        const name = before === text ? undefined : contradiction(JSON.parse(before) as JsonObject, content);
        if (name !== undefined) throw new Violation(`another version once ${name} is another`, 'the same as before');
      }
    },
  },
  {
    id: 'value.password-later',
    title: 'A password that was set stays hidden in all that is shown of the user later',
    clause: 'RFC7643-4.1.1-16',
    also: ['RFC7643-4.1.1-23'],
    judges: 'server',
    when(exchange, { memory }) {
      const id = writtenId(exchange);
      const passwords = id === undefined ? [] : passwordsIn(exchange);
      if (id !== undefined && passwords.length > 0) memory.set(id, JSON.stringify(passwords));
      return shownBy(exchange).some(resource => memory.has(textOf(resource['id'])));
    },
    observe(exchange, { memory }) {
      const sent = isObject(exchange.request.json) ? exchange.request.json['password'] : undefined;
      for (const resource of shownBy(exchange)) {
        const passwords = JSON.parse(memory.get(textOf(resource['id'])) ?? '[]') as readonly string[];
        const later = passwords.filter(password => password !== sent);
        const text = later.length > 0 ? textWithout(resource) : '';
        const shown = later.some(password => text.includes(JSON.stringify(password).slice(1, -1)));
        if (shown) throw new Violation('no password under any name', 'a resource that shows the one it was given');
      }
    },
  },
] as const satisfies readonly Check[];
