import { logs, requests, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { activate, attempt, bind, createGroup, fault, hire, join, manageGroups, sync, watch } from '../step.ts';

export const conflictUnresolved = {
  id: 'conflict-unresolved',
  title: 'A create is answered with a conflict, and nobody of that name is found',
  proves: ['JC-Q11b'],
  steps: [
    manageGroups(false),
    createGroup('eng', 'Engineering'),
    bind('eng'),
    activate(),
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
