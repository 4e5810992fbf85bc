import { once } from 'node:events';
import { createBridge, serveBridge } from '../../bridge/index.ts';
import { EXIT } from '../../harness/exit-code.ts';
import { secretOf } from '../credential-options.ts';
import { UsageError, type Io } from '../io.ts';

export interface ServeBridgeFlags {
  readonly port: number;
  readonly host: string;
  readonly tokenEnv?: string;
  readonly tokenFile?: string;
  readonly anonymous?: true;
}

/** `scimulator serve bridge`: one line with the URL when it is ready, then until Ctrl-C or SIGTERM. */
export async function serveBridgeCommand(flags: ServeBridgeFlags, io: Io): Promise<number> {
  const named = flags.tokenEnv !== undefined || flags.tokenFile !== undefined;
  if (named && flags.anonymous) throw new UsageError('--anonymous and a token exclude each other');
  if (!named && !flags.anonymous) {
    throw new UsageError('say which token to ask for (--token-env or --token-file), or --anonymous for none');
  }
  const bridge = createBridge(
    named ? { tokens: [secretOf('--token', flags.tokenEnv, flags.tokenFile, io)] } : { anonymous: true },
  );
  const { url, close } = await serveBridge(bridge, { port: flags.port, host: flags.host });
  io.out(`scimulator bridge ready at ${url}\n`);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await close();
  return EXIT.conforms;
}
