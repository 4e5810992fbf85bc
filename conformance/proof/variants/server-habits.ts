import { isErrorMessage } from '../../../scim/message/error.ts';
import { isObject, resourcesOf } from '../../../scim/message/list.ts';
import { requestJson, withJson } from '../../../scim/wire/message.ts';
import type { Headers, Hop, HttpRequest, HttpResponse, Json, JsonObject } from '../../../scim/wire/message.ts';
import { always, answer, body, current, isSuccess, objectOf, onList, onOne, parameterOf, resource } from '../hops.ts';
import { sent, textOf, without } from '../hops.ts';
import type { Variant } from '../variant.ts';

const users = ({ path, method }: HttpRequest) => /^\/Users(?:[/?]|$)/.test(path) && method !== 'DELETE';
const groups = ({ path, method }: HttpRequest) => /^\/Groups(?:[/?]|$)/.test(path) && method !== 'DELETE';
const written = (request: HttpRequest) => ['POST', 'PUT'].includes(request.method) && users(request);
const isUserBody = (value: JsonObject) => value['userName'] !== undefined;

const objects = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/** The names of a projection, without the URIs of schemas. */
const names = (request: HttpRequest, projection: string): string =>
  `${parameterOf(request, projection) ?? ''},${textOf(objectOf(request)[projection])}`.replaceAll(
    /urn:[^,"\s]*:/gi,
    '',
  );

/** The client chose to see parts, or not to see this one. */
const choosesParts = (request: HttpRequest, part: string) =>
  names(request, 'attributes').includes('.') || names(request, 'excludedAttributes').toLowerCase().includes(`.${part}`);

/** Elements of an attribute changed wherever a user shows them. */
const elements = (name: string, change: (entry: JsonObject) => JsonObject, part = ''): Hop =>
  resource(
    request => users(request) && (part === '' || !choosesParts(request, part)),
    user => (Array.isArray(user[name]) ? { ...user, [name]: objects(user[name]).map(change) } : user),
  );

const headed = (response: HttpResponse, more: Headers): HttpResponse => ({
  ...response,
  headers: { ...more, ...response.headers },
});

const capitalised = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?!@)/g;

/** Every id with a tenant after it, in both directions. */
const tenanted: Hop = async (request, next) => {
  const bare = (text: string) => text.replaceAll('@blue', '').replaceAll('%40blue', '');
  const full = (text: string) => text.replaceAll(UUID, '$&@blue');
  const json = requestJson(request);
  const response = await next({
    ...request,
    path: bare(request.path),
    ...(request.text === undefined && json !== undefined && { json: JSON.parse(bare(JSON.stringify(json))) as Json }),
  });
  const headers = Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name, /location/.test(name) ? full(value) : value]),
  );
  const there = { ...response, headers };
  return response.json === undefined ? there : withJson(there, JSON.parse(full(JSON.stringify(response.json))) as Json);
};

/** Attributes that a PUT leaves out stay as they are. */
const merging: Hop = async (request, next) => {
  const draft = objectOf(request);
  if (!onOne('PUT', 'Users')(request) || !isUserBody(draft)) return next(request);
  const there = await current(request, next);
  if (!isSuccess(there) || !isObject(there.json)) return next(request);
  const named = new Set(Object.keys(draft).map(name => name.toLowerCase()));
  const kept = Object.entries(there.json).filter(
    ([name]) => !named.has(name.toLowerCase()) && !name.startsWith('urn:'),
  );
  return next({ ...request, json: { ...Object.fromEntries(kept), ...draft } });
};

const DEFAULTS: JsonObject = { locale: 'en-GB', timezone: 'Europe/London' };

/** An attribute with a default never stays without a value. */
const refilled: Hop = async (request, next) => {
  const draft = objectOf(request);
  if (written(request) && isUserBody(draft)) {
    const given = Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== null));
    return next({ ...request, json: { ...DEFAULTS, ...given } });
  }
  if (!onOne('PATCH', 'Users')(request) || !Array.isArray(draft['Operations'])) return next(request);
  const Operations = draft['Operations'].map((operation: Json) => {
    if (!isObject(operation) || operation['op'] !== 'remove') return operation;
    const value = DEFAULTS[textOf(operation['path'])];
    return value === undefined ? operation : { op: 'replace', path: operation['path'] ?? null, value };
  });
  return next({ ...request, json: { ...draft, Operations } });
};

