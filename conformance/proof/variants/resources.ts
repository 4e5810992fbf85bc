import { isErrorMessage } from '../../../scim/message/error.ts';
import { isObject, resourcesOf } from '../../../scim/message/list.ts';
import { ENTERPRISE_USER } from '../../../scim/message/urn.ts';
import { withJson, type Hop, type HttpRequest, type Json, type JsonObject } from '../../../scim/wire/message.ts';
import {
  always,
  answer,
  body,
  empty,
  isSuccess,
  objectOf,
  onList,
  onOne,
  refusal,
  resource,
  sent,
  swallow,
  textOf,
  without,
} from '../hops.ts';
import type { Variant } from '../variant.ts';

const users = ({ path, method }: HttpRequest) => /^\/Users(?:[/?]|$)/.test(path) && method !== 'DELETE';
const groups = ({ path, method }: HttpRequest) => /^\/Groups(?:[/?]|$)/.test(path) && method !== 'DELETE';
const shown = (request: HttpRequest) => users(request) || groups(request);

const objects = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/** A list of every user or group changed where it is shown. */
const listed = (match: (request: HttpRequest) => boolean, name: string, change: (entry: JsonObject) => JsonObject) =>
  resource(match, whole =>
    whole[name] === undefined ? whole : { ...whole, [name]: objects(whole[name]).map(change) },
  );

const metaChanged = (change: (meta: JsonObject) => JsonObject): Hop =>
  resource(shown, whole => (isObject(whole['meta']) ? { ...whole, meta: change(whole['meta']) } : whole));

/** The path of a URL, with what stands before the collection cut off. */
const pathOf = (url: string) => url.replace(/^https?:\/\/[^/]+/, '');

const wholeSecond = (instant: Json | undefined): Json => textOf(instant).replace(/\.\d+/, '');

/** Keywords that no clause demands by name (RFC 7644 section 3.12: `scimType` is OPTIONAL). */
const OPTIONAL_KEYWORDS: ReadonlySet<unknown> = new Set(['invalidSyntax', 'invalidValue']);

const withoutUserGroups = (schema: JsonObject): JsonObject =>
  textOf(schema['id']).endsWith(':User')
    ? { ...schema, attributes: objects(schema['attributes']).filter(({ name }) => name !== 'groups') }
    : schema;

