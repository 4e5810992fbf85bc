import { account, answers, mails, proving } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { ask, change, expects, onAccount, reactivate, suspend, sync, wait, watch } from '../step.ts';
import { opened } from './opening.ts';

/** The trap: whoever is renamed during a suspension comes back as somebody new, who has to accept an invitation. */
export const movedWhileSuspended = {
  id: 'moved-while-suspended',
  title: 'Somebody gets another address while suspended, and comes back as somebody new',
  proves: ['OP-29a', 'OP-29b', 'OP-29c'],
  idp: ['jumpcloud'],
  because: 'address-of-its-own',
  account: ['self-hosted', 'hosted'],
  steps: [
    ...opened,
    onAccount('accept', 'ada'),
    wait('1 hour'),
    suspend('ada'),
    sync(),
    watch(),
    change('ada', { email: 'countess' }),
    sync(),
    reactivate('ada'),
    sync(),
    expects(
      account('ada').stands('invited'),
      mails('invitation', 'ada', 1),
      proving('OP-29b', mails('address-confirmation', 'ada', 0)),
    ),
    ask('GET /Users/{ada}'),
  ],
  expect: [
    proving('OP-29b', answers({ 'body.userName': '{answer.address}' })),
    proving('OP-29c', answers({ 'body.active': false })),
  ],
} as const satisfies Scenario;
