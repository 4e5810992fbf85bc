import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Pool } from 'undici';
import type { FuzzReply } from './judge.ts';
import type { FuzzRequest } from './requests.ts';
import type { Notice, Question } from './target.ts';

/** The other side of a fuzz run. */
export interface Target {
  /** Starts anew with an empty bridge. */
  fresh(): Promise<void>;
  /** Sends a request; trouble on the way is a reply with status 0. */
  send(request: FuzzRequest, number: number): Promise<FuzzReply>;
  ask(question: Exclude<Question, 'fresh'>): Promise<unknown>;
  /** What one request cost at most so far, in milliseconds of CPU. */
  readonly slowest: { number: number; ms: number };
  /** Stack of the last failure inside the bridge. */
  readonly lastFault: () => string | undefined;
  close(): Promise<void>;
}

/** Milliseconds without an answer after which there will be none. */
const PATIENCE = 10_000;

/** @param defect name of a way to break the bridge; see target.ts */
export async function openTarget(defect = ''): Promise<Target> {
  const child = fork(new URL('target.ts', import.meta.url), [defect], { execArgv: ['--import', 'tsx', '--expose-gc'] });
  const slowest = { number: -1, ms: 0 };
  let lastFault: string | undefined;
  let settle: ((result: unknown) => void) | undefined;
  child.on('message', (message: Notice | { readonly result: unknown }) => {
    if ('result' in message) settle?.(message.result);
    else if (message.notice === 'fault') lastFault = message.text;
    else if (message.ms > slowest.ms) Object.assign(slowest, { number: message.number, ms: message.ms });
  });
  const answered = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const onExit = (code: number | null): void => reject(new Error(`the bridge under test ended with ${code}`));
      child.once('exit', onExit);
      settle = result => {
        child.off('exit', onExit);
        resolve(result);
      };
    });
  const ask = (question: Question): Promise<unknown> => {
    const answer = answered();
    child.send(question);
    return answer;
  };
  let pool: Pool | undefined;
  await answered();

  return {
    slowest,
    lastFault: () => lastFault,
    ask,
    async fresh() {
      await pool?.destroy();
      const url = new URL(String(await ask('fresh')));
      pool = new Pool(url.origin, { connections: 4, pipelining: 1, headersTimeout: PATIENCE, bodyTimeout: PATIENCE });
      Object.assign(slowest, { number: -1, ms: 0 });
      lastFault = undefined;
    },
    async send({ method, path, headers, body }, number) {
      if (!pool) throw new Error('the target is not started');
      try {
        const response = await pool.request({
          method,
          path,
          headers: { ...headers, 'x-fuzz': String(number) },
          body: body ?? null,
        });
        return { status: response.statusCode, headers: response.headers, text: await response.body.text() };
      } catch (error) {
        return { status: 0, headers: {}, text: error instanceof Error ? error.message : String(error) };
      }
    },
    async close() {
      await pool?.destroy();
      if (child.exitCode !== null) return;
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}
