import type { Check } from '../run/check.ts';
import { filterValue } from '../../scim/message/patch.ts';
import { attributeNamed, declaredType } from '../run/declared.ts';
import { expect, show } from '../run/expect.ts';
import { serves, supports } from '../run/facts.ts';
import { createdId } from '../run/given.ts';
import { memberIds } from '../run/steps.ts';
import { Blocked, NotApplicable } from '../run/violation.ts';

/** Groups and their members (RFC 7643 section 4.2). */
export const groups = [
  {
    id: 'group.members',
    title: 'A group that is made with members shows each of them by its id',
    clause: 'RFC7643-4.2-05',
    applies: [serves('User'), serves('Group')],
    async run(context) {
      const { given } = context;
      const ids = [(await given.user()).id, (await given.user()).id];
      const { id } = await given.group({ members: ids.map(value => ({ value })) });
      expect.set(memberIds(await context.stored('/Groups', id)), ids, 'members');
    },
  },
  {
    id: 'group.empty',
    title: 'A group that is made without members has none',
    clause: 'RFC7643-4.2-08',
    applies: [serves('Group')],
    async run({ given, stored }) {
      const { id } = await given.group({ members: null });
      expect.set(memberIds(await stored('/Groups', id)), [], 'no members:');
    },
  },
  {
    id: 'group.display-name-required',
    title: 'A group without displayName is refused, or gets one',
    clause: 'RFC7643-4.2-02',
    applies: [serves('Group')],
    async run({ scim, given, stored }) {
      await given.group();
      const answer = await scim.create('/Groups', given.groupDraft({ displayName: null }));
      expect.status(answer, 400, 201);
      const id = createdId(answer);
      if (answer.status !== 201 || id === undefined) return;
      const { displayName } = await stored('/Groups', id);
      const named = typeof displayName === 'string' && displayName !== '';
      expect.that(named, 'a refusal, or a displayName of the provider', `displayName ${show(displayName)}`, answer);
    },
  },
  {
    id: 'group.same-name',
    title: 'Two groups may have one displayName, unless /Schemas makes it unique',
    clause: 'RFC7643-4.2-09',
    also: ['RFC7643-2.2-06'],
    applies: [serves('Group')],
    async run({ scim, given, facts }) {
      const schema = declaredType(facts, 'Group')?.base;
      if (schema?.published !== true) throw new NotApplicable('/Schemas has no schema for groups');
      if ((attributeNamed(schema.attributes, 'displayName')?.uniqueness ?? 'none') !== 'none') {
        throw new NotApplicable('/Schemas makes displayName unique');
      }
      const { name, id } = await given.group();
      const answer = await scim.create('/Groups', given.groupDraft({ displayName: name }));
      expect.status(answer, 201);
      expect.that(createdId(answer) !== id, 'a second group', 'the first one', answer);
    },
  },
  {
    id: 'group.member-immutable',
    title: 'The value of a member that is there cannot be turned into another',
    clause: 'RFC7643-4.2-04',
    applies: [serves('User'), serves('Group'), supports('patch')],
    async run(context) {
      const { given, stored, scim } = context;
      const [first, second] = [await given.user(), await given.user()];
      const { id } = await given.group({ members: [{ value: first.id }] });
      if (!memberIds(await stored('/Groups', id)).includes(first.id)) {
        throw new Blocked('group.members', 'the group does not show its member');
      }
      const path = `members[value eq ${filterValue(first.id)}].value`;
      const answer = await scim.patch('/Groups', id, [{ op: 'replace', path, value: second.id }]);
      expect.set(memberIds(await stored('/Groups', id)), [first.id], 'members', answer);
    },
  },
] as const satisfies readonly Check[];
