import { answers, proving, refused } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { ask, attempt, createGroup, expects, onAccount } from '../step.ts';
import { opened } from './opening.ts';

export const powerfulGroups = {
  id: 'powerful-groups',
  title: 'Groups with power over others are out of the reach of hosted provisioning; a bridge may manage them',
  proves: ['OP-44a', 'OP-44b', 'OP-44c', 'OP-44d'],
  account: ['self-hosted', 'hosted'],
  steps: [
    ...opened,
    createGroup('rescue', 'Rescue'),
    onAccount('addGroup', '', { name: '{rescue.name}', permissions: ['recover-accounts'] }),
    attempt(onAccount('selectGroups', '', { groups: ['{rescue.name}'] })),
    expects(proving('OP-44c', refused())),
    ask('GET /Groups/{answer.id}'),
    expects(proving('OP-44d', answers({ status: 200, 'body.displayName': '{rescue.name}' }))),
    onAccount('setPermissions', '', { group: '{eng}', permissions: ['manage-all-groups'] }),
    ask('GET /Groups?filter=displayName eq "{eng.name}"'),
    expects(proving('OP-44a', answers({ 'body.totalResults': 0 }))),
    ask('DELETE /Groups/{eng}'),
  ],
  expect: [proving('OP-44b', answers({ status: 404 }))],
} as const satisfies Scenario;
