import type { Json } from './message.ts';

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
  /** A copy of a JSON-like value with every secret blanked. */
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

export function createRedactor(secrets: readonly string[] = []): Redactor {
  const known = new Set<string>();
  let longestFirst: readonly string[] = [];

  const add = (secret: string): void => {
    if (secret.length < SHORTEST_BY_VALUE) return;
    for (const spelling of spellings(secret)) known.add(spelling);
    longestFirst = [...known].sort((a, b) => b.length - a.length);
  };
  const text = (input: string): string => {
    let out = input;
    for (const spelling of longestFirst) if (out.includes(spelling)) out = out.replaceAll(spelling, REDACTED);
    return out.replace(PASSWORD_TEXT, `$1${REDACTED}$2`);
  };
  const walk = (value: Json): Json => {
    if (typeof value === 'string') return text(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(walk);
    const entries = Object.entries(value);
    const path = entries.find(([name]) => name.toLowerCase() === 'path')?.[1];
    const patchesPassword = typeof path === 'string' && PASSWORD_PATH.test(path);
    return Object.fromEntries(
      entries.map(([name, member]) => {
        const hide = (SENSITIVE.test(name) || (patchesPassword && /^value$/i.test(name))) && member !== null;
        return [text(name), hide && typeof member !== 'boolean' ? REDACTED : walk(member)];
      }),
    );
  };

  for (const secret of secrets) add(secret);
  return { add, text, value: <T>(value: T): T => walk(value as Json) as T };
}
