import { logs, proving } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { change, expects, renameGroup, suspend, sync, watch } from '../step.ts';
import { opened } from './opening.ts';

export const everythingLogged = {
  id: 'everything-logged',
  title: 'Creates, updates and deactivations of people and groups are logged as what they are',
  proves: ['JC-53b', 'JC-53c', 'JC-53d', 'JC-53g', 'JC-53h', 'OP-47'],
  steps: [
    ...opened,
    expects(
      logs('user_create_provision', { about: 'ada', success: true, times: 1 }),
      proving('JC-53g', logs('group_create_provision', { about: 'eng', success: true })),
    ),
    watch(),
    change('ada', { lastname: 'King' }),
    renameGroup('eng', 'Core'),
    sync(),
    suspend('ben'),
    sync(),
  ],
  expect: [
    proving('OP-47', logs('user_update_provision', { about: 'ada', success: true, times: 1 })),
    proving('OP-47', logs('group_update_provision', { about: 'eng', success: true, times: 1 })),
    proving('JC-53c', logs('user_update_provision', { about: 'ada', success: true, times: 1 })),
    proving('JC-53h', logs('group_update_provision', { about: 'eng', success: true, times: 1 })),
    proving('JC-53d', logs('user_deprovision', { about: 'ben', success: true, times: 1 })),
  ],
} as const satisfies Scenario;
