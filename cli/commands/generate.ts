import { createWriteStream, readFileSync } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EXIT } from '../../harness/exit-code.ts';
import { generatePeople, type Placed } from '../../simulator/directory/generate.ts';
import { peopleCsv } from '../../simulator/directory/people-csv.ts';
import { peopleJson, peopleJsonLines } from '../../simulator/directory/people-json.ts';
import { completeProfile, type GeneratorProfile } from '../../simulator/directory/profile.ts';
import { readProfile } from '../../simulator/directory/profile-file.ts';
import { fileTrouble } from '../../text/file-trouble.ts';
import { UsageError, type Io } from '../io.ts';

export interface GenerateFlags {
  readonly people: number;
  readonly seed: number;
  readonly profile?: string;
  readonly format: 'json' | 'csv' | 'jsonl';
  readonly output?: string;
  readonly force?: true;
}

/** Rows are written in pieces of about so many characters. */
const PIECE = 65_536;

/** `scimulator generate`: nothing is held but one piece; a reader that has enough ends it. */
export async function generateCommand(
  flags: GenerateFlags,
  io: Io,
  stdout: Writable = process.stdout,
): Promise<number> {
  const { people, seed, format, output, force } = flags;
  const profile = flags.profile === undefined ? completeProfile({}) : loadProfile(flags.profile);
  const pieces = Readable.from(inPieces(writers[format](generatePeople({ people, seed, profile }), profile)), {
    objectMode: false,
  });
  if (output !== undefined) {
    await pipeline(pieces, createWriteStream(output, { flags: force ? 'w' : 'wx' })).catch((cause: unknown) => {
      throw new UsageError(unwritable(output, cause), { cause });
    });
    io.err(`${output} written\n`);
    return EXIT.conforms;
  }
  await pipeline(pieces, stdout, { end: false }).catch((error: unknown) => {
    if (codeOf(error) !== 'EPIPE' && codeOf(error) !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
  return EXIT.conforms;
}

const writers: Readonly<
  Record<GenerateFlags['format'], (people: Iterable<Placed>, profile: GeneratorProfile) => Iterable<string>>
> = {
  json: peopleJson,
  jsonl: peopleJsonLines,
  csv: (people, { attributes, groups }) =>
    // Everybody is in the groups of all, of their department, of heads and of contractors at most, and in others.
    peopleCsv(people, { attributes: attributes.length, groups: Math.min(4 + groups.more.length, 20) }),
};

function* inPieces(rows: Iterable<string>): Generator<string, void, undefined> {
  let piece = '';
  for (const row of rows) {
    piece += row;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

function loadProfile(file: string): GeneratorProfile {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UsageError(`${file}: the profile cannot be read: ${fileTrouble(cause)}`, { cause });
  }
  const read = readProfile(file, text);
  if (read.mistakes) throw new UsageError(read.mistakes.join('\n'));
  return read.profile;
}

const unwritable = (output: string, cause: unknown): string =>
  codeOf(cause) === 'EEXIST'
    ? `${output} is there already; --force writes over it`
    : `${output} cannot be written: ${fileTrouble(cause)}`;

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
