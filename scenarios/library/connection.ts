import { answers, proving } from '../expectation.ts';
import { USER } from '../../scim/message/urn.ts';
import type { Scenario } from '../scenario.ts';
import { ask, expects } from '../step.ts';

const NEWCOMER = { schemas: [USER], userName: 'nobody@connection.example' };

/** What identity providers try before anything is provisioned, and what they are told when the token is wrong. */
export const connection = {
  id: 'connection',
  title: 'The endpoint is served under its address to whoever has the token, and to nobody else',
  proves: ['OP-1a', 'OP-1b', 'OP-3a', 'OP-3b', 'OP-3c', 'OP-23b', 'OP-54', 'OP-55'],
  account: ['self-hosted', 'hosted'],
  steps: [
    ask('GET /Users?count=1'),
    expects(answers({ status: 200 }), proving('OP-3a', answers({ status: 200 }))),
    ask('GET //Users'),
    expects(proving('OP-1b', answers({ status: 404 }))),
    ask('GET /Users?count=1', undefined, { token: 'wrong' }),
    expects(proving('OP-3b', answers({ status: 401 })), proving('OP-3c', answers({ challenge: 'Bearer' }))),
    ask('POST /Users', NEWCOMER, { token: '' }),
    expects(proving('OP-3b', answers({ status: 401 }))),
    ask('GET /ServiceProviderConfig'),
    expects(proving('OP-23b', answers({ 'body.changePassword.supported': false }))),
    // Entra ID asks for a person of a random name; Okta asks for pages.
    ask('GET /Users?filter=userName eq "0f8b0a1e-7b47-4c4e-9d43-3a0d7b2f6a11"'),
    expects(proving('OP-54', answers({ status: 200, 'body.totalResults': 0 }))),
    ask('GET /Users?startIndex=1&count=2'),
    expects(proving('OP-55', answers({ status: 200 }))),
    ask('GET /Groups?startIndex=1&count=100'),
  ],
  expect: [proving('OP-55', answers({ status: 200 }))],
} as const satisfies Scenario;
