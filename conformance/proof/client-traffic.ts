import { BULK_REQUEST } from '../../scim/message/bulk.ts';
import {
  ENTERPRISE_USER,
  GROUP,
  LIST_RESPONSE,
  PATCH_OP,
  SCIM_JSON,
  SEARCH_REQUEST,
  USER,
} from '../../scim/message/urn.ts';
import { queryString } from '../../scim/client.ts';
import type { Exchange, Headers, Json, JsonObject } from '../../reports/record/index.ts';

const ID = '2819c223-7f76-453a-919d-413861904646';
const GROUP_ID = 'e9e30dba-f08f-4109-8486-d5c6a331660a';

const headers = { accept: SCIM_JSON, authorization: 'Bearer h480djs93hd8' };

/** What a careful client sends to create a user. */
export const user: JsonObject = {
  schemas: [USER, ENTERPRISE_USER],
  userName: 'bjensen@example.com',
  externalId: 'bjensen',
  name: { familyName: 'Jensen', givenName: 'Barbara' },
  locale: 'en-US',
  preferredLanguage: 'en-US',
  active: true,
  emails: [{ value: 'bjensen@example.com', type: 'work', primary: true }],
  phoneNumbers: [{ value: 'tel:+1-201-555-0123', type: 'work' }],
  addresses: [{ type: 'work', locality: 'Hollywood', country: 'US' }],
  x509Certificates: [{ value: 'MIIDQzCCAqygAwIBAgICEAAwDQYJKoZIhvcNAQEFBQAwTjELMAkGA1UEBhMC' }],
  [ENTERPRISE_USER]: { department: 'Tour Operations', manager: { value: 'a61a2b5c' } },
};

const stored = { ...user, id: ID, meta: { resourceType: 'User', version: 'W/"a330"' } };
const group = { schemas: [GROUP], displayName: 'Tour Guides', members: [{ value: ID }] };
const listOf = (...Resources: Json[]): JsonObject => ({
  schemas: [LIST_RESPONSE],
  totalResults: Resources.length,
  Resources,
});
const patch = (...Operations: Json[]) => ({ schemas: [PATCH_OP], Operations });

type Spoken = readonly [
  method: string,
  path: string,
  json?: Json | undefined,
  status?: number,
  answer?: Json | undefined,
  fields?: Headers,
];

const spoken: readonly Spoken[] = [
  ['GET', `/Users${queryString({ filter: 'userName eq "bjensen@example.com"' })}`, undefined, 200, listOf()],
  ['POST', '/Users', user, 201, stored],
  ['GET', `/Users/${ID}?attributes=userName,name.familyName`, undefined, 200, stored],
  ['PUT', `/Users/${ID}`, { ...stored, active: false }, 200, stored, { 'if-match': 'W/"a330"' }],
  ['PATCH', `/Users/${ID}`, patch({ op: 'replace', path: 'name', value: { familyName: 'Doe' } }), 204],
  ['PATCH', `/Users/${ID}`, patch({ op: 'replace', value: { active: true } }), 204],
  ['PATCH', `/Users/${ID}`, patch({ op: 'add', path: `${ENTERPRISE_USER}:department`, value: 'Sales' }), 204],
  ['PATCH', `/Users/${ID}`, patch({ op: 'remove', path: 'emails[type eq "work" and value ew "example.com"]' }), 204],
  ['GET', `/Groups${queryString({ filter: 'displayName eq "Tour Guides"' })}`, undefined, 200, listOf()],
  ['POST', '/Groups', group, 201, { ...group, id: GROUP_ID }],
  ['PATCH', `/Groups/${GROUP_ID}`, patch({ op: 'Add', path: 'members', value: [{ value: ID }] }), 204],
  ['PATCH', `/Groups/${GROUP_ID}`, patch({ op: 'replace', path: 'displayName', value: 'Guides' }), 204],
  ['PATCH', `/Groups/${GROUP_ID}`, patch({ op: 'remove', path: `members[value eq "${ID}"]` }), 204],
  ['GET', '/Users?sortBy=name.familyName&sortOrder=descending&startIndex=1&count=10', undefined, 200, listOf(stored)],
  ['GET', '/Users?count=1&cursor=', undefined, 200, { ...listOf(stored), nextCursor: 'VZUTiy' }],
  ['GET', '/Users?count=1&cursor=VZUTiy', undefined, 200, listOf()],
  [
    'POST',
    '/.search',
    {
      schemas: [SEARCH_REQUEST],
      attributes: ['displayName', 'userName'],
      filter: 'displayName sw "smith"',
      sortBy: 'displayName',
      startIndex: 1,
      count: 10,
    },
    200,
    listOf(),
  ],
  [
    'POST',
    '/Bulk',
    {
      schemas: [BULK_REQUEST],
      failOnErrors: 1,
      Operations: [
        { method: 'POST', path: '/Users', bulkId: 'qwerty', data: { ...user, userName: 'alice@example.com' } },
        { method: 'PUT', path: `/Users/${ID}`, data: user },
        {
          method: 'PATCH',
          path: `/Groups/${GROUP_ID}`,
          data: patch({ op: 'add', path: 'members', value: [{ value: 'bulkId:qwerty' }] }),
        },
        { method: 'DELETE', path: `/Groups/${GROUP_ID}` },
      ],
    },
    200,
    { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkResponse'], Operations: [] },
  ],
  ['GET', '/Me', undefined, 308, undefined, { location: `/scim/v2/Users/${ID}` }],
  ['GET', `/Users/${ID}`, undefined, 200, stored],
];

/** An exchange of its own, as the recorder writes it down. */
export const exchanged = (n: number, [method, path, json, status = 200, answer, fields = {}]: Spoken): Exchange => {
  const { location, ...sent } = fields;
  return {
    scope: 'client',
    n,
    at: n,
    ms: 1,
    request: {
      method,
      path,
      headers: { ...headers, ...(json !== undefined && { 'content-type': SCIM_JSON }), ...sent },
      ...(json !== undefined && { json }),
    },
    response: {
      status,
      headers: { 'content-type': SCIM_JSON, ...(location !== undefined && { location }) },
      ...(answer !== undefined && { json: answer }),
    },
  };
};

/** A session of a careful client with a right service provider, in which every check of clients has something to judge. */
export const rightTraffic: readonly Exchange[] = spoken.map((line, at) => exchanged(at + 1, line));
