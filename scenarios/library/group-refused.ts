import { account, logs } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { activate, attempt, bind, createGroup, fault, hire, join, manageGroups, sync, watch } from '../step.ts';

export const groupRefused = {
  id: 'group-refused',
  title: 'A group that the service provider declines is an event that failed',
  proves: ['JC-52'],
  steps: [
    manageGroups(true),
    createGroup('eng', 'Engineering'),
    bind('eng'),
    activate(),
    hire('ada'),
    join('ada', 'eng'),
    fault('forbidden', 'POST /Groups', 1),
    watch(),
    attempt(sync()),
  ],
  expect: [logs('group_create_provision', { about: 'eng', success: false }), account('ada').is('active')],
} as const satisfies Scenario;
