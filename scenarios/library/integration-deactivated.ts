import { account, logs, proving, requests, updates, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { attempt, change, deactivate, expects, renameGroup, suspend, sync, watch } from '../step.ts';
import { opened } from './opening.ts';

export const integrationDeactivated = {
  id: 'integration-deactivated',
  title: 'Provisioning is switched off: everybody stays as they are, and nothing is sent any more',
  proves: ['JC-7a', 'JC-7b', 'JC-7c', 'JC-7d', 'JC-Q42', 'OP-27b'],
  steps: [
    ...opened,
    watch(),
    change('ada', { lastname: 'King' }),
    deactivate(),
    attempt(sync()),
    expects(
      proving('JC-Q42', logs('user_update_provision', { about: 'ada', success: false })),
      proving('JC-7d', logs('idm_integration_delete', { times: 1 })),
    ),
    suspend('ben'),
    change('ada', { department: 'Analysis' }),
    renameGroup('eng', 'Core'),
    sync(),
  ],
  expect: [
    account('ada').is('active'),
    account('ben').is('active'),
    proving('JC-7b', wire.never(requests('* /Users/'))),
    proving('JC-7c', wire.never(requests('* /Groups/'))),
    proving('JC-Q42', wire.never(updates('ada'))),
    proving('OP-27b', wire.never(requests('* /'))),
  ],
} as const satisfies Scenario;
