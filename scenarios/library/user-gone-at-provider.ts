import { account, creates, logs, proving, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { attempt, change, expects, reactivate, suspend, sync, vanish, watch } from '../step.ts';
import { opened } from './opening.ts';

export const userGoneAtProvider = {
  id: 'user-gone-at-provider',
  title: 'A user vanishes at the service provider: an update makes a new one, a deactivation makes none',
  proves: ['JC-Q10a', 'JC-Q10b'],
  steps: [
    ...opened,
    vanish('ben'),
    watch(),
    change('ben', { lastname: 'King' }),
    sync(),
    expects(proving('JC-Q10a', wire.sends(creates('ben', { 'name.familyName': 'lastname' })))),
    vanish('ada'),
    watch(),
    suspend('ada'),
    attempt(sync()),
    expects(
      proving('JC-Q10b', wire.never(creates('ada'))),
      proving('JC-Q10b', logs('user_deprovision', { about: 'ada', success: false })),
    ),
    reactivate('ada'),
    sync(),
  ],
  expect: [proving('JC-Q10a', account('ada').is('active'))],
} as const satisfies Scenario;
