import { isObject } from '../scim/message/list.ts';
import { REDACTED } from '../scim/wire/redact.ts';
import type { Json, JsonObject } from '../reports/record/index.ts';

/** What stands in a recording and what stands for it in this run. */
export interface Names {
  /** From now on the recorded value means the other one; in capitals and in small letters too. */
  learn(recorded: string, now: string): void;
  /** A recorded body as it is sent, or expected, now. */
  body<T extends Json>(value: T): T;
  /** A recorded path with its query. */
  path(path: string): string;
}

/** Shorter ids and names stand in too many places that mean something else. */
const SHORTEST = 3;
/** Members that hold words of the protocol, whatever somebody is called. */
const WORDS = /^(?:schemas|op|method|type|scimType|resourceType|attributes|excludedAttributes|sortBy|sortOrder)$/i;
/** Members with an expression, in which only what is quoted can be a name. */
const EXPRESSIONS = /^(?:path|filter)$/i;
const QUOTED = /"(?:[^"\\]|\\.)*"/g;

/**
 * Replaces what was learnt wherever it stands as a word of its own.
 * @param secret stands for every value that the recording blanked
 */
export function createNames(secret: string): Names {
  const known = new Map<string, string>();
  const lengths = new Set<number>();

  /** From word to word, so what it costs does not depend on how much was learnt. */
  const text = (written: string): string => {
    let out = '';
    let from = 0;
    for (let at = 0; at < written.length; at += 1) {
      if (isWord(written[at - 1]) && isWord(written[at])) continue;
      const name = longestAt(written, at);
      if (name === undefined) continue;
      out += written.slice(from, at) + (known.get(name) ?? name);
      from = at + name.length;
      at = from - 1;
    }
    return out + written.slice(from);
  };
  const longestAt = (written: string, at: number): string | undefined => {
    let longest: string | undefined;
    for (const length of lengths) {
      const end = at + length;
      if (end > written.length || length < (longest?.length ?? 0)) continue;
      if (isWord(written[end - 1]) && isWord(written[end])) continue;
      const name = written.slice(at, end);
      if (known.has(name)) longest = name;
    }
    return longest;
  };
  const expression = (written: string): string =>
    written.startsWith('/') ? text(written) : written.replace(QUOTED, literal => text(literal));
  const walk = (value: Json): Json => {
    if (value === REDACTED) return secret;
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(walk);
    return isObject(value) ? members(value) : value;
  };
  const members = (object: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(object).map(([name, value]) => {
        if (WORDS.test(name)) return [name, value];
        return [name, EXPRESSIONS.test(name) && typeof value === 'string' ? expression(value) : walk(value)];
      }),
    );
  const segment = (written: string, change: (plain: string) => string): string => {
    const plain = unescaped(written);
    if (plain === undefined) return written;
    const now = change(plain);
    return now === plain ? written : encodeURIComponent(now);
  };
  return {
    learn(recorded, now) {
      if (recorded.length < SHORTEST || known.get(recorded) === now) return;
      known.set(recorded, now);
      for (const fold of [(t: string) => t.toLowerCase(), (t: string) => t.toUpperCase()]) {
        if (!known.has(fold(recorded))) known.set(fold(recorded), fold(now));
        lengths.add(fold(recorded).length);
      }
      lengths.add(recorded.length);
    },
    body: <T extends Json>(value: T): T => walk(value) as T,
    path(written) {
      const [place, query] = splitOnce(written, '?');
      const [root = '', endpoint = '', ...rest] = place.split('/');
      const now = [root, endpoint, ...rest.map(part => segment(part, text))].join('/');
      if (query === undefined) return now;
      const parts = query.split('&').map(part => {
        const [name, value] = splitOnce(part, '=');
        if (value === undefined || !/^(?:filter|cursor)$/.test(name)) return part;
        return `${name}=${segment(value.replaceAll('+', '%20'), name === 'filter' ? expression : text)}`;
      });
      return `${now}?${parts.join('&')}`;
    },
  };
}

function isWord(char: string | undefined): boolean {
  if (char === undefined) return false;
  if (char > '\u007f') return /[\p{L}\p{N}]/u.test(char);
  return (char >= 'a' && char <= 'z') || (char >= '0' && char <= '9') || (char >= 'A' && char <= 'Z');
}

function splitOnce(text: string, mark: string): readonly [string, string?] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** A part of a path without its escapes; undefined where they are broken. */
export function unescaped(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

const isText = (value: Json | undefined): value is string => typeof value === 'string' && value !== '';
const listOf = (value: Json | undefined): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** Names that a request gives to resources: two runs on one target would collide in them. */
export function namesGiven(endpoint: string, method: string, body: Json | undefined): readonly string[] {
  if (!isObject(body)) return [];
  if (endpoint === '/Bulk') {
    return listOf(body['Operations']).flatMap(({ method: word, path, data }) => {
      const place = isText(path) ? `/${path.split('/')[1] ?? ''}` : '';
      return namesGiven(place, isText(word) ? word : '', data);
    });
  }
  if (method !== 'PATCH') return namesIn(endpoint, body);
  return listOf(body['Operations']).flatMap(({ path, value }) =>
    namesIn(endpoint, isText(path) ? { [path.replace(/^.*:/, '')]: value ?? null } : isObject(value) ? value : {}),
  );
}

function namesIn(endpoint: string, resource: JsonObject): readonly string[] {
  const { userName, externalId, displayName, emails } = resource;
  const addresses = listOf(emails).map(({ value }) => value);
  const shown = endpoint === '/Users' ? undefined : displayName;
  return [userName, externalId, shown, ...addresses].filter(isText);
}

/** The same name for this run. An address keeps its domain, so that it stays an address. */
export function marked(name: string, mark: string): string {
  const at = name.lastIndexOf('@');
  return at < 1 ? `${name}-${mark}` : `${name.slice(0, at)}-${mark}${name.slice(at)}`;
}
