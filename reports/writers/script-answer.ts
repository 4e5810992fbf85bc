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
  /**
   * Numbers of the answers, from 1, that are lists in which others stand beside what the exchanges made: of these the entries
   * of our own count, or none where the list of the run had none.
   */
  readonly ours: ReadonlyMap<number, 'own' | 'none'>;
  /** Whether the order of times says something. */
  readonly timed: boolean;
  /** Whether it says something which versions are the same. */
  readonly versioned: boolean;
  /** Whether the words of an error say something. */
  readonly worded: boolean;
  /** Whether the characters of a cursor say something. */
  readonly spelled: boolean;
  /** Number and path of what the record blanks: that something is there counts. */
  readonly veiled: ReadonlySet<string>;
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

interface Line {
  readonly path: string;
  readonly text: string;
}

const lineOf = (line: string): Line => {
  const at = line.indexOf('\t');
  return { path: line.slice(0, at), text: line.slice(at + 1) };
};

/** Answers of what several checks start from stand in the script of each of them. */
const bodies = new WeakMap<Exchange['response'], readonly Line[]>();

function bodyLines(response: Exchange['response']): readonly Line[] {
  const known = bodies.get(response);
  if (known) return known;
  const { json, text = '' } = response;
  const body = text.replace(/\n+$/, '');
  const lines = json === undefined ? (body === '' ? [] : body.split('\n').map(line => `text\t${line}`)) : linesOf(json);
  const made = lines.map(lineOf);
  bodies.set(response, made);
  return made;
}

function linesOfAnswer(response: Exchange['response'], fields: readonly string[]): readonly Line[] {
  const { status, headers } = response;
  const head = [
    { path: 'status', text: String(status ?? 0).padStart(3, '0') },
    ...fields.map(name => ({ path: name, text: headers[name] ?? '' })),
  ];
  return [...head, ...bodyLines(response)];
}

/** The answers from number `from` on, counted from 1, in the words of the run: sorted lines, each behind its number. */
export function toldOf(exchanges: readonly Exchange[], from: number, words: Vocabulary): string[] {
  const { base, mark, ids, fields, sent, timed, ours, veiled } = words;
  const version = versionNames(words.versioned);
  const marks = new RegExp(mark, 'gi');
  const own = new Set(ids.map(([, id]) => JSON.stringify(id)));
  const all = exchanges.map(({ response }, at) => {
    const lines = linesOfAnswer(response, fields).map(({ path, text }): Line => {
      const isVeiled = text !== '' && veiled.has(`${at + 1} ${path}`);
      return { path, text: isVeiled ? '{veiled}' : text };
    });
    const whose = ours.get(at + 1);
    return whose ? oursOnly(lines, whose, own) : lines;
  });
  const stamps = new Set(all.flatMap(lines => lines.flatMap(({ text }) => text.match(STAMP) ?? [])));
  const rank = new Map([...stamps].sort(byBytes).map((stamp, at) => [stamp, at + 1]));
  const time = (stamp: string) =>
    sent.has(stamp) ? stamp : `{time${timed ? ` ${rank.get(stamp)}` : ''}${stamp.includes('.') ? '.d' : ''}}`;
  const nameIds = (text: string) =>
    ids.reduce((line, [label, id]) => {
      if (id.length >= SHORTEST_PART) return line.replaceAll(id, `{${label}}`);
      return line === `"${id}"` ? `"{${label}}"` : line;
    }, text);
  const told = all.flatMap((lines, at) =>
    lines.flatMap(({ path, text: raw }) => {
      const text = placeholder(path, version(path, raw), words);
      if (at + 1 < from) return [];
      const named = nameIds(text.replaceAll(base, '{base}').replace(STAMP, time));
      const blanked = named.replace(UUID, '{uuid}').replace(marks, '{run}');
      return [`${at + 1} ${path}\t${blanked}`];
    }),
  );
  return told.sort(byBytes);
}

/** Number and path of each value of the answers that the record does not hold as it was. */
export function veiledIn(
  exchanges: readonly Exchange[],
  fields: readonly string[],
  blanks: readonly string[],
): ReadonlySet<string> {
  return new Set(
    exchanges.flatMap(({ response }, at) =>
      linesOfAnswer(response, fields)
        .filter(({ text }) => blanks.some(blank => text.includes(blank)))
        .map(({ path }) => `${at + 1} ${path}`),
    ),
  );
}

/** What a value is called that no two runs have in common, whatever is right. */
function placeholder(path: string, text: string, { worded, spelled }: Vocabulary): string {
  if (/\/(?:next|previous)Cursor$/.test(path) && text.startsWith('"')) {
    return spelled && !/^"[\w.~-]*"$/.test(text) ? '"{cursor with other characters}"' : '"{cursor}"';
  }
  if (!worded && path.endsWith('/detail') && text.length > 2 && text.startsWith('"')) return '"{words}"';
  if (/\/meta\/(?:created|lastModified)$/.test(path) && /^\d{9,}$/.test(text)) return '{time number}';
  return text;
}

/** Names versions, with numbers by their first appearance where it counts which are the same. */
function versionNames(versioned: boolean): (path: string, text: string) => string {
  const versions = new Map<string, number>();
  return (path, text) => {
    if ((path !== 'etag' && !path.endsWith('/version')) || !/^(?:"|W\/)/.test(text)) return text;
    const bare = text.replaceAll('\\', '');
    // Only what leads it says that a version is weak: the opaque part may hold the same two characters.
    const opaque = bare.replace(/^"?W\//, '').replaceAll('"', '');
    if (opaque === '') return bare;
    const number = versions.get(opaque) ?? versions.size + 1;
    versions.set(opaque, number);
    return bare.replaceAll(opaque, versioned ? `{version ${number}}` : '{version}');
  };
}

/** A list without what others have on the target: their entries, and the numbers that count them. */
function oursOnly(lines: readonly Line[], whose: 'own' | 'none', ids: ReadonlySet<string>): Line[] {
  const entryOf = (path: string) => /^(?:\/Resources)?\/\d+/.exec(path)?.[0];
  const own = new Set(
    lines.filter(({ path, text }) => path === `${entryOf(path)}/id` && ids.has(text)).map(({ path }) => entryOf(path)),
  );
  const kept = lines.flatMap(({ path, text }) => {
    const entry = entryOf(path);
    if (entry !== undefined) {
      const list = entry.replace(/\/\d+$/, '');
      if (whose === 'none') return [{ path: list, text: '[...]' }];
      return own.has(entry) ? [{ path: `${list}/${path.slice(entry.length)}`, text }] : [];
    }
    const counts = /^\/(?:totalResults|itemsPerPage|startIndex)$/.test(path) && /^(?:\d+|"\d+")$/.test(text);
    return [{ path, text: counts ? text.replace(/\d+/, '#') : text }];
  });
  return kept.filter(({ text }, at) => text !== '[...]' || kept.findIndex(line => line.text === text) === at);
}

const byBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

/** What one byte does to the checksum. */
const CRC = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc;
});

/** The checksum of POSIX `cksum`, so that a script can hold a long answer in one number. */
export function cksum(text: string): number {
  const bytes = Buffer.from(text);
  let crc = 0;
  const take = (byte: number) => (crc = (crc << 8) ^ (CRC[((crc >>> 24) ^ byte) & 255] ?? 0));
  for (const byte of bytes) take(byte);
  for (let rest = bytes.length; rest > 0; rest = Math.floor(rest / 256)) take(rest % 256);
  return ~crc >>> 0;
}
