import { account, createsGroup, deactivates, group, proving, requests, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { bind, expects, leave, renameGroup, sync, unbind, watch } from '../step.ts';
import { openedWithTwoGroups } from './opening.ts';

export const groupUnbound = {
  id: 'group-unbound',
  title: 'A group is unbound: it stays as it was, those without another group lose access',
  proves: ['JC-47a', 'JC-47b', 'JC-47c', 'JC-49a', 'JC-Q27', 'OP-30a', 'OP-30b', 'OP-40'],
  steps: [
    ...openedWithTwoGroups,
    watch(),
    unbind('eng'),
    sync(),
    expects(
      proving('JC-47b', group('eng').has('ada')),
      proving('JC-47c', wire.sends(deactivates('ben'))),
      proving('OP-30a', account('ben').is('inactive', 'absent')),
      proving('JC-49a', wire.never(deactivates('ada'))),
      proving('OP-30b', account('ada').is('active')),
    ),
    renameGroup('eng', 'Core'),
    leave('ada', 'eng'),
    sync(),
    expects(
      proving('JC-47a', wire.never(requests('* /Groups/{eng}'))),
      proving('OP-40', wire.never(requests('* /Groups/{eng}'))),
    ),
    watch(),
    bind('eng'),
    sync(),
  ],
  expect: [
    proving('JC-Q27', wire.never(createsGroup('eng'))),
    proving('JC-Q27', wire.sends(requests('GET /Groups/{eng}'))),
    proving('JC-47c', account('ben').is('active')),
  ],
} as const satisfies Scenario;
