import { account, creates, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { fault, hire, join, sync, watch } from '../step.ts';
import { opened } from './opening.ts';

export const throttled = {
  id: 'throttled',
  title: 'The service provider asks for patience, and gets it',
  proves: ['JC-Q12'],
  steps: [...opened, hire('cleo'), join('cleo', 'eng'), fault('throttled', 'POST /Users', 2), watch(), sync()],
  expect: [wire.count(creates('cleo'), 3), account('cleo').is('active')],
} as const satisfies Scenario;
