import type { RuleId } from '../conformance/clauses/index.ts';
import type { Json } from '../reports/record/exchange.ts';
import type { Person } from '../simulator/directory/model.ts';
import type { InsightsEventType } from '../simulator/insights/event.ts';

/** What can be said about somebody at the service provider. `absent`: there is no such user. */
export type AccountState = 'active' | 'inactive' | 'absent';

/** Attribute paths of SCIM (`name.givenName`, `emails.value`, `urn:…:User:department`) and what stands there; null: nothing. */
export type Attributes = Readonly<Record<string, Json>>;

/** Attribute paths of SCIM and the field of the directory whose value stands there. */
export type Mirrors = Readonly<Record<string, keyof Person>>;

/** A kind of request, recognised in whatever shape identity providers send it. */
export type WireEvent =
  /** Counts only where the body has these fields of the directory and these values. */
  | { readonly what: 'creates'; readonly person: string; readonly mirrors?: Mirrors; readonly carries?: Attributes }
  /** A PUT or PATCH of the person's user, counted as `creates` is. */
  | { readonly what: 'updates'; readonly person: string; readonly mirrors?: Mirrors; readonly carries?: Attributes }
  | { readonly what: 'activates' | 'deactivates' | 'deletes'; readonly person: string }
  | { readonly what: 'creates-group' | 'deletes-group'; readonly group: string }
  | { readonly what: 'adds-member' | 'removes-member'; readonly person: string; readonly group: string }
  /**
   * Any request that begins so, escapes undone: `PATCH /Groups`, `* /Groups/{eng}`,
   * `GET /Users?filter=userName eq "{ada.email}"`. `{ada}` is an id at the service provider, `{ada.email}` and `{eng.name}`
   * are what the directory has.
   */
  | {
      readonly what: 'requests';
      readonly line: string;
      readonly carries?: Attributes;
      /** Headers by their names in lower case, and how their values begin. */
      readonly headers?: Readonly<Record<string, string>>;
    };

/** One expectation on the other side, or on what went over the wire up to that point of the story. */
export type Expectation = {
  /** The rule it judges; the first that the story proves, unless given. */
  readonly rule?: RuleId;
} & (
  | { readonly kind: 'account-is'; readonly person: string; readonly states: readonly AccountState[] }
  | { readonly kind: 'account-has'; readonly person: string; readonly attributes: Attributes }
  | { readonly kind: 'account-mirrors'; readonly person: string; readonly mirrors: Mirrors }
  | { readonly kind: 'group-has' | 'group-lacks'; readonly group: string; readonly person: string }
  /** `group-named`: it is there under the name that it has in the directory. */
  | { readonly kind: 'group-exists' | 'group-absent' | 'group-named'; readonly group: string }
  | { readonly kind: 'wire-never' | 'wire-sends'; readonly event: WireEvent }
  | { readonly kind: 'wire-count'; readonly event: WireEvent; readonly times: number }
  | { readonly kind: 'wire-order'; readonly events: readonly WireEvent[] }
  /** `state` is a word of the account behind the endpoint; `none`: there is no such person. */
  | { readonly kind: 'account-state'; readonly person: string; readonly state: string }
  /** An event of the identity provider's log; without `times` at least one. */
  | {
      readonly kind: 'event';
      readonly event: InsightsEventType;
      /** Alias of the person or group it is about. */
      readonly about?: string;
      readonly success?: boolean;
      readonly times?: number;
    }
  /** A mail of the account behind the endpoint; without `times` at least one. */
  | { readonly kind: 'mail'; readonly mail: string; readonly person: string; readonly times?: number }
  /** Something that was done for this rule: an operation of the identity provider, or a change of the account. */
  | { readonly kind: 'cites'; readonly cited: RuleId; readonly about?: string }
  /** The attempt just before was refused, or was not. */
  | { readonly kind: 'refused'; readonly refused: boolean }
  /** What the last step answered that answers something: an import, an act on the account. */
  | { readonly kind: 'answer'; readonly attributes: Attributes }
);

