/**
 * The full cross of `explore` and the seeded defects of provisioning, with three seeds and the library of stories off;
 * and for each defect the first story of the library that turns red. `npm run exploration` writes docs/exploration.json
 * and tells what was missed; it takes the better part of an hour, and goes on where it was interrupted.
 *
 * `npm run exploration -- --only <text>,<text>` also runs again what has one of the texts in its id; `--anew` everything.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import type { Explored } from './explore-one.ts';
import { deepFound, explorationFile, fingerprint, readExploration, SEEDS, STEPS } from './exploration-table.ts';
import { needs, provisioningDefects } from './index.ts';
import { storyThatFinds } from './story-that-finds.ts';

interface Answer {
  readonly id: string;
  readonly seed: number;
  readonly explored: Explored;
}

const { values } = parseArgs({ options: { only: { type: 'string' }, anew: { type: 'boolean' } } });
const texts = values.only?.split(',') ?? [];
const written = existsSync(explorationFile) ? readExploration() : undefined;
const before = written && !values.anew && written.fingerprint === fingerprint() ? written.defects : {};
const met = new Map(provisioningDefects.map(({ id }) => [id, new Map(Object.entries(before[id] ?? {}))] as const));
const waiting = provisioningDefects
  .toSorted((a, b) => needs(b) - needs(a))
  .flatMap(({ id }) => SEEDS.map(seed => ({ id, seed })))
  .filter(({ id, seed }) => !met.get(id)?.has(String(seed)) || texts.some(text => id.includes(text)));
const total = waiting.length;
const stories = new Map(Object.entries(values.anew ? {} : (written?.stories ?? {})));
let done = 0;

const write = (): void => {
  const defects = Object.fromEntries([...met].map(([id, seeds]) => [id, Object.fromEntries([...seeds].sort())]));
  writeFileSync(
    explorationFile,
    `${JSON.stringify({ fingerprint: fingerprint(), steps: STEPS, stories: Object.fromEntries(stories), defects }, null, 2)}\n`,
  );
};

/** One process, fed with one order after another. */
async function work(): Promise<void> {
  const child = fork(new URL('explore-some.ts', import.meta.url), { execArgv: ['--import', 'tsx'] });
  child.on('message', (message: Answer | 'ready') => {
    if (message !== 'ready') take(message);
    const next = waiting.shift();
    if (next === undefined) child.disconnect();
    else child.send(next);
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`a process of the exploration ended with ${code}`);
}

function take({ id, seed, explored }: Answer): void {
  done += 1;
  met.get(id)?.set(String(seed), explored);
  // What was found is kept should the rest be interrupted.
  write();
  const { found, by, deeds, after } = explored;
  const said = found ? `found by ${by} after ${after} steps, ${deeds} left` : `not found in ${after} steps`;
  process.stdout.write(`${done}/${total} ${id}, seed ${seed}: ${said}\n`);
}

/** Stories are played here, beside the other processes. */
async function play(): Promise<void> {
  for (const defect of provisioningDefects) {
    if (stories.has(defect.id) && !texts.some(text => defect.id.includes(text))) continue;
    const story = await storyThatFinds(defect);
    stories.set(defect.id, story);
    write();
    process.stdout.write(`${defect.id}: ${story === '' ? 'no story turns red' : `the story ${story} turns red`}\n`);
  }
}

await Promise.all([play(), ...Array.from({ length: availableParallelism() }, work)]);
const table = readExploration();
const missed = provisioningDefects.filter(({ id }) => !SEEDS.some(seed => table.defects[id]?.[seed]?.found));
const deep = provisioningDefects.filter(defect => needs(defect) >= 4).length;
process.stdout.write(
  `${provisioningDefects.length - missed.length} of ${provisioningDefects.length} defects are found; of ${deep} that take four steps or more, ${deepFound(table).length} with every seed and in ten steps or fewer\n`,
);
if (missed.length > 0) process.stdout.write(`never found: ${missed.map(({ id }) => id).join(', ')}\n`);
