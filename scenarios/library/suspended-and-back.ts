import { account, activates, deactivates, deletes, group, logs, proving, requests, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { expects, reactivate, suspend, sync, watch } from '../step.ts';
import { openedAndAccepted } from './opening.ts';

export const suspendedAndBack = {
  id: 'suspended-and-back',
  title: 'Somebody is suspended and comes back, in the same groups',
  proves: ['JC-21', 'JC-23', 'JC-24', 'JC-Q25', 'JC-53d'],
  steps: [
    ...openedAndAccepted,
    watch(),
    suspend('ada'),
    sync(),
    expects(
      wire.sends(deactivates('ada')),
      account('ada').is('inactive', 'absent'),
      proving('JC-Q25', wire.never(requests('* /Groups/'))),
      proving('JC-53d', logs('user_deprovision', { about: 'ada', success: true })),
    ),
    reactivate('ada'),
    sync(),
  ],
  expect: [
    proving('JC-24', wire.sends(activates('ada'))),
    proving('JC-24', account('ada').is('active')),
    proving('JC-23', wire.never(deletes('ada'))),
    proving('JC-Q25', group('eng').has('ada')),
  ],
} as const satisfies Scenario;
