import { account, proving, updates, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import {
  activate,
  bind,
  change,
  createGroup,
  expects,
  hire,
  join,
  manageGroups,
  restoreMapping,
  sync,
  unmap,
} from '../step.ts';

/** How an integration with Okta comes as it is set up: without that mapping nobody's name ever changes. */
export const noDisplayNameMapping = {
  id: 'no-display-name-mapping',
  title: 'Without a mapping of displayName a hosted account keeps the old name; with it the new one arrives',
  proves: ['OP-24a', 'OP-24b'],
  account: ['hosted'],
  steps: [
    manageGroups(false),
    createGroup('eng', 'Engineering'),
    bind('eng'),
    unmap('displayName'),
    activate(),
    hire('ada', { lastname: 'Byron' }),
    join('ada', 'eng'),
    sync(),
    change('ada', { lastname: 'King' }),
    sync(),
    expects(
      wire.sends(updates('ada', { 'name.familyName': 'lastname' })),
      account('ada').has({ displayName: 'Ada Byron' }),
    ),
    restoreMapping(),
    change('ada', { displayname: 'Countess Ada' }),
    sync(),
  ],
  expect: [
    proving(
      'OP-24b',
      account('ada').has({ displayName: 'Countess Ada', 'name.givenName': 'Countess', 'name.familyName': 'Ada' }),
    ),
  ],
} as const satisfies Scenario;
