import { account, answers, proving } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { ask, change, expects, onAccount, sync } from '../step.ts';
import { opened } from './opening.ts';

export const switchedOff = {
  id: 'switched-off',
  title: 'Provisioning is switched off at the account and on again: nothing was lost',
  proves: ['OP-4a', 'OP-4b'],
  account: ['self-hosted', 'hosted'],
  steps: [
    ...opened,
    onAccount('setProvisioning', '', { on: false }),
    ask('GET /Users?count=1'),
    expects(answers({ status: 500 }), proving('OP-4b', answers({ status: 403 }))),
    onAccount('setProvisioning', '', { on: true }),
    change('ada', { displayname: 'Ada King', lastname: 'King' }),
    sync(),
  ],
  expect: [
    account('ada').has({ displayName: 'Ada King' }),
    proving('OP-4b', account('ada').has({ displayName: 'Ada King' })),
  ],
} as const satisfies Scenario;
