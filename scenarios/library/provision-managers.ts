import { answers, proving, refused } from '../expectation.ts';
import { USER } from '../../scim/message/urn.ts';
import type { Scenario } from '../scenario.ts';
import { ask, attempt, expects, hire, onAccount } from '../step.ts';

const MANAGERS = 'Provision Managers';
const MANAGER = 'manager@provision-managers.example';

export const provisionManagers = {
  id: 'provision-managers',
  title: 'Hosted provisioning comes with a group for those who look after it, which no identity provider sees',
  proves: ['OP-45a', 'OP-45b', 'OP-45c', 'OP-45d'],
  account: ['hosted'],
  steps: [
    onAccount('reset'),
    onAccount('groups'),
    expects(answers({ 'value.name': MANAGERS }), proving('OP-45b', answers({ 'value.members': [] }))),
    ask('GET /Groups'),
    expects(proving('OP-45d', answers({ 'body.totalResults': 0 }))),
    attempt(onAccount('selectGroups', '', { groups: [MANAGERS] })),
    expects(proving('OP-45d', refused())),
    hire('ada'),
    ask('POST /Users', { schemas: [USER], userName: '{ada.email}' }),
    onAccount('addPerson', '', { address: MANAGER }),
    onAccount('opensVault', 'ada', { by: MANAGER }),
    expects(proving('OP-45c', answers({ value: false }))),
    onAccount('setMembers', '', { group: MANAGERS, members: [MANAGER] }),
    onAccount('opensVault', 'ada', { by: MANAGER }),
  ],
  expect: [proving('OP-45c', answers({ value: true }))],
} as const satisfies Scenario;
