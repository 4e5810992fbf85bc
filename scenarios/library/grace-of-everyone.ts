import { answers, proving, refused } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { attempt, expects, onAccount, wait, type Step } from '../step.ts';
import { connected, unlockAct } from './unlock-with-sso.ts';

const ADA = { person: 'ada@grace-of-everyone.example' };
const BEN = { person: 'ben@grace-of-everyone.example' };
const look = (given: { readonly person: string }): Step => onAccount('unlock', '', given);

export const graceOfEveryone = {
  id: 'grace-of-everyone',
  title: 'Everyone has five days to switch; whoever misses them is signed out, and comes back by recovery',
  proves: ['OP-80a', 'OP-81b', 'OP-83', 'OP-84a', 'OP-84b', 'OP-87'],
  account: ['self-hosted', 'hosted'],
  steps: [
    onAccount('addPerson', '', { address: ADA.person }),
    onAccount('addPerson', '', { address: BEN.person }),
    connected,
    wait('2 days'),
    unlockAct({ do: 'choose', value: 'everyone' }),
    wait('4 days'),
    look(ADA),
    expects(answers({ signIn: 'must-switch' }), proving('OP-81b', answers({ signIn: 'must-switch' }))),
    wait('2 days'),
    look(ADA),
    expects(
      answers({ signIn: 'needs-recovery' }),
      proving('OP-84b', answers({ signIn: 'needs-recovery' })),
      proving('OP-84a', { kind: 'cites', cited: 'OP-84a' }),
    ),
    attempt(onAccount('switchToSso', '', ADA)),
    expects(proving('OP-84b', refused())),
    onAccount('recover', '', ADA),
    onAccount('completeRecovery', '', ADA),
    look(ADA),
    expects(proving('OP-87', answers({ covered: true, signIn: 'sso' }))),
    // A new length counts from when it was first set up: on the sixth day ten days leave four.
    unlockAct({ do: 'edit-grace', days: 10 }),
    onAccount('addPerson', '', { address: 'cleo@grace-of-everyone.example' }),
    wait('3 days'),
    look({ person: 'cleo@grace-of-everyone.example' }),
    expects(proving('OP-83', answers({ signIn: 'must-switch' }))),
    wait('2 days'),
    look({ person: 'cleo@grace-of-everyone.example' }),
  ],
  expect: [proving('OP-83', answers({ signIn: 'needs-recovery' }))],
} as const satisfies Scenario;
