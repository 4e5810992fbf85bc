import { isObject, resourcesOf } from '../../../scim/message/list.ts';
import { ENTERPRISE_USER, USER } from '../../../scim/message/urn.ts';
import { withJson } from '../../../scim/wire/message.ts';
import type { Hop, HttpRequest, HttpResponse, Json, JsonObject } from '../../../scim/wire/message.ts';
import { body, objectOf, onList, onOne, operationsOf, refusal, swallow, textOf, wantedBy } from '../hops.ts';
import { isSuccess, reply } from '../hops.ts';
import type { Variant } from '../variant.ts';

const writesUser = (request: HttpRequest): boolean =>
  onList('POST', 'Users')(request) || onOne('PUT', 'Users')(request);

const isUnset = (value: Json | undefined): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);

/** A PATCH that leaves users without the attribute, or an element of it. */
const takesAway = (request: HttpRequest, name: string): boolean =>
  onOne('PATCH', 'Users')(request) &&
  operationsOf(request).some(({ op, path, value = null }) => {
    const isThere = textOf(path).toLowerCase().startsWith(name.toLowerCase());
    if (textOf(op).toLowerCase() === 'remove') return isThere;
    return isThere ? isUnset(value) : isObject(value) && name in value && isUnset(value[name]);
  });

const inBulk = (request: HttpRequest, lacks: (data: JsonObject) => boolean): boolean =>
  request.path.startsWith('/Bulk') &&
  operationsOf(request).some(
    ({ method, path, data = null }) =>
      textOf(path).startsWith('/Users') && ['POST', 'PUT'].includes(textOf(method)) && isObject(data) && lacks(data),
  );

/** A provider without which attribute there are no users, and that says so in its schema. */
const demanding = (name: string): Hop => {
  const lacks = (data: JsonObject) => isUnset(data[name]);
  const refused = swallow(
    request =>
      (writesUser(request) && isObject(request.json) && lacks(objectOf(request))) ||
      takesAway(request, name) ||
      inBulk(request, lacks),
    () => refusal(400, 'invalidValue'),
  );
  const required = (schema: JsonObject): JsonObject => {
    const { id, attributes } = schema;
    if (id !== USER || !Array.isArray(attributes)) return schema;
    return {
      ...schema,
      attributes: attributes
        .filter(isObject)
        .map(one => (one['name'] === name ? Object.assign({}, one, { required: true }) : one)),
    };
  };
  const isDiscovery = ({ method, path }: HttpRequest) => method === 'GET' && path.startsWith('/Schemas');
  const told = body(isDiscovery, whole =>
    whole['Resources'] === undefined ? required(whole) : { ...whole, Resources: resourcesOf(whole).map(required) },
  );
  return async (request, next) => told(request, async inner => refused(inner, next));
};

/** How long the lists of the provider stay behind, in milliseconds: short, since every query of a run waits for it. */
const LAG_MS = 150;

/** A provider whose lists are made from an index that follows writes after a while. */
function lagging(): Hop {
  const written = new Map<string, { at: number; before: JsonObject | undefined }>();
  const shown = new Map<string, JsonObject>();
  const idOf = (path: string) => /^\/(?:Users|Groups)\/([^/?]+)/.exec(path)?.[1] ?? '';
  /** The name of a manager comes from the index as well. */
  const lateManager = (response: HttpResponse): HttpResponse => {
    const user = objectOf(response);
    const extension = user[ENTERPRISE_USER];
    const manager = isObject(extension) ? extension['manager'] : undefined;
    if (!isObject(extension) || !isObject(manager) || !isLate(manager['value'])) return response;
    const { displayName } = written.get(textOf(manager['value']))?.before ?? {};
    if (displayName === undefined || manager['displayName'] === undefined) return response;
    return withJson(response, { ...user, [ENTERPRISE_USER]: { ...extension, manager: { ...manager, displayName } } });
  };
  const isLate = (id: Json | undefined) => performance.now() - (written.get(textOf(id))?.at ?? -Infinity) < LAG_MS;
  return async (request, next) => {
    const { method, path } = request;
    const id = idOf(path);
    const response = lateManager(await next(request));
    const isList = (method === 'GET' && /^\/(?:Users|Groups)(?:\?|$)/.test(path)) || path.includes('/.search');
    if (!isList) {
      const isWrite = method !== 'GET' && /^\/(?:Users|Groups)/.test(path) && isSuccess(response);
      const made = isObject(response.json) ? textOf(response.json['id']) : id;
      if (isWrite) written.set(id === '' ? made : id, { at: performance.now(), before: shown.get(id) });
      if (isObject(response.json) && isSuccess(response)) shown.set(made, response.json);
      return response;
    }
    if (!isSuccess(response) || !isObject(response.json)) return response;
    const { json } = response;
    const rows = resourcesOf(json);
    const kept = rows.filter(row => !isLate(row['id']));
    // What was removed a moment ago is still found by its name.
    const wanted = wantedBy(request);
    const ghosts = [...written]
      .filter(([key, { before }]) => isLate(key) && before !== undefined && rows.every(row => row['id'] !== key))
      .flatMap(([, { before }]) =>
        before !== undefined && wanted !== undefined && before['userName'] === wanted ? [before] : [],
      );
    if (kept.length === rows.length && ghosts.length === 0) return response;
    const total = json['totalResults'];
    const Resources = [...kept, ...ghosts];
    return reply(200, {
      ...json,
      ...(typeof total === 'number' && { totalResults: total - (rows.length - kept.length) + ghosts.length }),
      ...(typeof json['itemsPerPage'] === 'number' && { itemsPerPage: Resources.length }),
      Resources,
    });
  };
}

/** What a provider may ask for, and the time it may take. */
export const needVariants = [
  {
    id: 'emails-demanded-and-declared',
    title: 'No user is without an e-mail address, and /Schemas says so',
    permittedBy: 'RFC 7643 section 7: required',
    withdraws: ['create.', 'patch.', 'replace.', 'user.', 'schema.', 'attribute.', 'bulk.', 'error.'],
    hop: () => demanding('emails'),
  },
  {
    id: 'lists-lag-writes',
    title: 'Lists and filters show a write after a while',
    permittedBy: 'RFC 7644 section 3.4.2: a list is not a transaction',
    hop: lagging,
  },
] as const satisfies readonly Variant[];
