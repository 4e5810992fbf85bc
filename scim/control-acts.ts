import type { Control } from './target.ts';

/** What a member of an act takes; one that ends in `?` may be left out. */
export type Member = 'text' | 'text?' | 'texts' | 'texts?' | 'texts or any' | 'flag' | 'number' | 'JSON';

/** How an act is asked for from outside. */
export interface ControlAct {
  /** GET for what only looks, and takes nothing. */
  readonly method: 'GET' | 'POST';
  readonly takes: Readonly<Record<string, Member>>;
  /** Takes further members, which depend on those that are named. */
  readonly takesMore?: true;
}

const look: ControlAct = { method: 'GET', takes: {} };
const act = (takes: ControlAct['takes'] = {}): ControlAct => ({ method: 'POST', takes });
const ofPerson = act({ person: 'text' });
const asking = act({ by: 'text?', identityProvider: 'text?' });

/** Every act of a control, in the order in which a person would look for it, with what it takes. */
export const controlActs = {
  people: look,
  groups: look,
  outbox: look,
  journal: look,
  accept: ofPerson,
  confirmAddress: ofPerson,
  changeOwnAddress: act({ person: 'text', address: 'text' }),
  confirm: ofPerson,
  reject: ofPerson,
  suspend: ofPerson,
  reactivate: ofPerson,
  deleteForGood: ofPerson,
  recover: ofPerson,
  completeRecovery: ofPerson,
  setRole: act({ person: 'text', role: 'text' }),
  addPerson: act({ address: 'text', name: 'text?', role: 'text?', state: 'text?' }),
  addGroup: act({ name: 'text', members: 'texts?', permissions: 'texts?' }),
  setMembers: act({ group: 'text', members: 'texts' }),
  setPermissions: act({ group: 'text', permissions: 'texts' }),
  selectGroups: act({ groups: 'texts' }),
  unselectGroups: act({ groups: 'texts' }),
  setDomains: act({ domains: 'texts or any' }),
  setProvisioning: act({ on: 'flag' }),
  regenerateToken: act(),
  restart: act(),
  removeBridge: act(),
  bounce: act({ address: 'text', on: 'flag' }),
  setUp: asking,
  turnOff: act(),
  migrate: asking,
  leavePage: act(),
  manageByCli: act({ person: 'text', act: 'text' }),
  opensVault: act({ person: 'text', by: 'text' }),
  setUnlock: { ...act({ do: 'text' }), takesMore: true },
  switchToSso: ofPerson,
  unlock: ofPerson,
  advance: act({ ms: 'number' }),
  snapshot: look,
  restore: act({ snapshot: 'JSON' }),
  reset: act(),
} as const satisfies Readonly<Record<keyof Control, ControlAct>>;

/** The name of an act of a control. */
export type ControlActName = keyof typeof controlActs;

/** The names of all acts. */
export const controlActNames = Object.keys(controlActs) as readonly ControlActName[];

/** Whether there is an act of this name. */
export const isControlAct = (name: string): name is ControlActName => Object.hasOwn(controlActs, name);
