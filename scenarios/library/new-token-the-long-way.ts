import { logs } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { activate, deactivate, reauthenticate, sync, watch } from '../step.ts';
import { opened } from './opening.ts';

export const newTokenTheLongWay = {
  id: 'new-token-the-long-way',
  title: 'Another token by switching provisioning off and on: no re-authentication is logged',
  proves: ['JC-6b'],
  steps: [...opened, watch(), deactivate(), reauthenticate(), activate(), sync()],
  expect: [
    logs('idm_integration_delete', { times: 1 }),
    logs('idm_integration_activate', { times: 1 }),
    logs('idm_integration_reauth', { times: 0 }),
  ],
} as const satisfies Scenario;
