import { proving, requests, updates, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { expects, map, sync, touchGroup, watch } from '../step.ts';
import { opened } from './opening.ts';

export const mappingChange = {
  id: 'mapping-change',
  title: 'A change of the mappings goes out when a bound group is edited, not before',
  proves: ['JC-36a', 'JC-36b', 'JC-40b', 'JC-Q29', 'OP-46'],
  steps: [
    ...opened,
    watch(),
    map({ target: 'nickName', kind: 'constant', value: 'staff' }),
    sync(),
    expects(proving('JC-36a', wire.never(updates('ada'))), proving('OP-46', wire.never(updates('ada')))),
    watch(),
    touchGroup('eng'),
    sync(),
  ],
  expect: [
    proving('JC-36b', wire.sends(updates('ada', {}, { nickName: 'staff' }))),
    proving('JC-36b', wire.sends(updates('ben', {}, { nickName: 'staff' }))),
    proving('JC-40b', wire.never(requests('* /Groups/{eng}'))),
    proving('JC-Q29', wire.count(updates('ada'), 1)),
    proving('JC-Q29', wire.count(updates('ben'), 1)),
  ],
} as const satisfies Scenario;
