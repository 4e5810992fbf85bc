import { account, creates, group, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { expects, hire, join, reactivate, sync, watch } from '../step.ts';
import { opened } from './opening.ts';

export const stagedJoiner = {
  id: 'staged-joiner',
  title: 'Somebody who starts next month is in a bound group and not provisioned yet',
  proves: ['JC-Q16'],
  steps: [
    ...opened,
    watch(),
    hire('stan', { state: 'STAGED' }),
    join('stan', 'eng'),
    sync(),
    expects(account('stan').is('absent'), wire.never(creates('stan'))),
    reactivate('stan'),
    sync(),
  ],
  expect: [account('stan').is('active'), group('eng').has('stan')],
} as const satisfies Scenario;
