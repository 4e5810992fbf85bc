import { isObject, resourcesOf } from '../../../scim/message/list.ts';
import { ENTERPRISE_USER, GROUP, USER } from '../../../scim/message/urn.ts';
import type { Hop, HttpRequest, Json, JsonObject } from '../../../scim/wire/message.ts';
import {
  body,
  current,
  isSuccess,
  objectOf,
  onList,
  onOne,
  operationsOf,
  parameterOf,
  patching,
  refusal,
} from '../hops.ts';
import { resource, sent, textOf, without } from '../hops.ts';
import { all, groups, objects, publishing, refusing, touches } from '../published-hops.ts';
import type { Variant } from '../variant.ts';

const users = ({ path, method }: HttpRequest) => /^\/Users(?:[/?]|$)/.test(path) && method !== 'DELETE';
const creates = onList('POST', 'Users');
const replaces = onOne('PUT', 'Users');
const patches = onOne('PATCH', 'Users', 'Groups');
const isUserBody = (value: JsonObject) => value['userName'] !== undefined;
/** A body that makes or replaces a user. */
const drafts = (request: HttpRequest) => (creates(request) || replaces(request)) && isUserBody(objectOf(request));

const DISCOVERY: ReadonlySet<string> = new Set(
  ['ServiceProviderConfig', 'ResourceType', 'Schema'].map(name => `urn:ietf:params:scim:schemas:core:2.0:${name}`),
);

const declining = (pattern: RegExp): Hop =>
  refusing(request => pattern.test(parameterOf(request, 'filter') ?? ''), 'invalidFilter');

const displayNameOf = (user: JsonObject): Json => {
  const { givenName, familyName } = isObject(user['name']) ? user['name'] : {};
  const whole = [givenName, familyName].filter(part => typeof part === 'string').join(' ');
  return whole === '' ? (user['userName'] ?? null) : whole;
};

