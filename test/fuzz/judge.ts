import { scimTypes } from '../../scim/message/error.ts';
import { ERROR } from '../../scim/message/urn.ts';
import type { FuzzRequest } from './requests.ts';
import { PASSWORD } from './values.ts';

export interface FuzzReply {
  /** 0 when no answer came. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Error keywords that RFC 9865 section 2.1 adds. */
const pagingTypes = ['invalidCursor', 'expiredCursor', 'invalidCount'];
const keywords: ReadonlySet<string> = new Set([...Object.keys(scimTypes), ...pagingTypes]);

/** What is wrong with an answer, whatever was asked; undefined when nothing is. */
export function faultOf(request: FuzzRequest, { status, headers, text }: FuzzReply): string | undefined {
  if (status === 0) return `no answer: ${text}`;
  if (status >= 500 && status !== 501) return `status ${status}`;
  if (text.includes(PASSWORD)) return 'the answer holds a password';
  if (request.method === 'HEAD') return text === '' ? undefined : 'an answer to HEAD has a body';
  if (status === 204 || status === 304) return text === '' ? undefined : `status ${status} has a body`;
  const type = String(headers['content-type']);
  if (!/^application\/(?:scim\+)?json(?:;|$)/.test(type)) return `status ${status} has content type ${type}`;
  const body = parse(text);
  if (typeof body !== 'object' || body === null) return `status ${status} has a body that is no JSON object`;
  return status >= 400 ? errorFault(status, body) : undefined;
}

function errorFault(status: number, body: object): string | undefined {
  const { schemas, status: told, scimType, detail } = body as Readonly<Record<string, unknown>>;
  if (JSON.stringify(schemas) !== JSON.stringify([ERROR])) return `status ${status} has a body that is no SCIM error`;
  if (told !== String(status)) return `status ${status} is told as ${JSON.stringify(told)}`;
  if (scimType !== undefined && !keywords.has(scimType as string)) return `scimType ${JSON.stringify(scimType)}`;
  return typeof detail === 'string' && detail !== '' ? undefined : 'the error has no detail';
}

/** Refusals of the message itself, or of whoever sent it, before anything is done. */
const doorStatuses: ReadonlySet<number> = new Set([0, 401, 404, 405, 406, 408, 411, 413, 414, 415, 417, 431]);

/**
 * True when a request got past authentication and parsing, that of its body and filter among it: what was refused then
 * was refused for what it says. Unknown ids do not count.
 */
export function gotPast({ status, text }: FuzzReply): boolean {
  if (doorStatuses.has(status)) return false;
  const { scimType } = (status >= 400 ? (parse(text) ?? {}) : {}) as { scimType?: string };
  if (status === 403) return scimType === 'sensitive';
  return status !== 400 || (scimType !== 'invalidSyntax' && scimType !== 'invalidFilter' && scimType !== undefined);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
