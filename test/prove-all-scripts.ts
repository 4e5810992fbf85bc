/**
 * The script of every fault on every defect: `npm run proof:scripts` writes docs/scripts.json, prints each script that did not
 * do what it should, and a summary: how many end with 1 on the provider with the defect and with 0 on the one without. Exit
 * code 1 when one did not.
 *
 * `-- --only <text>,<text>` tries what is not in the file yet, or odd there, and what has one of the texts in its id; the
 * rest of the file stays. It also goes on after an interruption: `-- --only none`.
 * `-- --try <text>,<text>` writes no file. `-- --keep <folder>` keeps odd scripts there, with what they printed.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { defects } from '../conformance/proof/index.ts';
import { endOf, generator, isOdd, scriptProofOf, type ScriptProof, type Shown } from './script-table.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({ options: { only: text, try: text, keep: text } });
const file = fileURLToPath(new URL('../docs/scripts.json', import.meta.url));
const before = values.only === undefined ? undefined : (JSON.parse(readFileSync(file, 'utf8')) as ScriptProof);
if (before && before.generator !== generator()) {
  throw new Error('scripts are made in another way now than those of docs/scripts.json: run without --only');
}
const texts = (values.try ?? values.only ?? '').split(',');
const isOpen = ({ id, noticedBy }: (typeof defects)[number]): boolean => {
  const ends = before?.defects[id] ?? {};
  return before !== undefined && (Object.keys(ends).join() !== noticedBy.join() || Object.values(ends).some(isOdd));
};
const waiting = defects
  .filter(defect => isOpen(defect) || texts.some(part => defect.id.includes(part)))
  .map(({ id }) => id);
const total = waiting.length;
const tried = new Map<string, readonly Shown[]>();

/** One process, fed with one id after another. */
async function work(): Promise<void> {
  const child = fork(new URL('prove-some-scripts.ts', import.meta.url), { execArgv: ['--import', 'tsx'] });
  child.on('message', (message: readonly [string, readonly Shown[]] | 'ready') => {
    if (message !== 'ready') tell(...message);
    const next = waiting.shift();
    if (next === undefined) child.disconnect();
    else child.send(next);
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`a process of the proof ended with ${code}`);
}

function tell(id: string, shown: readonly Shown[]): void {
  tried.set(id, shown);
  for (const one of shown) {
    const end = endOf(one);
    if (!isOdd(end)) continue;
    process.exitCode = 1;
    process.stdout.write(`${id} ${one.check} ${JSON.stringify(end)}\n`);
    if (values.keep === undefined) continue;
    mkdirSync(values.keep, { recursive: true });
    writeFileSync(join(values.keep, `${id}--${one.check}.sh`), one.script);
    writeFileSync(join(values.keep, `${id}--${one.check}.txt`), one.output);
  }
  if (tried.size % 50 !== 0) return;
  process.stdout.write(`${tried.size}/${total}\n`);
  write();
}

await Promise.all(Array.from({ length: availableParallelism() }, work));
const ends = [...tried.values()].flat().map(endOf);
const counts = new Map<string, number>();
for (const end of ends) {
  const word = isOdd(end) ? 'odd' : end;
  counts.set(word, (counts.get(word) ?? 0) + 1);
}
process.stdout.write(
  `${ends.length} scripts of ${total} defects: ${[...counts].map(([word, count]) => `${count} ${word}`).join('; ')}\n`,
);
write();

/** What is known so far, so that `--only` can go on after an interruption. */
function write(): void {
  if (values.try !== undefined) return;
  const proof = scriptProofOf(tried, before);
  writeFileSync(file, `${JSON.stringify(proof, null, 2)}\n`);
  process.stdout.write(`${proof.shown} of ${proof.scripts} scripts shown; written ${file}\n`);
}
