import { proving, requests, updates, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { activate, bind, change, createGroup, hire, join, manageGroups, present, sync, unmap, watch } from '../step.ts';

export const mergedUpdate = {
  id: 'merged-update',
  title: 'An update puts back what the service provider had, with the mapped values laid over',
  proves: ['JC-Q1', 'JC-26l', 'JC-37', 'JC-Q32'],
  idp: ['jumpcloud'],
  because: 'rules-of-its-own',
  steps: [
    manageGroups(true),
    createGroup('eng', 'Engineering'),
    hire('ada'),
    join('ada', 'eng'),
    bind('eng'),
    present('ada', { nickName: 'Countess' }),
    activate(),
    sync(),
    unmap('title'),
    sync(),
    watch(),
    change('ada', { lastname: 'King', employeeType: '' }),
    sync(),
  ],
  expect: [
    proving('JC-Q1', wire.sends(requests('PUT /Users/{ada}', { nickName: 'Countess', active: true }))),
    proving(
      'JC-26l',
      wire.sends(updates('ada', { userName: 'email', 'name.givenName': 'firstname', 'emails.value': 'email' })),
    ),
    proving('JC-37', wire.sends(updates('ada', { title: 'jobTitle', 'name.familyName': 'lastname' }))),
    proving('JC-Q1', wire.never(requests('PATCH /Users'))),
    proving('JC-Q32', wire.never(updates('ada', {}, { userType: null }))),
  ],
} as const satisfies Scenario;
