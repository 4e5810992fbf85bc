import { readFileSync } from 'node:fs';
import { InvalidArgumentError, Option, type Command } from 'commander';
import type { FailOn } from '../harness/exit-code.ts';
import type { TargetSettings } from '../harness/target.ts';
import { fileTrouble } from '../text/file-trouble.ts';
import { addCredentialOptions, credentialOf, secondOf, type CredentialFlags } from './credential-options.ts';
import { UsageError, type Io } from './io.ts';
import { FORMATS } from './names.ts';

/** Flags of every command that talks to a target. */
export interface TargetFlags extends CredentialFlags {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly proxy?: string;
  readonly insecure?: true;
  readonly timeout: number;
  readonly yes?: true;
}

/** Flags of every command that makes a record. */
export interface RecordFlags {
  readonly out: string;
  readonly report: readonly string[];
  /** Absent where nothing is made up. */
  readonly seed?: number;
  readonly strict?: true;
  readonly failOn?: FailOn;
  readonly baseline?: string;
  readonly updateBaseline?: true;
  readonly quiet?: true;
  readonly json?: true;
}

/** Parser for a whole number within bounds. */
export const wholeNumber = (from: number, to: number) => (text: string) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < from || value > to) {
    throw new InvalidArgumentError(`a whole number from ${from} to ${to} is wanted.`);
  }
  return value;
};

export function addTargetOptions(command: Command): Command {
  addCredentialOptions(command);
  const options = [
    new Option('--ca <file>', 'trust this certificate authority (PEM)'),
    new Option('--cert <file>', 'client certificate (PEM)'),
    new Option('--key <file>', 'key of the client certificate (PEM)'),
    new Option('--proxy <url>', 'HTTP proxy'),
    new Option('--insecure', 'accept any server certificate'),
    new Option('--timeout <seconds>', 'longest wait for an answer').default(10).argParser(wholeNumber(1, 600)),
    new Option('--yes', 'agree that users and groups are created on a target that is not this machine'),
  ];
  for (const option of options) command.addOption(option.helpGroup('Connection:'));
  return command;
}

/** Where a run leaves what it found, and when it counts as passed; the seed for those that make something up. */
export function addRecordOptions(command: Command): Command {
  return addVerdictOptions(command).option(
    '--seed <number>',
    'seed of everything random',
    wholeNumber(0, 0xffff_ffff),
    1,
  );
}

/** The same without a seed. */
export function addVerdictOptions(command: Command): Command {
  const collect = (value: string, all: readonly string[]) => [...all, value];
  return command
    .option('--out <folder>', 'where the record and the HTML report of each run go', 'scimulator-results')
    .addOption(
      new Option(
        '--report <format=file>',
        `write a report, as often as wanted: ${FORMATS.join(', ')}; - is standard output`,
      )
        .default([], 'none')
        .argParser(collect),
    )
    .option('--json', 'the JSON report on standard output; the same as --report json=-')
    .option('--quiet', 'no progress, and not a word when the exit code is 0')
    .option('--strict', 'warnings count as failures; the same as --fail-on warning')
    .addOption(
      new Option('--fail-on <what>', 'lightest deviation that makes exit code 1').choices([
        'failure',
        'warning',
        'never',
      ]),
    )
    .option('--baseline <file>', 'deviations that are known: reported, not counted, until they expire')
    .option('--update-baseline', 'write the baseline that this run would pass with');
}

/** @throws UsageError for a file that cannot be read and for halves of a pair. */
export function targetOf(url: string, flags: TargetFlags, io: Io): TargetSettings {
  if (Boolean(flags.cert) !== Boolean(flags.key)) throw new UsageError('--cert and --key belong together');
  const pem = (flag: string, file: string) => {
    try {
      return readFileSync(file, 'utf8');
    } catch (cause) {
      throw new UsageError(`${flag} ${file}: ${fileTrouble(cause)}`, { cause });
    }
  };
  return {
    baseUrl: url,
    credential: credentialOf(flags, io),
    ...secondOf(flags, io),
    timeoutMs: flags.timeout * 1000,
    ...(flags.ca && { ca: pem('--ca', flags.ca) }),
    ...(flags.cert &&
      flags.key && { clientCertificate: { cert: pem('--cert', flags.cert), key: pem('--key', flags.key) } }),
    ...(flags.proxy && { proxy: flags.proxy }),
    ...(flags.insecure && { insecure: true }),
  };
}
