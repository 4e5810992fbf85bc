/**
 * `npm run bench:start`: how long `scimulator --help` takes, as a multiple of what Node takes to do nothing in the same round;
 * the built command, so build first. Rounds are interleaved, and the median of their ratios counts. Exit code 1 when the bar is
 * passed.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median } from './result.ts';

const BAR = 1.8;
const ROUNDS = 31;
const command = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

function milliseconds(args: readonly string[]): number {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}; npm run build makes the command`);
  return performance.now() - start;
}

const rounds = Array.from({ length: ROUNDS }, (_, round) => {
  // Every other round goes the other way, so that nobody always comes second.
  const [first, second] = round % 2 === 0 ? [nothing, help] : [help, nothing];
  const [one, other] = [first(), second()];
  return round % 2 === 0 ? { node: one, own: other } : { node: other, own: one };
});
const ratio = median(rounds.map(({ node, own }) => own / node));
const isOver = ratio > BAR;
if (isOver) process.exitCode = 1;
const shown = (values: readonly number[]) => `${median(values).toFixed(0)} ms`;
process.stdout.write(
  `scimulator --help ${shown(rounds.map(({ own }) => own))}, node -e 0 ${shown(rounds.map(({ node }) => node))}: ` +
    `${ratio.toFixed(2)} times   bar ${BAR}${isOver ? '  OVER' : ''}\n`,
);

function nothing(): number {
  return milliseconds(['-e', '0']);
}

function help(): number {
  return milliseconds([command, '--help']);
}
