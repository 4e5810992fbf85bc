import { readFileSync } from 'node:fs';
import { Option, type Command } from 'commander';
import type { CredentialSettings, TargetSettings } from '../harness/target.ts';
import type { SecondKind } from '../scim/wire/session.ts';
import { fileTrouble } from '../text/file-trouble.ts';
import { UsageError, type Io } from './io.ts';

/** Flags that name where a credential is kept. The secret itself is never a flag: command lines are seen by others. */
export interface CredentialFlags {
  readonly tokenEnv?: string;
  readonly tokenFile?: string;
  readonly headerEnv?: string;
  readonly basicUser?: string;
  readonly basicPasswordEnv?: string;
  readonly basicPasswordFile?: string;
  readonly oauthTokenUrl?: string;
  readonly oauthClientId?: string;
  readonly oauthSecretEnv?: string;
  readonly oauthSecretFile?: string;
  readonly oauthScope?: string;
  readonly token2Env?: string;
  readonly token2File?: string;
  readonly token2Kind?: SecondKind;
}

const secondKinds = ['read-only', 'other-tenant'] as const satisfies readonly SecondKind[];

export function addCredentialOptions(command: Command): Command {
  const options: readonly [string, string][] = [
    ['--token-env <variable>', 'bearer token, from an environment variable'],
    ['--token-file <file>', 'bearer token, from a file'],
    ['--header-env <name=variable>', 'any header, its value from an environment variable'],
    ['--basic-user <user>', 'basic authentication: the user name'],
    ['--basic-password-env <variable>', 'basic authentication: the password'],
    ['--basic-password-file <file>', 'basic authentication: the password'],
    ['--oauth-token-url <url>', 'OAuth client credentials: the token endpoint'],
    ['--oauth-client-id <id>', 'OAuth client credentials: the client id'],
    ['--oauth-secret-env <variable>', 'OAuth client credentials: the client secret'],
    ['--oauth-secret-file <file>', 'OAuth client credentials: the client secret'],
    ['--oauth-scope <scope>', 'OAuth client credentials: the scope to ask for'],
    ['--token2-env <variable>', 'a second bearer token, with fewer rights or of another tenant'],
    ['--token2-file <file>', 'the same, from a file'],
  ];
  for (const [flags, text] of options) command.addOption(new Option(flags, text).helpGroup('Credentials:'));
  const kind = new Option('--token2-kind <kind>', 'what the second token may do').choices(secondKinds);
  return command.addOption(kind.helpGroup('Credentials:'));
}

/**
 * The credential the flags describe; `none` without any.
 * @throws UsageError when flags of two kinds are mixed, a part is missing, or a variable or file holds nothing.
 */
export function credentialOf(flags: CredentialFlags, io: Io): CredentialSettings {
  const kinds = [
    (flags.tokenEnv ?? flags.tokenFile) ? '--token-…' : undefined,
    flags.headerEnv ? '--header-env' : undefined,
    (flags.basicUser ?? flags.basicPasswordEnv ?? flags.basicPasswordFile) ? '--basic-…' : undefined,
    (flags.oauthTokenUrl ?? flags.oauthClientId) ? '--oauth-…' : undefined,
  ].filter(kind => kind !== undefined);
  if (kinds.length > 1) throw new UsageError(`${kinds.join(' and ')} exclude each other; give one kind of credential`);
  switch (kinds[0]) {
    case '--token-…':
      return { kind: 'bearer', token: secretOf('--token', flags.tokenEnv, flags.tokenFile, io) };
    case '--header-env':
      return headerCredential(flags.headerEnv ?? '', io);
    case '--basic-…': {
      const password = secretOf('--basic-password', flags.basicPasswordEnv, flags.basicPasswordFile, io);
      return { kind: 'basic', user: needed('--basic-user', flags.basicUser), password };
    }
    case '--oauth-…':
      return {
        kind: 'oauth',
        tokenUrl: needed('--oauth-token-url', flags.oauthTokenUrl),
        clientId: needed('--oauth-client-id', flags.oauthClientId),
        clientSecret: secretOf('--oauth-secret', flags.oauthSecretEnv, flags.oauthSecretFile, io),
        ...(flags.oauthScope && { scope: flags.oauthScope }),
      };
    default:
      return { kind: 'none' };
  }
}

/**
 * The second credential that the flags name, by what it may do.
 * @throws UsageError as above, and for a kind without a token.
 */
export function secondOf(flags: CredentialFlags, io: Io): Pick<TargetSettings, 'second'> {
  const { token2Env, token2File, token2Kind } = flags;
  if (token2Env === undefined && token2File === undefined) {
    if (token2Kind !== undefined) throw new UsageError('--token2-kind without --token2-env or --token2-file');
    return {};
  }
  const token = secretOf('--token2', token2Env, token2File, io);
  return { second: { [token2Kind ?? 'read-only']: { kind: 'bearer', token } } };
}

/**
 * A secret from the environment or a file; a line end at its end is not part of it.
 * @throws UsageError naming the flag when both or neither are given, or nothing is there.
 */
export function secretOf(flag: string, variable: string | undefined, file: string | undefined, io: Io): string {
  if (variable !== undefined && file !== undefined) throw new UsageError(`give ${flag}-env or ${flag}-file, not both`);
  if (variable !== undefined) {
    const value = io.env[variable];
    if (!value)
      throw new UsageError(
        `${flag}-env ${variable}: that environment variable is ${value === '' ? 'empty' : 'not set'}`,
      );
    return printable(value, `${flag}-env ${variable}`);
  }
  if (file === undefined) throw new UsageError(`${flag}-env or ${flag}-file is missing`);
  return printable(readText(flag, file).replace(/\r?\n$/, ''), `${flag}-file ${file}`);
}

function readText(flag: string, file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UsageError(`${flag}-file ${file}: ${fileTrouble(cause)}`, { cause });
  }
}

/** Header values cannot hold line ends and control characters; saying so here beats a failure on each request. */
function printable(value: string, where: string): string {
  if (value === '') throw new UsageError(`${where}: nothing is in it`);
  if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) {
    throw new UsageError(`${where}: it holds characters that no HTTP header can carry, a line end perhaps`);
  }
  return value;
}

function headerCredential(text: string, io: Io): CredentialSettings {
  const [, name, variable] = /^([!#$%&'*+.^_`|~\w-]+)=(.+)$/.exec(text) ?? [];
  if (!name || !variable)
    throw new UsageError(`--header-env ${text}: write Name=VARIABLE, for example X-Api-Key=SCIM_KEY`);
  return { kind: 'header', name, value: secretOf('--header', variable, undefined, io) };
}

function needed(flag: string, value: string | undefined): string {
  if (!value) throw new UsageError(`${flag} is missing`);
  return value;
}
