import { account, deactivates, group, proving, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { activate, bind, createGroup, expects, hire, join, leave, manageGroups, sync } from '../step.ts';

/** Ben is in both groups: whoever empties a group to take one person out is caught. */
export const moverBetweenGroups = {
  id: 'mover-between-groups',
  title: 'Somebody moves from one bound group to another and keeps the account all the way',
  proves: ['JC-49b', 'JC-12a', 'JC-44a', 'JC-45a', 'JC-45b'],
  steps: [
    manageGroups(true),
    createGroup('eng', 'Engineering'),
    createGroup('ops', 'Operations'),
    hire('ada'),
    hire('ben'),
    join('ada', 'eng'),
    join('ben', 'eng', 'ops'),
    bind('eng'),
    bind('ops'),
    activate(),
    sync(),
    expects(
      proving('JC-12a', account('ada').is('active')),
      proving('JC-12a', account('ben').is('active')),
      proving('JC-44a', group('eng').has('ada')),
      proving('JC-44a', group('ops').has('ben')),
    ),
    join('ada', 'ops'),
    sync(),
    leave('ada', 'eng'),
    sync(),
  ],
  expect: [
    account('ada').is('active'),
    wire.never(deactivates('ada')),
    proving('JC-45a', group('ops').has('ada')),
    proving('JC-45b', group('eng').lacks('ada')),
    proving('JC-45b', group('eng').has('ben')),
  ],
} as const satisfies Scenario;
