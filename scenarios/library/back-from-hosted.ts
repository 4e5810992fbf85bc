import { answers } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { ask, onAccount, wait } from '../step.ts';

export const backFromHosted = {
  id: 'back-from-hosted',
  title: 'Turning hosted provisioning off after a migration does not bring the bridge back',
  proves: ['OP-48b'],
  account: ['self-hosted'],
  steps: [
    onAccount('migrate', '', { identityProvider: 'okta' }),
    wait('1 hour'),
    onAccount('turnOff'),
    ask('GET /Users?count=1'),
  ],
  expect: [answers({ status: 500 })],
} as const satisfies Scenario;
