import { account, answers, creates, mails, proving, wire } from '../expectation.ts';
import { USER } from '../../scim/message/urn.ts';
import type { Scenario } from '../scenario.ts';
import { ask, hire, expects, join, sync } from '../step.ts';
import { boundUnmanaged } from './opening.ts';

export const anotherAddress = {
  id: 'another-address',
  title: 'The same person under another address is somebody else, and the old one stays as it is',
  proves: ['OP-12a', 'OP-12b', 'OP-13a'],
  account: ['self-hosted', 'hosted'],
  steps: [
    ...boundUnmanaged,
    hire('old'),
    join('old', 'eng'),
    sync(),
    hire('new'),
    join('new', 'eng'),
    sync(),
    expects(
      wire.sends(creates('new')),
      proving('OP-12a', mails('invitation', 'new', 1)),
      proving('OP-12b', account('old').is('active')),
      proving('OP-12b', account('old').mirrors({ userName: 'email' })),
    ),
    hire('third'),
    ask('POST /Users', {
      schemas: [USER],
      userName: '{third.email}',
      name: { givenName: 'Third', familyName: 'Person' },
    }),
  ],
  expect: [proving('OP-13a', answers({ status: 201 })), proving('OP-13a', account('third').stands('invited'))],
} as const satisfies Scenario;
