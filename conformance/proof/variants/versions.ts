import { isObject } from '../../../scim/message/list.ts';
import { withJson, type Hop, type HttpRequest, type JsonObject } from '../../../scim/wire/message.ts';
import { bulkResultsOf } from '../../../scim/message/bulk.ts';
import { announced, onBulk, operations, results, textOf } from '../bulk-hops.ts';
import {
  answer,
  body,
  isSuccess,
  objectOf,
  onList,
  onOne,
  operationsOf,
  refusal,
  restatus,
  swallow,
  without,
} from '../hops.ts';
import type { Variant } from '../variant.ts';

const strong = (text: string): string => text.replaceAll('W/\\"', '\\"').replaceAll('W/"', '"');

/** Every version of the provider as a strong tag, both ways. */
const stronglyTagged: Hop = async (request, next) => {
  const weak = (tag: string) => (tag.startsWith('"') ? `W/${tag}` : tag);
  const conditions = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      /^if-(?:none-)?match$/.test(name) ? weak(value) : value,
    ]),
  );
  const response = await next({ ...request, headers: conditions });
  const { etag } = response.headers;
  const headers = etag === undefined ? response.headers : { ...response.headers, etag: strong(etag) };
  if (response.json === undefined) return { ...response, headers };
  const text = strong(JSON.stringify(response.json));
  return { ...withJson(response, JSON.parse(text) as JsonObject), headers };
};

const withoutEtags = (config: JsonObject): JsonObject => ({ ...config, etag: { supported: false } });
const withoutVersion = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutVersion);
  if (!isObject(value as JsonObject)) return value;
  const entries = Object.entries(value as JsonObject).filter(([name]) => name !== 'version');
  return Object.fromEntries(entries.map(([name, member]) => [name, withoutVersion(member)]));
};

const refusedBulk = (status: number): Hop => {
  const refused = swallow(onBulk, () => refusal(status));
  const config = announced({ supported: false });
  return async (request, next) => refused(request, async inner => config(inner, next));
};

/** Withdrawn with bulk requests. */
const bulkChecks = ['bulk.'];

const isForward = (request: HttpRequest): boolean => {
  const [first, second] = operationsOf(request);
  return first !== undefined && JSON.stringify(first['data'] ?? null).includes(`bulkId:${textOf(second?.['bulkId'])}`);
};

/** Bulk requests of so many operations at most. */
function limitedTo(most: number): Hop {
  const config = announced({ maxOperations: most });
  const limited = swallow(
    request => onBulk(request) && operationsOf(request).length > most,
    () => {
      const { json, ...rest } = refusal(413);
      return withJson(rest, {
        ...objectOf({ ...rest, ...(json !== undefined && { json }) }),
        detail: `The limit of ${most} operations is exceeded`,
      });
    },
  );
  return async (request, next) => limited(request, async inner => config(inner, next));
}

