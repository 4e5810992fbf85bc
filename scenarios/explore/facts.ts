import type { RuleId } from '../../conformance/clauses/index.ts';
import { ENTERPRISE_USER } from '../../scim/message/urn.ts';
import type { Person, PersonState } from '../../simulator/directory/model.ts';

/** A value of the directory at one time. */
export interface Value {
  /** Equal for equal values, whether or not the text is known. */
  readonly key: string;
  /** Undefined where it was made up by the player. */
  readonly text: string | undefined;
}

/** Fields of a person that histories know of. */
export type Field = keyof Pick<
  Person,
  | 'email'
  | 'firstname'
  | 'lastname'
  | 'displayname'
  | 'jobTitle'
  | 'employeeType'
  | 'company'
  | 'costCenter'
  | 'department'
  | 'location'
>;

/** Where an attribute gets its value from. */
export type Source = { readonly field: Field } | { readonly constant: string };

/** Attributes of SCIM and their fields by default, read off the documents of JumpCloud (JC-26). */
export const DEFAULT_SOURCES: Readonly<Record<string, Source>> = {
  userName: { field: 'email' },
  'emails.value': { field: 'email' },
  'name.givenName': { field: 'firstname' },
  'name.familyName': { field: 'lastname' },
  title: { field: 'jobTitle' },
  userType: { field: 'employeeType' },
  [`${ENTERPRISE_USER}:organization`]: { field: 'company' },
  [`${ENTERPRISE_USER}:costCenter`]: { field: 'costCenter' },
  [`${ENTERPRISE_USER}:department`]: { field: 'department' },
};

/** What the service provider is expected to have of somebody or something; `unknown`: no rule says. */
export type UserBelief = 'none' | 'active' | 'inactive' | 'unknown';

/** What a history has made of one person, in the directory and, as the rules say, at the service provider. */
export interface PersonFacts {
  readonly alias: string;
  /** Taken from the first address where none is given; it stays. */
  readonly username: string;
  /** Before the `@`. */
  local: string;
  /** Every address of theirs so far, before the `@`. */
  readonly had: Set<string>;
  readonly fields: Map<Field, Value>;
  state: PersonState;
  expired: boolean;
  gone: boolean;
  user: UserBelief;
  /** The identity provider has provisioned the user once. */
  managed: boolean;
  /** Values by attribute path, as last sent; what is missing is not known. */
  held: Map<string, Value>;
  /** The rule that explains the state. */
  why: RuleId;
  /** What has been heard since the last sync. */
  readonly pending: Set<'gain' | 'loss' | 'edit'>;
  /** Something failed that the next change of the person makes good (JC-Q44). */
  owed: boolean;
  /** Gone at the service provider, past the identity provider. */
  vanished: boolean;
  /** Nothing can be said any more: somebody else has the address. */
  odd: boolean;
  /** Accepted the invitation: whoever did is kept when deactivated (OP-25a). */
  joined: boolean;
  /** Had another address once. */
  moved: boolean;
  /** An address that waits for the person, or was confirmed: not everybody can confirm, so neither is expected. */
  waiting: Value | undefined;
  /** How often the user was surely created and deactivated, as far as the log has to say so; undefined: not certain. */
  creations: number | undefined;
  deactivations: number | undefined;
}

/** What a history has made of one group. */
export interface GroupFacts {
  readonly alias: string;
  name: string;
  /** Every name so far. */
  readonly had: Set<string>;
  readonly members: Set<string>;
  bound: boolean;
  gone: boolean;
  there: 'none' | 'exists' | 'unknown';
  /** Whether the service provider certainly has the name of the directory. */
  named: boolean;
  readonly inside: Map<string, 'in' | 'out' | 'unknown'>;
  /** Heard since the last sync. */
  readonly joining: Set<string>;
  readonly leaving: Set<string>;
  renamed: boolean;
  deleted: boolean;
  ensured: boolean;
  /** The identity provider knows its id at the service provider. */
  linked: boolean;
  /** Made past the identity provider, and never bound. */
  foreign: boolean;
  odd: boolean;
  creations: number | undefined;
}

/** What a history has led to. */
export interface Facts {
  readonly people: Map<string, PersonFacts>;
  readonly groups: Map<string, GroupFacts>;
  /** Addresses that were ever given, by what is before the `@`: two that are written alike are one. */
  readonly addresses: Map<string, Value>;
  sources: Map<string, Source>;
  active: boolean;
  managing: boolean;
  /** Trouble was on the way: how often something was tried is anybody's guess. */
  noisy: boolean;
  /** Something waited when it was switched off: the next sync tells what was dropped. */
  dropped: boolean;
  /** Whose operation the next sync will see refused, and what it was to be. */
  refused: { readonly person: string; readonly what: 'creation' | 'deactivation' } | undefined;
  /** People and groups that the last sync was about. */
  readonly touched: Set<PersonFacts | GroupFacts>;
  /** Numbers values. */
  edits: number;
}

