import { join } from 'node:path';
import type { Command } from 'commander';
import { EXIT } from '../../harness/exit-code.ts';
import { replay, type Replayed } from '../../harness/replay.ts';
import type { Difference } from '../../harness/replay-compare.ts';
import { newRunMark } from '../../harness/session.ts';
import type { Json } from '../../reports/record/index.ts';
import { visible } from '../../reports/writers/index.ts';
import { createRedactor } from '../../scim/wire/redact.ts';
import type { ConfigFlags } from '../config-options.ts';
import { baseUrlOf, configured, placed } from '../configured.ts';
import { interruptible } from '../interrupt.ts';
import type { Io } from '../io.ts';
import { printsConfig } from '../print-config.ts';
import { targetOf, type TargetFlags } from '../run-options.ts';
import { demandConsent } from './conform.ts';

interface ReplayFlags extends TargetFlags, ConfigFlags {
  readonly base?: string;
  readonly out: string;
  readonly format: 'text' | 'json';
}

/** `scimulator replay <file> --target <url>`: exit code 0 when nothing differs, 1 when something does. */
export async function replayCommand(path: string, command: Command, io: Io): Promise<number> {
  const all = configured<ReplayFlags>(undefined, command, io);
  if (printsConfig(all, io)) return EXIT.conforms;
  const { flags } = all;
  const { base, out, format } = flags;
  const url = baseUrlOf(all);
  const target = placed(all, () => targetOf(url, flags, io));
  demandConsent(url, flags, 'the users and groups of the recording');
  const run = newRunMark();
  const record = join(out, run, 'record.jsonl');
  const redactor = createRedactor();
  const {
    run: made,
    exitCode,
    replayed,
  } = await interruptible(io, signal =>
    replay(path, target, { run, record, redactor, signal, ...(base !== undefined && { base }) }),
  );
  const { leftBehind = [], lostSince = '' } = made.footer ?? {};
  const shown = redactor.value({ ...replayed, leftBehind, lostSince, record });
  io.out(format === 'json' ? `${JSON.stringify(shown, null, 2)}\n` : visible(textOf(shown)));
  return exitCode;
}

interface Shown extends Replayed {
  readonly leftBehind: readonly string[];
  readonly lostSince: string;
  readonly record: string;
}

function textOf({ sent, leftOut, target, answers, endState, leftBehind, lostSince, record }: Shown): string {
  const lines = [
    `${sent} requests sent to ${target}${leftOut > 0 ? `, ${leftOut} left out` : ''}`,
    `${answers.length} answers differ, ${endState.length} resources ended up different`,
  ];
  for (const { method, path, recorded, now, differences } of answers) {
    lines.push('', `${method} ${path}   ${recorded}, now ${now}`, ...differences.map(lineOf));
  }
  for (const { recorded, now, differences } of endState) {
    lines.push('', `at the end ${now}   recorded as ${recorded}`, ...differences.map(lineOf));
  }
  if (lostSince !== '') lines.push('', `the target stopped answering at ${lostSince}`);
  for (const name of leftBehind) lines.push('', `left behind: ${name}`);
  return `${[...lines, '', `record  ${record}`].join('\n')}\n`;
}

const lineOf = ({ at, recorded, now }: Difference): string =>
  `  ${at === '' ? 'body' : at}: ${valueOf(recorded)}, now ${valueOf(now)}`;

const LONGEST = 160;

function valueOf(value: Json | undefined): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
