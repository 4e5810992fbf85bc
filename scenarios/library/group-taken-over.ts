import { addsMember, createsGroup, group, proving, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { activate, bind, createGroup, hire, join, manageGroups, present, presentGroup, sync } from '../step.ts';

export const groupTakenOver = {
  id: 'group-taken-over',
  title: 'A group of the same name is at the service provider already, with somebody of its own in it',
  proves: ['JC-42', 'JC-Q23', 'OP-42'],
  idp: ['jumpcloud', 'okta-oin', 'entra', 'entra-aadoptscim062020', 'plain'],
  because: 'groups-sent-whole',
  steps: [
    manageGroups(true),
    createGroup('eng', 'Engineering'),
    hire('ada'),
    hire('zed'),
    join('ada', 'eng'),
    bind('eng'),
    present('zed'),
    presentGroup('eng', 'zed'),
    activate(),
    sync(),
  ],
  expect: [
    wire.never(createsGroup('eng')),
    group('eng').has('ada'),
    proving('JC-Q23', group('eng').has('zed')),
    proving('OP-42', wire.sends(addsMember('ada', 'eng'))),
  ],
} as const satisfies Scenario;
