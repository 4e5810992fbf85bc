import type { RuleId } from '../../conformance/clauses/index.ts';
import { EMPTY_PERSON, type Person } from '../../simulator/directory/model.ts';
import { suggest } from '../../text/suggest.ts';
import type { AccountState, Expectation, Mirrors, WireEvent } from '../expectation.ts';
import { isInsightsType } from './insights-types.ts';
import { keyOf, MISPLACED, type Note, type Takes } from './note.ts';
import type { FileEvent, FileExpectation } from './shape.ts';

type Path = readonly (string | number)[];

const KEYS = {
  account: { is: 'optional', has: 'optional', mirrors: 'optional', state: 'optional' },
  group: { is: 'needed' },
  member: { of: 'needed' },
  'no-member': { of: 'needed' },
  sends: { times: 'optional' },
  never: {},
  'in-order': {},
  logs: { about: 'optional', success: 'optional', times: 'optional' },
  mail: { to: 'needed', times: 'optional' },
  cites: { about: 'optional' },
  refused: {},
  answer: {},
} as const satisfies Readonly<Record<string, Takes>>;

/** The expectation that a file has at a place; undefined once a mistake is taken down. */
export function expectationOf(each: FileExpectation, path: Path, note: Note): Expectation | undefined {
  const key = keyOf(each, KEYS, 'an expectation', path, note, ['rule']);
  const read = key && readBy[key](each, path, note);
  // What is no rule is told when the story is read through.
  return read && (each.rule === undefined ? read : { ...read, rule: each.rule as RuleId });
}

type Read = (each: FileExpectation, path: Path, note: Note) => Expectation | undefined;

const counted = (times: number | undefined) => (times === undefined ? {} : { times });
const aboutOf = (about: string | undefined) => (about === undefined ? {} : { about });

const readBy: { readonly [Key in keyof typeof KEYS]: Read } = {
  account: accountOf,
  group({ group = '', is }, path, note) {
    if (is === 'present') return { kind: 'group-exists', group };
    if (is === 'absent') return { kind: 'group-absent', group };
    if (is === 'named') return { kind: 'group-named', group };
    note([...path, 'is'], 'a group is present, absent or named', String(is));
    return MISPLACED;
  },
  member: ({ member: person = '', of: group = '' }) => ({ kind: 'group-has', group, person }),
  'no-member': ({ 'no-member': person = '', of: group = '' }) => ({ kind: 'group-lacks', group, person }),
  sends({ sends, times }, path, note) {
    const event = eventOf(sends ?? {}, [...path, 'sends'], note);
    if (!event) return MISPLACED;
    return times === undefined ? { kind: 'wire-sends', event } : { kind: 'wire-count', event, times };
  },
  never({ never }, path, note) {
    const event = eventOf(never ?? {}, [...path, 'never'], note);
    return event && { kind: 'wire-never', event };
  },
  'in-order'({ 'in-order': events = [] }, path, note) {
    const read = events.map((event, index) => eventOf(event, [...path, 'in-order', index], note));
    return { kind: 'wire-order', events: read.filter(event => event !== MISPLACED) };
  },
  logs: ({ logs = '', about, success, times }) =>
    isInsightsType(logs)
      ? { kind: 'event', event: logs, ...aboutOf(about), ...(success !== undefined && { success }), ...counted(times) }
      : MISPLACED,
  mail: ({ mail = '', to: person = '', times }) => ({ kind: 'mail', mail, person, ...counted(times) }),
  cites: ({ cites = '', about }) => ({ kind: 'cites', cited: cites as RuleId, ...aboutOf(about) }),
  refused: ({ refused = true }) => ({ kind: 'refused', refused }),
  answer: ({ answer = {} }) => ({ kind: 'answer', attributes: answer }),
};

function accountOf({ account: person = '', is, has, mirrors, state }: FileExpectation, path: Path, note: Note) {
  const said = [is, has, mirrors, state].filter(each => each !== undefined);
  if (said.length !== 1) {
    note(path, 'an expectation on an account says one of is, has, mirrors, state');
    return MISPLACED;
  }
  if (state !== undefined) return { kind: 'account-state' as const, person, state };
  if (has) return { kind: 'account-has' as const, person, attributes: has };
  if (mirrors) {
    const read = mirrorsOf(mirrors, [...path, 'mirrors'], note);
    return read && { kind: 'account-mirrors' as const, person, mirrors: read };
  }
  const states = typeof is === 'string' ? [is] : (is ?? []);
  const odd = states.find(each => !isAccountState(each));
  if (odd === undefined && states.length > 0) {
    return { kind: 'account-is' as const, person, states: states.filter(isAccountState) };
  }
  const near = odd === undefined ? '' : suggest(odd, ACCOUNT_STATES);
  note([...path, 'is'], `an account is ${ACCOUNT_STATES.join(', ')}${near}`, odd ?? '');
  return MISPLACED;
}

const ACCOUNT_STATES: readonly string[] = ['active', 'inactive', 'absent'];
const isAccountState = (state: string): state is AccountState => ACCOUNT_STATES.includes(state);

const FIELDS: readonly string[] = ['id', ...Object.keys(EMPTY_PERSON)];
const isField = (name: string): name is keyof Person => FIELDS.includes(name);

function mirrorsOf(given: Readonly<Record<string, string>>, path: Path, note: Note): Mirrors | undefined {
  const read = Object.entries(given).map(([attribute, field]) => {
    if (isField(field)) return [attribute, field] as const;
    note([...path, attribute], `a person has no field ${field}${suggest(field, FIELDS)}`, field);
    return MISPLACED;
  });
  const right = read.filter(each => each !== MISPLACED);
  return right.length === read.length ? Object.fromEntries(right) : MISPLACED;
}

const EVENTS = {
  creates: { mirrors: 'optional', carries: 'optional' },
  updates: { mirrors: 'optional', carries: 'optional' },
  activates: {},
  deactivates: {},
  deletes: {},
  'creates-group': {},
  'deletes-group': {},
  'adds-member': { to: 'needed' },
  'removes-member': { from: 'needed' },
  request: { carries: 'optional', headers: 'optional' },
} as const satisfies Readonly<Record<string, Takes>>;

function eventOf(event: FileEvent, path: Path, note: Note): WireEvent | undefined {
  const what = keyOf(event, EVENTS, 'a kind of request', path, note);
  if (what === undefined) return MISPLACED;
  const alias = event[what] ?? '';
  switch (what) {
    case 'creates':
    case 'updates': {
      const mirrors = mirrorsOf(event.mirrors ?? {}, [...path, 'mirrors'], note);
      return mirrors && { what, person: alias, mirrors, carries: event.carries ?? {} };
    }
    case 'creates-group':
    case 'deletes-group':
      return { what, group: alias };
    case 'adds-member':
    case 'removes-member':
      return { what, person: alias, group: event.to ?? event.from ?? '' };
    case 'request':
      return {
        what: 'requests',
        line: alias,
        carries: event.carries ?? {},
        ...(event.headers && { headers: event.headers }),
      };
    default:
      return { what, person: alias };
  }
}
