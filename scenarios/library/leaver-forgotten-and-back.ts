import { account, creates, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { reactivate, suspend, sync, vanish, watch } from '../step.ts';
import { opened } from './opening.ts';

export const leaverForgottenAndBack = {
  id: 'leaver-forgotten-and-back',
  title: 'Somebody is suspended, the service provider forgets the user, and the person comes back',
  proves: ['JC-25'],
  steps: [...opened, suspend('ada'), sync(), vanish('ada'), watch(), reactivate('ada'), sync()],
  expect: [wire.sends(creates('ada')), account('ada').is('active')],
} as const satisfies Scenario;
