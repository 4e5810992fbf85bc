import { account, mails, proving } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { change, expects, onAccount, sync, wait, watch } from '../step.ts';
import { opened } from './opening.ts';

export const addressConfirmed = {
  id: 'address-confirmed',
  title: 'An address change waits for the person, who confirms it',
  proves: ['OP-32a', 'OP-32c'],
  steps: [
    ...opened,
    onAccount('accept', 'ada'),
    wait('1 hour'),
    watch(),
    change('ada', { email: 'countess' }),
    sync(),
    expects(mails('address-confirmation', 'ada', 1)),
    onAccount('confirmAddress', 'ada'),
  ],
  expect: [proving('OP-32c', account('ada').mirrors({ userName: 'email' }))],
} as const satisfies Scenario;
