import { account, creates, proving, requests, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import {
  activate,
  bind,
  createGroup,
  expects,
  hire,
  importUsers,
  join,
  manageGroups,
  present,
  sync,
  watch,
} from '../step.ts';

export const importOfPeopleWhoExist = {
  id: 'import-of-people-who-exist',
  title: 'People who are at the service provider already are imported: nobody is doubled, nobody is changed',
  proves: ['JC-16', 'JC-Q36', 'JC-Q37'],
  steps: [
    manageGroups(true),
    createGroup('eng', 'Engineering'),
    hire('ada'),
    join('ada', 'eng'),
    bind('eng'),
    activate(),
    sync(),
    hire('ben'),
    present('ben'),
    watch(),
    importUsers(),
    expects(
      wire.sends(requests('GET /Users?startIndex=1&count=100')),
      proving('JC-Q36', wire.sends(requests('GET /Users?startIndex=1&count=100'))),
      proving('JC-Q37', wire.never(requests('POST /'))),
      proving('JC-Q37', wire.never(requests('PUT /'))),
    ),
    join('ben', 'eng'),
    sync(),
  ],
  expect: [
    wire.never(creates('ben')),
    account('ben').is('active'),
    proving('JC-Q37', wire.never(requests('GET /Users?filter=userName eq "{ben.email}"'))),
  ],
} as const satisfies Scenario;
