import type { Control } from './target.ts';

/** What a member of an act takes; one that ends in `?` may be left out. */
export type Member = 'text' | 'text?' | 'texts' | 'texts?' | 'texts or any' | 'flag' | 'number' | 'JSON';

/** What an act gives: what nobody looks at, one thing with its members, several of them, or yes and no. */
export type Gives = 'anything' | 'object' | 'list' | 'flag';

/** How an act is asked for from outside. */
export interface ControlAct {
  /** GET for what only looks, and takes nothing. */
  readonly method: 'GET' | 'POST';
  readonly takes: Readonly<Record<string, Member>>;
  readonly gives: Gives;
  /** Takes further members, which depend on those that are named. */
  readonly takesMore?: true;
  /** What it does, as one sentence. */
  readonly title: string;
}

const look = (title: string, gives: Gives = 'list'): ControlAct => ({ method: 'GET', takes: {}, gives, title });
const act = (title: string, takes: ControlAct['takes'] = {}, gives: Gives = 'anything'): ControlAct => ({
  method: 'POST',
  takes,
  gives,
  title,
});
const ofPerson = (title: string): ControlAct => act(title, { person: 'text' }, 'object');
const ofGroups = (title: string): ControlAct => act(title, { groups: 'texts' }, 'list');
const asking = (title: string): ControlAct => act(title, { by: 'text?', identityProvider: 'text?' }, 'object');

/** Every act of a control, in the order in which a person would look for it, with what it takes. */
export const controlActs = {
  people: look('The people of the account'),
  groups: look('Its groups, also those out of the sight of provisioning'),
  outbox: look('Every mail that was sent'),
  journal: look('Everything that happened, and the rule that explains it'),
  service: look('Where provisioning stands: switch, bridge, hosted provisioning, migration, domains', 'object'),
  accept: ofPerson('The person follows the invitation and finishes sign-up'),
  confirmAddress: ofPerson('The person confirms the address change that waits'),
  changeOwnAddress: act('The person tries to change the own address', { person: 'text', address: 'text' }, 'object'),
  confirm: ofPerson('An administrator confirms a person who waits for it'),
  reject: ofPerson('An administrator turns a person away who waits for confirmation'),
  suspend: ofPerson('An administrator suspends a person'),
  reactivate: ofPerson('An administrator brings a suspended person back'),
  deleteForGood: ofPerson('An administrator deletes a person'),
  recover: ofPerson('An administrator begins the recovery of a person'),
  completeRecovery: ofPerson('The person completes the recovery'),
  setRole: act('The person gets another role', { person: 'text', role: 'text' }, 'object'),
  addPerson: act(
    'A person is put in by hand, without provisioning',
    { address: 'text', name: 'text?', role: 'text?', state: 'text?' },
    'object',
  ),
  addGroup: act(
    'A group is put in by hand, out of the sight of provisioning',
    { name: 'text', members: 'texts?', permissions: 'texts?' },
    'object',
  ),
  setMembers: act('A group gets other members by hand', { group: 'text', members: 'texts' }, 'object'),
  setPermissions: act('A group gets other permissions', { group: 'text', permissions: 'texts' }, 'object'),
  selectGroups: ofGroups('Groups are added to those that provisioning manages'),
  unselectGroups: ofGroups('Groups are taken out of those that provisioning manages'),
  setDomains: act('The domains whose addresses may be used, or "any"', { domains: 'texts or any' }),
  setProvisioning: act('Provisioning is switched on or off', { on: 'flag' }),
  regenerateToken: act('A new bearer token, which works after a restart', {}, 'object'),
  restart: act('The bridge is started again, with the session file of its token'),
  removeBridge: act('The bridge is taken away for good'),
  bounce: act('Mail to an address bounces from now on, or arrives again', { address: 'text', on: 'flag' }),
  setUp: asking('Hosted provisioning is set up where there is no bridge'),
  turnOff: act('Hosted provisioning is turned off; its token ends'),
  migrate: asking('The move from the bridge to hosted provisioning begins; it takes ten minutes'),
  leavePage: act('The administrator leaves the page on which the move was started'),
  manageByCli: act(
    'A person is suspended or reactivated with the command-line tool',
    { person: 'text', act: 'text' },
    'object',
  ),
  opensVault: act('Whether somebody can open the Employee vault of a person', { person: 'text', by: 'text' }, 'flag'),
  setUnlock: {
    ...act('Unlock with SSO is configured; what else it takes depends on "do"', { do: 'text' }),
    takesMore: true,
  },
  switchToSso: act('The person switches to unlocking with the identity provider', { person: 'text' }),
  unlock: ofPerson('How the person unlocks, and why'),
  advance: act('The clock moves on by milliseconds; what falls due on the way happens', { ms: 'number' }, 'object'),
  snapshot: look('All of the account, to be restored later', 'anything'),
  restore: act('The account is as it was when the snapshot was taken', { snapshot: 'JSON' }),
  reset: act('The account is as it was made'),
} as const satisfies Readonly<Record<keyof Control, ControlAct>>;

/** The name of an act of a control. */
export type ControlActName = keyof typeof controlActs;

/** The names of all acts. */
export const controlActNames = Object.keys(controlActs) as readonly ControlActName[];

/** Whether there is an act of this name. */
export const isControlAct = (name: string): name is ControlActName => Object.hasOwn(controlActs, name);
