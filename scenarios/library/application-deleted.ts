import { account, deactivates, proving, refused, requests, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { attempt, deleteApplication, expects, suspend, sync, watch } from '../step.ts';
import { opened } from './opening.ts';

export const applicationDeleted = {
  id: 'application-deleted',
  title: 'The application is deleted, with the right count only: everybody keeps the account',
  proves: ['JC-8b', 'JC-8c', 'OP-27a'],
  steps: [
    ...opened,
    watch(),
    attempt(deleteApplication(2)),
    expects(proving('JC-8c', refused())),
    deleteApplication(1),
    suspend('ben'),
    sync(),
  ],
  expect: [
    account('ada').is('active'),
    account('ben').is('active'),
    wire.never(deactivates('ben')),
    proving('OP-27a', wire.never(requests('* /'))),
  ],
} as const satisfies Scenario;
