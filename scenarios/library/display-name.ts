import { creates, proving, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { hire, join, sync } from '../step.ts';
import { boundUnmanaged } from './opening.ts';

export const displayName = {
  id: 'display-name',
  title: 'The name to show is the one given, else both names, else the first',
  proves: ['JC-29a', 'JC-29b', 'JC-29c'],
  steps: [
    ...boundUnmanaged,
    hire('ada', { displayname: 'The Countess', lastname: 'King' }),
    hire('ben', { lastname: 'King' }),
    hire('cleo', { lastname: '' }),
    join('ada', 'eng'),
    join('ben', 'eng'),
    join('cleo', 'eng'),
    sync(),
  ],
  expect: [
    wire.sends(creates('ada', {}, { displayName: 'The Countess' })),
    proving('JC-29b', wire.sends(creates('ben', {}, { displayName: 'Ben King' }))),
    proving('JC-29c', wire.sends(creates('cleo', {}, { displayName: 'Cleo' }))),
  ],
} as const satisfies Scenario;
