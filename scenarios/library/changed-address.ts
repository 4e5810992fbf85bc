import { creates, updates, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { change, sync, watch } from '../step.ts';
import { opened } from './opening.ts';

export const changedAddress = {
  id: 'changed-address',
  title: 'Somebody gets another e-mail address and keeps the account',
  proves: ['JC-19'],
  steps: [...opened, watch(), change('ada', { email: 'countess' }), sync()],
  expect: [wire.sends(updates('ada', { userName: 'email', 'emails.value': 'email' })), wire.never(creates('ada'))],
} as const satisfies Scenario;
