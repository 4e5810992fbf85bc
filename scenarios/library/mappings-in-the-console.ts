import { answers, creates, logs, proving, requests, wire } from '../expectation.ts';
import type { Scenario } from '../scenario.ts';
import { attempt, expects, hire, join, map, preview, sync, unmap, watch } from '../step.ts';
import { boundUnmanaged } from './opening.ts';

export const mappingsInTheConsole = {
  id: 'mappings-in-the-console',
  title: 'The mappings are previewed on the first person, a row is removed, and a faulty userName stops everything',
  proves: ['JC-35', 'JC-28b', 'JC-Q33b'],
  steps: [
    ...boundUnmanaged,
    sync(),
    hire('ada'),
    hire('ben'),
    hire('cleo'),
    preview(),
    expects(answers({ 'user.userName': '{ada.email}' })),
    unmap('title'),
    join('ben', 'eng'),
    sync(),
    expects(proving('JC-28b', wire.sends(creates('ben', { userName: 'email' }, { title: null })))),
    map({ target: 'userName', kind: 'expression', expression: "split(jcUser.firstname, 'x')[7]" }),
    watch(),
    join('cleo', 'eng'),
    attempt(sync()),
  ],
  expect: [
    proving('JC-Q33b', wire.never(requests('POST /Users'))),
    proving('JC-Q33b', logs('user_create_provision', { about: 'cleo', success: false })),
  ],
} as const satisfies Scenario;
