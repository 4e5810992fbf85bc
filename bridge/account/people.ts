import { ScimError } from '../../scim/message/error.ts';
import type { JsonObject } from '../../scim/wire/message.ts';
import { invalidValue } from '../resource/refusal.ts';
import type { Resource } from '../resource/resource.ts';
import { createObjection, isAddress, sameAddress } from './address.ts';
import type { Clock } from './clock.ts';
import type { Groups } from './groups.ts';
import type { Law } from './law.ts';
import type { Post } from './mails.ts';
import type { Cause, Draft, Ground, Person, PersonEvent, PersonState } from './model.ts';
import type { Shelf } from './shelf.ts';
import type { State } from './state.ts';
import { createMachine, type Transition } from './transitions.ts';
import { createUserShape, readGiven, readsActive, type Given } from './user.ts';

/** What happened to a person. */
export interface Moved {
  /** As the person is now, or was last. */
  readonly person: Person;
  readonly row: Transition;
}

/** People of the account: what SCIM requests and the acts of people and administrators do to them. */
export interface People {
  /**
   * POST: invites whoever has an address that nobody has (OP-12a, OP-12b, OP-13a). @throws ScimError 400 without an address
   * (OP-20a), 409 for one that somebody has (OP-11c)
   */
  create(given: Resource): void;
  /**
   * PUT and PATCH.
   * @returns the last representation of somebody who is gone by it
   * @throws ScimError 400, 403, 409
   */
  write(before: Resource, given: Resource, isWhole: boolean): Resource | undefined;
  /** DELETE. @throws ScimError 403 */
  remove(id: string): void;
  /**
   * Lets an event happen to a person; undefined when nothing comes of it.
   * @throws ScimError 403 for the last owner
   */
  move(person: Person, event: PersonEvent, by: Cause, changed?: Person): Moved | undefined;
  /** Puts somebody in by hand, whatever domains are allowed (OP-8a speaks of such people). @throws ScimError 409 */
  add(person: Person): void;
  /** Stores a changed person, and shows it where it is visible. */
  save(person: Person): void;
  /** Stores a person who comes into sight or goes out of it; whoever goes is off the shelf already. */
  show(person: Person, wasVisible: boolean): void;
  /** Proposes another address, which waits for the person. @throws ScimError 400, 409 */
  propose(person: Person, address: string): Person;
  /** Takes the address over that waits. @throws ScimError 409 */
  confirmAddress(person: Person): Person;
}

/** Guests are out of the reach of provisioning (Q20, P-BEST). */
export const isVisible = ({ role }: Person): boolean => role !== 'guest';

interface Parts {
  readonly law: Law;
  readonly state: State;
  readonly clock: Clock;
  readonly shelf: Shelf;
  readonly groups: Pick<Groups, 'forget'>;
  readonly post: Post;
}

