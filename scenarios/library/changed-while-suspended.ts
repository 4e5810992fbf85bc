import { proving, requests, updates, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { change, expects, reactivate, suspend, sync, watch } from '../step.ts';
import { openedAndAccepted } from './opening.ts';

export const changedWhileSuspended = {
  id: 'changed-while-suspended',
  title: 'What changes while somebody is suspended goes out with the reactivation',
  proves: ['JC-20a', 'JC-20b', 'JC-Q14'],
  steps: [
    ...openedAndAccepted,
    suspend('ada'),
    sync(),
    watch(),
    change('ada', { email: 'countess', lastname: 'King' }),
    sync(),
    expects(
      proving('JC-20a', wire.never(requests('* /Users/{ada}'))),
      proving('JC-Q14', wire.never(requests('* /Users/{ada}'))),
    ),
    reactivate('ada'),
    sync(),
  ],
  expect: [
    proving('JC-20b', wire.sends(updates('ada', { userName: 'email' }, { active: true }))),
    proving('JC-Q14', wire.count(updates('ada', { 'name.familyName': 'lastname' }), 1)),
  ],
} as const satisfies Scenario;
