/**
 * What the bridge costs: server CPU for each request, beside scimmy and beside Express alone, in one run. Bars are multiples
 * of Express alone, so they hold on any machine.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { GROUP_SIZE, JOINERS } from './columns.ts';
import { openLane, type Lane } from './lane.ts';
import { learnAnswers, measure, WrongAnswer, type Plan } from './measure.ts';
import { fold, judge, render } from './result.ts';

const USAGE = `npm run bench -- [options]
  --rounds <n>       rounds that count, the median of which is shown (9)
  --warmups <n>      rounds before those (2)
  --requests <n>     requests of each kind to each server in a round (1000)
  --connections <n>  requests under way at once (8)
  --sizes <n,n>      numbers of users (1000,100000)
  --only <a,b>       servers besides the floor (bridge,scimmy)
  --profiles <dir>   write a CPU profile of each kind of request, in one more round
  --json             print JSON
  --check            exit 1 when a bar is passed
`;

const options = {
  rounds: { type: 'string', default: '9' },
  warmups: { type: 'string', default: '2' },
  requests: { type: 'string', default: '1000' },
  connections: { type: 'string', default: '8' },
  sizes: { type: 'string', default: '1000,100000' },
  only: { type: 'string', default: 'bridge,scimmy' },
  profiles: { type: 'string' },
  json: { type: 'boolean', default: false },
  check: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** Milliseconds that a round of one column may take a slow server. */
const PATIENCE = 1000;

/** @throws RangeError for what is no whole number, or too small */
function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least) {
    throw new RangeError(`--${name} takes a whole number of at least ${least}, not ${JSON.stringify(text)}`);
  }
  return value;
}

const version = (name: string): string => {
  const file = new URL(`../node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
};

async function main(): Promise<number> {
  const { values } = parseArgs({ options });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const plan: Plan = {
    rounds: whole('rounds', values.rounds, 1),
    warmups: whole('warmups', values.warmups, 0),
    requests: whole('requests', values.requests, 1),
    connections: whole('connections', values.connections, 1),
    patience: PATIENCE,
    profiles: values.profiles,
  };
  const sizes = values.sizes.split(',').map(size => whole('sizes', size, GROUP_SIZE));
  if (plan.profiles !== undefined) mkdirSync(plan.profiles, { recursive: true });
  const tell = (text: string): void => void process.stderr.write(`${text}\n`);

  const lanes: Lane[] = [];
  try {
    for (const server of values.only.split(',')) {
      for (const size of sizes) {
        tell(`filling ${server} with ${size} users`);
        const lane = await openLane(server, size + JOINERS, plan.connections);
        lanes.push({ ...lane, size });
      }
    }
    const [teacher] = lanes;
    if (teacher?.server !== 'bridge') throw new RangeError('--only has to begin with bridge');
    const answers = await learnAnswers(teacher);
    const floor = { ...(await openLane('floor', 0, plan.connections)), ids: teacher.ids };
    await floor.ask({ ask: 'learn', answers });
    lanes.unshift(floor);

    const samples = await measure(lanes, plan, tell);
    const cells = fold(samples);
    const judgements = judge(cells);
    const machine = `Node ${process.version}, Express ${version('express')}, scimmy ${version('scimmy')}, ${cpus()[0]?.model ?? 'unknown CPU'}`;
    const bytes = Object.fromEntries(Object.entries(answers).map(([id, { text }]) => [id, Buffer.byteLength(text)]));
    const memory: Record<string, number> = {};
    for (const lane of lanes) memory[`${lane.server} ${lane.size}`] = Number(await lane.ask({ ask: 'memory' }));
    process.stdout.write(
      values.json
        ? `${JSON.stringify({ machine, plan, bytes, memory, cells, judgements, samples })}\n`
        : `${machine}\nbytes of an answer: ${JSON.stringify(bytes)}\n\n${render(cells, judgements)}`,
    );
    return values.check && judgements.some(({ isOver }) => isOver) ? 1 : 0;
  } finally {
    await Promise.all(lanes.map(lane => lane.close()));
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  const isMistake = error instanceof RangeError || (error as NodeJS.ErrnoException).code?.startsWith('ERR_PARSE_ARGS');
  process.stderr.write(isMistake ? `${(error as Error).message}\n\n${USAGE}` : `${String(error)}\n`);
  if (!isMistake && !(error instanceof WrongAnswer)) throw error;
  process.exitCode = isMistake ? 2 : 1;
}
