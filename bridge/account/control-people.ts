import { ControlError, type Control } from '../../scim/target.ts';
import { isAddress, sameAddress } from './address.ts';
import { oneOf, personOf, type Desk, type Offer } from './desk.ts';
import type { Cause, MailKind, Person, PersonEvent, PersonState, Role } from './model.ts';
import { cutName } from './names.ts';
import { isVisible } from './people.ts';
import { peopleOf } from './sso/index.ts';
import { provisions } from './state.ts';
import { transitions } from './transitions.ts';
import { viewAccount } from './view.ts';

/** How long an invitation by hand can be accepted, in milliseconds. */
const HAND_MADE = 5 * 86_400_000;

const roles: readonly Role[] = ['owner', 'administrator', 'member', 'guest'];
const states: readonly PersonState[] = ['invited', 'pending', 'active', 'suspended', 'transfer-suspended', 'recovery'];

type PeopleControl = Required<
  Pick<
    Control,
    | 'accept'
    | 'confirmAddress'
    | 'changeOwnAddress'
    | 'confirm'
    | 'reject'
    | 'suspend'
    | 'reactivate'
    | 'deleteForGood'
    | 'recover'
    | 'completeRecovery'
    | 'setRole'
    | 'addPerson'
    | 'manageByCli'
    | 'opensVault'
    | 'people'
  >
>;

/** A person for whoever asks: times as text. */
function shown({ invitedAt, joinedAt, ...person }: Person) {
  const time = (ms: number | undefined) => (ms === undefined ? ms : new Date(ms).toISOString());
  return { ...person, invitedAt: time(invitedAt), joinedAt: time(joinedAt) };
}

/** In which states an event is possible, in words. */
function wants(event: PersonEvent, by: Cause): string {
  const from = transitions.filter(row => row.event === event && row.by === by).map(row => row.from);
  return `${event} takes somebody who is ${[...new Set(from)].join(', ').replace(/, ([^,]*)$/, ' or $1')}`;
}

