import { addsMember, createsGroup, group, proving, requests, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { activate, bind, createGroup, hire, join, manageGroups, sync } from '../step.ts';

export const unicodePairs = {
  id: 'unicode-pairs',
  title: 'Groups whose names differ in case only, and names beyond ASCII, stay apart',
  proves: ['JC-44a', 'JC-45a', 'JC-Q22'],
  steps: [
    manageGroups(true),
    createGroup('lower', 'straße'),
    createGroup('upper', 'STRASSE'),
    createGroup('turkish', 'İstanbul'),
    createGroup('small', 'core'),
    createGroup('capital', 'CORE'),
    hire('ada', { firstname: 'Zoë', lastname: 'Ångström' }),
    hire('ben', { firstname: '李', lastname: '王' }),
    join('ada', 'lower', 'turkish', 'small'),
    join('ben', 'upper', 'capital'),
    bind('small'),
    bind('capital'),
    bind('lower'),
    bind('upper'),
    bind('turkish'),
    activate(),
    sync(),
  ],
  expect: [
    group('lower').exists(),
    group('upper').exists(),
    proving('JC-45a', group('lower').has('ada')),
    proving('JC-45a', group('upper').has('ben')),
    proving('JC-45a', group('lower').lacks('ben')),
    proving('JC-Q22', wire.sends(createsGroup('small'))),
    proving('JC-Q22', wire.sends(requests('PATCH /Groups/{capital}'))),
    proving('JC-Q22', wire.never(addsMember('ben', 'small'))),
    proving('JC-45a', group('turkish').has('ada')),
  ],
} as const satisfies Scenario;
