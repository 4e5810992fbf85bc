/** `npm run findings`: judges SCIMMY on Express, and prints what docs/findings/scimmy.md was written from. */
import { conform } from '../../harness/index.ts';
import { startScimmy } from './scimmy.ts';

const token = 'token-of-the-findings';
const server = await startScimmy(token);
try {
  const { run } = await conform({ baseUrl: server.url, credential: { kind: 'bearer', token } });
  const counts = new Map<string, number>();
  for (const { outcome, severity, check, case: instance, clause, expected, actual } of run.verdicts) {
    const key = outcome === 'fail' ? severity : outcome;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    if (outcome === 'fail')
      console.log(`${severity} ${check} ${instance} (${clause})\n  right: ${expected}\n  came:  ${actual}`);
  }
  console.log([...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', '));
} finally {
  await server.close();
}
