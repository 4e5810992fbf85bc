import { accepted, proving, refused } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { attempt, expects, onAccount } from '../step.ts';

const MEMBER = 'member@setting-up.example';

export const settingUp = {
  id: 'setting-up',
  title: 'Who may set hosted provisioning up, and with which addresses among the members',
  proves: ['OP-7', 'OP-8a', 'OP-8b', 'OP-51b'],
  account: ['hosted'],
  steps: [
    onAccount('reset'),
    onAccount('turnOff'),
    attempt(onAccount('setUp', '', { identityProvider: 'jumpcloud' })),
    expects(proving('OP-51b', accepted())),
    onAccount('turnOff'),
    onAccount('addPerson', '', { address: MEMBER }),
    attempt(onAccount('setUp', '', { by: MEMBER })),
    expects(refused()),
    onAccount('setDomains', '', { domains: ['example.com'] }),
    attempt(onAccount('setUp')),
    expects(proving('OP-8a', refused())),
    onAccount('setDomains', '', { domains: 'any' }),
    onAccount('addPerson', '', { address: 'somebody@gmail.com' }),
    attempt(onAccount('setUp')),
  ],
  expect: [proving('OP-8b', refused())],
} as const satisfies Scenario;
