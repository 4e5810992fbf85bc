import { account, answers, mails, proving } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { ask, change, expects, onAccount, sync, wait, watch } from '../step.ts';
import { opened } from './opening.ts';

export const addressConfirmed = {
  id: 'address-confirmed',
  title: 'An address change waits for the person, who confirms it',
  proves: ['OP-32a', 'OP-32b', 'OP-32c'],
  steps: [
    ...opened,
    onAccount('accept', 'ada'),
    wait('1 hour'),
    watch(),
    change('ada', { email: 'countess' }),
    sync(),
    expects(mails('address-confirmation', 'ada', 1)),
    ask('GET /Users?filter=userName eq "{ada.email}"'),
    expects(proving('OP-32b', answers({ 'body.totalResults': 0 }))),
    onAccount('confirmAddress', 'ada'),
  ],
  expect: [proving('OP-32c', account('ada').mirrors({ userName: 'email' }))],
} as const satisfies Scenario;
