import { isObject } from '../../../scim/message/list.ts';
import type { Hop, HttpRequest, HttpResponse, JsonObject } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import { answer, body, current, onList, onOne, resource, without, type Match } from '../hops.ts';

const one =
  (...methods: readonly string[]): Match =>
  request =>
    methods.some(method => onOne(method, 'Users', 'Groups')(request));
const oneUser =
  (...methods: readonly string[]): Match =>
  request =>
    methods.some(method => onOne(method, 'Users')(request));
const tagged = (response: HttpResponse, tag: (tag: string) => string): HttpResponse => {
  const { etag } = response.headers;
  return etag === undefined ? response : { ...response, headers: { ...response.headers, etag: tag(etag) } };
};
const versioned = (change: (version: string) => string | undefined) => (whole: JsonObject) => {
  const meta = isObject(whole['meta']) ? whole['meta'] : {};
  const { version, ...rest } = meta;
  const changed = typeof version === 'string' ? change(version) : undefined;
  return { ...whole, meta: { ...rest, ...(changed !== undefined && { version: changed }) } };
};
/** ETag and meta.version of reads together. */
const everywhere =
  (match: Match, tag: (tag: string, request: HttpRequest) => string): Hop =>
  async (request, next) => {
    const response = await next(request);
    if (!match(request)) return response;
    const changed = tagged(response, given => tag(given, request));
    if (!isObject(changed.json)) return changed;
    const json = versioned(given => tag(given, request))(changed.json);
    return { ...changed, json, text: JSON.stringify(json) };
  };
const bare = (tag: string): string => tag.replace(/^W\//, '');
/** What may be wrong about versions. */
export const versionDefects = [
  {
    id: 'etag-missing-on-groups',
    title: 'A group that is read comes without an ETag',
    breaks: 'RFC7644-3.14-02',
    noticedBy: ['version.header'],
    hop: () =>
      answer(onOne('GET', 'Groups'), response => ({ ...response, headers: without(response.headers, 'etag') })),
  },
  {
    id: 'version-missing-in-meta',
    title: 'meta has no version',
    breaks: 'RFC7644-3.14-03',
    noticedBy: ['version.in-meta'],
    hop: () =>
      resource(
        one('GET'),
        versioned(() => undefined),
      ),
  },
  {
    id: 'version-without-quotes',
    title: 'meta.version has neither W/ nor quotes',
    breaks: 'RFC7644-3.14-03',
    noticedBy: ['version.in-meta'],
    hop: () =>
      resource(
        one('GET', 'PUT'),
        versioned(version => bare(version).replaceAll('"', '')),
      ),
  },
  {
    id: 'etag-from-id',
    title: 'The ETag of a resource never changes',
    breaks: 'RFC7644-3.14-07',
    noticedBy: ['version.changes', 'version.changes-with-members'],
    hop: () => everywhere(one('GET'), (_tag, { path }) => `W/"${/([^/?]+)(?:\?.*)?$/.exec(path)?.[1] ?? ''}"`),
  },
  {
    id: 'etag-without-members',
    title: 'The ETag of a group does not change with its members',
    breaks: 'RFC7644-3.14-07',
    noticedBy: ['version.changes-with-members'],
    hop: () => everywhere(onOne('GET', 'Groups'), () => 'W/"group"'),
  },
  {
    id: 'etag-of-the-moment',
    title: 'The ETag of a resource is another with each read',
    breaks: 'RFC7644-3.14-07',
    noticedBy: ['version.stays-while-read', 'version.stays-without-change', 'version.of-other-resource-stays'],
    hop() {
      let reads = 0;
      return everywhere(one('GET'), () => `W/"${(reads += 1)}"`);
    },
  },
  {
    id: 'etag-of-every-patch',
    title: 'The ETag of a user changes with a PATCH that changes nothing',
    breaks: 'RFC7644-3.14-07',
    noticedBy: ['version.stays-without-change'],
    hop() {
      const patches = new Map<string, number>();
      const key = ({ path }: HttpRequest) => path.replace(/\?.*$/, '');
      const shown = everywhere(oneUser('GET'), (tag, request) =>
        tag.replace(/"$/, `-${patches.get(key(request)) ?? 0}"`),
      );
      return async (request, next) => {
        if (oneUser('PATCH')(request)) patches.set(key(request), (patches.get(key(request)) ?? 0) + 1);
        return shown(request, next);
      };
    },
  },
  {
    id: 'etag-of-the-collection',
    title: 'The ETags of all users change when one of them is replaced',
    breaks: 'RFC7644-3.14-07',
    noticedBy: ['version.of-other-resource-stays'],
    hop() {
      let writes = 0;
      const shown = everywhere(oneUser('GET'), tag => tag.replace(/"$/, `-${writes}"`));
      return async (request, next) => {
        if (oneUser('PUT')(request)) writes += 1;
        return shown(request, next);
      };
    },
  },
  {
    id: 'version-missing-in-lists',
    title: 'Entries of lists have no meta.version',
    breaks: 'RFC7644-3.14-08',
    noticedBy: ['version.in-list'],
    hop: () =>
      resource(
        onList('GET', 'Users'),
        versioned(() => undefined),
      ),
  },
  {
    id: 'patch-shows-old-etag',
    title: 'A PATCH is answered with the ETag of the version before it',
    breaks: 'RFC7644-3.14-07',
    noticedBy: ['version.after-patch'],
    hop: () => async (request, next) => {
      const before = oneUser('PATCH')(request) ? (await current(request, next)).headers['etag'] : undefined;
      const response = await next(request);
      return before === undefined
        ? response
        : everywhere(
            () => true,
            () => before,
          )(request, async () => response);
    },
  },
  {
    id: 'create-shows-other-etag',
    title: 'A create is answered with another version than the next read',
    breaks: 'RFC7644-3.14-07',
    noticedBy: ['version.after-create'],
    hop: () => everywhere(onList('POST', 'Users'), () => 'W/"new"'),
  },
  {
    id: 'lists-of-one-version',
    title: 'Entries of a list show another version than a read',
    breaks: 'RFC7644-3.14-08',
    noticedBy: ['version.in-list'],
    hop: () => body(onList('GET', 'Users'), list => restamped(list)),
  },
] as const satisfies readonly Defect[];

function restamped(list: JsonObject): JsonObject {
  const entries = list['Resources'];
  if (!Array.isArray(entries)) return list;
  return { ...list, Resources: entries.filter(isObject).map(entry => versioned(() => 'W/"list"')(entry)) };
}
