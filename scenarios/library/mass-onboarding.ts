import { account, addsMember, creates, createsGroup, group, proving, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { activate, bind, createGroup, CROWD, hire, join, manageGroups, sync } from '../step.ts';

export const massOnboarding = {
  id: 'mass-onboarding',
  title: 'Forty people start on one day and land in two groups',
  proves: ['JC-12a', 'JC-12c', 'JC-44a'],
  people: 40,
  steps: [
    manageGroups(true),
    createGroup('eng', 'Engineering'),
    createGroup('ops', 'Operations'),
    hire('ada'),
    hire('ben'),
    join(CROWD, 'eng'),
    join('ada', 'eng'),
    join('ben', 'ops'),
    bind('eng'),
    bind('ops'),
    activate(),
    sync(),
  ],
  expect: [
    account('ada').is('active'),
    account('ben').is('active'),
    proving('JC-12c', wire.inOrder(creates('ada'), createsGroup('eng'), addsMember('ada', 'eng'))),
    proving('JC-44a', group('eng').has('ada')),
    proving('JC-44a', group('ops').has('ben')),
  ],
} as const satisfies Scenario;
