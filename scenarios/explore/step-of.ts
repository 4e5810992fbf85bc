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

/** The step that an intent comes to; undefined where nobody is there for it. */
export function stepOf(intent: Intent, { facts, steps }: History, means: Means): Step | undefined {
  return STEPS[intent.kind]({ ...intent, facts, means, ...subjectsOf(intent, facts, steps) });
}

interface Scene extends Intent {
  readonly facts: Facts;
  readonly means: Means;
  /** Somebody who is in the directory, a group that is, and a group that the person is in, or is not in. */
  readonly person: string | undefined;
  readonly group: string | undefined;
  readonly own: string | undefined;
  readonly other: string | undefined;
}

function subjectsOf({ who, what }: Intent, { people, groups }: Facts, steps: readonly Step[]) {
  const there = [...people.values()].filter(({ gone }) => !gone);
  const standing = [...groups.values()].filter(({ gone }) => !gone);
  const person = favoured(there, who, last(steps, 'person'))?.alias;
  const isIn = ({ members }: { readonly members: ReadonlySet<string> }): boolean => members.has(person ?? '');
  const others = standing.filter(each => !isIn(each));
  // A group gives access once it is bound.
  const bound = others.filter(each => each.bound);
  return {
    person,
    group: favoured(standing, what, last(steps, 'group'))?.alias,
    own: at(standing.filter(isIn), what)?.alias,
    other: at(bound.length > 0 && what % 4 > 0 ? bound : others, what)?.alias,
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
  const subjects = steps.map(step => Object.entries(step).find(([name]) => name === kind)?.[1] as unknown);
  const found = subjects.findLast(each => typeof each === 'string');
  return typeof found === 'string' ? found : '';
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
const titled = (alias: string): string => alias.charAt(0).toUpperCase() + alias.slice(1);

const STEPS: { readonly [Name in Kind]: (scene: Scene) => Step | undefined } = {
  hire({ facts }) {
    const alias = free(PEOPLE, facts.people);
    return alias === undefined ? undefined : hire(alias);
  },
  'hire-again'({ facts: { people }, who }) {
    const former = at(
      [...people.values()].filter(({ gone, odd }) => gone && !odd),
      who,
    );
    return former && hire(`${former.alias}-again`, { email: former.local });
  },
  stage({ facts }) {
    const alias = free(PEOPLE, facts.people);
    return alias === undefined ? undefined : hire(alias, { state: 'STAGED' });
  },
  'create-group'({ facts }) {
    const alias = free(GROUPS, facts.groups);
    return alias === undefined ? undefined : createGroup(alias);
  },
  'create-again'({ facts: { groups }, what }) {
    const former = at(
      [...groups.values()].filter(({ gone, odd }) => gone && !odd),
      what,
    );
    return former && createGroup(`${former.alias}-again`, former.name);
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
  move: ofPerson((person, { facts }) => change(person, { email: `${person}-${facts.edits + 1}` })),
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
  'rename-group': ofGroup((group, { what }) => renameGroup(group, `${titled(group)} ${what}`)),
  'delete-group': ofGroup(deleteGroup),
  'touch-group': ofGroup(touchGroup),
  bind: ({ facts: { groups }, what }) => {
    const unbound = at(
      [...groups.values()].filter(({ gone, bound }) => !gone && !bound),
      what,
    );
    return unbound && bind(unbound.alias);
  },
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
