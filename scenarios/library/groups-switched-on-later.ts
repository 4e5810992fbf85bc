import { addsMember, createsGroup, group, proving, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { activate, bind, createGroup, hire, join, manageGroups, sync } from '../step.ts';

export const groupsSwitchedOnLater = {
  id: 'groups-switched-on-later',
  title: 'Group management is switched on while provisioning runs, and every bound group is synced',
  proves: ['JC-Q28'],
  steps: [
    manageGroups(false),
    createGroup('eng', 'Engineering'),
    hire('ada'),
    join('ada', 'eng'),
    bind('eng'),
    activate(),
    sync(),
    manageGroups(true),
    sync(),
  ],
  expect: [
    proving('JC-Q28', wire.inOrder(createsGroup('eng'), addsMember('ada', 'eng'))),
    group('eng').exists(),
    group('eng').has('ada'),
  ],
} as const satisfies Scenario;
