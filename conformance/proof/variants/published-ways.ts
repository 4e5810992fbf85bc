import { isObject, resourcesOf } from '../../../scim/message/list.ts';
import { declares } from '../../../scim/message/error.ts';
import { GROUP, LIST_RESPONSE, USER } from '../../../scim/message/urn.ts';
import {
  withJson,
  type Hop,
  type HttpRequest,
  type Json,
  type JsonObject,
  type Send,
} from '../../../scim/wire/message.ts';
import {
  current,
  isSuccess,
  objectOf,
  onList,
  onOne,
  parameterOf,
  patching,
  resource,
  textOf,
  without,
} from '../hops.ts';
import type { Variant } from '../variant.ts';
import { all, groups, objects, publishing, refusing, touches } from '../published-hops.ts';

const puts = onOne('PUT', 'Groups');
const changes = onOne('PATCH', 'Groups');
const isWrite = ({ method, path }: HttpRequest) => method !== 'GET' && !path.includes('/.search');

/** What a client says of the attributes it wants to see, by query or in a search. */
const choice = (request: HttpRequest, name: 'attributes' | 'excludedAttributes'): string =>
  parameterOf(request, name) ?? textOf(objectOf(request)[name] ?? '');

const chooses = (request: HttpRequest): boolean =>
  choice(request, 'attributes') !== '' || choice(request, 'excludedAttributes') !== '';

/** The resource as a read without a choice of attributes shows it. */
async function whole({ id }: JsonObject, request: HttpRequest, next: Send): Promise<JsonObject> {
  for (const endpoint of ['Users', 'Groups']) {
    const path = `/${endpoint}/${encodeURIComponent(textOf(id))}`;
    const found = await current({ ...request, path }, async inner => next(inner));
    if (isSuccess(found)) return objectOf(found);
  }
  return {};
}

/** Shows a member of the resources that have another, whatever a client chooses to see. */
const showingAlways =
  (member: string, beside: string): Hop =>
  async (request, next) => {
    const response = await next(request);
    if (!chooses(request) || !isSuccess(response) || !isObject(response.json)) return response;
    const complete = async (shown: JsonObject): Promise<JsonObject> => {
      if (shown['id'] === undefined) return shown;
      const { [member]: value, [beside]: other } = await whole(shown, request, next);
      return value === undefined || other === undefined ? shown : { [member]: value, ...shown };
    };
    const { json } = response;
    if (!declares(json, LIST_RESPONSE)) return withJson(response, await complete(json));
    return withJson(response, { ...json, Resources: await Promise.all(resourcesOf(json).map(complete)) });
  };

/** A name that differs from the one the group has. */
const noNewName: Hop = async (request, next) => {
  const { displayName } = objectOf(request);
  const isOther = puts(request) && objectOf(await current(request, next))['displayName'] !== displayName;
  return refusing(() => isOther, 'mutability')(request, next);
};

const madeOf = ({ name, userName = null }: JsonObject): Json => {
  const { givenName, familyName } = isObject(name) ? name : {};
  const parts = [givenName, familyName].filter(part => typeof part === 'string');
  return parts.length > 0 ? parts.join(' ') : userName;
};

const withSize = (schema: JsonObject): JsonObject =>
  schema['id'] === GROUP
    ? {
        ...schema,
        attributes: [
          ...objects(schema['attributes']),
          {
            name: 'size',
            type: 'integer',
            multiValued: false,
            description: 'How many members there are.',
            required: false,
            mutability: 'readOnly',
            returned: 'default',
            uniqueness: 'none',
          },
        ],
      }
    : schema;

const beyondThePlane = (request: HttpRequest): boolean =>
  /[\u{10000}-\u{10ffff}]/u.test(JSON.stringify(objectOf(request)));

