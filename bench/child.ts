/** One server in a process of its own: `child.ts <bridge|scimmy|floor|bare> <users>`. Answers questions of its parent. */
import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { startBare } from './servers/bare.ts';
import { startBridge } from './servers/bridge.ts';
import { startFloor } from './servers/floor.ts';
import { startScimmy } from './servers/scimmy.ts';
import type { LearnedAnswer, Started } from './servers/started.ts';

/** What a parent asks of a child. Each question is answered before the next is asked. */
export type Question =
  | { readonly ask: 'cpu' }
  | { readonly ask: 'memory' }
  | { readonly ask: 'learn'; readonly answers: Readonly<Record<string, LearnedAnswer>> }
  | { readonly ask: 'profile' }
  | { readonly ask: 'profiled'; readonly file: string };

const servers: Readonly<Record<string, (size: number) => Promise<Started>>> = {
  bridge: startBridge,
  scimmy: startScimmy,
  floor: startFloor,
  bare: startBare,
};

const [name = '', size = ''] = process.argv.slice(2);
const start = servers[name];
if (!start || !process.send) throw new Error('this is started by the bench; run npm run bench');
const { url, ids, learn } = await start(Number(size));
const session = new Session();

async function answer(question: Question): Promise<unknown> {
  switch (question.ask) {
    case 'cpu': {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000;
    }
    case 'memory':
      return process.memoryUsage.rss();
    case 'learn':
      return learn?.(question.answers) ?? null;
    case 'profile':
      session.connect();
      await session.post('Profiler.enable');
      await session.post('Profiler.setSamplingInterval', { interval: 200 });
      return (await session.post('Profiler.start')) ?? null;
    case 'profiled': {
      const { profile } = await session.post('Profiler.stop');
      writeFileSync(question.file, JSON.stringify(profile));
      return session.disconnect() ?? null;
    }
  }
}

process.on('message', (question: Question) => {
  void answer(question).then(result => process.send?.({ result }));
});
process.on('disconnect', () => process.exit());
process.send({ result: { url, ids } });
