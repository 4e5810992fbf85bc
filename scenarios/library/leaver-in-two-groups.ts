import { account, deactivates, deletes, group, proving, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { activate, bind, createGroup, CROWD, expects, hire, join, leave, manageGroups, sync } from '../step.ts';

export const leaverInTwoGroups = {
  id: 'leaver-in-two-groups',
  title: 'Somebody in two bound groups keeps access when leaving the first and loses it with the second',
  proves: ['JC-49b', 'JC-22', 'JC-23'],
  people: 5,
  steps: [
    manageGroups(true),
    createGroup('eng', 'Engineering'),
    createGroup('ops', 'Operations'),
    hire('ada'),
    hire('ben'),
    join('ada', 'eng', 'ops'),
    join('ben', 'eng', 'ops'),
    join(CROWD, 'eng'),
    bind('eng'),
    bind('ops'),
    activate(),
    sync(),
    leave('ada', 'eng'),
    sync(),
    expects(
      account('ada').is('active'),
      wire.never(deactivates('ada')),
      group('eng').lacks('ada'),
      group('ops').has('ada'),
    ),
    leave('ada', 'ops'),
    sync(),
  ],
  expect: [
    // A service provider may drop somebody who never accepted the invitation (OP-26b), and still has followed the rule.
    proving('JC-22', account('ada').is('inactive', 'absent')),
    proving('JC-22', wire.sends(deactivates('ada'))),
    proving('JC-22', account('ben').is('active')),
    proving('JC-23', wire.never(deletes('ada'))),
  ],
} as const satisfies Scenario;
