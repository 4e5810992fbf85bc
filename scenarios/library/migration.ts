import { accepted, account, answers, creates, group, proving, refused, updates, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { ask, attempt, change, expects, onAccount, reconnect, sync, wait, watch } from '../step.ts';
import { opened } from './opening.ts';

const look = 'GET /Users?count=1';
const hosted = { at: '{answer.url}', token: '{answer.token}' };

export const migration = {
  id: 'migration',
  title: 'An account moves from its own bridge to hosted provisioning: everybody stays who they are',
  proves: ['OP-49a', 'OP-48a', 'OP-49b', 'OP-50a', 'OP-50b', 'OP-51a', 'OP-53', 'OP-7'],
  account: ['self-hosted'],
  steps: [
    ...opened,
    onAccount('accept', 'ada'),
    wait('1 hour'),
    attempt(onAccount('migrate', '', { by: '{ada.email}', identityProvider: 'okta' })),
    expects(proving('OP-7', refused())),
    attempt(onAccount('migrate', '', { identityProvider: 'jumpcloud' })),
    expects(proving('OP-51a', refused())),
    attempt(onAccount('migrate', '', { identityProvider: 'okta' })),
    expects(proving('OP-51a', accepted())),
    ask(look, undefined, hosted),
    expects(proving('OP-50b', answers({ status: 503 }))),
    onAccount('leavePage'),
    wait('1 hour'),
    ask(look, undefined, hosted),
    expects(proving('OP-50a', answers({ status: 200 }))),
    ask(look, undefined, { at: '{answer.url}' }),
    expects(proving('OP-49b', answers({ status: 401 }))),
    ask(look),
    expects(proving('OP-48a', answers({ status: 500 }))),
    reconnect(),
    watch(),
    change('ada', { displayname: 'Ada King', lastname: 'King' }),
    sync(),
    expects(
      wire.sends(updates('ada', { 'name.familyName': 'lastname' })),
      wire.never(creates('ada')),
      account('ada').has({ displayName: 'Ada King' }),
      account('ben').is('active'),
      group('eng').has('ada'),
    ),
    onAccount('removeBridge'),
    ask(look),
  ],
  expect: [proving('OP-53', answers({ status: 200 })), proving('OP-53', account('ada').stands('active'))],
} as const satisfies Scenario;
