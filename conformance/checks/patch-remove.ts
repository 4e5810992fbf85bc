import { filterValue } from '../../scim/message/patch.ts';
import { ENTERPRISE_USER } from '../../scim/message/urn.ts';
import type { HttpResponse } from '../../scim/wire/message.ts';
import type { Check } from '../run/check.ts';
import { change, changing, changingEach, shows, spares, startGroup, startUser, writes } from '../run/change.ts';
import { describeAnswer, expect } from '../run/expect.ts';
import { serves, supports } from '../run/facts.ts';
import { elementOf, leafOf, lists, simple, twoOf } from '../run/values.ts';
import { isUnset } from '../run/state.ts';
import { filtered, idsOf, memberIds, patch as send } from '../run/steps.ts';
import { NotApplicable, Violation } from '../run/violation.ts';

const onUsers = [serves('User'), supports('patch')] as const;
const onGroups = [serves('User'), serves('Group'), supports('patch')] as const;
const single = { attributes: simple, conditions: [writes, spares] } as const;
const multiple = { attributes: lists, conditions: [writes, spares] } as const;

const name = { givenName: 'Mira', familyName: 'Okonkwo', middleName: 'Ifeoma' };

/** What a removal of one of three members did, and what that means to who sent it. */
function whatCameOf({ status = 0 }: HttpResponse, left: number, stays: boolean): string {
  if (left === 0) return 'all three are gone: who removes one member this way empties the group';
  if (!stays) return `the listed member is gone, and ${left} of the two others are left`;
  if (status < 300) return 'nobody is gone, although the answer says so: who was removed keeps the access';
  return 'nobody is gone: the identity provider reports a failure, tries again at most, and the member stays';
}

