/**
 * `npm run bench:suite`: what the conformance suite takes on a bridge in a process of its own: requests, the longest chain
 * of requests that wait for one another, and time, as it is and with 100 ms added to every answer. Beside it stands what as
 * many plain reads take in the same run. `rerun` of one check is a process of its own, its start included: the built command,
 * so build first. Exit code 1 when a bar is passed.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { conform } from '../harness/index.ts';
import type { Hop } from '../scim/wire/message.ts';
import { openLane } from './lane.ts';
import { TOKEN } from './people.ts';
import { median } from './result.ts';

/** Users that are there already. */
const RESIDENTS = 20;
const ROUNDS = 3;
const bars = { requests: 6_000, chain: 150, seconds: 5, latentSeconds: 60, rerunSeconds: 2 };
const LATENCY_MS = 100;
const IN_FLIGHT = { local: 8, latent: 16 };

const late: Hop = async (request, next) => {
  await new Promise(resolve => setTimeout(resolve, LATENCY_MS));
  return next(request);
};

/** `scimulator rerun` of one check, as a user runs it. @throws Error when the command is not built, or ends otherwise */
async function rerun(url: string): Promise<void> {
  const command = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'scimulator-bench-'));
  try {
    const args = [command, 'rerun', 'patch.status', url, '--token-env', 'BENCH_TOKEN', '--out', folder];
    const child = spawn(process.execPath, args, { env: { ...process.env, BENCH_TOKEN: TOKEN }, stdio: 'ignore' });
    const [code] = (await once(child, 'exit')) as [number | null];
    if (code !== 0) throw new Error(`scimulator rerun ended with ${code}; npm run build makes the command`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

const lane = await openLane('bridge', RESIDENTS, IN_FLIGHT.local);
try {
  const target = { baseUrl: lane.url, credential: { kind: 'bearer', token: TOKEN } } as const;
  const { run } = await conform(target);
  const chains = new Map<string, number>();
  for (const { scope } of run.exchanges.values()) chains.set(scope, (chains.get(scope) ?? 0) + 1);
  const requests = run.exchanges.size;
  const chain = Math.max(...chains.values());

  const local: number[] = [];
  const reads: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    local.push(await seconds(async () => conform(target)));
    reads.push(
      await seconds(async () => {
        let left = requests;
        const worker = async (): Promise<void> => {
          while (left > 0) {
            left -= 1;
            await lane.send({ method: 'GET', path: `/Users/${lane.ids[left % lane.ids.length] ?? ''}` });
          }
        };
        await Promise.all(Array.from({ length: IN_FLIGHT.local }, worker));
      }),
    );
  }
  const again: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) again.push(await seconds(async () => rerun(lane.url)));
  const latent = await seconds(async () => conform(target, { concurrency: IN_FLIGHT.latent, hops: [late] }));

  const rows = [
    ['requests', requests, bars.requests],
    ['requests of one probe', chain, bars.chain],
    [`seconds, ${IN_FLIGHT.local} probes at once`, median(local), bars.seconds],
    [`seconds with ${LATENCY_MS} ms a request, ${IN_FLIGHT.latent} probes at once`, latent, bars.latentSeconds],
    ['seconds of rerun of one check', median(again), bars.rerunSeconds],
  ] as const;
  for (const [what, value, bar] of rows) {
    const isOver = value > bar;
    if (isOver) process.exitCode = 1;
    const shown = Number.isInteger(value) ? String(value) : value.toFixed(1);
    process.stdout.write(`${what.padEnd(52)} ${shown.padStart(6)}   bar ${bar}${isOver ? '  OVER' : ''}\n`);
  }
  const ratio = median(local) / median(reads);
  process.stdout.write(`${ratio.toFixed(1)} times as many plain reads (${median(reads).toFixed(1)} s)\n`);
} finally {
  await lane.close();
}
