import { account, deletesGroup, group, proving, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { bind, createGroup, deleteGroup, join, sync, watch } from '../step.ts';
import { opened } from './opening.ts';

export const groupDeletedAndMadeAgain = {
  id: 'group-deleted-and-made-again',
  title: 'A group is deleted and made again under its name before the next sync',
  proves: ['JC-48a', 'JC-45a'],
  steps: [
    ...opened,
    watch(),
    deleteGroup('eng'),
    createGroup('again', 'Engineering'),
    join('ada', 'again'),
    join('ben', 'again'),
    bind('again'),
    sync(),
  ],
  expect: [
    wire.sends(deletesGroup('eng')),
    proving('JC-45a', group('again').has('ada')),
    proving('JC-45a', group('again').has('ben')),
    account('ada').is('active'),
  ],
} as const satisfies Scenario;
