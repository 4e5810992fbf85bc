import { account, group, proving } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { fault, hire, join, sync, watch } from '../step.ts';
import { opened } from './opening.ts';

export const outageInTheMiddle = {
  id: 'outage-in-the-middle',
  title: 'The service provider is away in the middle of a sync; the next changes make good what failed',
  proves: ['JC-Q12'],
  steps: [
    ...opened,
    hire('cleo'),
    hire('dora'),
    join('cleo', 'eng'),
    join('dora', 'eng'),
    fault('reset-before', 'PATCH /Groups', 2),
    fault('reset-after', 'POST /Users', 1),
    fault('unavailable', 'GET /Users?filter', 3),
    watch(),
    sync(),
  ],
  expect: [
    account('cleo').is('active'),
    account('dora').is('active'),
    group('eng').has('cleo'),
    proving('JC-Q12', group('eng').has('dora')),
  ],
} as const satisfies Scenario;
