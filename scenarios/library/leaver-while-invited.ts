import { account, proving } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { suspend, sync } from '../step.ts';
import { opened } from './opening.ts';

export const leaverWhileInvited = {
  id: 'leaver-while-invited',
  title: 'Somebody leaves before accepting the invitation',
  proves: ['OP-26b', 'OP-26c'],
  steps: [...opened, suspend('ada'), sync()],
  expect: [account('ada').stands('none'), proving('OP-26c', account('ada').is('inactive'))],
} as const satisfies Scenario;
