import { answers, proving, refused } from '../expectation.ts';
import { USER } from '../../scim/message/urn.ts';
import type { Scenario } from '../scenario.ts';
import { ask, attempt, expects, hire, onAccount, wait, type Step } from '../step.ts';
import { connected, unlockAct } from './unlock-with-sso.ts';

const group = (name: string, ...members: string[]): Step => onAccount('addGroup', '', { name, members });
const person = (name: string): Step => onAccount('addPerson', '', { address: `${name}@grace-of-groups.example` });
const of = (name: string): Step => onAccount('unlock', '', { person: `${name}@grace-of-groups.example` });

export const graceOfGroups = {
  id: 'grace-of-groups',
  title: 'The time that a group has to switch starts when it is added; the first of somebody’s groups decides',
  proves: ['OP-74a', 'OP-80b', 'OP-81a', 'OP-82', 'OP-85', 'OP-86'],
  account: ['self-hosted', 'hosted'],
  steps: [
    connected,
    unlockAct({ do: 'choose', value: 'selected-groups' }),
    person('ada'),
    person('ben'),
    hire('nora'),
    ask('POST /Users', { schemas: [USER], userName: '{nora.email}' }),
    group('First of the story', 'ada@grace-of-groups.example', '{nora.email}'),
    group('Second of the story', 'ada@grace-of-groups.example', 'ben@grace-of-groups.example'),
    attempt(unlockAct({ do: 'add-group', group: 'First of the story', days: 31 })),
    expects(proving('OP-80b', refused())),
    unlockAct({ do: 'add-group', group: 'First of the story', days: 10 }),
    wait('4 days'),
    // Ben's period is his group's: it starts now, four days after that of the first.
    unlockAct({ do: 'add-group', group: 'Second of the story', days: 3 }),
    wait('2 days'),
    of('ben'),
    expects(proving('OP-81a', answers({ signIn: 'must-switch' }))),
    wait('2 days'),
    of('ada'),
    expects(proving('OP-82', answers({ signIn: 'must-switch' }))),
    onAccount('accept', 'nora'),
    wait('3 days'),
    onAccount('unlock', 'nora'),
    expects(answers({ covered: true, signIn: 'sso' })),
    person('otto'),
    onAccount('setMembers', '', { group: 'First of the story', members: ['otto@grace-of-groups.example'] }),
    of('otto'),
    expects(proving('OP-85', answers({ signIn: 'needs-recovery' }))),
    person('pia'),
    group('Third of the story', 'pia@grace-of-groups.example'),
    unlockAct({ do: 'add-group', group: 'Third of the story', days: 5 }),
    of('pia'),
  ],
  expect: [proving('OP-86', answers({ signIn: 'must-switch' }))],
} as const satisfies Scenario;
