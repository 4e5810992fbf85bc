import { deletesGroup, group, proving, requests, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { expects, hire, join, leave, sync, watch } from '../step.ts';
import { opened } from './opening.ts';

export const membersOneByOne = {
  id: 'members-one-by-one',
  title: 'Members come and go in requests of their own; the last one leaves an empty group',
  proves: ['JC-Q18', 'JC-Q19', 'JC-Q20', 'JC-Q24'],
  idp: ['jumpcloud'],
  because: 'rules-of-its-own',
  steps: [
    ...opened,
    expects(proving('JC-Q18', wire.sends(requests('POST /Groups', { members: null })))),
    watch(),
    hire('cleo'),
    hire('dora'),
    join('cleo', 'eng'),
    join('dora', 'eng'),
    sync(),
    expects(proving('JC-Q19', wire.count(requests('PATCH /Groups/{eng}'), 2))),
    watch(),
    leave('ada', 'eng'),
    sync(),
    expects(
      proving(
        'JC-Q20',
        wire.sends(requests('PATCH /Groups/{eng}', { 'Operations.path': 'members', 'Operations.op': 'remove' })),
      ),
    ),
    leave('ben', 'eng'),
    leave('cleo', 'eng'),
    leave('dora', 'eng'),
    sync(),
  ],
  expect: [
    group('eng').lacks('dora'),
    proving('JC-Q24', group('eng').exists()),
    proving('JC-Q24', group('eng').lacks('ada')),
    proving('JC-Q24', wire.never(deletesGroup('eng'))),
  ],
} as const satisfies Scenario;
