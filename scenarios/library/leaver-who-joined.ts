import { account, proving } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { expects, onAccount, suspend, sync, wait } from '../step.ts';
import { opened } from './opening.ts';

export const leaverWhoJoined = {
  id: 'leaver-who-joined',
  title: 'Somebody who accepted is suspended, stays readable, and is deleted for good by hand',
  proves: ['OP-25a', 'OP-28b'],
  steps: [
    ...opened,
    onAccount('accept', 'ada'),
    wait('1 hour'),
    suspend('ada'),
    sync(),
    expects(account('ada').stands('suspended'), account('ada').is('inactive')),
    onAccount('deleteForGood', 'ada'),
  ],
  expect: [proving('OP-28b', account('ada').stands('none'))],
} as const satisfies Scenario;
