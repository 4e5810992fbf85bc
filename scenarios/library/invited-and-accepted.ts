import { account, mails, proving } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { expects, onAccount, wait } from '../step.ts';
import { opened } from './opening.ts';

export const invitedAndAccepted = {
  id: 'invited-and-accepted',
  title: 'Somebody is invited, is reminded, and accepts',
  proves: ['OP-13b', 'OP-13c', 'OP-13d', 'OP-14a', 'OP-15a', 'OP-16'],
  steps: [
    ...opened,
    expects(
      account('ada').is('active'),
      proving('OP-13b', mails('invitation', 'ada', 1)),
      proving('OP-13c', account('ada').stands('invited')),
      proving('OP-13d', account('ada').is('active')),
    ),
    wait('2 days'),
    expects(proving('OP-14a', mails('reminder', 'ada', 1))),
    onAccount('accept', 'ada'),
    expects(proving('OP-15a', account('ada').stands('pending')), proving('OP-16', account('ada').stands('active'))),
    wait('1 hour'),
  ],
  expect: [proving('OP-15a', account('ada').stands('active'))],
} as const satisfies Scenario;
