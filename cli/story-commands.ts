import { InvalidArgumentError, Option, type Command } from 'commander';
import type { Define } from './command-table.ts';
import type { DemoFlags } from './commands/demo.ts';
import type { ExploreFlags } from './commands/explore.ts';
import { addConfigOptions } from './config-options.ts';
import { addControlOptions } from './control-options.ts';
import { WEIGHTS } from './names.ts';
import { addRecordOptions, addTargetOptions, wholeNumber } from './run-options.ts';
import { addStartOptions } from './start-options.ts';

/** `demo` */
export const defineDemo: Define = (command, io, ends) => {
  addRecordOptions(command.option('--people <number>', 'size of the organisation', wholeNumber(1, 10_000), 40)).action(
    (flags: DemoFlags) => ends(import('./commands/demo.ts').then(({ demo }) => demo(flags, io))),
  );
};

const accountOption = (): Option =>
  new Option(
    '--account <profile>',
    '1Password account to put behind our own bridge, or that is behind the target',
  ).choices(['hosted', 'self-hosted']);

/** `play` */
export const definePlay: Define = (command, io, ends) => {
  command
    .argument('<scenario...>', 'ids of stories (see `list scenarios`), `all`, or paths of .yaml files')
    .option('--target <url>', `SCIM base URL; ${BY_DEFAULT}`)
    .option('--idp <dialect>', 'identity provider to play', 'jumpcloud')
    .option('--people <number>', 'size of the crowd in stories that have one', wholeNumber(0, 10_000))
    .addOption(accountOption())
    .option('--dry-run', 'print what would happen and which rules say so; nothing is sent to the target')
    .option('--step', 'wait for a key after each step, and show what went over the wire');
  addRunOptions(command).action((ids: string[], _: unknown, parsed: Command) =>
    ends(import('./commands/play.ts').then(({ playCommand }) => playCommand(ids, parsed, io))),
  );
};

/** `explore` */
export const defineExplore: Define = (command, io, ends) => {
  command
    .argument('[url]', `SCIM base URL; ${BY_DEFAULT}`)
    .option('--idp <dialect>', 'identity provider to play', 'jumpcloud')
    .option('--profile <name>', `${WEIGHTS}; that of the identity provider by default`)
    .addOption(accountOption())
    .option('--budget <how much>', 'steps (3000), seconds (60s) or minutes (5m)', budget, { steps: 1000 })
    .option('--concurrency <number>', 'histories under way at once, on names of their own', wholeNumber(1, 64), 1)
    .option('--faults <number>', 'end when so many faults are found', wholeNumber(1, 100), 3);
  addRunOptions(command).action((url: string | undefined, _: unknown, parsed: Command) =>
    ends(import('./commands/explore.ts').then(({ exploreCommand }) => exploreCommand(url, parsed, io))),
  );
};

/** Where people and groups go when nobody says. */
const BY_DEFAULT = 'that of the configuration, or a reference bridge of our own, by default';

/** Flags of a command that plays on a target and judges what comes. */
const addRunOptions = (command: Command): Command =>
  addStartOptions(addRecordOptions(addControlOptions(addTargetOptions(addConfigOptions(command)))));

function budget(text: string): ExploreFlags['budget'] {
  const [, digits = '', unit = ''] = /^(\d{1,9})(s|m|)$/.exec(text) ?? [];
  const number = Number(digits);
  if (number === 0) throw new InvalidArgumentError('write steps or a time: 3000, 60s, 5m.');
  return unit === '' ? { steps: number } : { ms: number * (unit === 's' ? 1000 : 60_000) };
}
