import { account } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { expects, onAccount, wait } from '../step.ts';
import { opened } from './opening.ts';

export const slowInvitations = {
  id: 'slow-invitations',
  title: 'An invitation is good for as long as it takes',
  proves: ['OP-14b'],
  account: ['hosted'],
  steps: [...opened, wait('1000 days'), expects(account('ada').is('active')), onAccount('accept', 'ada')],
  expect: [account('ada').stands('active')],
} as const satisfies Scenario;
