import { answers, proving, refused } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { ask, attempt, expects, onAccount, wait } from '../step.ts';

const look = 'GET /Users?count=1';

export const tokenOfTheHostedAccount = {
  id: 'token-of-the-hosted-account',
  title: 'The token of hosted provisioning is not rotated and does not expire; setting up anew gives another',
  proves: ['OP-6a', 'OP-6b', 'OP-6c', 'OP-52'],
  account: ['hosted'],
  steps: [
    attempt(onAccount('regenerateToken')),
    expects(refused()),
    onAccount('addPerson', '', { address: 'member@token-of-the-hosted-account.example' }),
    attempt(onAccount('manageByCli', '', { person: '{answer.id}', act: 'suspend' })),
    expects(proving('OP-52', refused())),
    onAccount('deleteForGood', '', { person: '{answer.id}' }),
    wait('3653 days'),
    ask(look),
    expects(proving('OP-6b', answers({ status: 200 }))),
    onAccount('turnOff'),
    onAccount('setDomains', '', { domains: 'any' }),
    onAccount('setUp'),
    ask(look),
    expects(proving('OP-6c', answers({ status: 401 }))),
    ask(look, undefined, { token: '{answer.token}' }),
  ],
  expect: [proving('OP-6c', answers({ status: 200 }))],
} as const satisfies Scenario;
