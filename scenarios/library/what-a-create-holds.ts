import { creates, proving, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { hire, join, sync } from '../step.ts';
import { boundUnmanaged } from './opening.ts';
import { ENTERPRISE_USER } from '../../scim/message/urn.ts';

export const whatACreateHolds = {
  id: 'what-a-create-holds',
  title: 'A create holds the defaults and nothing else',
  proves: ['JC-26k', 'JC-27a', 'JC-27b', 'JC-Q4', 'JC-Q35'],
  steps: [
    ...boundUnmanaged,
    hire('ada', { middlename: 'Augusta', location: 'Paris', username: 'ada.byron' }),
    join('ada', 'eng'),
    sync(),
  ],
  expect: [
    wire.sends(
      creates(
        'ada',
        {},
        {
          nickName: null,
          profileUrl: null,
          timezone: null,
          groups: null,
          roles: null,
          location: null,
          'name.middleName': null,
          [`${ENTERPRISE_USER}:manager`]: null,
          [`${ENTERPRISE_USER}:division`]: null,
        },
      ),
    ),
    proving(
      'JC-27a',
      wire.sends(creates('ada', { [`${ENTERPRISE_USER}:department`]: 'department' }, { department: null })),
    ),
    proving(
      'JC-27b',
      wire.sends(creates('ada', {}, { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE_USER] })),
    ),
    proving('JC-Q4', wire.sends(creates('ada', { userName: 'email' }))),
    proving('JC-Q35', wire.sends(creates('ada', {}, { 'name.formatted': null }))),
  ],
} as const satisfies Scenario;
