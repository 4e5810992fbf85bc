/**
 * The bridge in a process of its own, for the fuzz run: measures what each request costs and answers questions of its
 * parent. The first argument names a defect to break it with, for the proof that the run finds it.
 */
import express, { type RequestHandler } from 'express';
import { createBridge, serveBridge, type ServedBridge } from '../../bridge/index.ts';
import { READ_TOKEN, TOKEN } from './wire.ts';

/** What a parent asks; each question has one answer. */
export type Question = 'fresh' | 'heap' | 'prototype';

/** What a target says by itself. */
export type Notice =
  | { readonly notice: 'cpu'; readonly number: number; readonly ms: number }
  | { readonly notice: 'fault'; readonly text: string };

/** Requests that cost less are not told of: milliseconds. */
const WORTH_TELLING = 100;

const hoard: Buffer[] = [];

/** Ways to break the bridge. */
const defects: Readonly<Record<string, RequestHandler>> = {
  'plain-error': (request, response, next) =>
    request.url.includes('Groups') ? response.status(400).type('text/plain').send('no') : next(),
  'server-error': (request, response, next) =>
    request.url.includes('sortBy') ? response.status(500).json({ schemas: [], status: '500' }) : next(),
  'slow-filter': (request, _response, next) => {
    // Time of the process, not of the wall: on a busy machine less of the one is in the other.
    const start = process.cpuUsage();
    while (request.url.includes('+or+') && process.cpuUsage(start).user < 320_000);
    next();
  },
  silent: (request, response, next) => (request.method === 'PATCH' ? response.destroy() : next()),
  hoarder: (_request, _response, next) => {
    hoard.push(Buffer.from('x'.repeat(50_000)));
    next();
  },
  polluted: (_request, _response, next) => {
    Reflect.defineProperty(Object.getPrototypeOf({}) as object, 'polluted', { value: true, configurable: true });
    next();
  },
};

const defect = defects[process.argv[2] ?? ''];
let served: ServedBridge | undefined;

/** Starts anew: an empty bridge that gives ids in order, so that requests can be sent again. */
async function fresh(): Promise<string> {
  await served?.close();
  let ids = 0;
  const bridge = createBridge({
    tokens: [TOKEN],
    readOnlyTokens: [READ_TOKEN],
    newId: () => `id-${(ids += 1)}`,
    settings: { me: { [TOKEN]: 'id-1' } },
    log: ({ fault }) => {
      if (fault !== undefined) process.send?.({ notice: 'fault', text: fault } satisfies Notice);
    },
  });
  const app = express();
  app.disable('x-powered-by');
  app.use((request, response, next) => {
    const start = process.cpuUsage();
    response.once('close', () => {
      const { user, system } = process.cpuUsage(start);
      const ms = (user + system) / 1000;
      const number = Number(request.headers['x-fuzz'] ?? -1);
      if (ms >= WORTH_TELLING) process.send?.({ notice: 'cpu', number, ms } satisfies Notice);
    });
    next();
  });
  if (defect) app.use(defect);
  app.use(bridge.app);
  served = await serveBridge({ ...bridge, app });
  return served.url;
}

async function answer(question: Question): Promise<unknown> {
  if (question === 'fresh') return fresh();
  if (question === 'prototype') return Reflect.ownKeys(Object.prototype).map(String).sort();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

process.on('message', (question: Question) => {
  void answer(question).then(result => process.send?.({ result }));
});
process.on('disconnect', () => process.exit());
process.send?.({ result: null });
