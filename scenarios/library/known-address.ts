import { answers, creates, mails, proving, wire } from '../expectation.ts';
import { USER } from '../../scim/message/urn.ts';
import type { Scenario } from '../scenario.ts';
import { ask, expects, hire, join, onAccount, sync, watch } from '../step.ts';
import { boundUnmanaged } from './opening.ts';

export const knownAddress = {
  id: 'known-address',
  title: 'Somebody is a member already: they are found, linked, and not invited again',
  proves: ['OP-11a', 'OP-11b', 'OP-11c'],
  account: ['self-hosted', 'hosted'],
  steps: [
    ...boundUnmanaged,
    hire('ada', { email: 'Ada' }),
    onAccount('addPerson', '', { address: '{ada.email}', name: 'Ada Byron' }),
    watch(),
    join('ada', 'eng'),
    sync(),
    expects(wire.never(creates('ada')), proving('OP-11b', mails('invitation', 'ada', 0))),
    ask('POST /Users', { schemas: [USER], userName: '{ada.email}' }),
  ],
  expect: [proving('OP-11c', answers({ status: 409, 'body.scimType': 'uniqueness' }))],
} as const satisfies Scenario;