/** Expectations on the user that belongs to a person. */
export const account = (person: string) => ({
  /** Its state is one of these; a user without `active` counts as active. */
  is: (...states: [AccountState, ...AccountState[]]): Expectation => ({ kind: 'account-is', person, states }),
  /** Some value at each path equals the one given; null: there is none. */
  has: (attributes: Attributes): Expectation => ({ kind: 'account-has', person, attributes }),
  /** Its attributes equal fields of the directory as they are at that point of the story. */
  mirrors: (mirrors: Mirrors): Expectation => ({ kind: 'account-mirrors', person, mirrors }),
  /** The state it has in the account behind the endpoint, in words of that account; `none`: there is no such person. */
  stands: (state: string): Expectation => ({ kind: 'account-state', person, state }),
});

/** Expectations on the group that belongs to a user group. */
export const group = (name: string) => ({
  has: (person: string): Expectation => ({ kind: 'group-has', group: name, person }),
  /** The group is there and the person is not in it. */
  lacks: (person: string): Expectation => ({ kind: 'group-lacks', group: name, person }),
  exists: (): Expectation => ({ kind: 'group-exists', group: name }),
  absent: (): Expectation => ({ kind: 'group-absent', group: name }),
  /** It is there under the name that it has in the directory. */
  isNamed: (): Expectation => ({ kind: 'group-named', group: name }),
});

/** Expectations on the requests that the story has caused so far. */
export const wire = {
  never: (event: WireEvent): Expectation => ({ kind: 'wire-never', event }),
  /** At least once. */
  sends: (event: WireEvent): Expectation => ({ kind: 'wire-sends', event }),
  count: (event: WireEvent, times: number): Expectation => ({ kind: 'wire-count', event, times }),
  /** Each is sent, and the first of each comes after the first of the one before. */
  inOrder: (...events: WireEvent[]): Expectation => ({ kind: 'wire-order', events }),
};

/** What can be said about events of the identity provider's log beside their type. */
export interface EventDetails {
  readonly about?: string;
  readonly success?: boolean;
  readonly times?: number;
}
/** An event of the identity provider's log. */
export const logs = (event: InsightsEventType, details: EventDetails = {}): Expectation => ({
  kind: 'event',
  event,
  ...details,
});
/** A mail of the account to a person; without `times` at least one. */
export const mails = (mail: string, person: string, times?: number): Expectation => ({
  kind: 'mail',
  mail,
  person,
  ...(times !== undefined && { times }),
});
/** The attempt just before was refused. */
export const refused = (): Expectation => ({ kind: 'refused', refused: true });
/** The attempt just before was not refused. */
export const accepted = (): Expectation => ({ kind: 'refused', refused: false });
/** What the last step answered that answers something: a request, an import, an act on the account. */
export const answers = (attributes: Attributes): Expectation => ({ kind: 'answer', attributes });
/** A POST of a user with the person's address, and with these fields of the directory and these values. */
export const creates = (person: string, mirrors: Mirrors = {}, carries: Attributes = {}): WireEvent => ({
  what: 'creates',
  person,
  mirrors,
  carries,
});
/** A PUT or PATCH of the person's user with these fields of the directory and these values. */
export const updates = (person: string, mirrors: Mirrors = {}, carries: Attributes = {}): WireEvent => ({
  what: 'updates',
  person,
  mirrors,
  carries,
});
/** Any request that begins so, with these values in its body. */
export const requests = (line: string, carries: Attributes = {}): WireEvent => ({ what: 'requests', line, carries });
/** Any request that begins so, with headers that begin so. */
export const requestsWith = (line: string, headers: Readonly<Record<string, string>>): WireEvent => ({
  what: 'requests',
  line,
  carries: {},
  headers,
});
/** A PUT or PATCH of the person's user that sets `active` to true. */
export const activates = (person: string): WireEvent => ({ what: 'activates', person });
/** A PUT or PATCH of the person's user that sets `active` to false. */
export const deactivates = (person: string): WireEvent => ({ what: 'deactivates', person });
/** A DELETE of the person's user. */
export const deletes = (person: string): WireEvent => ({ what: 'deletes', person });
/** A POST of a group with the user group's name. */
export const createsGroup = (name: string): WireEvent => ({ what: 'creates-group', group: name });
/** A DELETE of the group. */
export const deletesGroup = (name: string): WireEvent => ({ what: 'deletes-group', group: name });
/** A PATCH or PUT of the group that puts the person's user into it. */
export const addsMember = (person: string, name: string): WireEvent => ({ what: 'adds-member', person, group: name });
/** A PATCH or PUT of the group that takes the person's user out of it, alone or with others. */
export const removesMember = (person: string, name: string): WireEvent => ({
  what: 'removes-member',
  person,
  group: name,
});

