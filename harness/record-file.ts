import { closeSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from './make-folder.ts';
import type { RunEvent } from '../reports/record/index.ts';

/** The record of a run on disk: each event is a line, written before the next thing happens. */
export interface RecordFile {
  readonly path: string;
  append(event: RunEvent): void;
  close(): void;
}

/** Opens a record for appending; its folder is made. Errors of the file system pass through. */
export function openRecord(path: string): RecordFile {
  makeFolder(dirname(path));
  const file = openSync(path, 'a');
  return {
    path,
    append: event => void writeSync(file, `${JSON.stringify(event)}\n`),
    close: () => closeSync(file),
  };
}
