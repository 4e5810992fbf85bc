import { change, reactivate, suspend } from '../../scenarios/step.ts';
import type { ProvisioningDefect } from './defect.ts';
import { bothJoined, joined } from './openings.ts';
import { edited, followed, groupsOf, ignored, membership, stateOf } from './on-the-way.ts';

/** What can be wrong with people in the account behind the endpoint. */
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
    id: 'account-keeps-the-name-of-a-person',
    title: 'A change of the last name does not arrive',
    where: 'account',
    breaks: 'OP-18a',
    account: 'self-hosted',
    shownBy: [...joined, change('ada', { lastname: 'King' })],
    does: { accountWithout: ['OP-18a'] },
  },
] as const satisfies readonly ProvisioningDefect[];
