import { answers, proving } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { ask, expects, onAccount } from '../step.ts';

const look = 'GET /Users?count=1';

/** A bridge that was started again is locked until a token unlocks it. */
export const newTokenOfTheBridge = {
  id: 'new-token-of-the-bridge',
  title: 'A bridge gets a new token: the old one ends at once, the new one counts once the bridge was started again',
  proves: ['OP-5a', 'OP-5b'],
  account: ['self-hosted'],
  steps: [
    onAccount('regenerateToken'),
    ask(look),
    expects(answers({ status: 401 })),
    ask(look, undefined, { token: '{answer.token}' }),
    expects(proving('OP-5b', answers({ status: 401 }))),
    onAccount('restart'),
    ask(look, undefined, { token: '{answer.token}' }),
    expects(proving('OP-5b', answers({ status: 200 }))),
    ask(look),
  ],
  expect: [answers({ status: 401 })],
} as const satisfies Scenario;
