import { account, creates, logs, proving, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { attempt, change, expects, fault, hire, join, reauthenticate, sync, watch } from '../step.ts';
import { opened } from './opening.ts';

export const tokenExpired = {
  id: 'token-expired',
  title: 'The token ends in the middle of the day: nothing is repeated, provisioning stays on',
  proves: ['JC-Q13', 'JC-6a'],
  steps: [
    ...opened,
    hire('cleo'),
    join('cleo', 'eng'),
    fault('unauthorized', 'POST /Users', 1),
    watch(),
    attempt(sync()),
    expects(wire.count(creates('cleo'), 1), logs('user_create_provision', { about: 'cleo', success: false })),
    reauthenticate(),
    change('cleo', { location: 'Paris' }),
    sync(),
  ],
  expect: [
    proving('JC-Q13', account('cleo').is('active')),
    proving('JC-6a', logs('idm_integration_reauth', { times: 1 })),
  ],
} as const satisfies Scenario;
