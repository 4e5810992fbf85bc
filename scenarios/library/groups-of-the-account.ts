import { answers, createsGroup, proving, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { activate, ask, bind, createGroup, expects, hire, join, manageGroups, onAccount, sync } from '../step.ts';

const named = 'GET /Groups?filter=displayName eq "{sales.name}"';

export const groupsOfTheAccount = {
  id: 'groups-of-the-account',
  title: 'A group that provisioning does not manage is not there for it; a second of its name is made beside it',
  proves: ['OP-37a', 'OP-37b', 'OP-37c', 'OP-37d', 'JC-43'],
  account: ['self-hosted', 'hosted'],
  steps: [
    manageGroups(true),
    createGroup('design', 'Design'),
    createGroup('sales', 'Sales'),
    onAccount('addGroup', '', { name: '{design.name}' }),
    onAccount('selectGroups', '', { groups: ['{design.name}'] }),
    ask('GET /Groups?filter=displayName eq "{design.name}"'),
    expects(proving('OP-37d', answers({ 'body.totalResults': 1 }))),
    onAccount('addGroup', '', { name: '{sales.name}' }),
    ask(named),
    expects(answers({ 'body.totalResults': 0 })),
    ask('GET /Groups/{answer.id}'),
    expects(proving('OP-37b', answers({ status: 404 }))),
    hire('ada'),
    join('ada', 'sales'),
    bind('sales'),
    activate(),
    sync(),
    expects(proving('JC-43', wire.sends(createsGroup('sales')))),
    ask(named),
  ],
  expect: [
    proving('OP-37c', answers({ 'body.totalResults': 1 })),
    proving('JC-43', answers({ 'body.totalResults': 1 })),
  ],
} as const satisfies Scenario;
