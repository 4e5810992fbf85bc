import { account, deactivates, deletes, proving, removesMember, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { dismiss, sync, watch } from '../step.ts';
import { openedWithTwoGroups } from './opening.ts';

export const deletedPerson = {
  id: 'deleted-person',
  title: 'Somebody is deleted from the directory: out of the groups, inactive, not deleted',
  proves: ['JC-Q17', 'JC-23'],
  steps: [...openedWithTwoGroups, watch(), dismiss('ada'), sync()],
  expect: [
    wire.inOrder(removesMember('ada', 'eng'), removesMember('ada', 'ops'), deactivates('ada')),
    account('ada').is('inactive', 'absent'),
    proving('JC-23', wire.never(deletes('ada'))),
  ],
} as const satisfies Scenario;
