import { account, answers, mails } from '../expectation.ts';
import { USER } from '../../scim/message/urn.ts';
import type { Scenario } from '../scenario.ts';
import { ask, expects, hire, onAccount } from '../step.ts';

export const allowedDomains = {
  id: 'allowed-domains',
  title: 'An address of a domain that is not allowed is refused, and nobody is invited',
  proves: ['OP-33'],
  account: ['self-hosted', 'hosted'],
  steps: [
    hire('ada'),
    onAccount('setDomains', '', { domains: ['other.example'] }),
    ask('POST /Users', { schemas: [USER], userName: '{ada.email}' }),
    expects(answers({ status: 400, 'body.scimType': 'invalidValue' }), mails('invitation', 'ada', 0)),
  ],
  expect: [account('ada').stands('none')],
} as const satisfies Scenario;
