import type { Check } from '../run/check.ts';
import { expect } from '../run/expect.ts';
import { serves } from '../run/facts.ts';
import { memberIds } from '../run/steps.ts';

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
] as const satisfies readonly Check[];
