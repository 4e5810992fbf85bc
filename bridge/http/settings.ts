import type { PatchSettings } from '../resource/patch/index.ts';

/**
 * What the service provider offers and where it stops. What SCIM has a place for is announced in
 * ServiceProviderConfig, so a setting and its announcement cannot differ.
 */
export interface BridgeSettings extends Omit<PatchSettings, 'booleanText' | 'readOnlyPath'> {
  /** Address below which SCIM is served, as clients see it; undefined takes it from each request. */
  readonly baseUrl: string | undefined;
  /** PATCH (RFC 7644 section 3.5.2); off: 501. */
  readonly patch: boolean;
  /** Bulk (section 3.7); off: 501. */
  readonly bulk: boolean;
  /** Operations of one bulk request; more: 413. */
  readonly bulkMaxOperations: number;
  /** Bytes of one bulk request; more: 413. */
  readonly bulkMaxPayloadSize: number;
  /** Filters (section 3.4.2.2); off: 400 invalidFilter. */
  readonly filter: boolean;
  /** Resources of one response, whatever is asked for. */
  readonly filterMaxResults: number;
  /** Changing a password; off: 403. */
  readonly changePassword: boolean;
  /** Sorting (section 3.4.2.3); off: sortBy is ignored. */
  readonly sort: boolean;
  /** Versions, ETag and conditional requests (section 3.14); off: conditions are ignored. */
  readonly etag: boolean;
  /** POST to `/.search` (section 3.4.3); off: 501. */
  readonly search: boolean;
  /** Queries at the base URL, over all resource types (section 3.4.2.1); off: 501. */
  readonly rootQuery: boolean;
  /** Id of the resource that `/Me` stands for, by bearer token (section 3.11); a token without one: 501. */
  readonly me: Readonly<Record<string, string>>;
  /** Paging by startIndex (section 3.4.2.4); off: startIndex is ignored. */
  readonly indexPaging: boolean;
  /** Paging by cursor (RFC 9865); off: cursor is ignored. */
  readonly cursorPaging: boolean;
  /** How a list is paged when the request names neither way. */
  readonly defaultPaginationMethod: 'index' | 'cursor';
  /** Resources of a page when the request has no count. */
  readonly defaultPageSize: number;
  /** Seconds a cursor is valid. */
  readonly cursorTimeout: number;
  /** Bytes of a request body other than a bulk request; more: 413. */
  readonly maxBodySize: number;
  /** Levels of objects and arrays in a request body; more: 400. */
  readonly maxDepth: number;
  /** Values in a request body, objects and arrays and what is in them; more: 413. */
  readonly maxValues: number;
  /** Characters of a filter; more: 400 invalidFilter. */
  readonly maxFilterLength: number;
  /** Expressions inside one another in a filter; more: 400 invalidFilter. */
  readonly maxFilterDepth: number;
  /** Milliseconds a client has for sending a whole request. */
  readonly requestTimeout: number;
  /** Milliseconds a connection without a request stays open. */
  readonly keepAliveTimeout: number;
  /** Bytes of all request headers; more: 431. */
  readonly maxHeaderSize: number;
}

const defaults: BridgeSettings = {
  baseUrl: undefined,
  patch: true,
  bulk: true,
  bulkMaxOperations: 200,
  bulkMaxPayloadSize: 1_048_576,
  filter: true,
  filterMaxResults: 1000,
  changePassword: true,
  sort: true,
  etag: true,
  search: true,
  rootQuery: true,
  me: {},
  indexPaging: true,
  cursorPaging: true,
  defaultPaginationMethod: 'index',
  defaultPageSize: 100,
  cursorTimeout: 3600,
  removeValue: 'listed',
  unknownAttributes: 'ignore',
  missingSchemas: 'refuse',
  unmatchedReplace: 'refuse',
  unknownPath: 'refuse',
  maxBodySize: 4_194_304,
  maxDepth: 24,
  maxValues: 65_536,
  maxFilterLength: 8192,
  maxFilterDepth: 40,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16_384,
};

const whole = [
  'bulkMaxOperations',
  'bulkMaxPayloadSize',
  'filterMaxResults',
  'defaultPageSize',
  'cursorTimeout',
  'maxBodySize',
  'maxDepth',
  'maxValues',
  'maxFilterLength',
  'maxFilterDepth',
  'requestTimeout',
  'keepAliveTimeout',
  'maxHeaderSize',
] as const satisfies readonly (keyof BridgeSettings)[];

/**
 * Settings with defaults filled in.
 *
 * @throws RangeError for a limit that is no positive whole number, and for settings that contradict each other
 */
export function settle(given: Partial<BridgeSettings> = {}): BridgeSettings {
  const settings = { ...defaults, ...given };
  for (const name of whole) {
    const value = settings[name];
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new RangeError(`setting ${name} is ${String(value)}; give a whole number above 0`);
    }
  }
  if (settings.baseUrl !== undefined && !/^https?:\/\/[^/?#\s]+[^?#\s]*$/.test(settings.baseUrl)) {
    throw new RangeError(`setting baseUrl is ${settings.baseUrl}; give an http or https address without query`);
  }
  if (settings.defaultPaginationMethod === 'cursor' ? !settings.cursorPaging : !settings.indexPaging) {
    const method = settings.defaultPaginationMethod;
    throw new RangeError(
      `setting defaultPaginationMethod is ${method}, which is switched off; switch ${method}Paging on`,
    );
  }
  return { ...settings, defaultPageSize: Math.min(settings.defaultPageSize, settings.filterMaxResults) };
}
