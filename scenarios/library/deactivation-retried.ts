import { account, deactivates, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { attempt, change, fault, suspend, sync, watch } from '../step.ts';
import { opened } from './opening.ts';

export const deactivationRetried = {
  id: 'deactivation-retried',
  title: 'A deactivation that failed is tried again with the next change',
  proves: ['JC-Q44'],
  idp: ['jumpcloud'],
  because: 'rules-of-its-own',
  steps: [
    ...opened,
    fault('refused', 'PUT /Users/{ada}', 1),
    watch(),
    suspend('ada'),
    attempt(sync()),
    change('ada', { location: 'Paris' }),
    sync(),
  ],
  expect: [wire.count(deactivates('ada'), 2), account('ada').is('inactive', 'absent')],
} as const satisfies Scenario;
