import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { EXIT } from '../../harness/exit-code.ts';
import { playScenarios, type PlayOptions } from '../../harness/play.ts';
import { withAccountBridge, withReferenceBridge } from '../../harness/reference-bridge.ts';
import { storiesNamed } from '../../harness/story-selection.ts';
import type { TargetSettings } from '../../harness/target.ts';
import { visible } from '../../reports/writers/index.ts';
import { readScenario, type PlayedStep, type Scenario } from '../../scenarios/index.ts';
import { fileTrouble } from '../../text/file-trouble.ts';
import type { ConfigFlags } from '../config-options.ts';
import { configured, placed } from '../configured.ts';
import { refuseControl, withControl } from '../control.ts';
import type { ControlFlags } from '../control-options.ts';
import { executeRun } from '../execute-run.ts';
import { UsageError, type Io } from '../io.ts';
import { printsConfig } from '../print-config.ts';
import type { StartFlags } from '../start-options.ts';
import { withStarted } from '../started.ts';
import { targetOf, type RecordFlags, type TargetFlags } from '../run-options.ts';
import { demandConsent } from './conform.ts';

interface PlayFlags extends TargetFlags, RecordFlags, ConfigFlags, ControlFlags, StartFlags {
  readonly idp: string;
  readonly people?: number;
  readonly account?: 'hosted' | 'self-hosted';
  readonly dryRun?: true;
  readonly step?: true;
}

/** `scimulator play <scenario...>` */
export async function playCommand(named: readonly string[], command: Command, io: Io): Promise<number> {
  const all = configured<PlayFlags>(undefined, command, io);
  if (printsConfig(all, io)) return EXIT.conforms;
  const { url, flags } = all;
  const { idp, account } = flags;
  const files = named.filter(isFile);
  const ids = named.filter(name => !isFile(name));
  const stories = files.map(readFile);
  if (flags.step && (flags.dryRun || !io.key)) {
    throw new UsageError(
      flags.dryRun ? '--step and --dry-run: nothing is sent that could be waited for' : '--step needs a terminal',
    );
  }
  const shared: PlayOptions = { idp, stories, ...(flags.people !== undefined && { people: flags.people }) };
  if (flags.dryRun) return dryRun(ids, { ...shared, ...(flags.seed !== undefined && { seed: flags.seed }) }, io);
  const isTold = flags.step || (io.interactive && !flags.quiet);
  const watching: PlayOptions = { ...shared, ...(isTold && { onStep: watcher(flags, io) }) };
  const expected = {
    noun: 'stories',
    total: (ids.length > 0 ? storiesNamed(ids).length : 0) + stories.length,
  } as const;
  const play = (target: TargetSettings, more: Partial<PlayOptions> = {}) =>
    executeRun(
      flags,
      io,
      target,
      options => playScenarios(target, ids, { ...options, ...watching, ...more }),
      expected,
    );
  if (url === undefined) {
    if (flags.tokenEnv ?? flags.tokenFile ?? flags.headerEnv ?? flags.basicUser ?? flags.oauthTokenUrl) {
      throw new UsageError('a credential without --target: the reference bridge makes its own');
    }
    refuseControl(flags);
    if (account !== undefined) {
      return withAccountBridge({ profile: account }, (target, control) => play(target, { control, account }));
    }
    return withReferenceBridge(target => play(target));
  }
  const target = placed(all, () => targetOf(url, flags, io));
  demandConsent(url, flags, 'the people and groups of the stories');
  return withStarted(url, flags, () =>
    withControl(flags, io, given => play(target, { ...given, ...(account !== undefined && { account }) })),
  );
}

const isFile = (name: string): boolean => /\.(?:ya?ml|json)$/i.test(name);

/** @throws UsageError for a file that cannot be read, ScenarioFileError for one that holds no story */
function readFile(file: string): Scenario {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UsageError(`${file}: ${fileTrouble(cause)}`, { cause });
  }
  return readScenario(file, text);
}

/** Prints what would happen: told by playing on a bridge of our own, so that nothing reaches the target. */
async function dryRun(ids: readonly string[], options: PlayOptions, io: Io): Promise<number> {
  let last = '';
  const onStep = (step: PlayedStep, story: Scenario): void => {
    if (last !== story.id) io.out(`${last === '' ? '' : '\n'}${story.id}: ${story.title}\n`);
    last = story.id;
    io.out(`${String(step.n).padStart(4)}  ${step.title}\n`);
    for (const { operation } of step.operations)
      io.out(`        ${operation.summary} (${operation.rules.join(', ')})\n`);
    for (const { title, rule } of step.findings) io.out(`        expected: ${title} (${rule})\n`);
  };
  await withReferenceBridge(target => playScenarios(target, ids, { ...options, onStep }));
  return EXIT.conforms;
}

/** One line for each step; with `--step` what went over the wire as well, and a wait for a key. */
function watcher(flags: PlayFlags, io: Io): NonNullable<PlayOptions['onStep']> {
  return async (step, story) => {
    const requests = step.exchanges.length === 0 ? '' : `, ${step.exchanges.length} requests`;
    const failed = step.findings.filter(({ outcome }) => outcome === 'fail');
    const told = failed.map(({ title, actual }) => visible(`\n    failed: ${title}: ${actual}`)).join('');
    if (io.interactive) io.err('\r\u001b[K');
    io.err(`${story.id} ${step.n}/${step.of} ${step.title}${requests}${told}\n`);
    if (!flags.step) return;
    for (const { request, response } of step.exchanges) {
      io.err(`    ${request.method} ${request.path} -> ${response.status ?? response.failure?.message ?? 'nothing'}\n`);
      if (request.json !== undefined) io.err(visible(`      ${JSON.stringify(request.json)}\n`));
    }
    io.err('    any key goes on\n');
    await io.key?.();
  };
}
