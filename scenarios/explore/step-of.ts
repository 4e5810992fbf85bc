import {
  activate,
  attempt,
  bind,
  change,
  createGroup,
  deactivate,
  deleteGroup,
  dismiss,
  fault,
  hire,
  importUsers,
  join,
  leave,
  manageGroups,
  map,
  onAccount,
  present,
  presentGroup,
  reactivate,
  reauthenticate,
  renameGroup,
  restoreMapping,
  suspend,
  touchGroup,
  unbind,
  unmap,
  vanish,
  type Details,
  type Step,
} from '../step.ts';
import type { FaultName } from '../play/way.ts';
import type { History } from './build.ts';
import type { Facts } from './facts.ts';
import type { Intent, Kind, Means } from './intent.ts';
import { again } from './trail.ts';

/** The step that an intent comes to; undefined where nobody is there for it. */
export function stepOf(intent: Intent, { facts, steps }: History, means: Means): Step | undefined {
  return STEPS[intent.kind]({ ...intent, facts, means, ...subjectsOf(intent, facts, steps) });
}

interface Scene extends Intent {
  readonly facts: Facts;
  readonly means: Means;
  /** Somebody who is in the directory, a group that is, one that the person is in, or is not in, and one that is not bound. */
  readonly person: string | undefined;
  readonly group: string | undefined;
  readonly own: string | undefined;
  readonly other: string | undefined;
  readonly unbound: string | undefined;
}

function subjectsOf({ who, what }: Intent, { people, groups }: Facts, steps: readonly Step[]) {
  const there = [...people.values()].filter(({ gone }) => !gone);
  const standing = [...groups.values()].filter(({ gone }) => !gone);
  const person = favoured(there, who, last(steps, 'person'))?.alias;
  const isIn = ({ members }: { readonly members: ReadonlySet<string> }): boolean => members.has(person ?? '');
  const others = standing.filter(each => !isIn(each));
  // A group gives access once it is bound.
  const bound = others.filter(each => each.bound);
  const lately = last(steps, 'group');
  return {
    person,
    group: favoured(standing, what, lately)?.alias,
    own: favoured(standing.filter(isIn), what, lately)?.alias,
    other: favoured(bound.length > 0 && what % 4 > 0 ? bound : others, what, lately)?.alias,
    unbound: favoured(
      standing.filter(each => !each.bound),
      what,
      lately,
    )?.alias,
  };
}

const at = <T>(all: readonly T[], place: number): T | undefined => all[place % Math.max(1, all.length)];

/** Half of the time whoever it was last: what goes wrong takes much to happen to one. */
const favoured = <T extends { readonly alias: string }>(
  all: readonly T[],
  place: number,
  lately: string,
): T | undefined =>
  (place % 2 === 0 ? all.find(({ alias }) => alias === lately) : undefined) ?? at(all, Math.floor(place / 2));

/** Whom a history was about last. */
function last(steps: readonly Step[], kind: 'person' | 'group'): string {
  for (let at = steps.length - 1; at >= 0; at -= 1) {
    const step = steps[at];
    if (step && kind === 'person' && 'person' in step && step.person !== undefined) return step.person;
    if (step && kind === 'group' && 'group' in step) return step.group;
  }
  return '';
}

const PEOPLE = ['ada', 'ben', 'cy', 'dee', 'eve'];
const GROUPS = ['eng', 'ops', 'law', 'art'];
const EDITABLE = [
  'lastname',
  'firstname',
  'displayname',
  'jobTitle',
  'employeeType',
  'department',
  'location',
] as const;
const CLEARABLE = ['displayname', 'jobTitle', 'department'] as const;
const MAPPED = ['title', 'userType', '$enterpriseUser.department', '$enterpriseUser.costCenter'] as const;
const WAITS = [60_000, 600_000, 3 * 86_400_000] as const;
const ABSORBED: readonly FaultName[] = [
  ...(['throttled', 'unavailable', 'reset-before', 'reset-after', 'timed-out', 'slow', 'cut', 'server-error'] as const),
];
const REFUSED = ['refused', 'forbidden', 'unauthorized'] as const;

const ofPerson =
  (make: (person: string, scene: Scene) => Step) =>
  (scene: Scene): Step | undefined =>
    scene.person === undefined ? undefined : make(scene.person, scene);
const ofGroup =
  (make: (group: string, scene: Scene) => Step) =>
  (scene: Scene): Step | undefined =>
    scene.group === undefined ? undefined : make(scene.group, scene);
const edit = (make: (scene: Scene) => Details) => ofPerson((person, scene) => change(person, make(scene)));
const free = (names: readonly string[], used: ReadonlyMap<string, unknown>): string | undefined =>
  names.find(name => !used.has(name));
/** Addresses and names that somebody or something had, and nobody and nothing has. */
const leftAddresses = ({ people, addresses }: Facts): readonly string[] =>
  [...addresses.keys()].filter(local => [...people.values()].every(person => person.local !== local));
const leftNames = ({ groups }: Facts): readonly string[] => {
  const all = [...groups.values()];
  return [...new Set(all.flatMap(({ had }) => [...had]))].filter(name => all.every(group => group.name !== name));
};

const titled = (alias: string): string => alias.charAt(0).toUpperCase() + alias.slice(1);