/** What is permitted of bulk requests and versions. */
export const versionVariants = [
  {
    id: 'strong-etags',
    title: 'Versions are strong tags',
    permittedBy: 'RFC 9110 section 8.8.3',
    hop: () => stronglyTagged,
  },
  {
    id: 'weak-etags-never-match',
    title: 'A weak tag in If-Match never matches',
    permittedBy: 'RFC 9110 section 13.1.1',
    withdraws: ['version.current', 'version.match-list', 'version.current-delete', 'version.at-once/'],
    hop: () =>
      swallow(
        request =>
          ['PUT', 'PATCH', 'DELETE'].includes(request.method) && /^W\/|, W\//.test(request.headers['if-match'] ?? ''),
        () => refusal(412),
      ),
  },
  {
    id: 'stale-answers-409',
    title: 'A write on a version that is over is refused with 409',
    permittedBy: 'RFC 7644 section 3.12, table 8',
    hop: () =>
      restatus(request => onOne('PUT', 'Users')(request) && request.headers['if-match'] !== undefined, 412, 409),
  },
  {
    id: 'no-etag-on-writes',
    title: 'Only reads come with an ETag',
    permittedBy: 'RFC 9110 section 9.3.4',
    withdraws: ['version.after-replace', 'version.after-patch'],
    hop: () =>
      answer(
        ({ method }) => method === 'PUT' || method === 'PATCH' || method === 'POST',
        response => ({ ...response, headers: without(response.headers, 'etag') }),
      ),
  },
  {
    id: 'no-etags',
    title: 'Versions are not offered, and ServiceProviderConfig says so',
    permittedBy: 'RFC 7644 section 3.14',
    withdraws: [
      'version.',
      'wire.version',
      'replace.version',
      'patch.version',
      'bulk.version',
      'bulk.stale-version',
      'bulk.current-version',
    ],
    hop: () => {
      const config = body(onList('GET', 'ServiceProviderConfig'), withoutEtags);
      return async (request, next) => {
        const headers = without(request.headers, 'if-match', 'if-none-match');
        const response = await config({ ...request, headers }, next);
        const plain = { ...response, headers: without(response.headers, 'etag') };
        return plain.json === undefined ? plain : withJson(plain, withoutVersion(plain.json) as JsonObject);
      };
    },
  },
  {
    id: 'no-bulk-501',
    title: 'Bulk requests are not offered: 501',
    permittedBy: 'RFC 7644 section 3.12, table 8',
    withdraws: bulkChecks,
    hop: () => refusedBulk(501),
  },
  {
    id: 'no-bulk-404',
    title: 'Bulk requests are not offered: 404',
    permittedBy: 'RFC 7644 section 3.7',
    withdraws: bulkChecks,
    hop: () => refusedBulk(404),
  },
  {
    id: 'no-bulk-403',
    title: 'Bulk requests are not offered: 403',
    permittedBy: 'RFC 7644 section 3.7',
    withdraws: bulkChecks,
    hop: () => refusedBulk(403),
  },
  {
    id: 'bulk-status-as-object',
    title: 'The status of an operation is an object with a code',
    permittedBy: 'RFC 7644 section 3.7.3',
    hop: () => results((entry, { status }) => ({ ...entry, status: { code: String(status) } })),
  },
  {
    id: 'bulk-results-turned',
    title: 'Results come in another order than the operations',
    permittedBy: 'RFC 7644 section 3.7',
    hop: () =>
      body(onBulk, message => {
        const read = bulkResultsOf(message)?.map(({ entry }) => entry) ?? [];
        return { ...message, Operations: [...read].reverse() };
      }),
  },
  {
    id: 'bulk-success-with-response',
    title: 'Operations that succeed come with a response',
    permittedBy: 'RFC 7644 section 3.7',
    hop: () => results((entry, { status = 0 }) => (status < 300 ? { ...entry, response: { id: 'x' } } : entry)),
  },
  {
    id: 'bulk-locations-relative',
    title: 'Locations of bulk results are relative',
    permittedBy: 'RFC 3986 section 4.2',
    hop: () =>
      results(entry =>
        typeof entry['location'] === 'string'
          ? { ...entry, location: entry['location'].replace(/^https?:\/\/[^/]+/, '') }
          : entry,
      ),
  },
  {
    id: 'bulk-forward-refused',
    title: 'A reference to a resource further down is refused with 409',
    permittedBy: 'RFC 7644 section 3.7.1: a provider may give up on what it cannot resolve',
    withdraws: ['bulk.created-once', 'bulk.circle-linked'],
    hop: () => {
      const unresolved = operations(all =>
        all.map((operation, at) => {
          const later = all.slice(at + 1).map(({ bulkId }) => `bulkId:${textOf(bulkId)}`);
          const text = JSON.stringify(operation['data'] ?? null);
          const found = later.find(reference => text.includes(reference));
          return found === undefined
            ? operation
            : { ...operation, data: JSON.parse(text.replaceAll(found, 'bulkId:none')) as JsonObject };
        }),
      );
      return async (request, next) =>
        onBulk(request) && isForward(request) ? unresolved(request, next) : next(request);
    },
  },
  {
    id: 'bulk-method-missing-refused-within',
    title: 'An operation without data is refused as a whole request',
    permittedBy: 'RFC 7644 section 3.7',
    hop: () =>
      answer(onBulk, (response, request) =>
        isSuccess(response) && operationsOf(request).some(({ method, data }) => method === 'POST' && data === undefined)
          ? refusal(400, 'invalidSyntax')
          : response,
      ),
  },
  {
    id: 'bulk-small-limits',
    title: 'A bulk request holds ten operations at most',
    permittedBy: 'RFC 7644 section 3.7.4',
    hop: () => limitedTo(10),
  },
  {
    id: 'bulk-one-operation',
    title: 'A bulk request holds one operation',
    permittedBy: 'RFC 7644 section 3.7.4',
    withdraws: ['bulk.'],
    hop: () => limitedTo(1),
  },
] as const satisfies readonly Variant[];
