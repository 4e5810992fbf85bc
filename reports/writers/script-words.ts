import type { Exchange, Json } from '../record/index.ts';
import { isObject, textAt } from './script-json.ts';

/** What an answer gave and later requests may need: a variable of the script. */
export interface Given {
  readonly label: string;
  readonly value: string;
  /** Shell text that takes it from a fresh answer. */
  readonly source: string;
  /** Index of the exchange that gave it. */
  readonly from: number;
  /** Names a resource that the exchange made. */
  readonly made: boolean;
  used: boolean;
}

/** Where a text of a request stands. */
export type Place = 'url' | 'json' | 'header';

/** What was blanked before the record was written. */
export const REDACTED = '[redacted]';

/** The parameter that a request takes from the number of results. */
const START = 'startIndex=';

const COLLECTION = /^\/(?!Bulk(?:\?|$)|Me(?:\?|$))[A-Za-z][\w-]*(?:\?|$)/i;

/** The request makes a resource when it succeeds. */
export const isCreate = ({ method, path }: Exchange['request']): boolean => method === 'POST' && COLLECTION.test(path);

export const isBulk = ({ method, path }: Exchange['request']): boolean =>
  method === 'POST' && /^\/Bulk(?:\?|$)/i.test(path);

/** In front of a text inside single quotes of the shell. */
export const literal = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;

/**
 * Everything the exchanges gave that a request can hold: ids, versions, cursors, times. Each is known under one label; what
 * a request held before an answer did was made by the client and stays as it is.
 */
export function givenBy(exchanges: readonly Exchange[]): Given[] {
  const known = new Map<string, Given>();
  const sent: string[] = [];
  const counts = new Map<string, number>();
  for (const [from, { request, response }] of exchanges.entries()) {
    sent.push(
      `${decoded(request.path)}\n${JSON.stringify(request.json ?? '')}\n${Object.values(request.headers).join('\n')}`,
    );
    const success = response.status !== undefined && response.status < 300;
    for (const [kind, value, source, made = false] of offers(request, response)) {
      // A cursor is the one of the page before, also where all pages have the same.
      const key = kind === 'CURSOR' ? `${from} ${value}` : value;
      if (known.has(key) || (!made && kind !== 'CURSOR' && sent.some(text => text.includes(value)))) continue;
      if (made && !success) continue;
      const number = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, number);
      known.set(key, { label: `${kind}_${number}`, value, source, from, made, used: false });
    }
  }
  return [...known.values()];
}

type Offer = readonly [kind: string, value: string, source: string, made?: boolean];

function offers(request: Exchange['request'], { json, headers }: Exchange['response']): Offer[] {
  const offered: Offer[] = [];
  const offer = (kind: string, value: string | undefined, source: string, made = false) => {
    if (value !== undefined && value !== '' && !value.includes(REDACTED)) offered.push([kind, value, source, made]);
  };
  const located = lastOf(headers['location']);
  if (isCreate(request)) offer('ID', textAt(json, 'id') ?? located, '$ID', true);
  else offer('ID', textAt(json, 'id'), '$(get /id)');
  offer('ID', located, '$(last "$(field location)")');
  offer('TAG', headers['etag'], '$(field etag)');
  offer('TAG', textAt(json, 'meta', 'version'), '$(get /meta/version)');
  offer('CURSOR', textAt(json, 'nextCursor'), '$(get /nextCursor)');
  offer('CURSOR', textAt(json, 'previousCursor'), '$(get /previousCursor)');
  const total = isObject(json) ? json['totalResults'] : undefined;
  if (typeof total === 'number' && request.method === 'GET' && !/[?&]filter=/i.test(request.path)) {
    offer('START', `${START}${total}`, `${START}$(get /totalResults)`);
    offer('START', `${START}${total + 1}`, `${START}$(($(get /totalResults) + 1))`);
  }
  for (const name of ['created', 'lastModified']) offer('TIME', textAt(json, 'meta', name), `$(get /meta/${name})`);
  for (const [at, entry] of entriesOf(json, 'Resources').entries()) {
    offer('ID', textAt(entry, 'id'), `$(get /Resources/${at}/id)`);
    offer('TAG', textAt(entry, 'meta', 'version'), `$(get /Resources/${at}/meta/version)`);
  }
  for (const [at, entry] of entriesOf(json, 'Operations').entries()) {
    const source = `$(last "$(get /Operations/${at}/location)")`;
    offer('ID', lastOf(textAt(entry, 'location')), source, isBulk(request));
    offer('TAG', textAt(entry, 'version'), `$(get /Operations/${at}/version)`);
  }
  return offered;
}

const entriesOf = (json: Json | undefined, name: string): readonly Json[] => {
  const entries = isObject(json) ? json[name] : undefined;
  return Array.isArray(entries) ? entries : [];
};

