import { InvalidArgumentError, Option, type Command } from 'commander';
import type { CheckLevel, Shard } from '../harness/choice.ts';
import { LEVELS } from './names.ts';
import { wholeNumber } from './run-options.ts';

/** Flags that say which checks are run. */
export interface ChoiceFlags {
  readonly only: readonly string[];
  readonly grep?: RegExp;
  readonly grepInvert?: RegExp;
  readonly level?: CheckLevel;
  readonly skip: readonly { readonly pattern: string; readonly reason: string }[];
  readonly shard?: Shard;
  readonly lastFailed?: true;
  readonly bail?: number | true;
  readonly timeLimit?: number;
  readonly maxResponseTime?: number;
  readonly out: string;
}

export function addChoiceOptions(command: Command): Command {
  const options = [
    new Option(
      '--only <what>',
      'this check, pattern, topic or section (filter.eq, filter.*, filter, RFC7644-3.4.2); as often as wanted',
    )
      .default([], 'all')
      .argParser((value: string, all: readonly string[]) => [...all, ...value.split(',').filter(Boolean)]),
    new Option('--grep <pattern>', 'checks whose id, title or clause matches this regular expression').argParser(
      regExp,
    ),
    new Option('--grep-invert <pattern>', 'checks for which none of that does').argParser(regExp),
    new Option(
      '--level <level>',
      'checks of what must be so (its breach is a failure in the profile), or of what should be so, too',
    ).choices(LEVELS),
    new Option('--skip <check=reason>', 'leave this check, pattern or topic out; the report says why')
      .default([], 'none')
      .argParser((value: string, all: ChoiceFlags['skip']) => [...all, skipped(value)]),
    new Option('--last-failed', 'what the last run in the folder of results left red or open'),
    new Option('--shard <i/n>', 'part i of n; `report merge` puts the parts together').argParser(shard),
    new Option('--bail [failures]', 'send nothing more after so many failures; one by default').argParser(
      wholeNumber(1, 1_000_000),
    ),
    new Option('--time-limit <seconds>', 'send nothing more after this time').argParser(wholeNumber(1, 86_400)),
    new Option('--max-response-time <ms>', 'an answer that takes longer is a failure').argParser(
      wholeNumber(1, 600_000),
    ),
  ];
  for (const option of options) command.addOption(option.helpGroup('What is run:'));
  return command;
}

function regExp(text: string): RegExp {
  try {
    return new RegExp(text, 'i');
  } catch (error) {
    throw new InvalidArgumentError(`${(error as Error).message}.`);
  }
}

function skipped(text: string): ChoiceFlags['skip'][number] {
  const [pattern = '', ...reason] = text.split('=');
  if (pattern === '' || reason.join('=').trim() === '') {
    throw new InvalidArgumentError('write the check and the reason, for example filter.ne="known to be slow".');
  }
  return { pattern, reason: reason.join('=').trim() };
}

function shard(text: string): Shard {
  const [, part = 0, of = 0] = /^(\d{1,4})\/(\d{1,4})$/.exec(text)?.map(Number) ?? [];
  if (part < 1 || part > of) throw new InvalidArgumentError('write part and number of parts, for example 1/3.');
  return { part, of };
}
