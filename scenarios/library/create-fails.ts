import { logs, proving } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { activate, attempt, bind, createGroup, fault, hire, join, manageGroups, sync, watch } from '../step.ts';

export const createFails = {
  id: 'create-fails',
  title: 'The service provider cannot create somebody: the attempt is logged as failed',
  proves: ['JC-54a', 'JC-54b'],
  steps: [
    manageGroups(true),
    createGroup('eng', 'Engineering'),
    bind('eng'),
    activate(),
    hire('ada'),
    join('ada', 'eng'),
    fault('refused', 'POST /Users', 1),
    watch(),
    attempt(sync()),
  ],
  expect: [
    logs('user_create_provision', { about: 'ada' }),
    proving('JC-54b', logs('user_create_provision', { about: 'ada', success: false })),
  ],
} as const satisfies Scenario;
