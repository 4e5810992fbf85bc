import { proving, refused, updates, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { attempt, change, expects, restoreMapping, sync, unmap, watch } from '../step.ts';
import { opened } from './opening.ts';

export const restoredMapping = {
  id: 'restored-mapping',
  title: 'Default mappings are restored: nobody is sent again, later updates follow them',
  proves: ['JC-38a', 'JC-38b', 'JC-28a'],
  steps: [
    unmap('title'),
    ...opened,
    watch(),
    restoreMapping(),
    sync(),
    expects(proving('JC-38b', wire.never(updates('ada')))),
    change('ada', { jobTitle: 'Analyst' }),
    sync(),
    attempt(unmap('userName')),
    expects(proving('JC-28a', refused())),
  ],
  expect: [wire.sends(updates('ada', {}, { title: 'Analyst' }))],
} as const satisfies Scenario;