/** What is permitted of resources, their values, errors and credentials. */
export const resourceVariants = [
  {
    id: 'passwords-refused',
    title: 'A user with a password is refused',
    permittedBy: 'RFC 7644 section 3.3: a provider may decline what it does not manage',
    withdraws: ['create.password-hidden', 'error.password-filter'],
    hop: () =>
      answer(onList('POST', 'Users'), (response, request) =>
        isSuccess(response) && isObject(request.json) && request.json['password'] !== undefined
          ? refusal(400, 'invalidValue')
          : response,
      ),
  },
  {
    id: 'emails-in-lower-case',
    title: 'E-mail addresses are brought into lower case',
    permittedBy: 'RFC 7643 section 4.1.2',
    hop: () =>
      listed(users, 'emails', email =>
        typeof email['value'] === 'string' ? { ...email, value: email['value'].toLowerCase() } : email,
      ),
  },
  {
    id: 'emails-with-display',
    title: 'Elements of lists carry a display that the provider made',
    permittedBy: 'RFC 7643 section 4.1.2',
    hop: () => listed(users, 'emails', email => ({ ...email, display: textOf(email['value']) })),
  },
  {
    id: 'version-in-header-only',
    title: 'A version stands in ETag and not in meta',
    permittedBy: 'RFC 7643 section 3.1',
    withdraws: ['wire.version-is-etag', 'version.'],
    hop: () => metaChanged(meta => without(meta, 'version')),
  },
  {
    id: 'locations-relative',
    title: 'Location and meta.location are paths without a host',
    permittedBy: 'RFC 9110 section 10.2.2',
    hop: () => {
      const inBody = metaChanged(meta => ({ ...meta, location: pathOf(textOf(meta['location'])) }));
      return async (request, next) => {
        const response = await inBody(request, next);
        const { location } = response.headers;
        return location === undefined || !shown(request)
          ? response
          : { ...response, headers: { ...response.headers, location: pathOf(location) } };
      };
    },
  },
  {
    id: 'references-relative',
    title: 'The $ref of members and groups is relative',
    permittedBy: 'RFC 7643 section 2.3.7',
    hop: () => {
      const relative = (entry: JsonObject) =>
        typeof entry['$ref'] === 'string'
          ? { ...entry, $ref: entry['$ref'].replace(/^.*(?=\/(?:Users|Groups)\/)/, '..') }
          : entry;
      const ofMembers = listed(groups, 'members', relative);
      const ofGroups = listed(users, 'groups', relative);
      return async (request, next) => ofMembers(request, async inner => ofGroups(inner, next));
    },
  },
  {
    id: 'members-bare',
    title: 'Members are shown by their value alone',
    permittedBy: 'RFC 7643 section 4.2',
    withdraws: ['relation.member-ref', 'relation.member-type'],
    hop: () => listed(groups, 'members', ({ value }) => (value === undefined ? {} : { value })),
  },
  {
    id: 'everybody-in-a-group',
    title: 'Every user is shown in a group that the provider computes',
    permittedBy: 'RFC 7643 section 4.1.2: groups may be dynamically calculated',
    hop: () =>
      resource(
        request => users(request) && !/attributes=/i.test(request.path),
        user => ({ ...user, groups: [...objects(user['groups']), { value: 'everybody', display: 'Everybody' }] }),
      ),
  },
  {
    id: 'groups-not-computed',
    title: 'Users neither show nor publish the groups they are in',
    permittedBy: 'RFC 7643 section 4.1.2',
    withdraws: ['relation.', 'attribute.', 'schema.', 'projection.', 'filter.', 'replace.', 'patch.', 'bulk.'],
    hop: () => {
      const published = body(onList('GET', 'Schemas'), list => ({
        ...list,
        Resources: resourcesOf(list).map(withoutUserGroups),
      }));
      const one = body(
        ({ path }) => path.startsWith('/Schemas/'),
        schema => withoutUserGroups(schema),
      );
      const hidden = resource(users, user => without(user, 'groups'));
      return async (request, next) =>
        published(request, async listing => one(listing, async inner => hidden(inner, next)));
    },
  },
  {
    id: 'defaults-on-create',
    title: 'A new user gets a locale and a language of the provider',
    permittedBy: 'RFC 7644 section 3.3',
    hop: () =>
      sent(onList('POST', 'Users'), request => {
        const draft = objectOf(request);
        return draft['userName'] === undefined
          ? request
          : { ...request, json: { locale: 'en-US', preferredLanguage: 'en', ...draft } };
      }),
  },
  {
    id: 'extension-named-without-data',
    title: 'Every user names the enterprise extension in schemas',
    permittedBy: 'RFC 7643 section 3',
    hop: () =>
      resource(users, user => {
        const schemas: readonly Json[] = Array.isArray(user['schemas']) ? user['schemas'] : [];
        return schemas.length === 0 || schemas.includes(ENTERPRISE_USER)
          ? user
          : { ...user, schemas: [...schemas, ENTERPRISE_USER] };
      }),
  },
  {
    id: 'dates-in-whole-seconds',
    title: 'Dates carry no fractions of seconds',
    permittedBy: 'RFC 7643 section 2.3.5',
    hop: () =>
      metaChanged(meta => ({
        ...meta,
        created: wholeSecond(meta['created']),
        lastModified: wholeSecond(meta['lastModified']),
      })),
  },
  {
    id: 'errors-without-keyword',
    title: 'Errors for which no keyword is demanded have none',
    permittedBy: 'RFC 7644 section 3.12',
    hop: () =>
      answer(always, response =>
        isErrorMessage(response.json) && OPTIONAL_KEYWORDS.has(response.json.scimType)
          ? withJson(response, without<JsonObject>(response.json, 'scimType'))
          : response,
      ),
  },
  {
    id: 'challenges-of-two-kinds',
    title: 'A 401 names two ways to authenticate',
    permittedBy: 'RFC 9110 section 11.6.1',
    hop: () =>
      answer(always, response => {
        const challenge = response.headers['www-authenticate'];
        if (response.status !== 401 || challenge === undefined) return response;
        const both = `Basic realm="users, groups", ${challenge}`;
        return { ...response, headers: { ...response.headers, 'www-authenticate': both } };
      }),
  },
  {
    id: 'head-not-offered',
    title: 'HEAD is answered with 405',
    permittedBy: 'RFC 9110 section 15.5.6',
    hop: () =>
      swallow(
        ({ method }) => method === 'HEAD',
        () => empty(405, { allow: 'GET, PUT, PATCH, DELETE' }),
      ),
  },
  {
    id: 'other-media-types-unacceptable',
    title: 'Who accepts no JSON is refused with 406',
    permittedBy: 'RFC 7644 section 3.8',
    hop: () =>
      swallow(
        ({ headers }) => headers['accept'] === 'text/csv',
        () => refusal(406),
      ),
  },
  {
    id: 'plain-json-refused',
    title: 'A body marked application/json is refused with 415',
    permittedBy: 'RFC 7644 section 3.8',
    hop: () =>
      swallow(
        ({ headers }) => headers['content-type'] === 'application/json',
        () => refusal(415),
      ),
  },
  {
    id: 'unknown-attributes-refused',
    title: 'A user with an attribute that no schema has is refused',
    permittedBy: 'RFC 7644 section 3.12, table 9',
    hop: () =>
      swallow(
        request => onList('POST', 'Users')(request) && objectOf(request)['scimulatorUnknown'] !== undefined,
        () => refusal(400, 'invalidSyntax'),
      ),
  },
  {
    id: 'members-have-to-exist',
    title: 'A group with a member that does not exist is refused',
    permittedBy: 'RFC 7644 section 3.12, table 9',
    hop: () =>
      swallow(onList('POST', 'Groups'), async (request, next) => {
        const { authorization } = request.headers;
        const headers = authorization === undefined ? {} : { authorization };
        for (const { value } of objects(objectOf(request)['members'])) {
          const found = async (path: string) => (await next({ method: 'GET', path, headers })).status === 200;
          const id = encodeURIComponent(textOf(value));
          if (!(await found(`/Users/${id}`)) && !(await found(`/Groups/${id}`))) return refusal(400, 'invalidValue');
        }
        return next(request);
      }),
  },
  {
    id: 'nested-groups-refused',
    title: 'A group cannot be a member of a group',
    permittedBy: 'RFC 7643 section 4.2',
    hop: () =>
      swallow(
        request =>
          (onList('POST', 'Groups')(request) || onOne('PUT', 'Groups')(request)) &&
          objects(objectOf(request)['members']).some(({ type }) => type === 'Group'),
        () => refusal(400, 'invalidValue'),
      ),
  },
] as const satisfies readonly Variant[];
