import { requests, updates, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { change, ifOffered, onAccount, sync, watch } from '../step.ts';
import { openedAndAccepted } from './opening.ts';

export const addressSwap = {
  id: 'address-swap',
  title: 'Two people swap their addresses: each keeps the own account',
  proves: ['JC-19'],
  steps: [
    ...openedAndAccepted,
    watch(),
    change('ada', { email: 'between' }),
    sync(),
    ifOffered(onAccount('confirmAddress', 'ada')),
    change('ben', { email: 'ada' }),
    sync(),
    ifOffered(onAccount('confirmAddress', 'ben')),
    change('ada', { email: 'ben' }),
    sync(),
  ],
  expect: [
    wire.sends(updates('ada', { userName: 'email' })),
    wire.sends(updates('ben', { userName: 'email' })),
    wire.never(requests('POST /Users')),
  ],
} as const satisfies Scenario;