/** PATCH remove (RFC 7644 section 3.5.2.2). */
export const patchRemove = [
  changingEach(
    {
      id: 'patch.remove-single',
      title: 'A single-valued attribute that is removed has no value',
      clause: 'RFC7644-3.5.2.2-02',
    },
    single,
    (given, attribute) => {
      const [old] = twoOf(given, attribute);
      return {
        start: { [attribute]: old },
        operations: [{ op: 'remove', path: attribute }],
        gives: { [attribute]: null },
      };
    },
  ),
  changing(
    {
      id: 'patch.remove-complex',
      title: 'A complex attribute that is removed has no sub-attributes left',
      clause: 'RFC7644-3.5.2.2-02',
    },
    [writes('name'), spares('name')],
    () => ({ start: { name }, operations: [{ op: 'remove', path: 'name' }], gives: { name: null } }),
  ),
  changingEach(
    {
      id: 'patch.remove-list',
      title: 'A multi-valued attribute that is removed has no elements left',
      clause: 'RFC7644-3.5.2.2-03',
    },
    multiple,
    (given, list) => ({
      start: { [list]: [elementOf(given, list, 'work'), elementOf(given, list, 'home')] },
      operations: [{ op: 'remove', path: list }],
      gives: { [list]: null },
    }),
  ),
  changingEach(
    {
      id: 'patch.remove-matching',
      title: 'A removal by a value path takes the element that matches, and no other',
      clause: 'RFC7644-3.5.2.2-04',
    },
    { ...multiple, conditions: [writes] },
    (given, list) => {
      const [work, home, other] = [
        elementOf(given, list, 'work'),
        elementOf(given, list, 'home'),
        elementOf(given, list, 'other'),
      ];
      return {
        start: { [list]: [work, home, other] },
        operations: [{ op: 'remove', path: `${list}[type eq "home"]` }],
        gives: { [list]: [work, other] },
      };
    },
  ),
  changingEach(
    {
      id: 'patch.remove-by-value',
      title: 'A removal by the value of an element takes that element alone',
      clause: 'RFC7644-3.5.2.2-04',
    },
    { ...multiple, conditions: [writes] },
    (given, list) => {
      const [work, home] = [elementOf(given, list, 'work'), elementOf(given, list, 'home')];
      const leaf = leafOf[list];
      return {
        start: { [list]: [work, home] },
        operations: [{ op: 'remove', path: `${list}[${leaf} eq ${filterValue(home[leaf] ?? null)}]` }],
        gives: { [list]: [work] },
      };
    },
  ),
  changing(
    {
      id: 'patch.remove-all-matching',
      title: 'A removal by a value path takes every element that matches',
      clause: 'RFC7644-3.5.2.2-04',
    },
    [writes('addresses')],
    given => {
      const work = elementOf(given, 'addresses', 'work');
      const homes = [elementOf(given, 'addresses', 'home'), elementOf(given, 'addresses', 'home')];
      return {
        start: { addresses: [...homes.slice(0, 1), work, ...homes.slice(1)] },
        operations: [{ op: 'remove', path: 'addresses[type eq "home"]' }],
        gives: { addresses: [work] },
      };
    },
  ),
  changing(
    {
      id: 'patch.remove-last-element',
      title: 'A list whose last element is removed by a value path has no value',
      clause: 'RFC7644-3.5.2.2-05',
    },
    [writes('phoneNumbers'), spares('phoneNumbers')],
    given => ({
      start: { phoneNumbers: [elementOf(given, 'phoneNumbers', 'work')] },
      operations: [{ op: 'remove', path: 'phoneNumbers[type eq "work"]' }],
      gives: { phoneNumbers: null },
    }),
  ),
  {
    id: 'patch.remove-last-unassigns',
    title: 'A filter for a present value no longer finds the user whose last element was removed',
    clause: 'RFC7644-3.5.2.2-05',
    applies: [...onUsers, supports('filter'), writes('phoneNumbers'), spares('phoneNumbers')],
    async run(context) {
      const phoneNumbers = [elementOf(context.given, 'phoneNumbers', 'work')];
      const subject = await startUser(context, { phoneNumbers });
      const path = 'phoneNumbers[type eq "work"]';
      await change(context, subject, [{ op: 'remove', path }], { phoneNumbers: null });
      const filter = `userName eq ${filterValue(subject.before['userName'] ?? null)} and phoneNumbers pr`;
      expect.set(idsOf(await filtered(context, '/Users', filter)), [], 'users found');
    },
  },
  changing(
    {
      id: 'patch.remove-sub-attribute',
      title: 'A sub-attribute that is removed goes alone',
      clause: 'RFC7644-3.5.2.2-06',
    },
    [writes('name')],
    () => ({
      start: { name },
      operations: [{ op: 'remove', path: 'name.middleName' }],
      gives: { name: { ...name, middleName: null } },
    }),
  ),
  changing(
    {
      id: 'patch.remove-sub-attribute-of-match',
      title: 'A sub-attribute that is removed by a value path goes from the element that matches, alone',
      clause: 'RFC7644-3.5.2.2-06',
    },
    [writes('addresses')],
    given => {
      const [work, home] = [elementOf(given, 'addresses', 'work'), elementOf(given, 'addresses', 'home')];
      return {
        start: { addresses: [work, home] },
        operations: [{ op: 'remove', path: 'addresses[type eq "work"].region' }],
        gives: { addresses: [{ ...work, region: null }, home] },
      };
    },
  ),
  changing(
    {
      id: 'patch.remove-primary',
      title: 'An element whose primary is removed stays, and is primary no more',
      clause: 'RFC7644-3.5.2.2-06',
    },
    [writes('emails')],
    given => {
      const [work, home] = [elementOf(given, 'emails', 'work'), elementOf(given, 'emails', 'home')];
      return {
        start: { emails: [{ ...work, primary: true }, home] },
        operations: [{ op: 'remove', path: 'emails[type eq "work"].primary' }],
        gives: { emails: [work, home] },
      };
    },
  ),
  {
    id: 'patch.remove-mandatory',
    title: 'The removal of a required or readOnly attribute is refused with 400 mutability',
    clause: 'RFC7644-3.5.2.2-07',
    also: ['RFC7644-3.12-21'],
    applies: onUsers,
    cases: () => [{ name: 'userName' }, { name: 'id' }, { name: 'meta' }],
    async run(context, { name: path }) {
      const subject = await startUser(context);
      expect.refusal(await send(context, '/Users', subject.id, [{ op: 'remove', path }]), [400], 'mutability');
      await shows(context, subject, {});
    },
  },
  {
    id: 'patch.remove-groups',
    title: 'The removal of the groups of a user that is in one is refused with 400 mutability',
    clause: 'RFC7644-3.5.2.2-07',
    applies: onGroups,
    async run(context) {
      const subject = await startUser(context);
      const group = await startGroup(context, { members: [{ value: subject.id }] });
      // Whether the removal of a readOnly attribute without value is an error is disputed.
      const { groups } = await context.stored('/Users', subject.id);
      if (isUnset(groups)) throw new NotApplicable('a user does not show the groups that it is in');
      const answer = await send(context, '/Users', subject.id, [{ op: 'remove', path: 'groups' }]);
      expect.refusal(answer, [400], 'mutability');
      expect.set(memberIds(await context.stored('/Groups', group.id)), [subject.id], 'members as before:');
    },
  },
  {
    id: 'patch.remove-member-not-there',
    title: 'The removal of a member that a group does not have succeeds and changes nothing',
    clause: 'RFC7644-3.5.2.2-08',
    applies: onGroups,
    async run(context) {
      const [member, stranger] = [await context.given.user(), await context.given.user()];
      const group = await startGroup(context, { members: [{ value: member.id }] });
      const path = `members[value eq ${filterValue(stranger.id)}]`;
      await change(context, group, [{ op: 'remove', path }], {});
    },
  },
  {
    id: 'patch.remove-unset',
    title: 'What the removal of an attribute without value is answered with',
    clause: 'RFC7644-3.5.2.2-09',
    applies: [...onUsers, writes('nickName')],
    async run(context) {
      const subject = await startUser(context);
      const answer = await send(context, '/Users', subject.id, [{ op: 'remove', path: 'nickName' }]);
      return { observed: describeAnswer(answer) };
    },
  },
  {
    id: 'patch.remove-value-array',
    title: 'A removal that lists one member in its value, as JumpCloud and Entra ID send it, takes that member alone',
    clause: 'RFC7644-3.5.2.2-10',
    applies: onGroups,
    async run(context) {
      const people = await context.shared('three members', async ({ given }) => [
        await given.user(),
        await given.user(),
        await given.user(),
      ]);
      const members = people.map(({ id }) => ({ value: id }));
      const [leaver, ...stayers] = members.map(({ value }) => value);
      const [group, other] = [await startGroup(context, { members }), await startGroup(context, { members })];
      const value = [{ value: leaver ?? '' }];
      const answer = await send(context, '/Groups', group.id, [{ op: 'remove', path: 'members', value }]);
      const left = memberIds(await context.stored('/Groups', group.id));
      const gone = members.length - left.length;
      const isRight = (answer.status ?? 0) < 300 && gone === 1 && stayers.every(id => left.includes(id));
      if (!isRight) {
        throw new Violation(
          'what JumpCloud and Entra ID mean by it: the listed member gone, and the two others still there',
          `${describeAnswer(answer)}; ${whatCameOf(answer, left.length, left.includes(leaver ?? ''))}`,
          answer,
        );
      }
      await shows(context, other, {}, answer);
    },
  },
  changing(
    {
      id: 'patch.remove-extension',
      title: 'An attribute of an extension that is removed goes alone',
      clause: 'RFC7644-3.5.2.2-12',
    },
    [],
    () => ({
      start: { [ENTERPRISE_USER]: { department: 'Foundry', costCenter: '4130' } },
      operations: [{ op: 'remove', path: `${ENTERPRISE_USER}:costCenter` }],
      gives: { [ENTERPRISE_USER]: { department: 'Foundry', costCenter: null } },
    }),
  ),
  {
    id: 'patch.remove-manager',
    title: 'A complex attribute of an extension can be removed',
    clause: 'RFC7644-3.5.2.2-12',
    applies: onUsers,
    async run(context) {
      const { id: value } = await context.given.user();
      const subject = await startUser(context, { [ENTERPRISE_USER]: { department: 'Foundry', manager: { value } } });
      const gives = { [ENTERPRISE_USER]: { department: 'Foundry', manager: null } };
      await change(context, subject, [{ op: 'remove', path: `${ENTERPRISE_USER}:manager` }], gives);
    },
  },
] as const satisfies readonly Check[];