/** The same expectation, judging this rule. */
export const proving = (rule: RuleId, expectation: Expectation): Expectation => ({ ...expectation, rule });

/** An expectation as one sentence. The table is by kind, so a sentence only ever gets an expectation of its kind. */
export const describeExpectation = (expectation: Expectation): string =>
  (SENTENCES[expectation.kind] as (expectation: Expectation) => string)(expectation);

const about = (subject: string | undefined): string => (subject === undefined ? '' : ` about ${subject}`);

const SENTENCES: {
  readonly [Kind in Expectation['kind']]: (expectation: Expectation & { readonly kind: Kind }) => string;
} = {
  'account-is': ({ person, states }) => `the account of ${person} is ${states.join(' or ')}`,
  'account-has': ({ person, attributes }) => `the account of ${person} has ${withValues(attributes)}`,
  'account-mirrors': ({ person, mirrors }) => `the account of ${person} has ${withFields(mirrors)}`,
  'group-has': ({ person, group }) => `${person} is a member of ${group}`,
  'group-lacks': ({ person, group }) => `${person} is no member of ${group}`,
  'group-exists': ({ group }) => `the group ${group} exists`,
  'group-absent': ({ group }) => `there is no group ${group}`,
  'group-named': ({ group }) => `the group ${group} has the name of the directory`,
  'wire-never': ({ event }) => `no request ${describeEvent(event)}`,
  'wire-sends': ({ event }) => `a request ${describeEvent(event)}`,
  'wire-count': ({ event, times }) =>
    `a request ${describeEvent(event)} exactly ${times === 1 ? 'once' : `${times} times`}`,
  'wire-order': ({ events }) => `in this order, a request ${events.map(describeEvent).join(', then one ')}`,
  'account-state': ({ person, state }) => `the account has ${person} as ${state}`,
  event: ({ event, about: subject, success, times }) => {
    const how = success === undefined ? '' : success ? ', successful' : ', failed';
    return `the log holds ${counted(times)}${event}${about(subject)}${how}`;
  },
  mail: ({ person, times, mail }) => `${person} gets ${counted(times)}${mail} mail`,
  cites: ({ cited, about: subject }) => `something is done for ${cited}${about(subject)}`,
  refused: ({ refused }) => (refused ? 'the attempt is refused' : 'the attempt is not refused'),
  answer: ({ attributes }) => `the answer has ${withValues(attributes)}`,
};

/** What a request does, to go after "a request": "deactivates ada". */
export function describeEvent(event: WireEvent): string {
  switch (event.what) {
    case 'requests':
      return `begins with ${event.line}${alsoHas(event.carries)}${alsoHas(event.headers)}`;
    case 'creates':
    case 'updates': {
      const parts = [withFields(event.mirrors ?? {}), withValues(event.carries ?? {})].filter(part => part !== '');
      return `${event.what} ${event.person}${parts.length > 0 ? ` with ${listed(parts)}` : ''}`;
    }
    case 'creates-group':
      return `creates the group ${event.group}`;
    case 'deletes-group':
      return `deletes the group ${event.group}`;
    case 'adds-member':
      return `adds ${event.person} to ${event.group}`;
    case 'removes-member':
      return `removes ${event.person} from ${event.group}`;
    default:
      return `${event.what} ${event.person}`;
  }
}

const counted = (times: number | undefined): string =>
  times === undefined ? '' : times === 0 ? 'no ' : times === 1 ? 'exactly one ' : `exactly ${times} `;

const withValues = (attributes: Attributes): string =>
  listed(
    Object.entries(attributes).map(([path, value]) =>
      value === null ? `no ${path}` : `${path} ${JSON.stringify(value)}`,
    ),
  );

const withFields = (mirrors: Mirrors): string =>
  listed(Object.entries(mirrors).map(([path, field]) => `${path} equal to ${field} of the directory`));

/** "a", "a and b", "a, b and c". */
export const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

const alsoHas = (values: Attributes = {}): string =>
  Object.keys(values).length > 0 ? ` and has ${withValues(values)}` : '';
