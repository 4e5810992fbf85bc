import { isObject } from '../../../scim/message/list.ts';
import type { Hop, Json, JsonObject } from '../../../scim/wire/message.ts';
import type { Defect } from '../defect.ts';
import { answer, body, onList, onOne, reply, sent, swallow, without, withoutParameter } from '../hops.ts';

const config = onList('GET', 'ServiceProviderConfig');
const users = onList('GET', 'Users');

const saying = (members: JsonObject): Hop => body(config, whole => Object.assign({}, whole, members));

/** The configuration with its authentication scheme changed. */
const scheme = (change: (scheme: JsonObject) => Json): Hop =>
  body(config, whole => ({
    ...whole,
    authenticationSchemes: Array.isArray(whole['authenticationSchemes'])
      ? whole['authenticationSchemes'].filter(isObject).map(change)
      : [],
  }));

type Row = readonly [id: string, title: string, breaks: Defect['breaks'], noticedBy: readonly string[], hop: () => Hop];

const inConfig: readonly Row[] = [
  [
    'config-in-list',
    'ServiceProviderConfig comes in a list',
    'RFC7643-5-01',
    ['config.single'],
    () => body(config, whole => ({ ...whole, Resources: [] })),
  ],
  [
    'config-documentation-no-address',
    'documentationUri is no address',
    'RFC7643-5-04',
    ['config.documentation'],
    () => saying({ documentationUri: 'see the wiki' }),
  ],
  [
    'config-meta-of-user',
    'meta of the configuration says User',
    'RFC7643-8.5-01',
    ['config.meta'],
    () => saying({ meta: { resourceType: 'User' } }),
  ],
  [
    'config-closed',
    'ServiceProviderConfig wants a credential',
    'RFC7643-5-20',
    ['config.open'],
    () =>
      swallow(
        request => config(request) && request.headers['authorization'] === undefined,
        () => reply(401, {}),
      ),
  ],
  [
    'scheme-without-type',
    'An authentication scheme has no type',
    'RFC7643-5-22',
    ['config.scheme.type'],
    () => scheme(one => without(one, 'type')),
  ],
  [
    'scheme-of-unknown-type',
    'An authentication scheme is of a type that nobody knows',
    'RFC7643-5-22',
    ['config.scheme.known-type'],
    () => scheme(one => ({ ...one, type: 'bearer' })),
  ],
  [
    'scheme-without-name',
    'An authentication scheme has no name',
    'RFC7643-5-23',
    ['config.scheme.name'],
    () => scheme(one => without(one, 'name')),
  ],
  [
    'scheme-without-description',
    'An authentication scheme has no description',
    'RFC7643-5-24',
    ['config.scheme.description'],
    () => scheme(one => without(one, 'description')),
  ],
  [
    'scheme-address-relative',
    'specUri is no address',
    'RFC7643-5-25',
    ['config.scheme.addresses'],
    () => scheme(one => ({ ...one, specUri: 'rfc6750' })),
  ],
  [
    'scheme-primary-as-text',
    'primary of a scheme is a text',
    'RFC7643-5-26',
    ['config.scheme.primary'],
    () => scheme(one => ({ ...one, primary: 'true' })),
  ],
  [
    'schemes-empty',
    'No authentication scheme is named',
    'RFC7643-5-21',
    ['discovery.config.authentication-schemes'],
    () => saying({ authenticationSchemes: [] }),
  ],
  [
    'bulk-limit-negative',
    'maxOperations is below zero',
    'RFC7643-5-08',
    ['discovery.config.bulk.max-operations'],
    () => saying({ bulk: { supported: true, maxOperations: -1, maxPayloadSize: 1000 } }),
  ],
  [
    'max-results-exceeded',
    'Lists hold more than filter.maxResults says',
    'RFC7643-5-12',
    ['config.max-results'],
    () => saying({ filter: { supported: true, maxResults: 1 } }),
  ],
  [
    'flag-patch-wrong',
    'PATCH is said to be supported and answered with 501',
    'RFC7643-5-06',
    ['config.flag.patch'],
    () =>
      swallow(
        ({ method }) => method === 'PATCH',
        () => reply(501, {}),
      ),
  ],
  [
    'flag-patch-denied',
    'PATCH is said not to be supported and carried out',
    'RFC7643-5-06',
    ['config.flag.patch'],
    () => saying({ patch: { supported: false } }),
  ],
  [
    'flag-bulk-wrong',
    'Bulk is said to be supported and not there',
    'RFC7643-5-10',
    ['config.flag.bulk'],
    () =>
      swallow(
        ({ path }) => path === '/Bulk',
        () => reply(404, {}),
      ),
  ],
  [
    'flag-sort-wrong',
    'Sorting is said to be supported and does nothing',
    'RFC7643-5-17',
    ['config.flag.sort'],
    () => sent(users, request => withoutParameter(request, 'sortBy')),
  ],
  [
    'flag-sort-one-way',
    'Sorting goes one way only',
    'RFC7643-5-17',
    ['config.flag.sort'],
    () => sent(users, request => withoutParameter(request, 'sortOrder')),
  ],
  [
    'flag-etag-wrong',
    'Versions are said to be supported and not sent',
    'RFC7643-5-19',
    ['config.flag.etag'],
    () => answer(onOne('GET', 'Users'), response => ({ ...response, headers: without(response.headers, 'etag') })),
  ],
];

/** What ServiceProviderConfig may say wrongly, of its own form or of what is supported. */
export const configClaimDefects: readonly Defect[] = inConfig.map(([id, title, breaks, noticedBy, hop]) => ({
  id,
  title,
  breaks,
  noticedBy,
  hop,
}));
