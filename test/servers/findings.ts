/** `npm run findings [-- scimmy|better-auth]`: judges a published server, prints what its page under docs/findings was written from. */
import { conform } from '../../harness/index.ts';
import { thirdPartyServers } from './third-party.ts';

const token = 'token-of-the-findings-0123456789abcdef';
const [name = 'scimmy', ...more] = process.argv.slice(2);
const start = Object.entries(thirdPartyServers).find(([each]) => each === name)?.[1];
if (!start || more.length > 0) {
  console.error(`The server is one of ${Object.keys(thirdPartyServers).join(', ')}; without a name it is scimmy.`);
  process.exit(2);
}
const only = process.env['SCIMULATOR_ONLY']?.split(',');
const server = await start(token);
try {
  const target = { baseUrl: server.url, credential: { kind: 'bearer', token } } as const;
  const { run } = await conform(target, only ? { choice: { only } } : {});
  const counts = new Map<string, number>();
  for (const {
    outcome,
    severity,
    check,
    case: instance,
    clause,
    expected,
    actual,
    reason,
    blockedBy,
  } of run.verdicts) {
    const key = outcome === 'fail' ? severity : outcome;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    if (outcome === 'fail')
      console.log(`${severity} ${check} ${instance} (${clause})\n  right: ${expected}\n  came:  ${actual}`);
    if (outcome === 'inconclusive')
      console.log(`inconclusive ${check} ${instance}${blockedBy && `, for ${blockedBy}`}\n  ${reason}`);
  }
  console.log([...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', '));
  const { users, groups } = server.left();
  console.log(`left behind: ${users} users, ${groups} groups`);
} finally {
  await server.close();
}