/** Nobody, nothing, and provisioning off; groups are managed. */
export const createFacts = (): Facts => ({
  people: new Map(),
  groups: new Map(),
  addresses: new Map(),
  sources: new Map(Object.entries(DEFAULT_SOURCES)),
  active: false,
  managing: true,
  noisy: false,
  dropped: false,
  refused: undefined,
  touched: new Set(),
  edits: 0,
});

/** Whether a person's state lets the account be active (JC-21, JC-Q15, JC-Q16). */
export const isUsable = ({ gone, state, expired }: PersonFacts): boolean => !gone && state === 'ACTIVATED' && !expired;

/** Bound groups that somebody is in. */
export const boundGroupsOf = ({ groups }: Facts, alias: string): readonly GroupFacts[] =>
  [...groups.values()].filter(({ gone, bound, members }) => !gone && bound && members.has(alias));

/** Whether somebody's account is to be active: access comes from bound groups alone (JC-11). */
export const isEntitled = (facts: Facts, person: PersonFacts): boolean =>
  isUsable(person) && boundGroupsOf(facts, person.alias).length > 0;

/** Whether changes of a group and its members are sent. */
export const isManaged = ({ active, managing }: Facts, { bound, gone }: GroupFacts): boolean =>
  active && managing && bound && !gone;

/** The values that the mappings make of somebody; an empty one is none (JC-Q31). */
export function valuesOf({ sources }: Pick<Facts, 'sources'>, { fields }: PersonFacts): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  for (const [path, source] of sources) {
    const value =
      'constant' in source ? { key: `is ${source.constant}`, text: source.constant } : fields.get(source.field);
    if (value && value.text !== '') values.set(path, value);
  }
  values.set('displayName', displayName(fields));
  return values;
}

/** The name to show: the one given, else both names, else the first (JC-29). */
function displayName(fields: PersonFacts['fields']): Value {
  const [given, first, last] = (['displayname', 'firstname', 'lastname'] as const).map(name => fields.get(name));
  if (given && given.text !== '') return given;
  if (!last || last.text === '') return first ?? { key: 'nothing', text: undefined };
  const isKnown = first?.text !== undefined && last.text !== undefined;
  return { key: `${first?.key} ${last.key}`, text: isKnown ? `${first.text} ${last.text}` : undefined };
}

/** Whether two values are one. */
export const isSame = (one: Value | undefined, other: Value | undefined): boolean =>
  one?.key === other?.key || (one?.text !== undefined && one.text === other?.text);

const MADE_UP: readonly Field[] = [
  ...(['email', 'lastname', 'jobTitle', 'employeeType', 'company'] as const),
  ...(['costCenter', 'department', 'location'] as const),
];

/** Somebody new, of whom the service provider knows nothing. */
export const newPerson = (alias: string, local: string, username: string): PersonFacts => ({
  alias,
  username,
  local,
  had: new Set([local]),
  fields: new Map<Field, Value>([
    ...MADE_UP.map((field): [Field, Value] => [field, { key: `first ${field} of ${alias}`, text: undefined }]),
    ['displayname', { key: 'empty', text: '' }],
  ]),
  state: 'ACTIVATED',
  expired: false,
  gone: false,
  user: 'none',
  managed: false,
  held: new Map(),
  why: 'JC-11',
  pending: new Set(),
  owed: false,
  vanished: false,
  odd: false,
  joined: false,
  moved: false,
  waiting: undefined,
  creations: 0,
  deactivations: 0,
});

/** A new group, empty and not bound. */
export const newGroup = (alias: string, name: string): GroupFacts => ({
  alias,
  name,
  had: new Set([name]),
  members: new Set(),
  bound: false,
  gone: false,
  there: 'none',
  named: false,
  inside: new Map(),
  joining: new Set(),
  leaving: new Set(),
  renamed: false,
  deleted: false,
  ensured: false,
  linked: false,
  foreign: false,
  odd: false,
  creations: 0,
});

/** Whether an address that others may have had is free at the service provider too, as far as can be told. */
export const isFreeAddress = ({ people, addresses }: Facts, alias: string, local: string): boolean =>
  [...people.values()].every(person => {
    if (person.alias === alias) return !person.had.has(local) || person.waiting === undefined;
    if (!person.had.has(local)) return true;
    const { odd, waiting, pending, user, held } = person;
    if (odd || waiting || pending.size > 0 || user === 'unknown') return false;
    const now = held.get('userName');
    return user === 'none' || (now !== undefined && !isSame(now, addresses.get(local)));
  });

/** Whether a name that others may have had is free at the service provider too, as far as can be told. */
export const isFreeName = ({ groups }: Facts, alias: string, name: string): boolean =>
  [...groups.values()].every(
    ({ alias: other, name: now, had, there, named, linked, renamed, ensured, deleted, odd }) =>
      other === alias ||
      now === name ||
      !had.has(name) ||
      (!odd && !renamed && !ensured && !deleted && (there === 'none' || (named && linked))),
  );

/** Maps an attribute, named as on the mapping screen, to something else, or to nothing. */
export function setSource(facts: Facts, target: string, source: Source | undefined): void {
  const path = target.replace('$enterpriseUser.', `${ENTERPRISE_USER}:`);
  if (source) facts.sources.set(path, source);
  else facts.sources.delete(path);
}
