import { account, answers, proving, refused } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { ask, attempt, change, expects, hire, join, onAccount, sync, wait } from '../step.ts';
import { boundUnmanaged } from './opening.ts';

export const deadMailbox = {
  id: 'dead-mailbox',
  title: 'Mail to somebody comes back: the invitation stays open, and a change of address waits',
  proves: ['OP-34a', 'OP-34b', 'OP-31'],
  account: ['hosted'],
  steps: [
    ...boundUnmanaged,
    hire('ada'),
    hire('ben'),
    onAccount('bounce', '', { address: '{ada.email}', on: true }),
    join('ada', 'eng'),
    join('ben', 'eng'),
    sync(),
    attempt(onAccount('accept', 'ada')),
    expects(refused(), account('ada').stands('invited')),
    onAccount('accept', 'ben'),
    wait('1 hour'),
    attempt(onAccount('changeOwnAddress', 'ben', { address: 'own@dead-mailbox.example' })),
    expects(proving('OP-31', refused())),
    change('ben', { email: 'benjamin' }),
    onAccount('bounce', '', { address: '{ben.email}', on: true }),
    sync(),
    attempt(onAccount('confirmAddress', 'ben')),
    expects(proving('OP-34b', refused())),
    ask('GET /Users?filter=userName eq "{ben.email}"'),
  ],
  expect: [proving('OP-34b', answers({ 'body.totalResults': 0 }))],
} as const satisfies Scenario;
