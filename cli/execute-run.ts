import { closeSync, existsSync, openSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '../harness/make-folder.ts';
import { createBaseline, type Baseline } from '../harness/baseline.ts';
import { EXIT } from '../harness/exit-code.ts';
import type { Finished, RunOptions } from '../harness/run.ts';
import { newRunMark } from '../harness/session.ts';
import type { TargetSettings } from '../harness/target.ts';
import type { Run, Verdict } from '../reports/record/index.ts';
import { renderText, scriptsOf, writerFor, writers } from '../reports/writers/index.ts';
import { createRedactor } from '../scim/wire/redact.ts';
import { fileTrouble } from '../text/file-trouble.ts';
import { suggest } from '../text/suggest.ts';
import { interruptible } from './interrupt.ts';
import { UsageError, type Io } from './io.ts';
import { createProgress, type Expected } from './progress.ts';
import type { RecordFlags } from './run-options.ts';

/**
 * What every command that makes a run does around it: record and reports on disk, a line of progress while it goes on, the
 * summary at its end.
 * @param expected how much there is to do, for the progress
 * @throws UsageError for a report format that is none, ConfigError for a baseline that cannot be used
 */
export async function executeRun(
  flags: RecordFlags,
  io: Io,
  target: TargetSettings | undefined,
  start: (options: RunOptions) => Promise<Finished>,
  expected?: Expected,
): Promise<number> {
  const wanted = reportsOf(flags);
  for (const { file } of wanted) if (file !== STDOUT) refuseUnwritable(file);
  const baseline = await baselineOf(flags);
  const run = newRunMark();
  const folder = join(flags.out, run);
  const redactor = createRedactor();
  if (target?.insecure) io.err('scimulator: --insecure: the server certificate is not checked\n');
  const progress = flags.quiet ? undefined : createProgress(io, expected);
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
        ...(progress && { onEvent: progress.see, onSend: progress.sent }),
        ...(baseline && { baseline }),
      }),
    );
  } catch (error) {
    if (error instanceof Error) error.message = redactor.text(error.message);
    throw error;
  } finally {
    progress?.clear();
  }
  // Where a report goes to standard output, a script reads it: the summary goes beside it.
  const aloud = wanted.some(({ file }) => file === STDOUT) ? io.err : io.out;
  const say = flags.quiet && finished.exitCode === EXIT.conforms ? () => undefined : aloud;
  writeReports(finished.run, [{ format: 'html', file: join(folder, 'report.html') }, ...wanted], io);
  const scripts = writeScripts(finished.run, join(folder, 'scripts'));
  say(renderText(finished.run, { color: io.color, scripts, ...(io.width && { width: io.width }) }));
  say(`\nrecord  ${join(folder, 'record.jsonl')}\nreport  ${join(folder, 'report.html')}\n`);
  for (const { format, file } of wanted) if (file !== STDOUT) say(`${format.padEnd(7)} ${file}\n`);
  if (finished.exitCode === EXIT.nothingJudged && target)
    say(`\nTo find out why: scimulator doctor ${target.baseUrl}\n`);
  return flags.updateBaseline ? accept(finished, flags, say) : finished.exitCode;
}

/** The known deviations that the flags name; with `--update-baseline` the file need not be there yet. */
async function baselineOf({ baseline: file, updateBaseline: updates }: RecordFlags): Promise<Baseline | undefined> {
  if (updates && file === undefined) throw new UsageError('--update-baseline: say which file, with --baseline <file>');
  if (file === undefined || (updates && !existsSync(file))) return undefined;
  const { readBaseline } = await baselineFiles();
  return createBaseline(readBaseline(file), new Date().toISOString().slice(0, 10));
}

/** What reads and writes them knows every story by name, so it is loaded only where there is a file. */
const baselineFiles = async () => import('../harness/baseline-file.ts');

/** Writes the baseline a run would pass with; what judged nothing is no reason to forgive anything. */
async function accept(
  { run, exitCode }: Finished,
  { baseline: file = '' }: RecordFlags,
  say: (text: string) => void,
): Promise<number> {
  if (exitCode !== EXIT.conforms && exitCode !== EXIT.fails) return exitCode;
  const { updateBaseline } = await baselineFiles();
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
    makeFolder(dirname(file));
    writeFileSync(file, text);
  }
}

/** Finds out before a run what would be lost after it. @throws UsageError for a file that cannot be written */
function refuseUnwritable(file: string): void {
  try {
    makeFolder(dirname(file));
    closeSync(openSync(file, 'a'));
  } catch (cause) {
    throw new UsageError(`--report: ${file} cannot be written: ${fileTrouble(cause)}`, { cause });
  }
}

/** As a file name: standard output. */
const STDOUT = '-';

/** Writes the script of each failure and warning; gives their paths. */
function writeScripts(run: Run, folder: string): ReadonlyMap<Verdict, string> {
  const paths = new Map<Verdict, string>();
  for (const [verdict, { name, text }] of scriptsOf(run)) {
    makeFolder(folder);
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o755 });
    paths.set(verdict, path);
  }
  return paths;
}

/** @throws UsageError for a format that is none, and for two reports in one place */
function reportsOf({ report, json }: RecordFlags): readonly { format: string; file: string }[] {
  const wanted = [...report.map(parseReport), ...(json ? [{ format: 'json', file: STDOUT }] : [])];
  const twice = wanted.find(({ file }, at) => wanted.findIndex(other => other.file === file) < at);
  if (twice) {
    const place = twice.file === STDOUT ? 'standard output' : twice.file;
    throw new UsageError(`--report: two reports go to ${place}; give each a file of its own`);
  }
  return wanted;
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