/** What servers do of their own accord, and may. */
export const serverHabitVariants = [
  {
    id: 'phone-numbers-canonical',
    title: 'Telephone numbers come back without punctuation',
    permittedBy: 'RFC 7643 section 4.1.2: the value should be in the form of RFC 3966',
    withdraws: [
      'the target does not give phoneNumbers',
      'a User comes back with another phoneNumbers',
      'the target does not keep phoneNumbers',
    ],
    hop: () =>
      elements('phoneNumbers', number =>
        typeof number['value'] === 'string'
          ? { ...number, value: `tel:${number['value'].replace(/[^\d+]/g, '')}` }
          : number,
      ),
  },
  {
    id: 'types-capitalised',
    title: 'The type of an e-mail address comes back with a capital',
    permittedBy: 'RFC 7643 section 7: case may be altered where caseExact is false',
    hop: () =>
      elements('emails', email =>
        typeof email['type'] === 'string' ? { ...email, type: capitalised(email['type']) } : email,
      ),
  },
  {
    id: 'primary-always-said',
    title: 'Elements that are not primary say so',
    permittedBy: 'RFC 7643 section 2.4: absent means false',
    hop: () => {
      const said = elements('emails', email => ({ primary: false, ...email }), 'primary');
      // Sent back, it is what was there already.
      const unsaid = sent(
        request => users(request) && request.json !== undefined,
        request => ({
          ...request,
          json: JSON.parse(
            JSON.stringify(request.json)
              .replaceAll(/"primary":false,?/g, '')
              .replaceAll(',}', '}'),
          ) as Json,
        }),
      );
      return async (request, next) => said(request, async inner => unsaid(inner, next));
    },
  },
  {
    id: 'formatted-name-made',
    title: 'The formatted name is made by the provider',
    permittedBy: 'RFC 7644 section 3.3',
    withdraws: ['attribute.', 'user.formatted-name'],
    hop: () =>
      resource(
        request => users(request) && !choosesParts(request, 'formatted'),
        user => {
          const { name } = user;
          if (!isObject(name) || name['formatted'] !== undefined || name['familyName'] === undefined) return user;
          const formatted = [name['givenName'], name['familyName']].filter(part => typeof part === 'string').join(' ');
          return { ...user, name: { ...name, formatted } };
        },
      ),
  },
  {
    id: 'defaults-given-again',
    title: 'An attribute that loses its value gets the default back',
    permittedBy: 'RFC 7644 sections 3.3 and 3.5.1: a provider may assign a default',
    withdraws: ['patch.remove-', 'patch.replace-', 'patch.add-', 'replace.', 'create.unset', 'attribute.', 'filter.pr'],
    hop: () => refilled,
  },
  {
    id: 'put-keeps-what-is-left-out',
    title: 'A PUT leaves attributes alone that it does not name',
    permittedBy: 'RFC 7644 section 3.5.1: attributes left out need not be cleared',
    withdraws: ['replace.', 'attribute.'],
    hop: () => merging,
  },
  {
    id: 'groups-of-users-bare',
    title: 'The groups of a user are shown by value and type alone',
    permittedBy: 'RFC 7643 section 4.1.2',
    withdraws: ['relation.', 'attribute.', 'projection.', 'filter.provider-values'],
    hop: () => elements('groups', group => without(group, '$ref', 'display')),
  },
  {
    id: 'ids-with-a-tenant',
    title: 'Every id ends with the name of the tenant, after an at sign',
    permittedBy: 'RFC 7643 section 3.1: an id is opaque',
    hop: () => tenanted,
  },
  {
    id: 'content-location-said',
    title: 'What shows a resource says in Content-Location where it is',
    permittedBy: 'RFC 9110 section 8.7',
    hop: () =>
      answer(always, response => {
        const meta = isObject(response.json) ? response.json['meta'] : undefined;
        const location = isObject(meta) ? meta['location'] : undefined;
        return isSuccess(response) && typeof location === 'string'
          ? headed(response, { 'content-location': location })
          : response;
      }),
  },
  {
    id: 'errors-with-more-members',
    title: 'Errors carry a trace id and a time',
    permittedBy: 'RFC 7644 section 3.12: the members it lists are those of SCIM',
    hop: () =>
      answer(always, response =>
        isErrorMessage(response.json)
          ? withJson(response, { ...response.json, traceId: 'a1b2', timestamp: '2026-01-02T03:04:05Z' })
          : response,
      ),
  },
  {
    id: 'no-content-with-type',
    title: 'A 204 names a media type all the same',
    permittedBy: 'RFC 9110 section 8.3',
    hop: () =>
      answer(always, response =>
        response.status === 204 ? headed(response, { 'content-type': 'application/scim+json' }) : response,
      ),
  },
  {
    id: 'dates-in-nanoseconds',
    title: 'Dates are given to the nanosecond',
    permittedBy: 'RFC 7643 section 2.3.5: a dateTime of XML Schema',
    hop: () =>
      resource(
        request => users(request) || groups(request),
        whole => {
          const { meta } = whole;
          if (!isObject(meta)) return whole;
          const fine = (instant: Json | undefined) => textOf(instant).replace(/(\.\d{3})Z$/, '$1000000Z');
          return {
            ...whole,
            meta: { ...meta, created: fine(meta['created']), lastModified: fine(meta['lastModified']) },
          };
        },
      ),
  },
  {
    id: 'lists-with-etag',
    title: 'Lists and discovery carry an ETag of their own',
    permittedBy: 'RFC 9110 section 8.8.3',
    hop: () =>
      answer(onList('GET', 'Users', 'Groups', 'Schemas', 'ResourceTypes', 'ServiceProviderConfig'), response =>
        response.status === 200 ? headed(response, { etag: `W/"${String(response.text?.length ?? 0)}"` }) : response,
      ),
  },
  {
    id: 'two-authentication-schemes',
    title: 'ServiceProviderConfig lists HTTP Basic beside the bearer token, as not primary',
    permittedBy: 'RFC 7643 section 5',
    hop: () =>
      body(onList('GET', 'ServiceProviderConfig'), config => ({
        ...config,
        authenticationSchemes: [
          ...objects(config['authenticationSchemes']),
          { type: 'httpbasic', name: 'HTTP Basic', description: 'A name and a password', primary: false },
        ],
      })),
  },
  {
    id: 'a-resident-first',
    title: 'Every whole list of users begins with one who was there before',
    permittedBy: 'RFC 7644 section 3.4.2: a list holds what there is',
    withdraws: ['page.', 'list.', 'sort.', 'cursor.', 'search.'],
    hop: () =>
      body(
        request => request.method === 'GET' && request.path === '/Users',
        list => ({
          ...list,
          totalResults: Number(list['totalResults']) + 1,
          itemsPerPage: resourcesOf(list).length + 1,
          Resources: [RESIDENT, ...resourcesOf(list)],
        }),
      ),
  },
  {
    id: 'user-names-tidied',
    title: 'Blanks around a title are taken away when a user is made',
    permittedBy: 'RFC 7644 section 3.3: a provider may alter what was posted',
    hop: () =>
      sent(onList('POST', 'Users'), request => {
        const draft = objectOf(request);
        return isUserBody(draft)
          ? { ...request, json: { ...draft, title: textOf(draft['title'] ?? 'None given').trim() } }
          : request;
      }),
  },
] as const satisfies readonly Variant[];

const RESIDENT: JsonObject = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  id: '00000000-0000-4000-8000-00000000feed',
  userName: 'resident@elsewhere.example',
  active: true,
  meta: {
    resourceType: 'User',
    created: '2020-01-02T03:04:05.000Z',
    lastModified: '2020-01-02T03:04:05.000Z',
    location: 'https://elsewhere.example/Users/00000000-0000-4000-8000-00000000feed',
  },
};
