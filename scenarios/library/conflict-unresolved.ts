import { logs, requests, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { attempt, fault, hire, join, sync, watch } from '../step.ts';
import { boundUnmanaged } from './opening.ts';

export const conflictUnresolved = {
  id: 'conflict-unresolved',
  title: 'A create is answered with a conflict, and nobody of that name is found',
  proves: ['JC-Q11b'],
  steps: [
    ...boundUnmanaged,
    sync(),
    hire('ada'),
    join('ada', 'eng'),
    watch(),
    fault('conflict', 'POST /Users', 1),
    watch(),
    attempt(sync()),
  ],
  expect: [
    logs('user_create_provision', { about: 'ada', success: false }),
    wire.count(requests('GET /Users?filter=userName eq "{ada.email}"'), 2),
  ],
} as const satisfies Scenario;
