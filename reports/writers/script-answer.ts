import { isObject, type Json } from './script-json.ts';
import type { Exchange } from '../record/index.ts';

/** What an answer is put into the words of the run with: the same is done to fresh answers by the script itself. */
export interface Vocabulary {
  /** Base URL of the run. */
  readonly base: string;
  /** Mark of the run. */
  readonly mark: string;
  /** Ids that answers gave, each with the name of the variable that stands for it. */
  readonly ids: readonly (readonly [label: string, value: string])[];
  /** Header fields that are looked at. */
  readonly fields: readonly string[];
  /** Times that requests held: no clock made them. */
  readonly sent: ReadonlySet<string>;
  /** Numbers of the answers, from 1, that are lists in which others stand beside what the exchanges made. */
  readonly ours: ReadonlySet<number>;
  /** Whether the order of times says something. */
  readonly timed: boolean;
}

export const STAMP = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?/g;
const UUID = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/gi;

/** Shorter ids stand only for themselves: as a part of other text they would be found everywhere. */
const SHORTEST_PART = 6;

/** JSON as lines: path, tab, value as it is written. */
export function linesOf(value: Json, path = ''): string[] {
  if (Array.isArray(value)) {
    if (value.length === 0) return [`${path}\t[]`];
    return value.flatMap((entry: Json, at) => linesOf(entry, `${path}/${at}`));
  }
  if (!isObject(value)) return [`${path}\t${JSON.stringify(value)}`];
  const entries = Object.entries(value);
  if (entries.length === 0) return [`${path}\t{}`];
  return entries.flatMap(([name, member]) => linesOf(member, `${path}/${JSON.stringify(name).slice(1, -1)}`));
}

function answerLines({ status, headers, json, text = '' }: Exchange['response'], fields: readonly string[]): string[] {
  const body = json === undefined ? text.replace(/\n+$/, '') : undefined;
  return [
    `status\t${String(status ?? 0).padStart(3, '0')}`,
    ...fields.map(name => `${name}\t${headers[name] ?? ''}`),
    ...(body === undefined ? linesOf(json ?? null) : body === '' ? [] : body.split('\n').map(line => `text\t${line}`)),
  ];
}

/** The answers from number `from` on, counted from 1, in the words of the run: sorted lines, each behind its number. */
export function toldOf(exchanges: readonly Exchange[], from: number, words: Vocabulary): string[] {
  const { base, mark, ids, fields, sent, timed, ours } = words;
  const version = versionNames();
  const all = exchanges.map(({ response }) =>
    answerLines(response, fields).map((line): Line => {
      const at = line.indexOf('\t');
      return { path: line.slice(0, at), text: line.slice(at + 1) };
    }),
  );
  const stamps = new Set(all.flatMap(lines => lines.flatMap(({ text }) => text.match(STAMP) ?? [])));
  const rank = new Map([...stamps].sort(byBytes).map((stamp, at) => [stamp, at + 1]));
  const time = (stamp: string) =>
    sent.has(stamp) ? stamp : `{time${timed ? ` ${rank.get(stamp)}` : ''}${stamp.includes('.') ? '.d' : ''}}`;
  const nameIds = (text: string) =>
    ids.reduce((line, [label, id]) => {
      if (id.length >= SHORTEST_PART) return line.replaceAll(id, `{${label}}`);
      return line === `"${id}"` ? `"{${label}}"` : line;
    }, text);
  const told = all
    .map(lines => lines.map(({ path, text }) => ({ path, text: version(path, text) })))
    .flatMap((lines, at) => {
      if (at + 1 < from) return [];
      const named = lines.map(({ path, text }): Line => {
        const cursor = /\/(?:next|previous)Cursor$/.test(path) && text.startsWith('"');
        const placed = (cursor ? '"{cursor}"' : text).replaceAll(base, '{base}').replace(STAMP, time);
        return { path, text: nameIds(placed).replace(UUID, '{uuid}').replace(new RegExp(mark, 'gi'), '{run}') };
      });
      return (ours.has(at + 1) ? oursOnly(named) : named).map(({ path, text }) => `${at + 1} ${path}\t${text}`);
    });
  return told.sort(byBytes);
}

interface Line {
  readonly path: string;
  readonly text: string;
}

/** Gives versions numbers by their first appearance. */
function versionNames(): (path: string, text: string) => string {
  const versions = new Map<string, number>();
  return (path, text) => {
    if ((path !== 'etag' && !path.endsWith('/version')) || !/^(?:"|W\/)/.test(text)) return text;
    const bare = text.replaceAll('\\', '');
    const opaque = bare.replace(/W\/|"/g, '');
    if (opaque === '') return bare;
    const number = versions.get(opaque) ?? versions.size + 1;
    versions.set(opaque, number);
    return bare.replaceAll(opaque, `{version ${number}}`);
  };
}

/** A list without what others have on the target: their entries, and the numbers that count them. */
function oursOnly(lines: readonly Line[]): Line[] {
  const entryOf = (path: string) => /^\/Resources\/(\d+)/.exec(path)?.[1];
  const own = new Set(
    lines
      .filter(({ path, text }) => /^\/Resources\/\d+\/id$/.test(path) && text.startsWith('"{ID_'))
      .map(({ path }) => entryOf(path)),
  );
  return lines.flatMap(({ path, text }) => {
    const entry = entryOf(path);
    if (entry !== undefined) {
      return own.has(entry) ? [{ path: `/Resources/${path.slice(`/Resources/${entry}`.length)}`, text }] : [];
    }
    const counts = /^\/(?:totalResults|itemsPerPage|startIndex)$/.test(path) && /^(?:\d+|"\d+")$/.test(text);
    return [{ path, text: counts ? text.replace(/\d+/, '#') : text }];
  });
}

const byBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

/** The checksum of POSIX `cksum`, so that a script can hold a long answer in one number. */
export function cksum(text: string): number {
  const bytes = [...Buffer.from(text)];
  const length: number[] = [];
  for (let rest = bytes.length; rest > 0; rest = Math.floor(rest / 256)) length.push(rest % 256);
  let crc = 0;
  for (const byte of [...bytes, ...length]) {
    crc ^= byte << 24;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  }
  return ~crc >>> 0;
}
