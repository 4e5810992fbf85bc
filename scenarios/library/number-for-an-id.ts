import { logs, requests, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { attempt, fault, hire, join, sync, watch } from '../step.ts';
import { boundUnmanaged } from './opening.ts';

export const numberForAnId = {
  id: 'number-for-an-id',
  title: 'The service provider answers a create with a number for an id: an error, and nobody is linked to it',
  proves: ['JC-Q39'],
  idp: ['jumpcloud'],
  because: 'rules-of-its-own',
  steps: [
    ...boundUnmanaged,
    sync(),
    hire('ada'),
    watch(),
    fault('numeric-id', 'POST /Users'),
    join('ada', 'eng'),
    attempt(sync()),
  ],
  expect: [logs('user_create_provision', { about: 'ada', success: false }), wire.never(requests('* /Users/42'))],
} as const satisfies Scenario;
