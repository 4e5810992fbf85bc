/** `npm run histories -- --cases 2000 --seed 1`: a long run of the histories of accounts, and what it went through. */
import { parseArgs } from 'node:util';
import { playHistories } from './play.ts';

const { values } = parseArgs({ options: { cases: { type: 'string', default: '2000' }, seed: { type: 'string' } } });
const seed = values.seed === undefined ? Date.now() % 2_147_483_647 : Number(values.seed);
process.stdout.write(`seed ${seed}\n`);
const { rows, steps, answers } = await playHistories(Number(values.cases), { seed });
const lines = (map: ReadonlyMap<string, number>) =>
  [...map].map(([name, count]) => `${String(count).padStart(8)}  ${name}\n`);
process.stdout.write(`${values.cases} histories of ${steps} steps keep every invariant\n`);
process.stdout.write(`\ntransitions\n${lines(rows).join('')}\nanswers\n${lines(answers).sort().join('')}`);
const missed = [...rows].filter(([, count]) => count === 0).map(([name]) => name);
if (missed.length > 0) {
  process.stderr.write(`never met: ${missed.join(', ')}\n`);
  process.exitCode = 1;
}
