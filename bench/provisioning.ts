/**
 * `npm run bench:provisioning`: what a simulated JumpCloud takes to provision a whole organisation to the bridge over
 * loopback, beside a bare client that sends as many requests of the same kinds to a bare Express server in the same run.
 * The servers have processes of their own; rounds are interleaved, and medians are shown. All of it is compiled first, for
 * that is what people run. Exit code 1 when the simulator is slower than the bar, or sends more than it has to.
 */
import { parseArgs } from 'node:util';
import { pipe, type Hop } from '../scim/wire/message.ts';
import { createTransport } from '../scim/wire/transport.ts';
import { createSimulator, generateOrganisation, jumpcloud } from '../simulator/index.ts';
import { openLane, type Call } from './lane.ts';
import { TOKEN } from './people.ts';
import { median } from './result.ts';

const USAGE = `npm run bench:provisioning -- [options]
  --people <n>     people to provision (10000)
  --groups <n>     groups they are dealt to (200)
  --rounds <n>     rounds that count, the median of which is shown (3)
  --warmups <n>    rounds before those (1)
  --in-flight <n>  requests under way at once (8)
`;
const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '10000' },
    groups: { type: 'string', default: '200' },
    rounds: { type: 'string', default: '3' },
    warmups: { type: 'string', default: '1' },
    'in-flight': { type: 'string', default: '8' },
    help: { type: 'boolean', default: false },
  },
});

/** Share of the rate of the bare client that the simulator has to reach. */
const BAR = 0.5;
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** How often a kind of request was sent, and one of them. */
interface Kind {
  readonly sample: Call;
  count: number;
}

interface Measured {
  readonly kinds: ReadonlyMap<string, Kind>;
  readonly requests: number;
  readonly seconds: number;
}

const people = whole('people', 1);
const groups = whole('groups', 1);
const rounds = whole('rounds', 1);
const warmups = whole('warmups', 0);
const inFlight = whole('in-flight', 1);
const organisation = dealt(people, groups);

/** An option as a number; ends the bench where it is none, or too small. */
function whole(name: 'people' | 'groups' | 'rounds' | 'warmups' | 'in-flight', least: number): number {
  const value = Number(values[name]);
  if (Number.isSafeInteger(value) && value >= least) return value;
  process.stderr.write(`--${name} takes a whole number of at least ${least}, not ${JSON.stringify(values[name])}\n`);
  process.exit(2);
}

/** Everybody is in one group, and no group is larger than the others. */
function dealt(size: number, groupCount: number): ReturnType<typeof generateOrganisation> {
  const { people: everybody } = generateOrganisation({ seed: 1, people: size });
  return {
    people: everybody,
    groups: Array.from({ length: groupCount }, (_, n) => ({
      name: `Team ${n}`,
      description: '',
      members: everybody.filter((_person, index) => index % groupCount === n).map(({ id }) => id),
    })),
  };
}

/** The whole organisation to a new bridge. */
async function provision(): Promise<Measured> {
  const lane = await openLane('bridge', 0, 1);
  const transport = createTransport({ baseUrl: lane.url });
  const kinds = new Map<string, Kind>();
  const counting: Hop = (request, next) => {
    const name = `${request.method} ${/^\/\w+/.exec(request.path)?.[0] ?? request.path}`;
    const known = kinds.get(name);
    const method = METHODS.find(each => each === request.method);
    if (known) known.count += 1;
    else if (method) {
      const body = request.json === undefined ? {} : { body: JSON.stringify(request.json) };
      kinds.set(name, { sample: { method, path: request.path, ...body }, count: 1 });
    }
    return next({ ...request, headers: { ...request.headers, authorization: `Bearer ${TOKEN}` } });
  };
  try {
    const admin = createSimulator({
      dialect: jumpcloud,
      send: pipe([counting], transport.send),
      organisation,
      manageGroups: true,
      inFlight,
    });
    const start = performance.now();
    for (const { id } of admin.groups()) admin.bind(id);
    admin.activate();
    const results = await admin.sync();
    const seconds = (performance.now() - start) / 1000;
    const failed = results.find(({ outcome }) => outcome === 'failed');
    if (failed) throw new Error(`${failed.operation.summary}: ${failed.reason}`);
    const requests = [...kinds.values()].reduce((sum, { count }) => sum + count, 0);
    return { kinds, requests, seconds };
  } finally {
    await transport.close();
    await lane.close();
  }
}

/** As many requests of each kind from a client that does nothing else. */
async function sendBare(kinds: Measured['kinds']): Promise<number> {
  const lane = await openLane('bare', 0, inFlight);
  const calls = [...kinds.values()].flatMap(({ sample, count }) => Array<Call>(count).fill(sample));
  try {
    const start = performance.now();
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let call = calls[next++]; call; call = calls[next++]) await lane.send(call);
    };
    await Promise.all(Array.from({ length: inFlight }, worker));
    return (performance.now() - start) / 1000;
  } finally {
    await lane.close();
  }
}

if (values.help) {
  process.stdout.write(USAGE);
} else {
  const ratios: number[] = [];
  for (let round = 1 - warmups; round <= rounds; round += 1) {
    const { kinds, requests, seconds } = await provision();
    const bare = await sendBare(kinds);
    if (round < 1) continue;
    ratios.push(bare / seconds);
    const rate = (time: number): string => `${Math.round(requests / time)} requests/s`;
    process.stdout.write(
      `round ${round}: ${requests} requests; simulator ${rate(seconds)}, bare client ${rate(bare)}\n`,
    );
    if (round > 1) continue;
    for (const [kind, { count }] of kinds) process.stdout.write(`  ${String(count).padStart(7)} ${kind}\n`);
    // A look-up and a write for each person; a look-up, a create and one PATCH a membership for each group; two test reads.
    const most = 2 * organisation.people.length + 2 * organisation.groups.length + organisation.people.length + 2;
    if (requests > most) {
      process.stdout.write(`  more than the ${most} it takes\n`);
      process.exitCode = 1;
    }
  }
  const ratio = median(ratios);
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  process.stdout.write(
    `${(100 * ratio).toFixed(0)} % of the rate of the bare client (bar ${100 * BAR} %), ${memory} MiB\n`,
  );
  if (ratio < BAR) process.exitCode = 1;
}
