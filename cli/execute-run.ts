import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readBaseline, updateBaseline } from '../harness/baseline-file.ts';
import { createBaseline } from '../harness/baseline.ts';
import { EXIT } from '../harness/exit-code.ts';
import type { Finished, RunOptions } from '../harness/run.ts';
import { newRunMark } from '../harness/session.ts';
import type { TargetSettings } from '../harness/target.ts';
import type { Run, RunEvent, Verdict } from '../reports/record/index.ts';
import { renderText, scriptsOf, writerFor, writers } from '../reports/writers/index.ts';
import { createRedactor } from '../scim/wire/redact.ts';
import { interruptible } from './interrupt.ts';
import { UsageError, type Io } from './io.ts';
import type { RecordFlags } from './run-options.ts';

/**
 * What every command that makes a run does around it: record and reports on disk, a status line while it goes on, the
 * summary at its end.
 * @throws UsageError for a report format that is none.
 */
export async function executeRun(
  flags: RecordFlags,
  io: Io,
  target: TargetSettings | undefined,
  start: (options: RunOptions) => Promise<Finished>,
): Promise<number> {
  const wanted = flags.report.map(parseReport);
  const { baseline: file, updateBaseline: updates } = flags;
  if (updates && file === undefined) throw new UsageError('--update-baseline: say which file, with --baseline <file>');
  const entries = file === undefined || (updates && !existsSync(file)) ? undefined : readBaseline(file);
  const baseline = entries && createBaseline(entries, new Date().toISOString().slice(0, 10));
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
        seed: flags.seed,
        strict: flags.strict ?? false,
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
  const html = join(folder, 'report.html');
  for (const { format, file } of [{ format: 'html', file: html }, ...wanted]) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, writerFor(format)?.write(finished.run) ?? '');
  }
  const scripts = writeScripts(finished.run, join(folder, 'scripts'));
  io.out(renderText(finished.run, { color: io.color, scripts, ...(io.width && { width: io.width }) }));
  io.out(`\nrecord  ${join(folder, 'record.jsonl')}\nreport  ${html}\n`);
  for (const { format, file } of wanted) io.out(`${format.padEnd(7)} ${file}\n`);
  if (!updates || file === undefined || !isJudged(finished.exitCode)) return finished.exitCode;
  const { entries: all, added } = updateBaseline(file, finished.run.verdicts, Date.now());
  io.out(
    `baseline ${file}: ${all} entries, ${added} of them new${added > 0 ? '; each wants a reason and an owner' : ''}\n`,
  );
  return EXIT.conforms;
}

const isJudged = (exitCode: number): boolean => exitCode === EXIT.conforms || exitCode === EXIT.fails;

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
    throw new UsageError(`--report ${text}: no format ${format}; there are ${[...writers.keys()].join(', ')}`);
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
