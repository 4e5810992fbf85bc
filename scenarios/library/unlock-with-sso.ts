import { answers, proving, refused } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { attempt, expects, onAccount, type Step } from '../step.ts';
import { opened } from './opening.ts';

/** What an administrator of the account decides about Unlock with SSO. */
export const unlockAct = (given: Extract<Step, { verb: 'account' }>['given']): Step =>
  onAccount('setUnlock', '', given);

const provider = {
  do: 'connect',
  protocol: 'oidc',
  clientId: 'client-1',
  discovery: 'https://oauth.id.jumpcloud.com/.well-known/openid-configuration',
  roundTrip: 'succeeded',
} as const;

/** An identity provider that answered. */
export const connected = unlockAct(provider);
const OWNER = 'owner@unlock-with-sso.example';
const GUEST = 'guest@unlock-with-sso.example';

export const unlockWithSso = {
  id: 'unlock-with-sso',
  title: 'Who unlocks with SSO: nobody at first, then whom the policy names, never owners',
  proves: ['OP-60', 'OP-64', 'OP-66', 'OP-70', 'OP-71', 'OP-72', 'OP-73', 'OP-74b', 'OP-75'],
  account: ['self-hosted', 'hosted'],
  steps: [
    ...opened,
    onAccount('accept', 'ada'),
    onAccount('addPerson', '', { address: OWNER, role: 'owner' }),
    onAccount('addPerson', '', { address: GUEST, role: 'guest' }),
    attempt(unlockAct({ ...provider, protocol: 'saml' })),
    expects(refused()),
    attempt(unlockAct({ ...provider, discovery: 'oauth.id.jumpcloud.com' })),
    expects(proving('OP-64', refused())),
    attempt(unlockAct({ ...provider, roundTrip: 'failed' })),
    expects(proving('OP-66', refused())),
    connected,
    onAccount('unlock', 'ada'),
    expects(proving('OP-70', answers({ covered: false }))),
    attempt(unlockAct({ do: 'add-group', group: '{eng.name}' })),
    expects(proving('OP-70', refused())),
    attempt(unlockAct({ do: 'choose', value: 'everyone-except-groups' })),
    expects(proving('OP-71', refused())),
    unlockAct({ do: 'choose', value: 'everyone-except-guests' }),
    onAccount('unlock', '', { person: OWNER }),
    expects(proving('OP-72', answers({ covered: false }))),
    onAccount('unlock', '', { person: GUEST }),
    expects(proving('OP-73', answers({ covered: false }))),
    onAccount('unlock', 'ada'),
    expects(proving('OP-74b', answers({ covered: true, signIn: 'must-switch' }))),
    onAccount('switchToSso', 'ada'),
    onAccount('unlock', 'ada'),
    expects(proving('OP-74b', answers({ signIn: 'sso' }))),
    unlockAct({ do: 'choose', value: 'no-one' }),
    onAccount('unlock', 'ada'),
  ],
  expect: [proving('OP-75', answers({ covered: false, signIn: 'account-password' }))],
} as const satisfies Scenario;
