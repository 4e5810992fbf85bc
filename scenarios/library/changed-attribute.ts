import { account, proving, requests, updates, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { change, expects, sync, watch } from '../step.ts';
import { ENTERPRISE_USER } from '../../scim/message/urn.ts';
import { opened } from './opening.ts';

export const changedAttribute = {
  id: 'changed-attribute',
  title: 'A mapped attribute changes at the service provider, an unmapped one stays at home',
  proves: ['JC-17', 'JC-18', 'JC-Q2', 'JC-Q30'],
  steps: [
    ...opened,
    watch(),
    change('ada', { location: 'Paris' }),
    sync(),
    expects(
      proving('JC-18', wire.never(requests('* /Users/{ada}'))),
      proving('JC-Q30', wire.never(requests('* /Users/{ada}'))),
    ),
    change('ada', { lastname: 'King', department: 'Analysis' }),
    sync(),
  ],
  expect: [
    wire.sends(updates('ada', { 'name.familyName': 'lastname', [`${ENTERPRISE_USER}:department`]: 'department' })),
    account('ada').mirrors({ 'name.familyName': 'lastname' }),
    proving('JC-Q2', wire.inOrder(requests('GET /Users/{ada}'), updates('ada'))),
  ],
} as const satisfies Scenario;