/** The filter of a value path that compares one attribute by `eq`. */
const PLAIN = /\[[\w$]+ eq (?:"[^"]*"|true|false)\]/i;

const twoParts = /^(?:formatted|givenName|familyName)$/i;
const inTwoParts = (name: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(name).filter(([part]) => twoParts.test(part)));

const noManager: Hop = async (request, next) => {
  const extension = objectOf(request)[ENTERPRISE_USER];
  const managers = [
    isObject(extension) ? extension['manager'] : undefined,
    ...operationsOf(request).flatMap(({ path, value }) =>
      /manager(?:\.value)?$/i.test(textOf(path))
        ? [value]
        : isObject(value) && isObject(value[ENTERPRISE_USER])
          ? [value[ENTERPRISE_USER]['manager']]
          : [],
    ),
  ].map(manager => (isObject(manager) ? manager['value'] : manager));
  for (const id of managers.filter(each => typeof each === 'string' && each !== '')) {
    const path = `/Users/${encodeURIComponent(textOf(id))}`;
    if (users(request) && !isSuccess(await current({ ...request, path }, next))) return refusal(400, 'invalidValue');
  }
  return next(request);
};

const uniqueGroups: Hop = async (request, next) => {
  const { displayName } = objectOf(request);
  if (!onList('POST', 'Groups')(request) || typeof displayName !== 'string') return next(request);
  const path = `/Groups?filter=${encodeURIComponent(`displayName eq ${JSON.stringify(displayName)}`)}`;
  const found = await current({ ...request, path: '/Groups' }, async inner => next({ ...inner, path }));
  return resourcesOf(found.json).length > 0 ? refusal(409, 'uniqueness') : next(request);
};

/** What servers do not offer, or take only in part, and may. */
export const serverLimitVariants = [
  {
    id: 'display-name-computed',
    title: 'The display name of a user is made of the name, and published as read-only',
    permittedBy: 'RFC 7643 section 7: a provider publishes the mutability of its attributes',
    withdraws: ['group.', 'keeps displayName', '/Schemas has displayName', 'writes displayName'].concat(
      [
        'create.',
        'filter.',
        'sort.',
        'tenant.',
        'page.',
        'search.',
        'projection.',
        'attribute.',
        'schema.',
        'patch.',
        'replace.',
      ],
      [
        'version.',
        'bulk.',
        'user.',
        'config.',
        'me.',
        'http.',
        'list.',
        'relation.',
        'enterprise.',
        'query.',
        'value.',
      ],
      ['cursor.'],
    ),
    hop: () =>
      all(
        publishing(USER, each => (each['name'] === 'displayName' ? { ...each, mutability: 'readOnly' } : each)),
        refusing(
          request => users(request) && patching(patches, each => touches(each, /^displayName$/i))(request),
          'mutability',
        ),
        declining(/displayName/i),
        sent(drafts, request => ({
          ...request,
          json: { ...objectOf(request), displayName: displayNameOf(objectOf(request)) },
        })),
      ),
  },
  {
    id: 'names-in-two-parts',
    title: 'A name has a formatted, a given and a family part; other parts are refused in a path',
    permittedBy: 'RFC 7643 section 4.1.1: sub-attributes are optional',
    withdraws: [
      '/Schemas has no name',
      'attribute.',
      'schema.',
      'patch.',
      'filter.',
      'projection.',
      'user.',
      'replace.',
    ],
    hop: () =>
      all(
        publishing(USER, each =>
          each['name'] === 'name'
            ? {
                ...each,
                subAttributes: objects(each['subAttributes']).filter(({ name }) => twoParts.test(textOf(name))),
              }
            : each,
        ),
        refusing(
          patching(patches, each => touches(each, /^name\.(?:honorific|middle)/i)),
          'invalidPath',
        ),
        declining(/name\.(?:honorific|middle)/i),
        resource(users, user => (isObject(user['name']) ? { ...user, name: inTwoParts(user['name']) } : user)),
        sent(drafts, request => {
          const draft = Object.entries(objectOf(request)).map(([key, value]) =>
            key.toLowerCase() === 'name' && isObject(value) ? [key, inTwoParts(value)] : [key, value],
          );
          return { ...request, json: Object.fromEntries(draft) as JsonObject };
        }),
      ),
  },
  {
    id: 'elements-chosen-by-eq-alone',
    title: 'A value path of a PATCH compares one attribute by eq; other filters are declined',
    permittedBy: 'RFC 7644 section 3.12, table 9: invalidFilter, a combination that is not supported',
    withdraws: ['patch.value-path', 'patch.remove-members-by-or', 'the filter'],
    hop: () =>
      refusing(
        patching(patches, ({ path }) => /^[\w$:.]+\[.+\](?:\.\w+)?$/.test(textOf(path)) && !PLAIN.test(textOf(path))),
        'invalidFilter',
      ),
  },
  {
    id: 'discovery-schemas-unlisted',
    title: 'The schemas of the discovery resources are not published',
    permittedBy: 'RFC 7644 section 4: /Schemas tells of the resources that are served',
    withdraws: ['schema.'],
    hop: () =>
      all(
        refusing(({ path }) => [...DISCOVERY].some(urn => path.startsWith(`/Schemas/${urn}`)), undefined, 404),
        body(onList('GET', 'Schemas'), list => {
          const kept = resourcesOf(list).filter(({ id }) => !DISCOVERY.has(textOf(id)));
          return { ...list, Resources: kept, totalResults: kept.length, itemsPerPage: kept.length };
        }),
      ),
  },
  {
    id: 'email-demanded',
    title: 'A user needs an e-mail address, and the schema says so',
    permittedBy: 'RFC 7643 section 7: a provider publishes which attributes it requires',
    withdraws: [
      'the target demands emails',
      'can do without emails',
      'schema.figure.user/',
      'replace.',
      'patch.',
      'create.',
      'user.',
      'attribute.',
      'schema.figure.user/',
    ],
    hop: () =>
      all(
        publishing(USER, each => (each['name'] === 'emails' ? { ...each, required: true } : each)),
        refusing(request => drafts(request) && objects(objectOf(request)['emails']).length === 0, 'invalidValue'),
        refusing(
          patching(patches, ({ op, path }) => textOf(op).toLowerCase() === 'remove' && /^emails$/i.test(textOf(path))),
          'mutability',
        ),
      ),
  },
  {
    id: 'user-names-are-addresses',
    title: 'A userName has to be an e-mail address',
    permittedBy: 'RFC 7643 section 4.1.1: the provider decides what names it takes',
    withdraws: ['the target takes e-mail addresses', 'create.', 'user.', 'attribute.', 'filter.', 'bulk.'],
    hop: () =>
      refusing(request => {
        const { userName } = objectOf(request);
        return drafts(request) && typeof userName === 'string' && userName !== '' && !userName.includes('@');
      }, 'invalidValue'),
  },
  {
    id: 'user-names-in-ascii',
    title: 'A userName holds characters of ASCII alone',
    permittedBy: 'RFC 7644 section 3.3: a provider may decline a name',
    withdraws: ['user.', 'create.', 'filter.'],
    hop: () =>
      refusing(request => drafts(request) && /[^ -~]/.test(textOf(objectOf(request)['userName'])), 'invalidValue'),
  },
  {
    id: 'types-of-addresses-closed',
    title: 'Types of e-mail addresses beyond the canonical ones are refused',
    permittedBy: 'RFC 7643 section 7: a provider may restrict values to the canonical ones',
    withdraws: ['create.', 'patch.', 'user.', 'attribute.', 'value.'],
    hop: () =>
      refusing(request => {
        const emails = objects(objectOf(request)['emails']);
        const types = emails.map(({ type }) => type).filter(type => typeof type === 'string');
        return drafts(request) && types.some(type => !/^(?:work|home|other)$/i.test(textOf(type)));
      }, 'invalidValue'),
  },
  {
    id: 'managers-have-to-exist',
    title: 'A manager has to be a user of the provider',
    permittedBy: 'RFC 7643 section 4.3: manager.value is the id of a user',
    withdraws: ['enterprise.', 'patch.', 'attribute.', 'create.', 'replace.', 'filter.'],
    hop: () => noManager,
  },
  {
    id: 'group-names-taken-once',
    title: 'No two groups have one name',
    permittedBy: 'RFC 7644 section 3.3: what conflicts is refused with 409',
    withdraws: ['group.', 'bulk.', 'create.', 'schema.'],
    hop: () =>
      all(
        publishing(GROUP, each => (each['name'] === 'displayName' ? { ...each, uniqueness: 'server' } : each)),
        uniqueGroups,
      ),
  },
  {
    id: 'members-without-type',
    title: 'Members are published and shown without a type',
    permittedBy: 'RFC 7643 section 4.2',
    withdraws: ['relation.', 'attribute.', 'schema.', 'filter.', 'patch.', 'projection.'],
    hop: () =>
      resource(groups, group =>
        group['members'] === undefined
          ? group
          : { ...group, members: objects(group['members']).map(member => without(member, 'type')) },
      ),
  },
] as const satisfies readonly Variant[];
