import { schemasOf } from '../scim/message/error.ts';
import { REDACTED } from '../scim/wire/redact.ts';
import { parseBaseUrl } from '../scim/wire/transport.ts';
import type { Exchange } from '../reports/record/index.ts';
import { RecordingError, type HarEntry } from './har.ts';

/** Endpoints of RFC 7644 section 3.2, by their exact names. */
const ENDPOINT = /^(?:Users|Groups|Me|Bulk|Schemas|ResourceTypes|ServiceProviderConfig|\.search)$/;

/** What of an exchange is in the file and can be judged. */
export interface Told {
  readonly exchange: Exchange;
  readonly hasRequest: boolean;
  /** The request is a client's own, and whole, so that it can be held against it. */
  readonly isClients: boolean;
  readonly hasResponse: boolean;
}

/** The SCIM part of a HAR file. */
export interface ScimPart {
  readonly baseUrl: string;
  readonly told: readonly Told[];
  /** Entries that are no SCIM, or go to another place. */
  readonly leftOut: number;
}

/**
 * The entries below the base URL that speak SCIM.
 * @param base the base URL; guessed from the entries when absent
 * @throws RecordingError when nothing is left, and BaseUrlError when `base` is no URL
 */
export function scimPartOf(entries: readonly HarEntry[], base?: string): ScimPart {
  const baseUrl = base === undefined ? guessBase(entries) : hrefOf(parseBaseUrl(base));
  if (baseUrl === undefined) {
    throw new RecordingError(
      `none of its ${entries.length} entries goes to an endpoint of SCIM such as /Users; name the base URL with --base`,
    );
  }
  const below = entries.filter(({ url }) => pathBelow(url, baseUrl) !== undefined);
  const places = new Set(below.filter(entry => isScim(entry, baseUrl)).map(entry => placeOf(entry, baseUrl)));
  const kept = below.filter(entry => entry.request.method !== 'OPTIONS' && places.has(placeOf(entry, baseUrl)));
  if (kept.length === 0) {
    const hosts = [...new Set(entries.map(({ url }) => url.origin))].slice(0, 3).join(', ');
    throw new RecordingError(`none of its ${entries.length} entries is SCIM below ${baseUrl}; they go to ${hosts}`);
  }
  // Browsers leave the credential out of what they export, and that is not the client's doing.
  const anonymous = !kept.some(({ request }) => request.headers['authorization'] !== undefined);
  return {
    baseUrl,
    leftOut: entries.length - kept.length,
    told: kept.map((entry, at) => toldBy(entry, at + 1, pathBelow(entry.url, baseUrl) ?? '', anonymous)),
  };
}

function toldBy(entry: HarEntry, n: number, path: string, anonymous: boolean): Told {
  const { request, response, at, ms } = entry;
  const headers = { ...request.headers, ...(anonymous && { authorization: REDACTED }) };
  return {
    exchange: { scope: 'har', n, at, ms, request: { ...request, headers, path }, response },
    hasRequest: !entry.requestCut,
    isClients: !entry.requestCut,
    hasResponse: !entry.responseCut && response.status !== undefined,
  };
}

const hrefOf = (url: URL): string => url.href.replace(/\/$/, '');

/** Path and query below the base URL; undefined for an address elsewhere. */
function pathBelow(url: URL, baseUrl: string): string | undefined {
  const whole = url.origin + url.pathname;
  if (whole !== baseUrl && !whole.startsWith(`${baseUrl}/`)) return undefined;
  return whole.slice(baseUrl.length) + url.search;
}

const placeOf = ({ url }: HarEntry, baseUrl: string): string =>
  (pathBelow(url, baseUrl) ?? '').split(/[/?]/).find(part => part !== '') ?? '';

const speaksScim = ({ request, response }: HarEntry): boolean =>
  [request, response].some(
    ({ headers, json }) =>
      /^application\/scim\+json/i.test(headers['content-type'] ?? '') ||
      schemasOf(json).some(urn => /^urn:/i.test(urn)),
  );

const isScim = (entry: HarEntry, baseUrl: string): boolean =>
  speaksScim(entry) || ENDPOINT.test(placeOf(entry, baseUrl));

/** What stands before the endpoint in most entries; an entry that speaks SCIM outweighs many that only look like it. */
function guessBase(entries: readonly HarEntry[]): string | undefined {
  const votes = new Map<string, number>();
  for (const entry of entries) {
    const segments = entry.url.pathname.split('/');
    const at = segments.findIndex(segment => ENDPOINT.test(segment));
    if (at < 1) continue;
    const base = entry.url.origin + segments.slice(0, at).join('/');
    votes.set(base, (votes.get(base) ?? 0) + (speaksScim(entry) ? 100 : 1));
  }
  return [...votes].sort(([, one], [, other]) => other - one)[0]?.[0];
}