/** What people and administrators do about people. */
export function peopleControl(desk: Desk, offer: Offer): PeopleControl {
  const { state, clock, core, shelf, sso } = desk;

  const move = (key: string, event: PersonEvent, by: Cause): Person => {
    const person = personOf(desk, key);
    const moved = core().people.move(person, event, by);
    if (!moved) throw new ControlError(409, `${person.address} is ${person.state}; ${wants(event, by)}`);
    return moved.person;
  };
  const ofPerson = <G>(work: (given: G) => Person) => offer((given: G) => shown(work(given)));
  const byAdministrator = (event: PersonEvent) =>
    ofPerson(({ person }: { person: string }) => move(person, event, 'administrator'));
  /** Somebody whose mailbox refused every mail of a kind never saw one (OP-34a, OP-34b). */
  const requireMail = (person: Person, kinds: readonly MailKind[], to: string, rule: 'OP-34a' | 'OP-34b'): void => {
    if (!core().law.on(rule)) return;
    const sent = state.mailsAbout(person.id).filter(mail => kinds.includes(mail.kind) && sameAddress(mail.to, to));
    // Whoever was put in by hand may have none; somebody provisioned without one cannot know (domainViolation silent).
    if (sent.some(({ delivered }) => delivered) || (sent.length === 0 && !person.provisioned)) return;
    throw new ControlError(409, `no mail has reached ${to}`, rule);
  };
  /** Invitations by hand run out after five days (P-ADD); those of provisioning never do (OP-14b). */
  const requireFresh = ({ address, provisioned, invitedAt }: Person): void => {
    if ((provisioned && core().law.on('OP-14b')) || invitedAt === undefined) return;
    if (clock.now() - invitedAt > HAND_MADE) throw new ControlError(409, `the invitation of ${address} has run out`);
  };
  /** As the policy of Unlock with SSO sees a person; undefined where there is none to see it. */
  const ssoPerson = ({ id }: Person) =>
    state.sso.provider && peopleOf(viewAccount(state, core())).find(person => person.id === id);

  return {
    accept: ofPerson(({ person: key }) => {
      const person = personOf(desk, key);
      requireMail(person, ['invitation', 'reminder'], person.address, 'OP-34a');
      requireFresh(person);
      const before = ssoPerson(person);
      const moved = move(person.id, 'accept', 'person');
      if (before) desk.takeSso(sso.join(state.sso, before, clock.now()), 'person');
      return moved;
    }),
    confirmAddress: ofPerson(({ person: key }) => {
      const person = personOf(desk, key);
      const { pendingAddress } = person;
      if (pendingAddress === undefined) throw new ControlError(409, `no address change waits for ${person.address}`);
      if (person.state !== 'active') {
        throw new ControlError(409, `${person.address} is ${person.state} and cannot sign in to confirm`);
      }
      requireMail(person, ['address-confirmation'], pendingAddress, 'OP-34b');
      return core().people.confirmAddress(person);
    }),
    changeOwnAddress: ofPerson(({ person: key, address }) => {
      const person = personOf(desk, key);
      const { law, people, post } = core();
      if (!law.profile.selfServiceAddress && provisions(state.facts) && law.on('OP-31')) {
        throw new ControlError(403, 'addresses are changed in the identity provider, not by members', 'OP-31');
      }
      if (person.state !== 'active') throw new ControlError(409, `${person.address} is ${person.state}`);
      if (sameAddress(address, person.address)) return person;
      const next = people.propose(person, address);
      people.save(next);
      const says = `${person.address} to ${address}: proposed by the person`;
      const change = { person: person.id, step: 'proposed', from: person.address, to: address } as const;
      state.note({ kind: 'address', ...change, rule: 'P-MAIL', cause: 'person', says });
      post('address-asked', next, 'person');
      return next;
    }),
    confirm: byAdministrator('confirm'),
    reject: byAdministrator('reject'),
    suspend: byAdministrator('suspend'),
    reactivate: ofPerson(({ person }) => {
      if (provisions(state.facts)) {
        throw new ControlError(403, 'nobody is reactivated by hand while provisioning is switched on', 'C143188');
      }
      return move(person, 'reactivate', 'administrator');
    }),
    deleteForGood: byAdministrator('delete-for-good'),
    recover: byAdministrator('recover'),
    completeRecovery: ofPerson(({ person: key }) => {
      const person = personOf(desk, key);
      const before = ssoPerson(person);
      const moved = move(person.id, 'recovered', 'person');
      if (before) desk.takeSso(sso.completeRecovery(state.sso, before, clock.now()), 'person');
      return moved;
    }),
    setRole: ofPerson(({ person: key, role: word }) => {
      const person = personOf(desk, key);
      const role = oneOf('role', word, roles);
      if (role === person.role) return person;
      if (person.role === 'owner' && person.state === 'active' && state.owners < 2) {
        throw new ControlError(403, `${person.address} is the last owner of the account`, 'P-UAPI');
      }
      const memberships = core().groups.of(person.id);
      const next: Person = { ...person, role };
      if (isVisible(person) && !isVisible(next)) shelf.take(person.id);
      core().people.show(next, isVisible(person));
      for (const { record, members } of memberships) core().groups.setMembers(record, members);
      const says = `${person.address} is ${role} instead of ${person.role}`;
      state.note({ kind: 'account', step: 'role', rule: 'control', cause: 'administrator', says });
      return next;
    }),
    addPerson: ofPerson(({ address, name = address, role = 'member', state: stands = 'active' }) => {
      const isInvited = stands === 'invited';
      if (!isAddress(address)) throw new ControlError(400, `${JSON.stringify(address)} is no e-mail address`);
      const joined = !isInvited && stands !== 'transfer-suspended';
      const person: Person = {
        id: shelf.newId('User'),
        address,
        name,
        ...cutName(name),
        state: oneOf('state of a person', stands, states),
        role: oneOf('role', role, roles),
        externalId: undefined,
        preferredLanguage: undefined,
        provisioned: false,
        joined,
        invitedAt: isInvited ? clock.now() : undefined,
        joinedAt: joined ? clock.now() : undefined,
        reminded: false,
      };
      core().people.add(person);
      return person;
    }),
    manageByCli: ofPerson(({ person, act }) => {
      desk.setUp.checkCli(state.facts.setUp, core().law.settings.cliWithHosted);
      return move(person, oneOf('act of the command-line tool', act, ['suspend', 'reactivate']), 'administrator');
    }),
    opensVault: offer(({ person: key, by }) => {
      const [owner, visitor] = [personOf(desk, key), personOf(desk, by)];
      if (owner.id === visitor.id) return owner.joined;
      const managers = [...state.groups.values()].filter(({ origin }) => origin === 'built-in');
      const isManager = managers.some(record => core().groups.view(record).members.includes(visitor.id));
      return isManager && owner.provisioned && !owner.joined && core().law.on('OP-45c');
    }),
    people: offer(() => [...state.people.values()].map(shown)),
  };
}
