import {
  bind,
  change,
  createGroup,
  deleteGroup,
  hire,
  join,
  leave,
  reactivate,
  renameGroup,
  suspend,
} from '../../scenarios/step.ts';
import type { ProvisioningDefect } from './defect.ts';
import { edited, followed, groupsOf, ignored, membership, stateOf } from './on-the-way.ts';

const joined = [hire('ada'), join('ada', 'eng')] as const;
const bothJoined = [...joined, hire('ben'), join('ben', 'eng')] as const;

/** What can be wrong with the account behind the endpoint. */
export const accountDefects = [
  {
    id: 'returner-stays-suspended',
    title: 'Reactivating is answered and not done',
    where: 'account',
    breaks: 'JC-24',
    shownBy: [...joined, suspend('ada'), reactivate('ada')],
    does: { served: [{ on: 'user on', does: ignored }] },
  },
  {
    id: 'name-changed-while-suspended-is-lost',
    title: 'Whoever comes back keeps the name from before the suspension',
    where: 'account',
    breaks: 'JC-Q14',
    shownBy: [...joined, suspend('ada'), change('ada', { lastname: 'King' }), reactivate('ada')],
    does: {
      served: [
        {
          on: 'user on',
          does: edited((body, { known }) => ({ ...body, name: known?.body['name'] ?? {} })),
        },
      ],
    },
  },
  {
    id: 'second-suspension-ignored',
    title: 'Whoever was suspended once cannot be suspended again',
    where: 'account',
    breaks: 'JC-21',
    shownBy: [...joined, suspend('ada'), reactivate('ada'), suspend('ada')],
    does: { served: [{ on: 'user off', user: /off.* on/, does: ignored }] },
  },
  {
    id: 'moved-person-cannot-be-suspended',
    title: 'After a change of address a suspension is lost',
    where: 'account',
    breaks: 'JC-21',
    shownBy: [...joined, change('ada', { email: 'countess' }), suspend('ada')],
    does: { served: [{ on: 'user off', user: /moved/, does: ignored }] },
  },
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
    id: 'suspended-lose-their-groups',
    title: 'A suspension takes somebody out of all groups, and coming back does not put them in again',
    where: 'account',
    breaks: 'JC-Q25',
    shownBy: [...joined, suspend('ada'), reactivate('ada')],
    does: {
      served: [
        {
          on: 'user off',
          does: followed(passing => groupsOf(passing).map(group => membership('remove', group, passing.user))),
        },
      ],
    },
  },
  {
    id: 'returner-with-new-name-loses-groups',
    title: 'Whoever comes back under another name is in no group any more',
    where: 'account',
    breaks: 'JC-Q25',
    shownBy: [...joined, suspend('ada'), change('ada', { lastname: 'King' }), reactivate('ada')],
    does: {
      served: [
        {
          on: 'user on',
          does: followed(passing =>
            passing.words.includes('user renamed')
              ? groupsOf(passing).map(group => membership('remove', group, passing.user))
              : [],
          ),
        },
      ],
    },
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
    id: 'old-address-refused',
    title: 'A person cannot go back to an address that was theirs',
    where: 'account',
    breaks: 'JC-19',
    shownBy: [...joined, change('ada', { email: 'countess' }), change('ada', { email: 'ada' })],
    does: {
      served: [
        {
          on: 'user moved',
          user: /moved/,
          does: edited((body, { known }) => ({ ...body, userName: known?.body['userName'] ?? '' })),
        },
      ],
    },
  },
  {
    id: 'address-of-another-refused',
    title: 'Nobody gets an address that was somebody else’s',
    where: 'account',
    breaks: 'JC-19',
    shownBy: [...bothJoined, change('ada', { email: 'countess' }), change('ben', { email: 'ada' })],
    does: {
      served: [
        {
          on: 'user moved',
          address: /created/,
          does: edited((body, { known }) => ({ ...body, userName: known?.body['userName'] ?? '' })),
        },
      ],
    },
  },
  {
    id: 'suspension-wakes-another',
    title: 'Suspending somebody reactivates whoever was suspended before',
    where: 'account',
    breaks: 'JC-21',
    shownBy: [...bothJoined, suspend('ada'), suspend('ben')],
    does: {
      served: [
        {
          on: 'user off',
          does: followed(({ world, user }) =>
            [...world.users.values()]
              .filter(({ id, past }) => id !== user && past.endsWith(' off'))
              .map(other => stateOf(other, true)),
          ),
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
    id: 'hosted-keeps-invited-active',
    title: 'Deprovisioning somebody who was invited does nothing',
    where: 'account',
    breaks: 'OP-26c',
    account: 'hosted',
    shownBy: [...joined, suspend('ada')],
    does: { accountWithout: ['OP-26c'] },
  },
  {
    id: 'self-hosted-keeps-invited-active',
    title: 'Deprovisioning somebody who was invited does nothing',
    where: 'account',
    breaks: 'OP-26b',
    account: 'self-hosted',
    shownBy: [...joined, suspend('ada')],
    does: { accountWithout: ['OP-26b'] },
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
  {
    id: 'account-keeps-the-name-of-a-person',
    title: 'A change of the last name does not arrive',
    where: 'account',
    breaks: 'OP-18a',
    account: 'self-hosted',
    shownBy: [...joined, change('ada', { lastname: 'King' })],
    does: { accountWithout: ['OP-18a'] },
  },
] as const satisfies readonly ProvisioningDefect[];
