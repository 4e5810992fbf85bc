import { account, creates, group, proving, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { dismiss, hire, join, sync, watch } from '../step.ts';
import { openedAndAccepted } from './opening.ts';

export const rehired = {
  id: 'rehired',
  title: 'Somebody leaves for good and is hired again with the same address: the old account is taken over',
  proves: ['JC-13', 'JC-24'],
  steps: [
    ...openedAndAccepted,
    dismiss('ada'),
    sync(),
    watch(),
    hire('adaAgain', { email: 'ada', firstname: 'Ada' }),
    join('adaAgain', 'eng'),
    sync(),
  ],
  expect: [
    wire.never(creates('adaAgain')),
    proving('JC-24', account('adaAgain').is('active')),
    group('eng').has('adaAgain'),
  ],
} as const satisfies Scenario;
