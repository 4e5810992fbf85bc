import type { RequestListener } from 'node:http';
import {
  CONTROL_PATH,
  createBridge,
  serveBridge,
  type Bridge,
  type BridgeOptions,
  type BridgeSettings,
} from '../../bridge/index.ts';
import { createBridgeLog } from '../../harness/bridge-log.ts';
import { loadBridgeSettings } from '../../harness/bridge-settings.ts';
import { EXIT } from '../../harness/exit-code.ts';
import { loadSchemas } from '../../harness/load-schemas.ts';
import type { AccountFlags } from '../account-options.ts';
import { accountOf } from '../account.ts';
import { secretOf } from '../credential-options.ts';
import { UsageError, type Io } from '../io.ts';
import { judgeSession, type JudgeSessionFlags } from '../judge-session.ts';
import { interrupted } from '../interrupt.ts';

export interface ServeBridgeFlags extends JudgeSessionFlags, AccountFlags {
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
  const options = optionsOf(flags, io);
  const { tokens = [], controlToken } = options;
  const bridge = made(options);
  let listener: RequestListener = bridge.app;
  const app: RequestListener = (request, response) => listener(request, response);
  const { url, close } = await serveBridge({ ...bridge, app }, { port: flags.port, host: flags.host });
  const secrets = controlToken === undefined ? tokens : [...tokens, controlToken];
  const session = flags.judge ? judgeSession(url, flags, secrets, io) : undefined;
  if (session) listener = session.watch(bridge.app);
  const { origin } = new URL(url);
  const control = controlToken === undefined ? '' : `scimulator control ready at ${origin}${CONTROL_PATH}\n`;
  io.out(`scimulator bridge ready at ${url}\n${control}`);
  await interrupted();
  await close();
  return session?.end() ?? EXIT.conforms;
}

/** @throws UsageError for flags that exclude each other, and where nothing says which token to ask for */
function optionsOf(flags: ServeBridgeFlags, io: Io): BridgeOptions {
  const named = flags.tokenEnv !== undefined || flags.tokenFile !== undefined;
  if (named && flags.anonymous) throw new UsageError('--anonymous and a token exclude each other');
  if (!named && !flags.anonymous) {
    throw new UsageError('say which token to ask for (--token-env or --token-file), or --anonymous for none');
  }
  const account = accountOf(flags, io);
  const foreign = [flags.anonymous && '--anonymous', flags.schemas && '--schemas', flags.settings && '--settings'];
  const odd = foreign.filter(Boolean).join(', ');
  if (account.account && odd !== '') {
    throw new UsageError(`${odd}: a 1Password account asks for a token and says itself what it serves`);
  }
  return {
    ...account,
    ...(named ? { tokens: [secretOf('--token', flags.tokenEnv, flags.tokenFile, io)] } : { anonymous: true }),
    ...(flags.schemas !== undefined && { resourceTypes: loadSchemas(flags.schemas) }),
    settings: {
      ...(flags.settings !== undefined && loadBridgeSettings(flags.settings)),
      ...removal(flags.removeValue),
    },
    ...(flags.log && { log: createBridgeLog(flags.log) }),
  };
}

/** @throws UsageError for options that cannot be. */
function made(options: BridgeOptions): Bridge {
  try {
    return createBridge(options);
  } catch (cause) {
    if (cause instanceof RangeError || cause instanceof TypeError) throw new UsageError(cause.message, { cause });
    throw cause;
  }
}

/** What `remove` of `members` with a value list does; `400` is the word for refusing it on the command line. */
const removal = (word: string | undefined): Partial<BridgeSettings> => {
  if (word === undefined) return {};
  return { removeValue: word === '400' ? 'refuse' : word === 'all' ? 'all' : 'listed' };
};
