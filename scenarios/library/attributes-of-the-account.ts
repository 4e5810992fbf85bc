import { account, answers, proving } from '../expectation.ts';
import { PATCH_OP, USER } from '../../scim/message/urn.ts';
import type { Scenario } from '../scenario.ts';
import { ask, expects, hire, join, sync } from '../step.ts';
import { boundUnmanaged } from './opening.ts';

const patch = (path: string, value: string | boolean) => ({
  schemas: [PATCH_OP],
  Operations: [{ op: 'replace', path, value }],
});

export const attributesOfTheAccount = {
  id: 'attributes-of-the-account',
  title: 'An account takes everything that is mapped, keeps what it knows, and leaves alone what is not named',
  proves: ['OP-21a', 'OP-21b', 'OP-20a', 'OP-20b', 'OP-22a', 'OP-22b', 'OP-23a'],
  account: ['self-hosted', 'hosted'],
  steps: [
    ...boundUnmanaged,
    hire('ada', { lastname: 'Byron' }),
    join('ada', 'eng'),
    sync(),
    expects(account('ada').is('active')),
    hire('ben'),
    ask('POST /Users', { schemas: [USER], name: { givenName: 'Ben' } }),
    expects(proving('OP-20a', answers({ status: 400, 'body.scimType': 'invalidValue' }))),
    ask('POST /Users', { schemas: [USER], userName: 'ben' }),
    expects(proving('OP-20b', answers({ status: 400, 'body.scimType': 'invalidValue' }))),
    ask('POST /Users', { schemas: [USER], userName: '{ben.email}', title: 'Dr', nickName: 'Benny' }),
    expects(proving('OP-21b', answers({ status: 201, 'body.title': null, 'body.nickName': null }))),
    ask('PATCH /Users/{ada}', patch('active', true)),
    ask('GET /Users/{ada}'),
    expects(
      proving(
        'OP-22a',
        answers({ status: 200, 'body.active': true, 'body.userName': '{ada.email}', 'body.displayName': 'Ada Byron' }),
      ),
    ),
    ask('PUT /Users/{ada}', { schemas: [USER], userName: '{ada.email}' }),
    ask('GET /Users/{ada}'),
    expects(proving('OP-22b', answers({ 'body.displayName': 'Ada Byron', 'body.name.familyName': 'Byron' }))),
    ask('PATCH /Users/{ada}', patch('password', 'a password of this story')),
  ],
  expect: [proving('OP-23a', answers({ status: 200, 'body.password': null }))],
} as const satisfies Scenario;