const STEPS: { readonly [Name in Kind]: (scene: Scene) => Step | undefined } = {
  hire({ facts }) {
    const alias = free(PEOPLE, facts.people);
    return alias === undefined ? undefined : hire(alias);
  },
  'hire-again'({ facts, who }) {
    const { people } = facts;
    const gone = [...people.values()].filter(each => each.gone && !each.odd).map(each => each.local);
    const local = at([...gone, ...leftAddresses(facts)], who);
    const former = [...people.values()].findLast(({ had }) => local !== undefined && had.has(local));
    if (!former || local === undefined) return undefined;
    // Whoever moved away from an address keeps the user name that came of it.
    return hire(again(former.alias), { email: local, ...(!former.gone && { username: again(former.alias) }) });
  },
  stage({ facts }) {
    const alias = free(PEOPLE, facts.people);
    return alias === undefined ? undefined : hire(alias, { state: 'STAGED' });
  },
  'create-group'({ facts }) {
    const alias = free(GROUPS, facts.groups);
    return alias === undefined ? undefined : createGroup(alias);
  },
  'create-again'({ facts, what }) {
    const { groups } = facts;
    const gone = [...groups.values()].filter(each => each.gone && !each.odd).map(({ name }) => name);
    const name = at([...gone, ...leftNames(facts)], what);
    const former = [...groups.values()].findLast(({ had }) => name !== undefined && had.has(name));
    return former && createGroup(again(former.alias), name);
  },
  join: ofPerson((person, { other = '' }) => join(person, other)),
  'join-all': ofPerson((person, { facts: { groups } }) =>
    join(
      person,
      ...[...groups.values()].filter(({ gone, members }) => !gone && !members.has(person)).map(each => each.alias),
    ),
  ),
  leave: ofPerson((person, { own, other = '' }) => (own === undefined ? join(person, other) : leave(person, own))),
  edit: edit(({ what, text }) => ({ [at(EDITABLE, what) ?? 'lastname']: text })),
  clear: edit(({ what }) => ({ [at(CLEARABLE, what) ?? 'jobTitle']: '' })),
  move: ofPerson((person, { facts, what }) => {
    const left = what % 2 === 0 ? at(leftAddresses(facts), what) : undefined;
    return change(person, { email: left ?? `${person}-${facts.edits + 1}` });
  }),
  'let-expire': ofPerson((person, { facts }) =>
    change(person, { passwordExpired: !facts.people.get(person)?.expired }),
  ),
  unstage: ({ facts: { people }, who }) => {
    const staged = at(
      [...people.values()].filter(({ state, gone }) => state === 'STAGED' && !gone),
      who,
    );
    return staged && change(staged.alias, { state: 'ACTIVATED' });
  },
  suspend: ofPerson((person, { facts }) =>
    facts.people.get(person)?.state === 'SUSPENDED' ? reactivate(person) : suspend(person),
  ),
  reactivate({ facts: { people }, who }) {
    const suspended = at(
      [...people.values()].filter(({ state, gone }) => state === 'SUSPENDED' && !gone),
      who,
    );
    return suspended && reactivate(suspended.alias);
  },
  dismiss: ofPerson(dismiss),
  'rename-group': ofGroup((group, { facts, who, what }) =>
    renameGroup(group, (who % 3 === 0 ? at(leftNames(facts), what) : undefined) ?? `${titled(group)} ${what}`),
  ),
  'delete-group': ofGroup(deleteGroup),
  'touch-group': ofGroup(touchGroup),
  bind: ({ unbound }) => (unbound === undefined ? undefined : bind(unbound)),
  unbind: ofGroup((group, { facts }) => (facts.groups.get(group)?.bound ? unbind(group) : bind(group))),
  // Little happens while it is off, so that it does not stay so for long.
  'manage-groups': ({ facts: { managing }, who }) => (managing && who % 3 > 0 ? undefined : manageGroups(!managing)),
  activate,
  deactivate: ({ facts: { active }, who }) => (active ? (who % 3 > 0 ? undefined : deactivate()) : activate()),
  reauthenticate,
  map: ({ what, text }) => map({ target: at(MAPPED, what) ?? 'title', kind: 'constant', value: text }),
  unmap: ({ what }) => unmap(at(MAPPED, what) ?? 'title'),
  'restore-mapping': restoreMapping,
  import: () => importUsers(),
  present: ofPerson(person => present(person)),
  'present-group': ofGroup((group, { facts: { people } }) =>
    presentGroup(
      group,
      ...[...people.values()]
        .filter(({ user, odd }) => user === 'active' && !odd)
        .slice(0, 1)
        .map(each => each.alias),
    ),
  ),
  vanish: ofPerson(vanish),
  account({ person, means, what }) {
    const act = at(means.acts, what);
    return act === undefined || person === undefined ? undefined : attempt(onAccount(act, person));
  },
  wait: ({ means, what }) => (means.clock ? { verb: 'wait', ms: at(WAITS, what) ?? WAITS[0] } : undefined),
  trouble: ({ means, what }) => (means.way ? fault(at(ABSORBED, what) ?? 'slow') : undefined),
  refuse({ means, what, facts }) {
    if (!means.way) return undefined;
    const isGain = [...facts.people.values()].some(({ pending }) => pending.has('gain'));
    return fault(at(REFUSED, what) ?? 'refused', isGain ? 'POST /Users' : 'PUT /Users/');
  },
};
