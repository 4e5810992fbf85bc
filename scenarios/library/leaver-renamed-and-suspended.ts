import { account, deactivates, deletes, proving, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { change, leave, suspend, sync, watch } from '../step.ts';
import { opened } from './opening.ts';

export const leaverRenamedAndSuspended = {
  id: 'leaver-renamed-and-suspended',
  title: 'Somebody marries, is suspended, and leaves before any of it was sent',
  proves: ['JC-21', 'JC-23'],
  steps: [...opened, watch(), change('ada', { lastname: 'King' }), suspend('ada'), leave('ada', 'eng'), sync()],
  expect: [
    wire.sends(deactivates('ada')),
    account('ada').is('inactive', 'absent'),
    proving('JC-23', wire.never(deletes('ada'))),
    account('ben').is('active'),
  ],
} as const satisfies Scenario;
