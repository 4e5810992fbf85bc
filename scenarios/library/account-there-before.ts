import { creates, group, proving, updates, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { activate, bind, createGroup, hire, join, manageGroups, present, sync } from '../step.ts';

export const accountThereBefore = {
  id: 'account-there-before',
  title: 'Somebody has an account before provisioning begins: it is taken over with what it holds',
  proves: ['JC-13', 'JC-30a', 'JC-31a', 'JC-31c'],
  idp: ['jumpcloud'],
  because: 'rules-of-its-own',
  steps: [
    manageGroups(true),
    createGroup('eng', 'Engineering'),
    hire('ada'),
    join('ada', 'eng'),
    bind('eng'),
    present('ada', { externalId: 'theirs', locale: 'de-DE', preferredLanguage: 'de' }),
    activate(),
    sync(),
  ],
  expect: [
    wire.never(creates('ada')),
    group('eng').has('ada'),
    proving('JC-30a', wire.sends(updates('ada', {}, { externalId: 'theirs' }))),
    proving('JC-31a', wire.sends(updates('ada', {}, { locale: 'de-DE' }))),
    proving('JC-31c', wire.sends(updates('ada', {}, { preferredLanguage: 'de' }))),
  ],
} as const satisfies Scenario;
