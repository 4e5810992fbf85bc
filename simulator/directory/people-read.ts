import { extname } from 'node:path';
import { parsePeopleCsv } from './people-csv.ts';
import type { PeopleFile, Source } from './people-file.ts';
import { settlePeople, type SettledPeople, type SettleOptions } from './people-import.ts';
import { parsePeopleJson } from './people-json.ts';

/** Readers by the ending of a file's name; JSON lines are read as JSON is. */
const PARSERS: Readonly<Record<string, (source: Source) => Promise<PeopleFile>>> = {
  '.csv': parsePeopleCsv,
  '.json': parsePeopleJson,
  '.jsonl': source => parsePeopleJson(source, true),
  '.ndjson': source => parsePeopleJson(source, true),
};

/** Reads a file of people, JSON by the ending of its name and CSV otherwise. */
export const parsePeople = (name: string, source: Source): Promise<PeopleFile> =>
  (PARSERS[extname(name).toLowerCase()] ?? parsePeopleCsv)(source);

/** The same with people made of its rows: an organisation for a directory to start with, and what is wrong with the rest. */
export const readPeople = async (name: string, source: Source, options: SettleOptions): Promise<SettledPeople> =>
  settlePeople(await parsePeople(name, source), options);
