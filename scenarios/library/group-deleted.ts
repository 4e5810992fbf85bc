import { account, deactivates, deletesGroup, group, logs, proving, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { deleteGroup, hire, join, leave, sync, watch } from '../step.ts';
import { openedWithTwoGroups } from './opening.ts';

export const groupDeleted = {
  id: 'group-deleted',
  title: 'A group is deleted, and with it the access of those who have no other',
  proves: ['JC-48a', 'JC-48b', 'JC-48c', 'JC-49a', 'JC-Q26', 'JC-53i'],
  steps: [
    ...openedWithTwoGroups,
    hire('cy'),
    join('cy', 'eng'),
    sync(),
    leave('cy', 'eng'),
    sync(),
    watch(),
    deleteGroup('eng'),
    sync(),
  ],
  expect: [
    wire.sends(deletesGroup('eng')),
    group('eng').absent(),
    proving('JC-48b', wire.sends(deactivates('ben'))),
    proving('JC-48c', wire.inOrder(deletesGroup('eng'), deactivates('ben'))),
    proving('JC-Q26', wire.inOrder(deletesGroup('eng'), deactivates('ben'))),
    proving('JC-49a', wire.never(deactivates('ada'))),
    proving('JC-49a', account('ada').is('active')),
    proving('JC-53i', logs('group_delete_provision', { about: 'eng', success: true })),
  ],
} as const satisfies Scenario;