export function createPeople({ law, state, clock, shelf, groups, post }: Parts): People {
  const { settings, on } = law;
  const machine = createMachine(law);
  const shape = createUserShape(law);
  const objection = createObjection(law);

  const metaOf = (id: string): JsonObject => (shelf.get(id)?.['meta'] as JsonObject | undefined) ?? shelf.meta('User');
  const save = (person: Person): void => {
    if (isVisible(person)) shelf.change(person.id, shape.render(person, metaOf(person.id)));
    state.setPerson(person);
  };
  const noteMove = (person: Person, { from, event, to, by, rule }: Transition): void => {
    const says = to === from ? `${person.address} stays ${from}` : `${person.address}: ${from} to ${to}`;
    state.note({ kind: 'person', person: person.id, event, from, to, rule, cause: by, says });
  };
  const refuseTaken = (address: string): void => {
    if (!state.personAt(address)) return;
    throw new ScimError(409, 'uniqueness', `somebody of the account has the address ${address} already`);
  };
  const refuseAddress = (address: string): 'silent' | undefined => {
    if (!isAddress(address) && on('OP-20b')) throw invalidValue(`"${address}" is no e-mail address.`);
    refuseTaken(address);
    const why = objection(address, state.facts.domains);
    if (why === undefined) return undefined;
    if (settings.domainViolation === 'silent') return 'silent';
    throw invalidValue(`${why[0]?.toUpperCase()}${why.slice(1)}.`);
  };
  const entered = (state: PersonState, event: PersonEvent): Partial<Person> => ({
    ...(state === 'invited' && { invitedAt: clock.now(), reminded: false }),
    ...(event === 'accept' && { joined: true, joinedAt: clock.now() }),
  });

  const move: People['move'] = (person, event, by, changed = person) => {
    const row = machine(person.state, event, by);
    if (!row) return undefined;
    if (person.role === 'owner' && person.state === 'active' && state.owners < 2) {
      throw new ScimError(403, undefined, `${person.address} is the last owner of the account, who has to stay active`);
    }
    if (row.to === 'removed') {
      if (isVisible(person)) shelf.take(person.id);
      groups.forget(person.id);
      state.dropPerson(person.id);
      noteMove(changed, row);
      return { person: changed, row };
    }
    const next: Person = { ...changed, state: row.to, ...entered(row.to, event) };
    save(next);
    noteMove(next, row);
    if (row.to === 'invited') post('invited', next, by);
    return { person: next, row };
  };

  const create: People['create'] = given => {
    const said = readGiven(given);
    const address = said.userName ?? '';
    const isSilent = refuseAddress(address) === 'silent';
    if (said.active === false) {
      throw invalidValue(
        'A person cannot be created inactive: creating is inviting. Leave "active" out, or send true.',
      );
    }
    const row = machine('none', 'create', 'provisioning');
    const person: Person = {
      id: given.id,
      address,
      ...shape.fresh(said, address),
      state: row && row.to !== 'removed' ? row.to : 'active',
      role: 'member',
      provisioned: true,
      joined: false,
      invitedAt: clock.now(),
      joinedAt: undefined,
      reminded: false,
    };
    shelf.put('User', shape.render(person, given['meta'] as JsonObject));
    state.setPerson(person);
    if (row) noteMove(person, row);
    if (!isSilent) post('invited', person, 'provisioning');
  };

  const propose: People['propose'] = (person, address) => {
    if (refuseAddress(address) === 'silent') return person;
    return on('OP-32b') ? { ...person, pendingAddress: address } : { ...person, address };
  };
  const noteAddress = (
    { id, address: from }: Person,
    step: (Draft & { kind: 'address' })['step'],
    to: string,
    rule: Ground,
    cause: Cause = 'provisioning',
  ): void => {
    state.note({ kind: 'address', person: id, step, from, to, rule, cause, says: `${from} to ${to}: ${step}` });
  };

  /** The person as a write of the identity provider leaves it, address and state aside. */
  const update = (person: Person, said: Given, before: Given, isWhole: boolean): Person => {
    const next = { ...person, ...shape.updated(person, said, before, isWhole), provisioned: true };
    const address = said.userName ?? person.address;
    const waits = person.pendingAddress;
    // Whoever the same write deactivates cannot confirm either.
    if (said.active === false) return next;
    if (!sameAddress(address, person.address)) {
      return waits !== undefined && sameAddress(address, waits) ? next : propose(next, address);
    }
    if (waits === undefined || !isWhole) return next;
    const { pendingAddress: _, ...rest } = next;
    return rest;
  };

  const write: People['write'] = (before, given, isWhole) => {
    const person = state.people.get(before.id);
    if (!person) throw new Error(`SCIM shows ${before.id}, which the account does not have`);
    const [said, was] = [readGiven(given), readGiven(before)];
    const { userName = person.address, active } = said;
    // Whoever is suspended cannot confirm an address; a write with another one is about somebody else (Q7, OP-29c).
    if (!sameAddress(userName, person.address) && !readsActive(person.state) && on('OP-29b')) {
      const isNew = active === true && on('OP-29a') && !state.personAt(userName);
      if (isNew) create({ ...given, id: shelf.newId('User'), meta: shelf.meta('User') });
      noteAddress(person, 'ignored', userName, 'OP-29b');
      return undefined;
    }
    const next = update(person, said, was, isWhole);
    const isActive = readsActive(person.state);
    const event = active === undefined || active === isActive ? undefined : active ? 'activate' : 'deprovision';
    const moved = event && move(person, event, 'provisioning', next);
    if (!moved) save(next);
    if (person.name !== next.name) {
      const names = { from: person.name, to: next.name, says: `${person.name} is now ${next.name}` };
      state.note({ kind: 'name', person: person.id, ...names, rule: shape.nameRule, cause: 'provisioning' });
    }
    if (!person.provisioned && !on('OP-11b')) post('invited', next, 'provisioning');
    // Whoever is gone by it is answered once more, inactive (OP-26a).
    if (moved?.row.to === 'removed') return shape.render({ ...next, state: 'suspended' }, before['meta'] as JsonObject);
    tellAddress(person, next);
    return undefined;
  };
  const tellAddress = (person: Person, next: Person): void => {
    const [was, is] = [person.pendingAddress, next.pendingAddress];
    if (was === is) return;
    if (was !== undefined) noteAddress(person, 'withdrawn', was, 'OP-32b');
    if (is === undefined) return;
    noteAddress(person, 'proposed', is, 'OP-32a');
    post('address-proposed', next, 'provisioning');
  };

  return {
    create,
    write,
    move,
    save,
    propose,
    show(person, wasVisible) {
      if (wasVisible || !isVisible(person)) return save(person);
      shelf.put('User', shape.render(person, shelf.meta('User')));
      state.setPerson(person);
    },
    remove(id) {
      const person = state.people.get(id);
      if (person) move(person, 'delete', 'provisioning');
    },
    add(person) {
      refuseTaken(person.address);
      if (isVisible(person)) shelf.put('User', shape.render(person, shelf.meta('User')));
      state.setPerson(person);
      const says = `${person.address} is put in as ${person.role}, ${person.state}`;
      state.note({
        kind: 'person',
        person: person.id,
        event: 'add',
        from: 'none',
        to: person.state,
        rule: 'control',
        cause: 'administrator',
        says,
      });
      if (person.state === 'invited') post('invited-by-hand', person, 'administrator');
    },
    confirmAddress(person) {
      const { pendingAddress, ...rest } = person;
      if (pendingAddress === undefined) return person;
      refuseTaken(pendingAddress);
      const next: Person = { ...rest, address: on('OP-32c') ? pendingAddress : person.address };
      save(next);
      noteAddress(person, 'confirmed', pendingAddress, 'OP-32c', 'person');
      return next;
    },
  };
}
