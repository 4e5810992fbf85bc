import { account, deactivates, group, proving, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { change, join, leave, reactivate, suspend, sync, watch } from '../step.ts';
import { opened } from './opening.ts';

export const twoAdminsAtOnce = {
  id: 'two-admins-at-once',
  title: 'Two admins undo each other between two syncs: the last word counts',
  proves: ['JC-21', 'JC-24'],
  steps: [
    ...opened,
    watch(),
    suspend('ada'),
    change('ada', { lastname: 'King' }),
    reactivate('ada'),
    suspend('ben'),
    leave('ada', 'eng'),
    join('ada', 'eng'),
    sync(),
  ],
  expect: [
    wire.sends(deactivates('ben')),
    account('ben').is('inactive', 'absent'),
    proving('JC-24', account('ada').is('active')),
    proving('JC-24', group('eng').has('ada')),
  ],
} as const satisfies Scenario;
