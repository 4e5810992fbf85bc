import { creates, proving, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { hire, join, sync } from '../step.ts';
import { boundUnmanaged } from './opening.ts';

export const addressesAndPhones = {
  id: 'addresses-and-phones',
  title: 'Of several addresses and numbers the one for work is sent, else the first, else none',
  proves: ['JC-32a', 'JC-32b', 'JC-32c', 'JC-32d', 'JC-32e', 'JC-Q34'],
  steps: [
    ...boundUnmanaged,
    hire('ada', {
      addresses: [
        { type: 'home', locality: 'Rome' },
        { type: 'work', locality: 'Paris' },
      ],
      phoneNumbers: [
        { type: 'home', number: '+39 1' },
        { type: 'work', number: '+33 1' },
      ],
    }),
    hire('ben', {
      addresses: [
        { type: 'home', locality: 'Rome' },
        { type: 'other', locality: 'Oslo' },
      ],
      phoneNumbers: [
        { type: 'home', number: '+39 1' },
        { type: 'other', number: '+47 1' },
      ],
    }),
    hire('cleo', { addresses: [], phoneNumbers: [] }),
    join('ada', 'eng'),
    join('ben', 'eng'),
    join('cleo', 'eng'),
    sync(),
  ],
  expect: [
    wire.sends(creates('ada', {}, { addresses: [{ type: 'work', locality: 'Paris' }] })),
    proving('JC-32b', wire.sends(creates('ben', {}, { addresses: [{ type: 'home', locality: 'Rome' }] }))),
    proving('JC-32c', wire.sends(creates('ada', {}, { 'phoneNumbers.value': '+33 1' }))),
    proving('JC-32d', wire.sends(creates('ben', {}, { 'phoneNumbers.value': '+39 1' }))),
    proving('JC-32e', wire.sends(creates('cleo', {}, { addresses: null, phoneNumbers: null }))),
    proving('JC-Q34', wire.sends(creates('ada', {}, { phoneNumbers: [{ value: '+33 1', type: 'work' }] }))),
  ],
} as const satisfies Scenario;
