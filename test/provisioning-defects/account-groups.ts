import { bind, createGroup, deleteGroup, hire, join, leave, renameGroup } from '../../scenarios/step.ts';
import type { ProvisioningDefect } from './defect.ts';
import { bothJoined, joined } from './openings.ts';
import { followed, groupsOf, ignored, membership } from './on-the-way.ts';

/** What can be wrong with groups in the account behind the endpoint. */
export const accountGroupDefects = [
  {
    id: 'rejoiner-left-out',
    title: 'Whoever left a group once does not get into it again',
    where: 'account',
    breaks: 'OP-36a',
    shownBy: [...joined, leave('ada', 'eng'), join('ada', 'eng')],
    does: { served: [{ on: 'member added', member: /removed/, does: ignored }] },
  },
  {
    id: 'first-leaver-stays-member',
    title: 'The first who leaves a group stays in it; a removal works only if another left before',
    where: 'account',
    breaks: 'OP-36b',
    shownBy: [...joined, leave('ada', 'eng')],
    does: { served: [{ on: 'member removed', group: /^(?!.*removed)/, does: ignored }] },
  },
  {
    id: 'second-leaver-stays-member',
    title: 'After one removal a group keeps everybody else',
    where: 'account',
    breaks: 'OP-36b',
    shownBy: [...bothJoined, leave('ada', 'eng'), leave('ben', 'eng')],
    does: { served: [{ on: 'member removed', group: /removed/, does: ignored }] },
  },
  {
    id: 'renamed-group-loses-its-last-member',
    title: 'Renaming a group of two or more drops whoever came last',
    where: 'account',
    breaks: 'OP-38',
    shownBy: [...bothJoined, renameGroup('eng', 'Core')],
    does: {
      served: [
        {
          on: 'group renamed',
          group: /added.*added/,
          does: followed(({ world, group }) =>
            [...(world.members.get(group) ?? [])]
              .slice(1)
              .slice(-1)
              .map(user => membership('remove', group, user)),
          ),
        },
      ],
    },
  },
  {
    id: 'renamed-group-takes-nobody-in',
    title: 'Nobody gets into a group any more once it was renamed',
    where: 'account',
    breaks: 'OP-36a',
    shownBy: [...joined, renameGroup('eng', 'Core'), hire('ben'), join('ben', 'eng')],
    does: { served: [{ on: 'member added', group: /renamed/, does: ignored }] },
  },
  {
    id: 'second-group-replaces-the-first',
    title: 'Joining a second group ends the membership in the first',
    where: 'account',
    breaks: 'OP-36a',
    shownBy: [...joined, join('ada', 'ops')],
    does: {
      served: [
        {
          on: 'member added',
          user: /added/,
          does: followed(passing =>
            groupsOf(passing)
              .filter(group => group !== passing.group)
              .map(group => membership('remove', group, passing.user)),
          ),
        },
      ],
    },
  },
  {
    id: 'leaver-of-second-group-leaves-all',
    title: 'Whoever leaves the second group is out of the first as well',
    where: 'account',
    breaks: 'OP-36b',
    shownBy: [...joined, join('ada', 'ops'), leave('ada', 'ops')],
    does: {
      served: [
        {
          on: 'member removed',
          user: /added.*added/,
          does: followed(passing => groupsOf(passing).map(group => membership('remove', group, passing.user))),
        },
      ],
    },
  },
  {
    id: 'emptied-group-vanishes',
    title: 'A group is gone when its last member leaves',
    where: 'account',
    breaks: 'JC-Q24',
    shownBy: [...joined, leave('ada', 'eng')],
    does: {
      served: [
        {
          on: 'member removed',
          does: followed(({ world, group, user }) =>
            [...(world.members.get(group) ?? [])].every(member => member === user)
              ? [{ method: 'DELETE', path: `/Groups/${group}` }]
              : [],
          ),
        },
      ],
    },
  },
  {
    id: 'group-made-again-has-old-members',
    title: 'A group of a name that was deleted comes back with the members it had',
    where: 'account',
    breaks: 'OP-39',
    shownBy: [
      ...joined,
      deleteGroup('eng'),
      createGroup('again', 'Eng'),
      bind('again'),
      hire('ben'),
      join('ben', 'again'),
    ],
    does: {
      served: [
        {
          on: 'member added',
          does: followed(({ world, group }) => {
            const name = world.groups.get(group)?.body['displayName'];
            const before = [...world.groups.values()].filter(
              ({ body, past }) => body['displayName'] === name && past.endsWith('deleted'),
            );
            return before.flatMap(({ id }) =>
              [...(world.members.get(id) ?? [])].map(user => membership('add', group, user)),
            );
          }),
        },
      ],
    },
  },
  {
    id: 'group-that-lost-somebody-keeps-its-name',
    title: 'A group that somebody left cannot be renamed',
    where: 'account',
    breaks: 'OP-38',
    shownBy: [...bothJoined, leave('ben', 'eng'), renameGroup('eng', 'Core')],
    does: { served: [{ on: 'group renamed', group: /removed/, does: ignored }] },
  },
  {
    id: 'renamed-group-cannot-be-deleted',
    title: 'Deleting a group that was renamed is answered and not done',
    where: 'account',
    breaks: 'OP-39',
    shownBy: [...joined, renameGroup('eng', 'Core'), deleteGroup('eng')],
    does: { served: [{ on: 'group deleted', group: /renamed/, does: ignored }] },
  },
] as const satisfies readonly ProvisioningDefect[];
