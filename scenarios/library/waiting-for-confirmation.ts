import { answers } from '../expectation.ts';
import { PATCH_OP } from '../../scim/message/urn.ts';
import type { Scenario } from '../scenario.ts';
import { ask, onAccount } from '../step.ts';
import { opened } from './opening.ts';

export const waitingForConfirmation = {
  id: 'waiting-for-confirmation',
  title: 'Whoever accepted and waits to be confirmed reads as active',
  proves: ['OP-15b'],
  account: ['self-hosted'],
  steps: [
    ...opened,
    onAccount('accept', 'ada'),
    ask('PATCH /Users/{ada}', {
      schemas: [PATCH_OP],
      Operations: [{ op: 'replace', path: 'name.givenName', value: 'Augusta' }],
    }),
    ask('GET /Users/{ada}'),
  ],
  expect: [answers({ 'body.active': true })],
} as const satisfies Scenario;
