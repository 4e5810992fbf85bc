/** `npm run fuzz -- --requests 100000 --seed 1`: a long fuzz run. Exit 1 when a property does not hold. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fuzz, PAST_LIMIT } from './fuzz.ts';
import { print } from './print.ts';
import { toCurl } from './shrink.ts';

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    defect: { type: 'string' },
  },
});
const report = await fuzz({
  requests: Number(values.requests),
  seed: Number(values.seed),
  ...(values.defect !== undefined && { defect: values.defect }),
  tell: text => void process.stderr.write(`${text}\n`),
});
process.stdout.write(print(report));
if (report.finding) {
  const file = `scimulator-results/fuzz-${report.seed}.sh`;
  mkdirSync('scimulator-results', { recursive: true });
  writeFileSync(file, `${report.finding.reproduction.map(toCurl).join('\n')}\n`);
  process.stdout.write(`written whole to ${file}; set ORIGIN to where the bridge is\n`);
}
const isShallow = report.past < PAST_LIMIT;
if (isShallow)
  process.stdout.write(`too few requests got past authentication and parsing; ${PAST_LIMIT * 100} % have to\n`);
process.exitCode = report.finding || isShallow ? 1 : 0;
