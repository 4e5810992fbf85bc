import { logs, proving, requests, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { activate, deactivate, expects, manageGroups, map, reauthenticate, sync, watch } from '../step.ts';

export const integrationLogged = {
  id: 'integration-logged',
  title: 'What an admin does to the integration is logged, in its order',
  proves: ['JC-4', 'JC-5', 'JC-6a', 'JC-53a'],
  steps: [
    manageGroups(true),
    watch(),
    activate(),
    sync(),
    expects(
      logs('idm_integration_activate', { success: true, times: 1 }),
      wire.sends(requests('GET /Users?startIndex=1&count=1')),
    ),
    watch(),
    map({ target: 'nickName', kind: 'constant', value: 'staff' }),
    sync(),
    expects(
      proving('JC-5', logs('idm_integration_update', { success: true, times: 1 })),
      proving('JC-5', wire.sends(requests('GET /Users?startIndex=1&count=1'))),
    ),
    watch(),
    reauthenticate(),
    sync(),
    deactivate(),
  ],
  expect: [
    proving('JC-6a', logs('idm_integration_reauth', { success: true, times: 1 })),
    proving('JC-53a', logs('idm_integration_delete', { success: true, times: 1 })),
  ],
} as const satisfies Scenario;
