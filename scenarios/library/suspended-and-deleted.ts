import { account, answers, proving } from '../expectation.ts';
import { PATCH_OP } from '../../scim/message/urn.ts';
import type { Scenario } from '../scenario.ts';
import { ask, expects, hire, join, onAccount, suspend, sync, wait } from '../step.ts';
import { opened } from './opening.ts';

export const suspendedAndDeleted = {
  id: 'suspended-and-deleted',
  title: 'Whoever is suspended can still be read; a DELETE is answered as the account means it',
  proves: ['OP-25b', 'OP-26a', 'OP-28a', 'OP-28b'],
  account: ['self-hosted', 'hosted'],
  steps: [
    ...opened,
    hire('cleo'),
    join('cleo', 'eng'),
    sync(),
    onAccount('accept', 'ada'),
    onAccount('accept', 'ben'),
    wait('1 hour'),
    suspend('ada'),
    sync(),
    ask('GET /Users/{ada}'),
    expects(answers({ status: 200, 'body.active': false })),
    // Cleo never accepted.
    ask('PATCH /Users/{cleo}', { schemas: [PATCH_OP], Operations: [{ op: 'replace', path: 'active', value: false }] }),
    expects(proving('OP-26a', answers({ status: 200, 'body.active': false }))),
    ask('DELETE /Users/{ben}'),
    expects(proving('OP-28a', answers({ status: 204 })), proving('OP-28a', account('ben').stands('suspended'))),
    onAccount('deleteForGood', 'ada'),
    ask('GET /Users/{ada}'),
  ],
  expect: [proving('OP-28b', answers({ status: 404 }))],
} as const satisfies Scenario;
