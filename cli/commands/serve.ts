import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createBridge, serveBridge, type BridgeSettings } from '../../bridge/index.ts';
import { createBridgeLog } from '../../harness/bridge-log.ts';
import { loadBridgeSettings } from '../../harness/bridge-settings.ts';
import { EXIT } from '../../harness/exit-code.ts';
import { loadSchemas } from '../../harness/load-schemas.ts';
import { secretOf } from '../credential-options.ts';
import { UsageError, type Io } from '../io.ts';
import { judgeSession, type JudgeSessionFlags } from '../judge-session.ts';

export interface ServeBridgeFlags extends JudgeSessionFlags {
  readonly port: number;
  readonly host: string;
  readonly tokenEnv?: string;
  readonly tokenFile?: string;
  readonly anonymous?: true;
  readonly schemas?: string;
  readonly settings?: string;
  readonly removeValue?: string;
  readonly log?: 'info' | 'error';
}

/**
 * `scimulator serve bridge`: one line with the URL when it is ready, then until Ctrl-C or SIGTERM. With `--judge` the exit
 * code is that of the verdicts.
 */
export async function serveBridgeCommand(flags: ServeBridgeFlags, io: Io): Promise<number> {
  const named = flags.tokenEnv !== undefined || flags.tokenFile !== undefined;
  if (named && flags.anonymous) throw new UsageError('--anonymous and a token exclude each other');
  if (!named && !flags.anonymous) {
    throw new UsageError('say which token to ask for (--token-env or --token-file), or --anonymous for none');
  }
  const tokens = named ? [secretOf('--token', flags.tokenEnv, flags.tokenFile, io)] : [];
  const bridge = createBridge({
    ...(named ? { tokens } : { anonymous: true }),
    ...(flags.schemas !== undefined && { resourceTypes: loadSchemas(flags.schemas) }),
    settings: {
      ...(flags.settings !== undefined && loadBridgeSettings(flags.settings)),
      ...removal(flags.removeValue),
    },
    ...(flags.log && { log: createBridgeLog(flags.log) }),
  });
  let listener: RequestListener = bridge.app;
  const app: RequestListener = (request, response) => listener(request, response);
  const { url, close } = await serveBridge({ app, settings: bridge.settings }, { port: flags.port, host: flags.host });
  const session = flags.judge ? judgeSession(url, flags, tokens, io) : undefined;
  if (session) listener = session.watch(bridge.app);
  io.out(`scimulator bridge ready at ${url}\n`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await close();
  return session?.end() ?? EXIT.conforms;
}

/** What `remove` of `members` with a value list does; `400` is the word for refusing it on the command line. */
const removal = (word: string | undefined): Partial<BridgeSettings> => {
  if (word === undefined) return {};
  return { removeValue: word === '400' ? 'refuse' : word === 'all' ? 'all' : 'listed' };
};
