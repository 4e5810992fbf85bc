import { isObject } from '../../scim/message/list.ts';
import type { Exchange, Json, Severity } from '../../reports/record/index.ts';
import type { Around, Check } from '../run/check.ts';
import { declaredType, type DeclaredType } from '../run/declared.ts';
import { show } from '../run/expect.ts';
import type { Facts } from '../run/facts.ts';
import { oncePerExchange, segmentsOf, shownBy, typeShown, whollyShownBy } from '../run/shown.ts';
import { Violation } from '../run/violation.ts';
import { faultsOf, standardNames, type Fault, type FaultKind } from '../schema/fault.ts';
import { isClosed } from '../schema/json-schema.ts';

/** A resource in an answer, and where it does not fit its JSON Schemas. */
interface Judged {
  readonly type: DeclaredType;
  readonly faults: readonly Fault[];
}

/** A resource that says to be of another type than its endpoint is a finding of its own, and so is one that is none. */
const judged = oncePerExchange((exchange, facts): readonly Judged[] =>
  facts === undefined
    ? []
    : shownBy(exchange).flatMap(resource => {
        const type = typeShown(exchange, resource, facts);
        const asked = declaredType(facts, `/${segmentsOf(exchange)[0] ?? ''}`);
        if (type === undefined || (asked !== undefined && asked !== type)) return [];
        if (resource['id'] === undefined && resource['schemas'] === undefined) return [];
        return [{ type, faults: faultsOf(resource, type, facts) }];
      }),
);

const isWhole = (exchange: Exchange) => whollyShownBy(exchange).length > 0;
const pathOf = ({ path: [first = '', ...rest] }: Fault) => {
  if (rest.length === 0) return first;
  return `${first}${first.includes(':') ? ':' : '.'}${rest.join('.')}`;
};

/** An invariant over one kind of fault. */
const over = (
  kind: FaultKind,
  right: (fault: Fault) => string,
  counts: (fault: Fault, one: Judged, exchange: Exchange, around: Around) => boolean = () => true,
  weight: (fault: Fault, one: Judged) => Severity = () => 'failure',
) => ({
  judges: 'server' as const,
  observe(exchange: Exchange, around: Around) {
    for (const one of judged(exchange, around.facts)) {
      const fault = one.faults.find(each => each.kind === kind && counts(each, one, exchange, around));
      if (fault) throw new Violation(right(fault), cameOf(fault), undefined, weight(fault, one));
    }
  },
});

const cameOf = ({ kind, came }: Fault): string => {
  if (kind === 'missing') return 'a resource without it';
  return kind === 'undeclared' || kind === 'undeclared part' ? 'a resource with it' : show(came);
};

const typed = (exchange: Exchange, { facts }: Around) => judged(exchange, facts).length > 0;
const closed = (exchange: Exchange, { facts }: Around) =>
  judged(exchange, facts).some(({ type }) => isClosed(type.base) || type.extensions.some(isClosed));

/** Names in what a client sends: members at any depth, and what the path of a PATCH operation names. */
const namesSent = oncePerExchange(({ request }) => {
  const names: string[] = [];
  const look = (value: Json | undefined): void => {
    if (Array.isArray(value)) for (const entry of value as readonly Json[]) look(entry);
    if (!isObject(value)) return;
    for (const [name, member] of Object.entries(value)) {
      names.push(name.toLowerCase());
      if (typeof member === 'object') look(member);
      else if (name === 'path')
        names.push(
          ...(String(member)
            .toLowerCase()
            .match(/[a-z$][\w$-]*/g) ?? []),
        );
    }
  };
  look(request.json);
  return names;
});

const standard = new WeakMap<Facts, Map<string, ReadonlySet<string>>>();

/** Names that the RFC gives to parts of such a resource. */
function isStandard(name: string, type: DeclaredType, facts: Facts): boolean {
  const types = standard.get(facts) ?? new Map<string, ReadonlySet<string>>();
  standard.set(facts, types);
  const names = types.get(type.name) ?? standardNames(type, facts);
  types.set(type.name, names);
  return names.has(name);
}

/**
 * An undeclared name is the provider's own doing unless a client once sent it: a store that keeps what it does not know is
 * lenient. Attributes of the RFC are another matter: who keeps them has to publish them.
 */
const ownDoing = ({ path }: Fault, { type }: Judged, _: Exchange, { facts, memory }: Around) => {
  const name = path.at(-1)?.toLowerCase() ?? '';
  return facts !== undefined && (isStandard(name, type, facts) || !memory.has(name));
};

/** Undeclared names of one kind, with an eye on what clients send. */
const undeclared = (kind: FaultKind) => {
  const { judges, observe } = over(
    kind,
    fault => `${pathOf(fault)} in /Schemas`,
    ownDoing,
    () => 'warning',
  );
  return {
    judges,
    when: (exchange: Exchange, around: Around) => {
      for (const name of namesSent(exchange)) around.memory.set(name, 'sent by a client');
      return closed(exchange, around);
    },
    observe,
  };
};

/** In what is shown whole, wire.meta and wire.resource-schemas judge all but the version. */
const isOpenForm = ({ path: [first, second] }: Fault, _: Judged, exchange: Exchange) =>
  !isWhole(exchange) || first === 'externalId' || second === 'version';

/**
 * Every resource that anything shows, against JSON Schemas: one made from the target's own /Schemas and /ResourceTypes, one
 * from the attribute tables of RFC 7643. JSON types of what is published are judged by `value.text` and its like.
 */
export const readJudgement = [
  {
    id: 'value.declared',
    title: 'A resource shows no attributes but those that its schemas publish',
    clause: 'RFC7643-7-07',
    ...undeclared('undeclared'),
  },
  {
    id: 'value.parts-declared',
    title: 'A complex attribute shows no sub-attributes but those that its schema publishes',
    clause: 'RFC7643-7-09',
    ...undeclared('undeclared part'),
  },
  {
    id: 'value.required',
    title: 'A resource that is shown whole has a value for each required attribute',
    clause: 'RFC7644-3.4-02',
    also: ['RFC7643-4.1.1-01'],
    when: (exchange, around) => isWhole(exchange) && typed(exchange, around),
    ...over(
      'missing',
      fault => `a value for ${pathOf(fault)}, which is required`,
      (_, __, exchange) => isWhole(exchange),
      ({ path }) => (path.join('.') === 'userName' ? 'failure' : 'warning'),
    ),
  },
  {
    id: 'value.common',
    title: 'Common attributes have the JSON form that the RFC gives them, also where a client chose what to see',
    clause: 'RFC7643-2.3-02',
    also: ['RFC7643-3.1-17'],
    when: typed,
    ...over('common form', fault => `${pathOf(fault)}: ${fault.wanted}`, isOpenForm),
  },
  {
    id: 'value.standard',
    title: 'Attributes of the RFC have the JSON form that it gives them, whatever is published or not',
    clause: 'RFC7643-2.3-02',
    when: typed,
    ...over(
      'standard form',
      fault => `${pathOf(fault)}: ${fault.wanted}`,
      () => true,
      (_, { type }) => (isClosed(type.base) ? 'warning' : 'failure'),
    ),
  },
] as const satisfies readonly Check[];
