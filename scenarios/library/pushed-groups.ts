import { answers, group, proving } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { ask, createGroup, deleteGroup, expects, leave, renameGroup, sync } from '../step.ts';
import { opened } from './opening.ts';

export const pushedGroups = {
  id: 'pushed-groups',
  title: 'A group is made, filled, renamed and deleted, and the account follows',
  proves: ['OP-35', 'OP-36a', 'OP-36b', 'OP-38', 'OP-39'],
  account: ['self-hosted', 'hosted'],
  steps: [
    ...opened,
    expects(proving('OP-36a', group('eng').has('ada')), proving('OP-36a', group('eng').has('ben'))),
    createGroup('ops', 'Operations'),
    ask('POST /Groups', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: '{ops.name}' }),
    expects(answers({ status: 201, 'body.displayName': '{ops.name}' })),
    leave('ada', 'eng'),
    sync(),
    expects(proving('OP-36b', group('eng').lacks('ada')), proving('OP-36b', group('eng').has('ben'))),
    renameGroup('eng', 'Core'),
    sync(),
    expects(proving('OP-38', group('eng').isNamed())),
    deleteGroup('eng'),
    sync(),
  ],
  expect: [proving('OP-39', group('eng').absent())],
} as const satisfies Scenario;
