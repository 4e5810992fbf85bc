import { isObject, resourcesOf } from '../../../scim/message/list.ts';
import { ENTERPRISE_USER } from '../../../scim/message/urn.ts';
import type { Hop, HttpRequest, Json, JsonObject } from '../../../scim/wire/message.ts';
import {
  body,
  objectOf,
  onList,
  onOne,
  parameterOf,
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

/** The client chooses the attributes it is shown. */
const chooses = ({ path }: HttpRequest) => /attributes=/i.test(path) || path.includes('/.search');

/** The client chooses parts of its e-mail addresses. */
const choosesParts = (request: HttpRequest) =>
  (
    [
      ['attributes', 'emails.'],
      ['excludedAttributes', 'emails.display'],
    ] as const
  ).some(([name, part]) =>
    `${parameterOf(request, name)} ${textOf(objectOf(request)[name])}`.toLowerCase().includes(part),
  );

function withoutDisplay(value: Json): Json {
  if (Array.isArray(value)) return value.map((entry: Json) => withoutDisplay(entry));
  if (!isObject(value)) return value;
  const entries = Object.entries(without(value, 'display'));
  return Object.fromEntries(entries.map(([name, member]) => [name, withoutDisplay(member)]));
}

/** A list of every user or group changed where it is shown. */
const listed = (match: (request: HttpRequest) => boolean, name: string, change: (entry: JsonObject) => JsonObject) =>
  resource(match, whole =>
    whole[name] === undefined ? whole : { ...whole, [name]: objects(whole[name]).map(change) },
  );

const metaChanged = (change: (meta: JsonObject) => JsonObject): Hop =>
  resource(shown, whole => (isObject(whole['meta']) ? { ...whole, meta: change(whole['meta']) } : whole));

const writesUser = (request: HttpRequest): boolean =>
  onList('POST', 'Users')(request) || onOne('PUT', 'Users')(request);

/** The path of a URL, with what stands before the collection cut off. */
const pathOf = (url: string) => url.replace(/^https?:\/\/[^/]+/, '');

const wholeSecond = (instant: Json | undefined): Json => textOf(instant).replace(/\.\d+/, '');

const withoutUserGroups = (schema: JsonObject): JsonObject =>
  textOf(schema['id']).endsWith(':User')
    ? { ...schema, attributes: objects(schema['attributes']).filter(({ name }) => name !== 'groups') }
    : schema;

/** What is permitted of resources and their values. */
export const resourceVariants = [
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
    id: 'a-primary-chosen',
    title: 'Of e-mail addresses without a primary one the first becomes primary',
    permittedBy: 'RFC 7644 section 3.3: a provider may give values that are missing',
    hop: () =>
      sent(writesUser, request => {
        const { emails } = objectOf(request);
        const [first, ...rest] = objects(emails);
        if (first === undefined || [first, ...rest].some(({ primary }) => primary !== undefined)) return request;
        return { ...request, json: { ...objectOf(request), emails: [{ ...first, primary: true }, ...rest] } };
      }),
  },
  {
    id: 'addresses-without-region',
    title: 'Addresses have neither region nor formatted, and /Schemas does not list them',
    permittedBy: 'RFC 7643 section 2.4 and RFC 7644 section 3.1: a provider may leave out what it does not support',
    withdraws: ['patch.', 'filter.', 'schema.', 'attribute.', 'projection.'],
    hop: () => {
      const lean = (address: JsonObject): JsonObject => without(address, 'region', 'formatted');
      const stored = listed(users, 'addresses', lean);
      const withoutParts = (schema: JsonObject): JsonObject => ({
        ...schema,
        attributes: objects(schema['attributes']).map(one =>
          one['name'] === 'addresses'
            ? {
                ...one,
                subAttributes: objects(one['subAttributes']).filter(
                  ({ name }) => !['region', 'formatted'].includes(textOf(name)),
                ),
              }
            : one,
        ),
      });
      const published = resource(({ method, path }) => method === 'GET' && path.startsWith('/Schemas'), withoutParts);
      return async (request, next) => stored(request, async inner => published(inner, next));
    },
  },
  {
    id: 'emails-with-display',
    title: 'E-mail addresses carry a display that the provider made and clients cannot change',
    permittedBy: 'RFC 7643 section 4.1.2',
    hop: () => {
      const undisplayed = sent(
        request => users(request) && request.json !== undefined,
        request => ({ ...request, json: withoutDisplay(request.json ?? null) }),
      );
      const displayed = listed(
        request => users(request) && !choosesParts(request),
        'emails',
        email => ({ ...email, display: textOf(email['value']) }),
      );
      return async (request, next) => displayed(request, async inner => undisplayed(inner, next));
    },
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
        request => users(request) && !chooses(request),
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
    withdraws: ['filter.schemas'],
    hop: () => {
      const named = resource(users, user => {
        const schemas: readonly Json[] = Array.isArray(user['schemas']) ? user['schemas'] : [];
        return schemas.length === 0 || schemas.includes(ENTERPRISE_USER)
          ? user
          : { ...user, schemas: [...schemas, ENTERPRISE_USER] };
      });
      // What a filter on schemas finds would not agree with what this hop shows.
      const unsearched = swallow(
        request => (parameterOf(request, 'filter') ?? '').startsWith('schemas'),
        () => refusal(400, 'invalidFilter'),
      );
      return async (request, next) => unsearched(request, async inner => named(inner, next));
    },
  },
  {
    id: 'dates-in-whole-seconds',
    title: 'Dates carry no fractions of seconds',
    permittedBy: 'RFC 7643 section 2.3.5',
    withdraws: [
      'patch.last-modified',
      'patch.members-last-modified',
      'replace.last-modified',
      'version.',
      'filter.created/',
      'sort.created/',
    ],
    hop: () =>
      metaChanged(meta => ({
        ...meta,
        created: wholeSecond(meta['created']),
        lastModified: wholeSecond(meta['lastModified']),
      })),
  },
] as const satisfies readonly Variant[];
