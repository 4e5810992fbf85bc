import { account, deactivates, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { change, sync, watch } from '../step.ts';
import { opened } from './opening.ts';

export const expiredPassword = {
  id: 'expired-password',
  title: 'A password expires and takes the access along',
  proves: ['JC-Q15'],
  steps: [...opened, watch(), change('ada', { passwordExpired: true }), sync()],
  expect: [wire.sends(deactivates('ada')), account('ada').is('inactive', 'absent')],
} as const satisfies Scenario;
