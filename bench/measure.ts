import { join } from 'node:path';
import type { JsonObject } from '../scim/wire/message.ts';
import { columns, type Column } from './columns.ts';
import type { Lane, Reply } from './lane.ts';
import type { LearnedAnswer } from './servers/started.ts';

/** How much is measured. */
export interface Plan {
  readonly rounds: number;
  /** Rounds before that, for the compiler; not counted. */
  readonly warmups: number;
  /** Requests of one column to one server in a round. */
  readonly requests: number;
  /** Requests under way at once. */
  readonly connections: number;
  /** Milliseconds after which a round sends no more, for servers that are slow. */
  readonly patience: number;
  /** Folder for a CPU profile of each column and server, taken in a round of its own; undefined takes none. */
  readonly profiles: string | undefined;
}

/** One column of one server in one round. */
export interface Sample {
  readonly column: string;
  readonly server: string;
  readonly size: number;
  readonly round: number;
  /** Milliseconds of server CPU for each request. */
  readonly cpu: number;
  readonly perSecond: number;
}

/** One answer in this many is looked at whole; the status of every one is. */
const LOOK_AT = 20;

/** An answer that is wrong: what a server costs that answers wrongly is worth nothing. */
export class WrongAnswer extends Error {
  readonly code = 'wrong-answer';
}

/**
 * Measures all columns on all lanes, round by round and lane by lane, so that what else the machine does hits all alike.
 *
 * @throws WrongAnswer
 */
export async function measure(lanes: readonly Lane[], plan: Plan, tell: (text: string) => void): Promise<Sample[]> {
  const samples: Sample[] = [];
  const numbers = new Map<string, number>();
  const end = plan.profiles === undefined ? plan.rounds : plan.rounds + 1;
  for (let round = -plan.warmups; round < end; round += 1) {
    const isProfiled = round === plan.rounds;
    tell(
      round < 0 ? `warming up (${-round} to go)` : isProfiled ? 'profiling' : `round ${round + 1} of ${plan.rounds}`,
    );
    for (const column of columns) {
      // Every other round goes the other way, so that nobody always comes after the same neighbour.
      for (const lane of round % 2 === 0 ? lanes : lanes.toReversed()) {
        const key = `${column.id} ${lane.server} ${lane.size}`;
        const first = numbers.get(key) ?? 0;
        if (lane.server !== 'floor') await column.prepare?.(lane, plan.requests);
        if (isProfiled) await lane.ask({ ask: 'profile' });
        const { sent, cpu, seconds } = await runRound(lane, column, first, plan);
        if (isProfiled) {
          const file = join(plan.profiles ?? '.', `${column.id}-${lane.server}-${lane.size}.cpuprofile`);
          await lane.ask({ ask: 'profiled', file });
        }
        if (lane.server !== 'floor' && (await column.finish?.(lane, sent)) === false) {
          throw new WrongAnswer(`${lane.server} with ${lane.size} users: what "${column.title}" did is not there`);
        }
        numbers.set(key, first + sent);
        const { server, size } = lane;
        if (round >= 0 && !isProfiled) {
          samples.push({ column: column.id, server, size, round, cpu: cpu / sent, perSecond: sent / seconds });
        }
      }
    }
  }
  return samples;
}

async function runRound(lane: Lane, column: Column, first: number, plan: Plan) {
  let next = first;
  const start = performance.now();
  const worker = async (): Promise<void> => {
    while (next < first + plan.requests && performance.now() - start < plan.patience) {
      const number = next;
      next += 1;
      const reply = await lane.send(column.call(lane, number));
      if (lane.server !== 'floor') column.keep?.(lane, reply);
      inspect(lane, column, number, reply, number === first || number % LOOK_AT === 0);
    }
  };
  const before = Number(await lane.ask({ ask: 'cpu' }));
  await Promise.all(Array.from({ length: plan.connections }, worker));
  const cpu = Number(await lane.ask({ ask: 'cpu' })) - before;
  return { sent: next - first, cpu, seconds: (performance.now() - start) / 1000 };
}

function inspect(lane: Lane, column: Column, number: number, reply: Reply, isWhole: boolean): void {
  const fault = (): WrongAnswer => {
    const { method, path } = column.call(lane, number);
    const what = `${reply.status} ${reply.text.slice(0, 300)}`;
    return new WrongAnswer(`${lane.server} with ${lane.size} users answered ${method} ${path} with ${what}`);
  };
  if (!column.statuses.includes(reply.status)) throw fault();
  if (!isWhole || lane.server === 'floor') return;
  if (reply.text !== '' && !column.isRight(lane, number, JSON.parse(reply.text) as JsonObject)) throw fault();
}

/** Headers that Node writes into every answer by itself. */
const ownHeaders: ReadonlySet<string> = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding']);

/**
 * What a server answers to each column, for the floor to repeat.
 *
 * @throws WrongAnswer
 */
export async function learnAnswers(lane: Lane): Promise<Readonly<Record<string, LearnedAnswer>>> {
  const learned: Record<string, LearnedAnswer> = {};
  for (const column of columns) {
    await column.prepare?.(lane, 1);
    const reply = await lane.send(column.call(lane, 0));
    inspect(lane, column, 0, reply, true);
    column.keep?.(lane, reply);
    await column.finish?.(lane, 1);
    const headers = Object.entries(reply.headers).flatMap(([name, value]) =>
      typeof value === 'string' && !ownHeaders.has(name) ? [[name, value] as const] : [],
    );
    learned[column.id] = { status: reply.status, headers, text: reply.text };
  }
  return learned;
}
