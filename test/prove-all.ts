/**
 * The full cross: every defect and every permitted variant on the reference bridge, with every check it reaches. The gate
 * runs a part of it (test/proof.test.ts). `npm run proof` writes docs/proof.json and tells what was missed, what turned
 * red, and which defects break so much that they prove little; exit code 1 for the first two.
 *
 * `npm run proof -- --only <text>,<text>` runs what is new and what has one of the texts in its id; the rest of the
 * file stays.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { defects, variants } from '../conformance/proof/index.ts';
import { proofOf, type Crossed, type Proof } from './proof-table.ts';

/** Checks that notice a defect, from which on it changes more than one behaviour. */
const BROAD = 60;

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const file = fileURLToPath(new URL('../docs/proof.json', import.meta.url));
const before = values.only === undefined ? undefined : (JSON.parse(readFileSync(file, 'utf8')) as Proof);
const texts = values.only?.split(',') ?? [''];
const isNew = (id: string): boolean => before?.defects[id] === undefined && before?.variants[id] === undefined;
const wanted = ({ id }: { readonly id: string }): boolean => isNew(id) || texts.some(text => id.includes(text));
const waiting = [...defects, ...variants].filter(wanted).map(({ id }) => id);
const total = waiting.length;
const crossed: Crossed[] = [];

/** One process, fed with one id after another. */
async function work(): Promise<void> {
  const child = fork(new URL('prove-some.ts', import.meta.url), { execArgv: ['--import', 'tsx'] });
  child.on('message', (message: Crossed | 'ready') => {
    if (message !== 'ready') {
      crossed.push(message);
      tell(message);
    }
    const next = waiting.shift();
    if (next === undefined) child.disconnect();
    else child.send(next);
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`a process of the proof ended with ${code}`);
}

function tell({ id, missedBy, reddened, isIdle }: Crossed): void {
  const parts = [
    ...(missedBy.length > 0 ? [`not noticed by ${missedBy.join(', ')}`] : []),
    ...(reddened.length > 0 ? [`turns red ${reddened.join(', ')}`] : []),
    ...(isIdle ? ['changes nothing'] : []),
  ];
  if (parts.length > 0) process.exitCode = 1;
  if (parts.length > 0 || crossed.length % 50 === 0) {
    process.stdout.write(`${crossed.length}/${total} ${id}: ${parts.join('; ') || 'as it should be'}\n`);
  }
}

await Promise.all(Array.from({ length: availableParallelism() }, work));
const broad = crossed.filter(({ noticedBy }) => noticedBy.length > BROAD);
for (const { id, noticedBy } of broad) process.stdout.write(`${id}: noticed by ${noticedBy.length} checks\n`);
const counts = crossed
  .flatMap(({ noticedBy }) => (noticedBy.length > 0 ? [noticedBy.length] : []))
  .sort((a, b) => a - b);
process.stdout.write(
  `${crossed.length} crossed; a defect is noticed by ${counts[Math.floor(counts.length / 2)] ?? 0} checks in the middle case\n`,
);
writeFileSync(file, `${JSON.stringify(proofOf(crossed, before), null, 2)}\n`);
process.stdout.write(`written ${file}\n`);
