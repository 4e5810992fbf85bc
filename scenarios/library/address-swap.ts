import { requests, updates, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { change, sync, watch } from '../step.ts';
import { opened } from './opening.ts';

export const addressSwap = {
  id: 'address-swap',
  title: 'Two people swap their addresses: each keeps the own account',
  proves: ['JC-19'],
  steps: [
    ...opened,
    watch(),
    change('ada', { email: 'between' }),
    sync(),
    change('ben', { email: 'ada' }),
    sync(),
    change('ada', { email: 'ben' }),
    sync(),
  ],
  expect: [
    wire.sends(updates('ada', { userName: 'email' })),
    wire.sends(updates('ben', { userName: 'email' })),
    wire.never(requests('POST /Users')),
  ],
} as const satisfies Scenario;
