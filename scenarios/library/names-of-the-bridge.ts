import { account, proving } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { change, expects, hire, join, sync } from '../step.ts';
import { boundUnmanaged } from './opening.ts';

export const namesOfTheBridge = {
  id: 'names-of-the-bridge',
  title: 'A bridge makes the name to show out of first and last name, and keeps an external id of its own',
  proves: ['OP-17a', 'OP-17b', 'OP-17c', 'OP-18a', 'OP-18b', 'OP-19a', 'OP-19b', 'JC-39a'],
  account: ['self-hosted'],
  steps: [
    ...boundUnmanaged,
    hire('ada', { lastname: 'Byron', displayname: 'The Countess' }),
    join('ada', 'eng'),
    sync(),
    expects(
      account('ada').has({ displayName: 'Ada Byron' }),
      proving('JC-39a', account('ada').has({ displayName: 'Ada Byron' })),
      proving('OP-17b', account('ada').has({ 'name.formatted': 'Ada Byron' })),
      proving('OP-17c', account('ada').has({ displayName: 'Ada Byron' })),
      proving('OP-19a', account('ada').has({ externalId: 'ada' })),
      proving('OP-19b', account('ada').has({ externalId: 'ada' })),
    ),
    change('ada', { lastname: 'King' }),
    sync(),
  ],
  expect: [
    proving('OP-18a', account('ada').has({ 'name.familyName': 'King' })),
    proving('OP-18b', account('ada').has({ displayName: 'Ada King', 'name.formatted': 'Ada King' })),
  ],
} as const satisfies Scenario;
