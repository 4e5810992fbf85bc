import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Command } from 'commander';
import { createBridge, serveBridge } from '../../bridge/index.ts';
import { EXIT } from '../../harness/exit-code.ts';
import { serveDirectory, type DirectorySettings } from '../../harness/serve-directory.ts';
import { isLoopback } from '../../harness/target.ts';
import { generateOrganisation, problemLine, readPeople, type Organisation } from '../../simulator/index.ts';
import { idSource } from '../../simulator/directory/ids.ts';
import { fileTrouble } from '../../text/file-trouble.ts';
import type { ConfigFlags } from '../config-options.ts';
import { baseUrlOf, configured, placed } from '../configured.ts';
import { secretOf } from '../credential-options.ts';
import { UsageError, type Io } from '../io.ts';
import { printsConfig } from '../print-config.ts';
import { targetOf, type TargetFlags } from '../run-options.ts';
import { interrupted } from '../interrupt.ts';

/** Flags of a simulated JumpCloud that is served. */
interface DirectoryFlags {
  readonly port: number;
  readonly host: string;
  readonly apiKeyEnv?: string;
  readonly apiKeyFile?: string;
  readonly anonymous?: true;
  readonly people?: number;
  readonly seed: number;
  readonly import?: string;
  readonly manageGroups?: true;
  readonly inactive?: true;
  readonly set: Readonly<Record<string, string>>;
}

interface ServeDirectoryFlags extends DirectoryFlags, TargetFlags, ConfigFlags {}

export interface ServeAllFlags extends DirectoryFlags {
  readonly bridgePort: number;
  readonly tokenEnv?: string;
  readonly tokenFile?: string;
}

/** `scimulator serve directory`: one line with the URL when it is ready, then until Ctrl-C or SIGTERM. */
export async function serveDirectoryCommand(command: Command, io: Io): Promise<number> {
  const all = configured<ServeDirectoryFlags>(undefined, command, io);
  if (printsConfig(all, io)) return EXIT.conforms;
  const { flags } = all;
  const settings = await settingsOf(flags, io);
  const url = baseUrlOf(all, 'name the base URL to provision to: --target <url>');
  const target = placed(all, () => targetOf(url, flags, io));
  if (!flags.yes && !isLoopback(url)) {
    const { host } = new URL(url);
    throw new UsageError(`people and groups of the directory are created and changed on ${host}; add --yes to agree`);
  }
  const directory = await serveDirectory(target, settings);
  if (directory.trouble !== '') io.err(`scimulator: provisioning is off: ${directory.trouble}\n`);
  io.out(`scimulator directory ready at ${directory.url}\n`);
  await interrupted();
  await directory.close();
  return EXIT.conforms;
}

/** `scimulator serve all`: a directory and the bridge it provisions to, one line with the URL of each. */
export async function serveAllCommand(flags: ServeAllFlags, io: Io): Promise<number> {
  const { tokenEnv, tokenFile, bridgePort, host } = flags;
  const settings = await settingsOf(flags, io);
  const isNamed = tokenEnv !== undefined || tokenFile !== undefined;
  const token = isNamed ? secretOf('--token', tokenEnv, tokenFile, io) : randomBytes(24).toString('base64url');
  const bridge = await serveBridge(createBridge({ tokens: [token] }), { port: bridgePort, host });
  try {
    const directory = await serveDirectory({ baseUrl: bridge.url, credential: { kind: 'bearer', token } }, settings);
    io.out(`scimulator bridge ready at ${bridge.url}\nscimulator directory ready at ${directory.url}\n`);
    await interrupted();
    await directory.close();
  } finally {
    await bridge.close();
  }
  return EXIT.conforms;
}

/** @throws UsageError when nothing says which API key to ask for, for what excludes each other, and for a faulty file */
async function settingsOf(flags: DirectoryFlags, io: Io): Promise<DirectorySettings> {
  const { apiKeyEnv, apiKeyFile, anonymous = false, seed, manageGroups = false, inactive = false, port, host } = flags;
  const isNamed = apiKeyEnv !== undefined || apiKeyFile !== undefined;
  if (isNamed && anonymous) throw new UsageError('--anonymous and an API key exclude each other');
  if (!isNamed && !anonymous) {
    throw new UsageError('say which API key to ask for (--api-key-env or --api-key-file), or --anonymous for none');
  }
  return {
    apiKeys: isNamed ? [secretOf('--api-key', apiKeyEnv, apiKeyFile, io)] : [],
    anonymous,
    seed,
    organisation: await organisationOf(flags),
    manageGroups,
    active: !inactive,
    // Which settings there are, and what they can be, the simulator says.
    settings: flags.set,
    onFault: error =>
      io.err(`scimulator: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`),
    port,
    host,
  };
}

/** As many as the demo has. */
const DEFAULT_PEOPLE = 40;
/** Mistakes of a file that are told one by one. */
const TOLD = 20;

async function organisationOf({ import: file, people, seed }: DirectoryFlags): Promise<Organisation> {
  if (file === undefined) return generateOrganisation({ people: people ?? DEFAULT_PEOPLE, seed });
  if (people !== undefined) {
    throw new UsageError('--import and --people exclude each other: people come from the file, or are made up');
  }
  const { problems, ...organisation } = await readPeople(file, createReadStream(file), {
    newId: idSource(`people ${seed}`, 0),
  }).catch((cause: unknown) => {
    throw new UsageError(`${file} cannot be read: ${fileTrouble(cause)}`, { cause });
  });
  if (problems.length === 0) return organisation;
  const lines = problems.slice(0, TOLD).map(problem => `  ${problemLine(file, problem)}\n`);
  const more = problems.length > TOLD ? `  and ${problems.length - TOLD} more\n` : '';
  throw new UsageError(`nobody was imported; first mend\n${lines.join('')}${more}`.trimEnd());
}
