import { account, creates, updates, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { fault, hire, join, present, sync, watch } from '../step.ts';
import { boundUnmanaged } from './opening.ts';

export const conflictResolved = {
  id: 'conflict-resolved',
  title: 'A look-up finds nobody, the create meets a conflict: whoever is there is looked up again and linked',
  proves: ['JC-Q11a'],
  idp: ['jumpcloud'],
  because: 'rules-of-its-own',
  steps: [
    ...boundUnmanaged,
    sync(),
    hire('ada'),
    present('ada'),
    watch(),
    fault('finds-nobody', 'GET /Users?filter'),
    fault('conflict', 'POST /Users'),
    join('ada', 'eng'),
    sync(),
  ],
  expect: [wire.inOrder(creates('ada'), updates('ada')), account('ada').is('active')],
} as const satisfies Scenario;
