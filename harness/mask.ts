import type { Exchange, Json, JsonObject, RunEvent, Verdict } from '../reports/record/index.ts';
import { isErrorMessage } from '../scim/message/error.ts';
import { isObject } from '../scim/message/list.ts';

/** What stands where a value of somebody else's resource was. */
export const MASKED = '[masked]';

/** Endpoints whose resources describe the provider, not people. */
const DISCOVERY = /^\/(?:Schemas|ResourceTypes|ServiceProviderConfigs?)(?:[/?]|$)/i;
/** Members of a resource that tell which one it is and of what kind, and nothing about a person. */
const KEPT = new Set(['id', 'schemas', '$ref', 'meta', 'type']);
/** Members that point to other resources. */
const RELATIONS: ReadonlySet<string> = new Set(['members', 'groups']);
/** Shorter texts and single words of schemas would blank half of every sentence. */
const SHORTEST_IN_TEXT = 4;

/**
 * Blanks the values of resources that the run did not make, in whatever leaves the process. A resource is the run's own
 * when the ledger has its id or one of its own texts carries the mark of the run; of all others ids, types, times and the
 * structure stay, so that evidence still reads. Answers that show none are passed on as they are.
 */
export function createMask(run: string): (event: RunEvent) => RunEvent {
  const ours = new Set<string>();
  const texts = createTexts(run);

  const isOurs = (resource: JsonObject): boolean =>
    (typeof resource['id'] === 'string' && ours.has(resource['id'])) ||
    Object.values(resource).some(value => typeof value === 'string' && value.toLowerCase().includes(run));
  const blank = (value: Json): Json => {
    if (typeof value === 'string') return texts.hide(value);
    if (typeof value === 'number') return 0;
    if (Array.isArray(value)) return value.map(blank);
    return isObject(value) ? blanked(value) : value;
  };
  const blanked = (object: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(object).map(([name, value]) => {
        if (KEPT.has(name)) return [name, withoutAddresses(value, texts.hide)];
        return [name, RELATIONS.has(name) && Array.isArray(value) ? value.map(relation) : blank(value)];
      }),
    );
  const relation = (entry: Json): Json => {
    if (!isObject(entry) || typeof entry['value'] !== 'string') return blank(entry);
    const { value } = entry;
    if (ours.has(value) || value.includes(run)) return entry;
    return { ...blanked(entry), value: withoutAddresses(value, texts.hide) };
  };
  /** Our own, with the names of others that it points to blanked. */
  const withRelations = (resource: JsonObject): JsonObject => {
    const found = [...RELATIONS].filter(name => Array.isArray(resource[name]));
    if (found.length === 0) return resource;
    const changed = found.map(name => [name, (resource[name] as readonly Json[]).map(relation)] as const);
    return { ...resource, ...Object.fromEntries(changed) };
  };
  const shown = (value: Json): Json => {
    if (!isObject(value)) return blank(value);
    return isOurs(value) ? withRelations(value) : blanked(value);
  };
  const body = (json: Json): Json => {
    if (Array.isArray(json)) return json.map(shown);
    if (!isObject(json)) return json;
    if (isErrorMessage(json)) return texts.maskAll(json);
    const list = Object.keys(json).find(name => /^resources$/i.test(name) && Array.isArray(json[name]));
    if (list !== undefined) return { ...json, [list]: (json[list] as readonly Json[]).map(shown) };
    return typeof json['id'] === 'string' || 'userName' in json ? shown(json) : json;
  };
  const exchange = (one: Exchange): Exchange => {
    const { request, response } = one;
    if (DISCOVERY.test(request.path)) return one;
    const { json, text, failure } = response;
    return {
      ...one,
      request: { ...request, path: texts.maskPath(request.path) },
      response: {
        ...response,
        ...(json !== undefined && { json: body(json) }),
        ...(text !== undefined && { text: texts.maskSource(text) }),
        ...(failure?.rawHead !== undefined && {
          failure: { ...failure, rawHead: texts.maskSource(failure.rawHead) },
        }),
      },
    };
  };
  const verdict = (one: Verdict): Verdict => ({
    ...one,
    expected: texts.mask(one.expected),
    actual: texts.mask(one.actual),
    reason: texts.mask(one.reason),
  });
  return event => {
    if (event.kind === 'created') ours.add(event.id);
    if (event.kind === 'exchange') return { ...event, exchange: exchange(event.exchange) };
    if (event.kind === 'verdict') return { ...event, verdict: verdict(event.verdict) };
    return event;
  };
}

/** Ids and places stay, unless they are somebody's address. */
function withoutAddresses(value: Json, hide: (text: string) => string): Json {
  if (typeof value === 'string') return /@|%40/i.test(value) ? hide(value) : value;
  if (Array.isArray(value)) return value.map(one => withoutAddresses(one, hide));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withoutAddresses(one, hide)]));
}

/** The texts that were blanked, to be found again where a sentence quotes them. */
function createTexts(run: string) {
  const known = new Set<string>();
  const lengths = new Set<number>();
  const isWord = (char: string | undefined) => char !== undefined && /[\p{L}\p{N}]/u.test(char);

  /** Goes from word to word, so what it costs does not depend on how many texts there are. */
  const mask = (text: string): string => {
    if (known.size === 0 || text === '') return text;
    let out = '';
    let from = 0;
    for (let at = 0; at < text.length; at += 1) {
      if (isWord(text[at - 1]) && isWord(text[at])) continue;
      const length = longestAt(text, at);
      if (length === 0) continue;
      out += text.slice(from, at) + MASKED;
      from = at + length;
      at = from - 1;
    }
    return out + text.slice(from);
  };
  const longestAt = (text: string, at: number): number => {
    let longest = 0;
    for (const length of lengths) {
      const end = at + length;
      if (length <= longest || end > text.length || (isWord(text[end - 1]) && isWord(text[end]))) continue;
      if (known.has(text.slice(at, end).toLowerCase())) longest = length;
    }
    return longest;
  };
  const maskAll = (value: Json): Json => {
    if (known.size === 0) return value;
    if (typeof value === 'string') return mask(value);
    if (Array.isArray(value)) return value.map(maskAll);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, maskAll(one)]));
  };
  const decodedMask = (part: string): string => {
    try {
      const plain = decodeURIComponent(part);
      const hidden = mask(plain);
      return hidden === plain ? part : encodeURIComponent(hidden);
    } catch {
      return part;
    }
  };
  return {
    hide(text: string): string {
      if (text.length >= SHORTEST_IN_TEXT && !known.has(text.toLowerCase())) {
        known.add(text.toLowerCase());
        lengths.add(text.length);
      }
      return MASKED;
    },
    mask,
    maskAll,
    maskPath: (path: string): string =>
      known.size === 0
        ? path
        : path.replace(/[^/?&=]+/g, part => (part.length < SHORTEST_IN_TEXT ? part : decodedMask(part))),
    /** A body that did not parse: its JSON texts, but names, ids and what carries the mark of the run. */
    maskSource: (text: string): string =>
      text.replace(
        /("([^"\\]{1,60})"\s*:\s*)"((?:[^"\\]|\\.)*)("?)/g,
        (whole, start: string, name: string, value: string, end: string) =>
          KEPT.has(name) || value.includes(run) || /^urn:/i.test(value) ? whole : `${start}"${MASKED}${end}`,
      ),
  };
}