/** Ways that a provider publishes, or shows on every request alike. */
export const publishedWayVariants = [
  {
    id: 'group-size-computed',
    title: 'Groups show how many members they have, and publish that as read-only',
    permittedBy: 'RFC 7643 section 8.7: service providers may publish further attributes',
    hop: () =>
      all(
        resource(({ path, method }) => method === 'GET' && /^\/Schemas(?:[/?]|$)/.test(path), withSize),
        resource(
          request => groups(request) && !chooses(request),
          group => (group['id'] === undefined ? group : { ...group, size: objects(group['members']).length }),
        ),
      ),
  },
  {
    id: 'group-names-fixed',
    title: 'The name of a group is given once, and published as immutable',
    permittedBy: 'RFC 7643 section 7: a provider publishes the mutability of its attributes',
    withdraws: [
      'group.',
      'patch.',
      'replace.',
      'attribute.',
      'schema.',
      'filter.',
      'version.',
      'projection.group-write/',
      'delete.gone/Group',
      'relation.group-renamed/',
    ],
    hop: () =>
      all(
        publishing(GROUP, each => (each['name'] === 'displayName' ? { ...each, mutability: 'immutable' } : each)),
        refusing(
          patching(changes, each => touches(each, /^displayName$/i)),
          'mutability',
        ),
        noNewName,
      ),
  },
  {
    id: 'members-on-request',
    title: 'A read shows the members of a group only to who asks for them, as /Schemas says',
    permittedBy: 'RFC 7643 section 7: returned',
    withdraws: ['group.', 'relation.', 'projection.', 'attribute.', 'schema.', 'patch.', 'filter.', 'search.'],
    hop: () =>
      all(
        publishing(GROUP, each => (each['name'] === 'members' ? { ...each, returned: 'request' } : each)),
        resource(
          request => !isWrite(request) && !/members/i.test(choice(request, 'attributes')),
          whole => (whole['members'] === undefined ? whole : without(whole, 'members')),
        ),
      ),
  },
  {
    id: 'display-names-always',
    title: 'The display name of a user is always shown, as /Schemas says',
    permittedBy: 'RFC 7643 section 7: returned',
    withdraws: [
      'create.chosen-attributes/',
      'create.excluded-attributes/',
      'projection.',
      'attribute.',
      'search.',
      'schema.figure.',
    ],
    hop: () =>
      all(
        publishing(USER, each => (each['name'] === 'displayName' ? { ...each, returned: 'always' } : each)),
        showingAlways('displayName', 'userName'),
      ),
  },
  {
    id: 'display-names-made-up',
    title: 'A user without a display name shows one that is made of the name',
    permittedBy: 'RFC 7644 sections 3.3 and 3.5.1: a provider may assign a default',
    withdraws: ['the target gives every User without displayName'],
    hop: () =>
      resource(
        request => request.path.startsWith('/Users') && !chooses(request),
        user => ({ ...(user['userName'] !== undefined && { displayName: madeOf(user) }), ...user }),
      ),
  },
  {
    id: 'projections-with-meta',
    title: 'A resource of chosen attributes shows its meta all the same',
    permittedBy: 'RFC 7644 section 3.9: what the minimum set holds is the provider to say',
    hop: () => showingAlways('meta', 'id'),
  },
  {
    id: 'groups-read-alone',
    title: 'Groups are there to be read, and to be written by nobody',
    permittedBy: 'RFC 7644 section 3.12, table 8: 403',
    withdraws: [
      'version.',
      'bulk.',
      'filter.',
      'projection.',
      'search.root',
      'create.',
      'read.',
      'relation.',
      'delete.',
      'http.',
      'page.',
      'group.',
      'patch.',
      'replace.',
      'schema.',
      'type.',
      'attribute.',
      'list.',
      'error.',
      'sort.',
    ],
    hop: () => refusing(request => groups(request) && isWrite(request), undefined, 403),
  },
  {
    id: 'given-names-demanded',
    title: 'A name has a given part, and the schema says so',
    permittedBy: 'RFC 7643 section 7: a provider publishes which attributes it requires',
    withdraws: ['can do without name.givenName', 'create.', 'schema.', 'attribute.', 'patch.', 'replace.', 'user.'],
    hop: () =>
      all(
        publishing(USER, each =>
          each['name'] === 'name'
            ? {
                ...each,
                subAttributes: objects(each['subAttributes']).map(part =>
                  part['name'] === 'givenName' ? { ...part, required: true } : part,
                ),
              }
            : each,
        ),
        refusing(request => {
          const { name } = objectOf(request);
          return onList('POST', 'Users')(request) && isObject(name) && typeof name['givenName'] !== 'string';
        }, 'invalidValue'),
      ),
  },
  {
    id: 'texts-in-the-basic-plane',
    title: 'Characters beyond the basic multilingual plane are refused',
    permittedBy: 'RFC 7644 section 3.12, table 9: invalidValue',
    withdraws: ['create.', 'patch.replace-text/', 'replace.text/', 'attribute.', 'filter.', 'user.', 'group.'],
    hop: () => refusing(request => isWrite(request) && beyondThePlane(request), 'invalidValue'),
  },
] as const satisfies readonly Variant[];
