import { createsGroup, group, logs, proving, requests, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { renameGroup, sync, watch } from '../step.ts';
import { opened } from './opening.ts';

export const groupRenamed = {
  id: 'group-renamed',
  title: 'A group is renamed and stays the same group',
  proves: ['JC-46', 'JC-40a', 'JC-44b', 'JC-Q21', 'JC-53h'],
  steps: [...opened, watch(), renameGroup('eng', 'Core'), sync()],
  expect: [
    wire.sends(requests('PATCH /Groups/{eng}')),
    group('eng').has('ada'),
    wire.never(createsGroup('eng')),
    proving('JC-44b', wire.sends(requests('PATCH /Groups/{eng}'))),
    proving(
      'JC-Q21',
      wire.sends(requests('PATCH /Groups/{eng}', { 'Operations.op': 'replace', 'Operations.path': 'displayName' })),
    ),
    proving('JC-53h', logs('group_update_provision', { about: 'eng', success: true })),
    proving('JC-40a', wire.never(requests('* /Groups/{eng}', { 'Operations.path': 'description' }))),
    proving('JC-40a', wire.count(requests('PATCH /Groups/{eng}'), 1)),
  ],
} as const satisfies Scenario;
