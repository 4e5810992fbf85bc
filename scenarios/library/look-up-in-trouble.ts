import { logs } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { attempt, fault, hire, join, sync, watch } from '../step.ts';
import { opened } from './opening.ts';

export const lookUpInTrouble = {
  id: 'look-up-in-trouble',
  title: 'A look-up that runs into a problem is logged',
  proves: ['JC-53f'],
  steps: [
    ...opened,
    hire('cleo'),
    join('cleo', 'eng'),
    fault('refused', 'GET /Users?filter=userName eq "{cleo.email}"', 1),
    watch(),
    attempt(sync()),
  ],
  expect: [logs('user_lookup_provision', { about: 'cleo', success: false })],
} as const satisfies Scenario;