function lastOf(url: string | undefined): string | undefined {
  const segment = /\/([^/?#]+)\/?(?:[?#].*)?$/.exec(url ?? '')?.[1];
  return segment === undefined ? undefined : decoded(segment);
}

export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Spells texts of requests as words of the shell, with variables where the run had values of its own. */
export function speller(given: readonly Given[], { base, mark }: { readonly base: string; readonly mark: string }) {
  const latestFirst = [...given].reverse();
  const spelled = (place: Place) =>
    latestFirst.map(one => ({
      one,
      all: spellings(one, place),
      pieces: place === 'url' && one.label.startsWith('ID_') && one.value.length >= 6 ? piecesOf(one) : undefined,
    }));
  const known = { url: spelled('url'), json: spelled('json'), header: spelled('header') };
  return (text: string, place: Place, until: number): string => {
    const needles = new Map<string, { readonly shell: string; readonly of?: Given }>();
    const add = (needle: string, shell: string, of?: Given) => {
      if (!needles.has(needle) && needle !== '' && text.includes(needle)) {
        needles.set(needle, { shell, ...(of && { of }) });
      }
    };
    for (const { one, all, pieces } of known[place]) {
      if (one.from >= until) continue;
      for (const [needle, shell] of all) add(needle, shell, one);
      if (pieces) for (const [needle, shell] of pieces(text)) add(needle, shell, one);
    }
    if (place !== 'url') add(base, '$BASE');
    add(place === 'url' ? encodeURIComponent(base) : base, place === 'url' ? '$(url "$BASE")' : '$BASE');
    for (const secret of partsOfSecrets(text, mark)) add(secret, 'Made-up-');
    add(REDACTED, 'Made-up-$RUN');
    add(encodeURIComponent(REDACTED), 'Made-up-$RUN');
    const present = [...needles].sort((a, b) => b[0].length - a[0].length);
    const pattern = [...present.map(([needle]) => bounded(needle)), `(?:${escaped(mark)})`].join('|');
    let out = '';
    let at = 0;
    for (const match of text.matchAll(new RegExp(pattern, 'gi'))) {
      const found = needles.get(match[0]);
      const isMark = match[0].toLowerCase() === mark.toLowerCase();
      if (!found && !isMark) continue;
      if (found?.of) found.of.used = true;
      if (match.index > at) out += literal(text.slice(at, match.index));
      out += `"${found?.shell ?? '$RUN'}"`;
      at = match.index + match[0].length;
    }
    return at < text.length || out === '' ? out + literal(text.slice(at)) : out;
  };
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** A short value counts only where it stands alone, and a number only as a whole. */
const bounded = (needle: string): string => {
  if (needle.startsWith(START)) return `${escaped(needle)}(?!\\d)`;
  return needle.length >= 6 || needle.startsWith('"')
    ? escaped(needle)
    : `(?<=["/]|%22)${escaped(needle)}(?=["/?]|%22|$)`;
};

/** Finds where a URL holds an id otherwise than as it is: with characters encoded, or a piece of it as the operand of a filter. */
function piecesOf({ label, value }: Given): (url: string) => [string, string][] {
  const any = Array.from(
    value,
    letter => `(?:${escaped(letter)}|%${(letter.codePointAt(0) ?? 0).toString(16).padStart(2, '0')})`,
  );
  const inAnyForm = new RegExp(any.join(''), 'i');
  return url => {
    if (!url.includes('%')) return [];
    const found: [string, string][] = [];
    const encoded = inAnyForm.exec(url)?.[0];
    if (encoded !== undefined && encoded.includes('%') && encoded !== encodeURIComponent(value)) {
      found.push([encoded, `$(url "$${label}")`]);
    }
    for (const [, operand = ''] of url.matchAll(/%22([^%"]{4,})%22/g)) {
      const at = value.indexOf(operand);
      if (at >= 0 && operand !== value) {
        found.push([operand, `$(printf '%s' "$${label}" | cut -c ${at + 1}-${at + operand.length})`]);
      }
    }
    return found;
  };
}

/** How a password begins that a filter asks for: the script has one of its own. */
const partsOfSecrets = (text: string, mark: string): string[] =>
  [...text.matchAll(/password(?: |%20)sw(?: |%20)(?:\\"|%22)([^"\\%]+)/gi)].flatMap(([, part = '']) =>
    part.includes(mark) ? [] : [part],
  );

function spellings({ label, value }: Given, place: Place): [string, string][] {
  const cased = (change: (text: string) => string, name: string, base: string): [string, string][] =>
    change(value) === value
      ? []
      : [[place === 'url' ? encodeURIComponent(change(value)) : change(value), `$(${name} "${base}")`]];
  const plain = `$${label}`;
  const inJson = JSON.stringify(value).slice(1, -1);
  const all: [string, string][] = [];
  if (place === 'header') all.push([value, plain]);
  if (place === 'json') all.push([inJson, inJson === value ? plain : `$(quoted "${plain}")`]);
  if (place === 'url' && label.startsWith('START_')) return [[value, plain]];
  if (place === 'url') {
    const encoded = encodeURIComponent(value);
    all.push([encoded, encoded === value ? plain : `$(url "${plain}")`]);
    all.push([encodeURIComponent(inJson), `$(url "$(quoted "${plain}")")`]);
  }
  if (label.startsWith('TAG_') && value.startsWith('W/')) {
    const strong = `\${${label}#W/}`;
    const bare = value.slice(2);
    all.push(place === 'json' ? [JSON.stringify(bare).slice(1, -1), `$(quoted "${strong}")`] : [bare, strong]);
  }
  return [
    ...all,
    ...cased(text => text.toUpperCase(), 'upper', plain),
    ...cased(text => text.toLowerCase(), 'lower', plain),
  ];
}
