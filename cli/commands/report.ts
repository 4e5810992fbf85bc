import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../harness/make-folder.ts';
import { EXIT } from '../../harness/exit-code.ts';
import { fold, parseRecord, RecordError, type Run } from '../../reports/record/index.ts';
import { renderText, writerFor } from '../../reports/writers/index.ts';
import { fileTrouble } from '../../text/file-trouble.ts';
import { suggest } from '../../text/suggest.ts';
import { UsageError, type Io } from '../io.ts';

/**
 * `scimulator report <record>`
 * @throws UsageError for a second record, and for what is none; either may be a command that is misspelt
 */
export async function report(
  path: string,
  more: readonly string[],
  flags: { format: string; output?: string },
  io: Io,
): Promise<number> {
  const meant = suggest(path, ['show', 'merge', 'diff']);
  if (more.length > 0) throw new UsageError(`report ${path}: one record is wanted, not ${more.length + 1}${meant}`);
  if (meant !== '' && !existsSync(path)) throw new UsageError(`${path}: there is no such record${meant}`);
  writeReport(readRecord(path), flags, io);
  return EXIT.conforms;
}

/** A report to a file, or to standard output. */
export function writeReport(run: Run, { format, output }: { format: string; output?: string }, io: Io): void {
  const color = io.color && output === undefined;
  const text =
    format === 'text'
      ? renderText(run, { color, ...(io.width && { width: io.width }) })
      : (writerFor(format)?.write(run) ?? '');
  if (output === undefined) {
    io.out(text);
    return;
  }
  makeFolder(dirname(output));
  writeFileSync(output, text);
}

/** @throws UsageError when there is no such file, or it is no record. */
export function readRecord(path: string): Run {
  try {
    const file = statSync(path).isDirectory() ? join(path, 'record.jsonl') : path;
    return fold(parseRecord(readFileSync(file, 'utf8')));
  } catch (cause) {
    if (cause instanceof RecordError) throw new UsageError(`${path} is no record: ${cause.message}`, { cause });
    const { code = '' } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      throw new UsageError(`${path}: there is no ${existsSync(path) ? 'record.jsonl in it' : 'such record'}`, {
        cause,
      });
    }
    if (code.startsWith('E')) throw new UsageError(`${path}: ${fileTrouble(cause)}`, { cause });
    throw cause;
  }
}
