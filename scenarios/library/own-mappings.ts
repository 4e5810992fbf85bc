import { creates, proving, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { activate, bind, createGroup, hire, join, manageGroups, map, sync } from '../step.ts';
import { ENTERPRISE_USER } from '../../scim/message/urn.ts';

export const ownMappings = {
  id: 'own-mappings',
  title: 'Mappings of an admin: fields, expressions, constants, custom attributes',
  proves: ['JC-33a', 'JC-33b', 'JC-33c', 'JC-34', 'JC-Q31', 'JC-Q33a'],
  steps: [
    manageGroups(true),
    createGroup('eng', 'Engineering'),
    bind('eng'),
    map({ target: 'nickName', kind: 'direct', source: 'middlename' }),
    map({
      target: 'profileUrl',
      kind: 'expression',
      expression: "'https://people.example/' + lower(jcUser.firstname)",
    }),
    map({ target: 'timezone', kind: 'constant', value: 'Europe/Paris' }),
    map({ target: 'userType', kind: 'custom', source: 'badge' }),
    map({ target: 'title', kind: 'expression', expression: "split(jcUser.firstname, 'x')[7]" }),
    activate(),
    hire('ada', { middlename: 'Augusta', department: '', attributes: [{ name: 'Badge', value: 'staff' }] }),
    join('ada', 'eng'),
    sync(),
  ],
  expect: [
    wire.sends(creates('ada', { nickName: 'middlename' })),
    proving('JC-33b', wire.sends(creates('ada', {}, { profileUrl: 'https://people.example/ada' }))),
    proving('JC-33c', wire.sends(creates('ada', {}, { timezone: 'Europe/Paris' }))),
    proving('JC-34', wire.sends(creates('ada', {}, { userType: null }))),
    proving('JC-Q31', wire.sends(creates('ada', {}, { [`${ENTERPRISE_USER}:department`]: null }))),
    proving('JC-Q33a', wire.sends(creates('ada', {}, { title: null }))),
  ],
} as const satisfies Scenario;
