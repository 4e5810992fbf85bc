import { account, creates, deactivates, group, proving, requests, updates, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { change, expects, hire, join, leave, manageGroups, renameGroup, sync, watch } from '../step.ts';
import { opened } from './opening.ts';

export const groupsSwitchedOff = {
  id: 'groups-switched-off',
  title: 'Group management is switched off after use: groups stay as they are, people go on',
  proves: ['JC-50a', 'JC-50b', 'JC-50c', 'JC-50d'],
  steps: [
    ...opened,
    watch(),
    manageGroups(false),
    sync(),
    expects(proving('JC-50a', wire.never(requests('* /Groups/{eng}'))), proving('JC-50a', group('eng').has('ada'))),
    watch(),
    hire('cleo'),
    join('cleo', 'eng'),
    renameGroup('eng', 'Core'),
    change('ada', { lastname: 'King' }),
    sync(),
    expects(
      proving('JC-50b', wire.never(requests('* /Groups/'))),
      proving('JC-50c', wire.sends(creates('cleo'))),
      proving('JC-50c', wire.sends(updates('ada', { 'name.familyName': 'lastname' }))),
    ),
    leave('ada', 'eng'),
    sync(),
  ],
  expect: [
    proving('JC-50d', wire.sends(deactivates('ada'))),
    proving('JC-50d', account('ada').is('inactive', 'absent')),
    proving('JC-50b', wire.never(requests('* /Groups/'))),
  ],
} as const satisfies Scenario;
