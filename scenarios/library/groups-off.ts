import { account, creates, group, proving, requests, updates, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { activate, bind, change, createGroup, hire, join, manageGroups, renameGroup, sync } from '../step.ts';

export const groupsOff = {
  id: 'groups-off',
  title: 'With group management off people are provisioned and groups are left alone',
  proves: ['JC-10a', 'JC-10b', 'OP-43a', 'OP-43b'],
  steps: [
    manageGroups(false),
    createGroup('eng', 'Engineering'),
    hire('ada'),
    join('ada', 'eng'),
    bind('eng'),
    activate(),
    sync(),
    change('ada', { lastname: 'King' }),
    renameGroup('eng', 'Core'),
    sync(),
  ],
  expect: [
    proving('JC-10a', wire.never(requests('* /Groups'))),
    proving('OP-43b', group('eng').absent()),
    proving('JC-10b', wire.sends(creates('ada', { userName: 'email' }))),
    proving('JC-10b', wire.sends(updates('ada', { 'name.familyName': 'lastname' }))),
    proving('OP-43a', account('ada').is('active')),
  ],
} as const satisfies Scenario;
