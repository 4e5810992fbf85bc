import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readBaseline, updateBaseline } from '../harness/baseline-file.ts';
import { createBaseline, type Baseline } from '../harness/baseline.ts';
import { EXIT } from '../harness/exit-code.ts';
import type { Finished, RunOptions } from '../harness/run.ts';
import { newRunMark } from '../harness/session.ts';
import type { TargetSettings } from '../harness/target.ts';
import type { Run, RunEvent, Verdict } from '../reports/record/index.ts';
import { renderText, scriptsOf, writerFor, writers } from '../reports/writers/index.ts';
import { createRedactor } from '../scim/wire/redact.ts';
import { suggest } from '../text/suggest.ts';
import { interruptible } from './interrupt.ts';
import { UsageError, type Io } from './io.ts';
import type { RecordFlags } from './run-options.ts';

/**
 * What every command that makes a run does around it: record and reports on disk, a status line while it goes on, the
 * summary at its end.
 * @throws UsageError for a report format that is none, ConfigError for a baseline that cannot be used
 */
export async function executeRun(
  flags: RecordFlags,
  io: Io,
  target: TargetSettings | undefined,
  start: (options: RunOptions) => Promise<Finished>,
): Promise<number> {
  const wanted = flags.report.map(parseReport);
  const baseline = baselineOf(flags);
  const run = newRunMark();
  const folder = join(flags.out, run);
  const redactor = createRedactor();
  if (target?.insecure) io.err('scimulator: --insecure: the server certificate is not checked\n');
  const status = createStatus(io);
  let finished: Finished;
  try {
    finished = await interruptible(io, signal =>
      start({
        run,
        record: join(folder, 'record.jsonl'),
        ...(flags.seed !== undefined && { seed: flags.seed }),
        failOn: flags.failOn ?? (flags.strict ? 'warning' : 'failure'),
        signal,
        redactor,
        onEvent: status.see,
        ...(baseline && { baseline }),
      }),
    );
  } catch (error) {
    if (error instanceof Error) error.message = redactor.text(error.message);
    throw error;
  } finally {
    status.clear();
  }
  // Where a report goes to standard output, a script reads it: the summary goes beside it.
  const say = wanted.some(({ file }) => file === STDOUT) ? io.err : io.out;
  writeReports(finished.run, [{ format: 'html', file: join(folder, 'report.html') }, ...wanted], io);
  const scripts = writeScripts(finished.run, join(folder, 'scripts'));
  say(renderText(finished.run, { color: io.color, scripts, ...(io.width && { width: io.width }) }));
  say(`\nrecord  ${join(folder, 'record.jsonl')}\nreport  ${join(folder, 'report.html')}\n`);
  for (const { format, file } of wanted) if (file !== STDOUT) say(`${format.padEnd(7)} ${file}\n`);
  return flags.updateBaseline ? accept(finished, flags, say) : finished.exitCode;
}

/** The known deviations that the flags name; with `--update-baseline` the file need not be there yet. */
function baselineOf({ baseline: file, updateBaseline: updates }: RecordFlags): Baseline | undefined {
  if (updates && file === undefined) throw new UsageError('--update-baseline: say which file, with --baseline <file>');
  if (file === undefined || (updates && !existsSync(file))) return undefined;
  return createBaseline(readBaseline(file), new Date().toISOString().slice(0, 10));
}

/** Writes the baseline a run would pass with; what judged nothing is no reason to forgive anything. */
function accept(
  { run, exitCode }: Finished,
  { baseline: file = '' }: RecordFlags,
  say: (text: string) => void,
): number {
  if (exitCode !== EXIT.conforms && exitCode !== EXIT.fails) return exitCode;
  const { entries, added } = updateBaseline(file, run.verdicts, Date.now());
  const advice = added > 0 ? '; each wants a reason and an owner' : '';
  say(`baseline ${file}: ${entries} entries, ${added} of them new${advice}\n`);
  return EXIT.conforms;
}

function writeReports(run: Run, wanted: readonly { format: string; file: string }[], io: Io): void {
  for (const { format, file } of wanted) {
    const text = writerFor(format)?.write(run) ?? '';
    if (file === STDOUT) {
      io.out(text);
      continue;
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

/** As a file name: standard output. */
const STDOUT = '-';

/** Writes the script of each failure and warning; gives their paths. */
function writeScripts(run: Run, folder: string): ReadonlyMap<Verdict, string> {
  const paths = new Map<Verdict, string>();
  for (const [verdict, { name, text }] of scriptsOf(run)) {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o755 });
    paths.set(verdict, path);
  }
  return paths;
}

function parseReport(text: string): { format: string; file: string } {
  const [, format = '', file = ''] = /^([a-z]+)=(.+)$/.exec(text) ?? [];
  if (file === '') throw new UsageError(`--report ${text}: write format=file, for example json=report.json`);
  if (!writers.has(format)) {
    throw new UsageError(
      `--report ${text}: no format ${format}${suggest(format, [...writers.keys()])}; there are ${[...writers.keys()].join(', ')}`,
    );
  }
  return { format, file };
}

/** One line on stderr, redrawn, where a person watches; nothing elsewhere. */
function createStatus(io: Io): { see: (event: RunEvent) => void; clear: () => void } {
  const counts = { exchange: 0, verdict: 0, fail: 0 };
  if (!io.interactive) return { see: () => undefined, clear: () => undefined };
  return {
    see(event) {
      if (event.kind === 'exchange') counts.exchange += 1;
      if (event.kind === 'verdict') {
        counts.verdict += 1;
        if (event.verdict.outcome === 'fail') counts.fail += 1;
      }
      io.err(`\r\u001b[K${counts.verdict} verdicts, ${counts.fail} failed, ${counts.exchange} exchanges`);
    },
    clear: () => io.err('\r\u001b[K'),
  };
}
