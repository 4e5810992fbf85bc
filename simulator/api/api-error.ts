import { STATUS_CODES } from 'node:http';
import { DirectoryError, type DirectoryErrorCode } from '../directory/error.ts';
import { MappingError } from '../mapping/read-mappings.ts';
import { IntegrationError } from '../sync/error.ts';

/** A refusal of the admin API. The message says what is wrong and what would be right. */
export class ApiError extends Error {
  readonly code = 'admin-api';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.headers = headers;
  }
}

/** What of the directory is not there is 404, what is there already 409; the rest is 400. */
const STATUS: Readonly<Partial<Record<DirectoryErrorCode, number>>> = {
  'unknown-person': 404,
  'unknown-group': 404,
  'unknown-application': 404,
  'not-member': 404,
  'not-bound': 404,
  'duplicate-group': 409,
  'already-member': 409,
  'already-bound': 409,
};

/**
 * The refusal that stands for whatever a handler threw. A text of the directory goes out as it is; what is no refusal is a
 * fault of this server, and its text stays inside.
 */
export function refusalOf(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof DirectoryError) {
    // A field that names somebody unknown is a wrong value; the path or a member of the graph is not there.
    const isValue = error.code === 'unknown-person' && error.field !== undefined;
    return new ApiError(isValue ? 400 : (STATUS[error.code] ?? 400), error.message);
  }
  if (error instanceof MappingError) return new ApiError(400, error.message);
  // An import that breaks off is the fault of the service provider.
  if (error instanceof IntegrationError) return new ApiError(error.code === 'import' ? 502 : 400, error.message);
  const status = clientStatusOf(error);
  if (status === 400) return new ApiError(400, 'the request could not be read: its path or its body is malformed');
  if (status !== undefined) return new ApiError(status, BODY_TROUBLE[status] ?? STATUS_CODES[status] ?? 'refused');
  return new ApiError(500, 'the server failed on this request; its log tells more');
}

const BODY_TROUBLE: Readonly<Record<number, string>> = {
  413: 'the body is larger than 1 MiB; send it in parts',
  415: 'the body has to be JSON in UTF-8, uncompressed or gzip',
};

/** What Express and its body parser throw for a client's mistake has a status of its own. */
function clientStatusOf(error: unknown): number | undefined {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}

/**
 * Body of a refusal: `code`, `message`, `status` as documented (jumpcloud.md 3.1), and `error`, which API v1 writes in
 * place of `status`.
 */
export function errorBody({ status, message }: ApiError): object {
  const phrase = STATUS_CODES[status] ?? 'Error';
  return { code: status, error: phrase, message, status: phrase };
}
