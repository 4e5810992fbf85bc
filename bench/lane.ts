import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Pool } from 'undici';
import type { Question } from './child.ts';
import { TOKEN } from './people.ts';

/** A request of the bench. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the base URL. */
  readonly path: string;
  readonly body?: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** A server in a process of its own, and the connections to it. */
export interface Lane {
  /** `bridge`, `scimmy`, `floor` or `bare`. */
  readonly server: string;
  /** Base URL. */
  readonly url: string;
  readonly size: number;
  /** Users it was filled with, in order. */
  readonly ids: readonly string[];
  /** What a column keeps from its preparation to its end: ids of what it made. */
  made: string[];
  send(call: Call): Promise<Reply>;
  ask(question: Question): Promise<unknown>;
  close(): Promise<void>;
}

/** Starts a server with that many users and connects to it. */
export async function openLane(server: string, size: number, connections: number): Promise<Lane> {
  // Compiled, a bench has its child compiled beside it.
  const isSource = import.meta.url.endsWith('.ts');
  const child = fork(new URL(isSource ? 'child.ts' : 'child.js', import.meta.url), [server, String(size)], {
    execArgv: isSource ? ['--import', 'tsx'] : [],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const { url, ids } = (await result(child)) as { url: string; ids: readonly string[] };
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  return {
    server,
    url,
    size,
    ids,
    made: [],
    async send({ method, path, body }) {
      const response = await pool.request({
        method,
        path: pathname + path,
        headers: {
          authorization: `Bearer ${TOKEN}`,
          accept: 'application/scim+json',
          ...(body !== undefined && { 'content-type': 'application/scim+json' }),
        },
        ...(body !== undefined && { body }),
      });
      return { status: response.statusCode, headers: response.headers, text: await response.body.text() };
    },
    ask(question) {
      const answer = result(child);
      child.send(question);
      return answer;
    },
    async close() {
      await pool.destroy();
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    },
  };
}

/** The next thing a child says. */
async function result(child: ChildProcess): Promise<unknown> {
  const ended = new AbortController();
  const onExit = (code: number | null): void =>
    ended.abort(new Error(`a server of the bench ended with code ${code ?? 'none'}; what it said is above`));
  child.once('exit', onExit);
  try {
    const [message] = (await once(child, 'message', { signal: ended.signal })) as [{ result: unknown }];
    return message.result;
  } catch (error) {
    throw ended.signal.aborted ? ended.signal.reason : error;
  } finally {
    child.off('exit', onExit);
  }
}
