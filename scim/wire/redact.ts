import type { Json, JsonObject } from './message.ts';

/** What stands where a secret was. */
export const REDACTED = '[redacted]';

/** Header fields and JSON members whose value is never shown. */
const SENSITIVE =
  /^(?:authorization|proxy-authorization|cookie|set-cookie|password|client_secret|client_assertion|access_token|refresh_token)$/i;

/** `"password": "…"` in a body that did not parse, a cut one for example. */
const PASSWORD_TEXT = /("password"\s*:\s*")(?:[^"\\]|\\.)*("?)/gi;

/** A PATCH path that ends in the password attribute, with or without its URN. */
const PASSWORD_PATH = /(?:^|[:.])password$/i;

/** Shorter values would blank half of every report; they are still hidden by header and member name. */
const SHORTEST_BY_VALUE = 4;

/** Blanks secrets in anything that leaves the process. Secrets may be added while a run goes on. */
export interface Redactor {
  /** From now on this value is blanked wherever it stands, also base64 or URL-encoded. */
  add(secret: string): void;
  text(text: string): string;
  /** A JSON-like value with every secret blanked: a copy where there was one, the value itself otherwise. */
  value<T>(value: T): T;
}

/** All spellings in which a secret might come back. */
function spellings(secret: string): string[] {
  const base64 = Buffer.from(secret, 'utf8').toString('base64');
  const url = encodeURIComponent(secret);
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    base64.replace(/=+$/, ''),
    base64.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_'),
    encodeURIComponent(base64.replace(/=+$/, '')),
    url,
    url.replace(/%[0-9A-F]{2}/g, escape => escape.toLowerCase()),
    new URLSearchParams({ s: secret }).toString().slice(2),
  ];
}

const quoted = (literal: string): string => literal.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

export function createRedactor(secrets: readonly string[] = []): Redactor {
  const known = new Set<string>();
  /** All spellings at once, the longest first; undefined while there is none. */
  let needles: RegExp | undefined;
  let shortest = Number.POSITIVE_INFINITY;

  const add = (secret: string): void => {
    if (secret.length < SHORTEST_BY_VALUE || known.has(secret)) return;
    for (const spelling of spellings(secret)) known.add(spelling);
    const longestFirst = [...known].sort((a, b) => b.length - a.length);
    shortest = longestFirst.at(-1)?.length ?? shortest;
    needles = new RegExp(longestFirst.map(quoted).join('|'), 'g');
  };
  const text = (input: string): string => {
    const shown = needles && input.length >= shortest ? input.replace(needles, REDACTED) : input;
    return shown.includes('"') ? shown.replace(PASSWORD_TEXT, `$1${REDACTED}$2`) : shown;
  };
  const walk = (value: Json): Json => {
    if (typeof value === 'string') return text(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) {
      const entries = value.map(walk);
      return entries.every((entry, at) => entry === value[at]) ? value : entries;
    }
    return walkObject(value as JsonObject);
  };
  /** Gives the very object where nothing in it is secret: most of a run is not, and copying it would be the dearest part. */
  const walkObject = (value: JsonObject): JsonObject => {
    const names = Object.keys(value);
    const path = names.find(name => name.length === 4 && name.toLowerCase() === 'path');
    const target = path === undefined ? undefined : value[path];
    const patchesPassword = typeof target === 'string' && PASSWORD_PATH.test(target);
    let isClean = true;
    const entries = names.map((name): [string, Json] => {
      const member = value[name] ?? null;
      const hide = (SENSITIVE.test(name) || (patchesPassword && /^value$/i.test(name))) && member !== null;
      const shown = hide && typeof member !== 'boolean' ? REDACTED : walk(member);
      const shownName = text(name);
      if (shown !== member || shownName !== name) isClean = false;
      return [shownName, shown];
    });
    return isClean ? value : Object.fromEntries(entries);
  };

  for (const secret of secrets) add(secret);
  return { add, text, value: <T>(value: T): T => walk(value as Json) as T };
}
