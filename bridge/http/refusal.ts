import { ScimError, type ScimType } from '../../scim/message/error.ts';
import { UniquenessError } from '../store/store.ts';
import type { Answer } from './answer.ts';

/** Error keywords of RFC 9865 section 2.1, for requests that page by cursor. */
type PagingKeyword = 'invalidCursor' | 'expiredCursor' | 'invalidCount';

interface RefusalOptions {
  readonly scimType?: ScimType;
  readonly paging?: PagingKeyword;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal that needs more than a status and a keyword: headers, or a keyword of paging by cursor. */
export class Refusal extends ScimError {
  readonly headers: Readonly<Record<string, string>> | undefined;
  readonly paging: PagingKeyword | undefined;
  constructor(status: number, detail: string, { scimType, paging, headers }: RefusalOptions = {}) {
    super(status, scimType, detail);
    this.name = 'Refusal';
    this.headers = headers;
    this.paging = paging;
  }
}

/**
 * Makes the answer for whatever was thrown: the one place where an error becomes a response (RFC 7644 section 3.12).
 * What is no refusal is a fault of this server; its text stays inside.
 */
export function refuse(error: unknown): Answer {
  if (error instanceof ScimError) {
    const { headers, paging } = error instanceof Refusal ? error : {};
    const body = error.toMessage();
    return { status: error.status, body: paging ? { ...body, scimType: paging } : body, ...(headers && { headers }) };
  }
  if (error instanceof UniquenessError) return refuse(new ScimError(409, 'uniqueness', error.message));
  return refuse(new ScimError(500, undefined, 'the server failed on this request; its log tells more'));
}
