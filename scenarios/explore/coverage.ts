import type { RuleId } from '../../conformance/clauses/index.ts';
import type { Exchange, Json } from '../../reports/record/exchange.ts';
import { isObject } from '../../scim/message/list.ts';
import type { PlayedStep } from '../play/play.ts';
import type { Step } from '../step.ts';
import { boundGroupsOf, isSame, valuesOf, type Facts, type GroupFacts, type PersonFacts } from './facts.ts';

/** What histories have gone through so far: rules, moves of states, shapes of requests, each with how often. */
export interface Coverage {
  readonly rules: ReadonlyMap<string, number>;
  readonly moves: ReadonlyMap<string, number>;
  readonly shapes: ReadonlyMap<string, number>;
  /** Counts what a step does to people and groups. */
  countMove(move: string): void;
  /** Counts what was sent and judged; tells whether any of it is new. */
  count(played: readonly PlayedStep[], kept: readonly RuleId[]): boolean;
}

export function createCoverage(): Coverage {
  const [rules, moves, shapes] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
  const add = (map: Map<string, number>, key: string): boolean => {
    const before = map.get(key) ?? 0;
    map.set(key, before + 1);
    return before === 0;
  };
  return {
    rules,
    moves,
    shapes,
    countMove: move => void add(moves, move),
    count(played, kept) {
      const sent = played.filter(({ isProvisioning }) => isProvisioning);
      const acted = sent.flatMap(({ operations }) => operations.flatMap(({ operation }) => operation.rules));
      const seen = [
        ...[...new Set([...acted, ...kept])].map(rule => add(rules, rule)),
        ...new Set(sent.flatMap(({ exchanges }) => exchanges.map(shapeOf))),
      ].map(each => (typeof each === 'string' ? add(shapes, each) : each));
      return seen.includes(true);
    },
  };
}

/** What a request looks like, whoever it is about: `PATCH /Groups/{id} remove members`. */
export function shapeOf({ request: { method, path, json } }: Pick<Exchange, 'request'>): string {
  const [before = '', query = ''] = path.split('?', 2);
  const [, collection = before, id] = /^\/+([^/]+)(\/[^/]+)?/.exec(before) ?? [];
  const [, filtered] = /(?:^|&)filter=(\w+)/.exec(query) ?? [];
  const asks = filtered === undefined ? query.replace(/=[^&]*/g, '') : `filter on ${filtered}`;
  return [method, `/${collection}${id === undefined ? '' : '/{id}'}`, asks, ...bodyShape(json)]
    .filter(part => part !== '')
    .join(' ');
}

function bodyShape(json: Json | undefined): readonly string[] {
  if (!isObject(json)) return [];
  const operations = json['Operations'];
  if (!Array.isArray(operations)) return [json['active'] === false ? 'inactive' : ''];
  return (operations as readonly Json[]).filter(isObject).map(({ op, path, value }) => {
    const target = typeof path === 'string' ? path.replace(/\[.*\]/, '[]') : '';
    return [typeof op === 'string' ? op : '', target, value === false ? 'false' : ''].filter(Boolean).join(' ');
  });
}

/** The state of somebody as histories tell states apart: also what is to come, and what was before. */
function stateOf(facts: Facts, person: PersonFacts): string {
  const { state, expired, gone, user, owed, managed, held, moved, pending, deactivations = 0 } = person;
  const access = ['no group', 'one group', 'groups'][Math.min(2, boundGroupsOf(facts, person.alias).length)] ?? '';
  const isStale = managed && [...valuesOf(facts, person)].some(([path, value]) => !isSame(held.get(path), value));
  return [
    gone ? 'gone' : expired ? 'expired' : state.toLowerCase(),
    access,
    user,
    ...(owed ? ['owed'] : []),
    ...(isStale ? ['changed'] : []),
    ...(moved ? ['moved'] : []),
    ...(pending.size > 0 ? ['not sent yet'] : []),
    ...(deactivations > 0 ? [deactivations > 1 ? 'deactivated twice' : 'deactivated once'] : []),
  ].join(', ');
}

const filled = ({ members }: GroupFacts): string =>
  members.size === 0 ? 'empty' : members.size === 1 ? 'of one' : 'of several';

/** The state of what a step is about: that of its person, its group, or of the integration. */
export function stateAround(facts: Facts, step: Step): string {
  const integration = `${facts.active ? 'on' : 'off'}${facts.managing ? '' : ' without groups'}`;
  const person = 'person' in step ? facts.people.get(step.person) : undefined;
  if (person) {
    const [name = ''] = 'groups' in step ? step.groups : [];
    const group = facts.groups.get(name);
    const membership = group?.inside.get(person.alias);
    return [
      `${integration}: ${stateOf(facts, person)}`,
      ...(membership === undefined ? [] : [membership]),
      ...(group ? [filled(group)] : []),
    ].join(', ');
  }
  const group = 'group' in step ? facts.groups.get(step.group) : undefined;
  if (!group) return integration;
  const isLeft = [...group.inside.values()].includes('out');
  const where = group.gone ? 'deleted' : group.bound ? 'bound' : 'unbound';
  return `${integration}: ${where} ${filled(group)}, ${group.there}${isLeft ? ', left' : ''}${group.named ? '' : ', renamed'}`;
}
