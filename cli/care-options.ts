import { InvalidArgumentError, Option, type Command } from 'commander';
import { wholeNumber } from './run-options.ts';

/** Flags of a run of the suite on a target that may be in use. */
export interface CareFlags {
  readonly emailDomain?: string;
  readonly maxUsers?: number;
  readonly maxRequests?: number;
  readonly rate?: number;
  readonly large?: true;
  readonly readOnly?: true;
  readonly forbid?: readonly string[];
  readonly plan?: true;
  readonly yes?: true;
}

/** Flags that say how careful a run is. */
export function addCareOptions(command: Command): Command {
  const options = [
    new Option('--plan', 'say what would be done, send nothing'),
    new Option(
      '--email-domain <domain>',
      'domain of the addresses that are made up; one that receives no mail by default',
    ).argParser(domainName),
    new Option('--max-users <number>', 'users made in the whole run, at most').argParser(wholeNumber(1, 1_000_000)),
    new Option('--max-requests <number>', 'requests sent, clean-up included, at most').argParser(
      wholeNumber(1, 10_000_000),
    ),
    new Option('--rate <per second>', 'requests a second, at most').argParser(perSecond),
    new Option('--large', 'make groups of hundreds of members on a target that is not this machine, too'),
    new Option('--read-only', 'send only what changes nothing: GET, and POST to .search'),
    new Option('--forbid <what>', 'what is never sent, as often as wanted: DELETE, /Groups, "PATCH /Groups"').argParser(
      collected,
    ),
  ];
  for (const option of options) command.addOption(option.helpGroup('On a live system:'));
  return command;
}

function collected(text: string, before: readonly string[] = []): readonly string[] {
  if (/^(?:[A-Z]+|(?:[A-Z]+ )?\/[A-Za-z.]+)$/.test(text)) return [...before, text];
  throw new InvalidArgumentError('a method, a path, or both are wanted: DELETE, /Groups, "PATCH /Groups".');
}

function perSecond(text: string): number {
  const value = Number(text);
  if (!(value >= 0.01 && value <= 10_000)) throw new InvalidArgumentError('a number from 0.01 to 10000 is wanted.');
  return value;
}

function domainName(text: string): string {
  if (/^(?=.{3,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/i.test(text))
    return text.toLowerCase();
  throw new InvalidArgumentError('a domain is wanted, for example scim-test.example.com.');
}
