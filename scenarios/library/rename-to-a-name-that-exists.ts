import { createsGroup, group, proving, requests, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { attempt, hire, join, renameGroup, sync, watch } from '../step.ts';
import { openedWithTwoGroups } from './opening.ts';

export const renameToANameThatExists = {
  id: 'rename-to-a-name-that-exists',
  title: 'A group is renamed to a name that another group has: the directory refuses, the groups stay apart',
  proves: ['JC-46', 'JC-45a'],
  steps: [
    ...openedWithTwoGroups,
    attempt(renameGroup('ops', 'Engineering')),
    sync(),
    watch(),
    renameGroup('eng', 'Core'),
    renameGroup('ops', 'Engineering'),
    sync(),
    hire('cleo'),
    join('cleo', 'ops'),
    sync(),
  ],
  expect: [
    wire.sends(requests('PATCH /Groups/{ops}')),
    group('eng').has('ben'),
    group('ops').lacks('ben'),
    wire.never(createsGroup('ops')),
    proving('JC-45a', group('ops').has('cleo')),
  ],
} as const satisfies Scenario;
