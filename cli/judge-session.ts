import { writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { judgeTraffic, type Part } from '../harness/judge-traffic.ts';
import { profileNamed } from '../harness/selection.ts';
import { renderText, writerFor } from '../reports/writers/index.ts';
import type { Io } from './io.ts';

/** Flags of a server that judges its clients. */
export interface JudgeSessionFlags {
  readonly judge?: true;
  readonly judgeProfile: string;
  readonly out: string;
  readonly strict?: true;
}

/** Judging for as long as a server runs. */
export interface JudgeSession {
  watch(listener: RequestListener): RequestListener;
  /** Writes the last report and gives the exit code of its verdicts. */
  end(): number;
}

/**
 * Judges what the clients of a server send: on SIGUSR2 the report as it stands, at the end the last one.
 * @throws SelectionError for a profile that is none.
 */
export function judgeSession(url: string, flags: JudgeSessionFlags, secrets: readonly string[], io: Io): JudgeSession {
  const { judgeProfile, out, strict } = flags;
  const show = ({ run, folder }: Part) => {
    const html = join(folder, 'report.html');
    writeFileSync(html, writerFor('html')?.write(run) ?? '');
    io.out(renderText(run, { color: io.color, ...(io.width && { width: io.width }) }));
    io.out(`\nrecord  ${join(folder, 'record.jsonl')}\nreport  ${html}\n`);
  };
  const judge = judgeTraffic({
    profile: profileNamed(judgeProfile),
    baseUrl: url,
    basePath: new URL(url).pathname,
    out,
    failOn: strict ? 'warning' : 'failure',
    secrets,
    onPart: show,
  });
  const onDemand = () => show(judge.soFar());
  // Windows has no such signal, and says so when it is listened for.
  if (process.platform !== 'win32') process.on('SIGUSR2', onDemand);
  return {
    watch: judge.watch,
    end() {
      process.off('SIGUSR2', onDemand);
      const part = judge.end();
      show(part);
      return part.exitCode;
    },
  };
}
