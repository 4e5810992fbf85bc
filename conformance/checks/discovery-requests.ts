import { isObject } from '../../scim/message/list.ts';
import { RESOURCE_TYPE, SCHEMA } from '../../scim/message/urn.ts';
import type { HttpRequest, HttpResponse, Json, JsonObject } from '../../scim/wire/message.ts';
import type { Query } from '../../scim/client.ts';
import type { RequirementId } from '../clauses/index.ts';
import type { Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { describeAnswer, expect, same, show } from '../run/expect.ts';
import { credentialed } from '../run/facts.ts';
import { entriesIn, textOf } from '../run/published.ts';
import { Blocked, NotApplicable, Violation } from '../run/violation.ts';

const endpoints = ['ServiceProviderConfig', 'ResourceTypes', 'Schemas'] as const;
type Endpoint = (typeof endpoints)[number];

const each = () => endpoints.map(name => ({ name }));
const endpointNamed = (name: string): Endpoint => endpoints.find(one => name.startsWith(one)) ?? 'Schemas';

/** Parameters of lists that have no effect here, each with a value that would change a list. */
const parameters: Readonly<Record<string, Query>> = {
  count: { count: 1 },
  startIndex: { startIndex: 2 },
  sorting: { sortBy: 'id', sortOrder: 'descending' },
};

/** Who reports that an endpoint cannot be read. */
const reportedBy = {
  ServiceProviderConfig: 'discovery.service-provider-config',
  ResourceTypes: 'discovery.resource-types',
  Schemas: 'discovery.schemas',
} as const satisfies Record<Endpoint, string>;

/** What an endpoint says, without what may change from one answer to the next: ids or names of entries, in no order. */
function gist(answer: HttpResponse): Json {
  const entries = entriesIn(answer);
  if (entries.length > 0) return entries.map(entry => show(entry['id'] ?? entry['name'])).sort();
  return isObject(answer.json) ? Object.keys(answer.json).sort() : null;
}

async function read({ scim }: Context, endpoint: Endpoint, query?: Query): Promise<HttpResponse> {
  const answer = await scim.list(`/${endpoint}`, query);
  if (query === undefined && answer.status !== 200) throw new Blocked(reportedBy[endpoint], describeAnswer(answer));
  return answer;
}

/** A resource of discovery to try a change on: of schemas one that no user or group needs, where there is one. */
async function subject(context: Context, endpoint: Endpoint): Promise<{ path: string; body: JsonObject }> {
  const answer = await read(context, endpoint);
  if (endpoint === 'ServiceProviderConfig') return { path: `/${endpoint}`, body: expect.object(answer) };
  const entries = entriesIn(answer);
  const used = new Set((context.facts.resourceTypes ?? []).map(({ schema }) => schema));
  const body = [...entries].reverse().find(({ id }) => id !== undefined && !used.has(id)) ?? entries.at(-1);
  if (!body) throw new Blocked(reportedBy[endpoint], 'there is no entry');
  return { path: `/${endpoint}/${encodeURIComponent(textOf(body['id'] ?? body['name']))}`, body };
}

/** A resource of the kind that nobody has, so that whatever is made can be told from what was there. */
function newcomer(endpoint: Endpoint, name: string): JsonObject {
  const id = endpoint === 'Schemas' ? `urn:scimulator:${name}` : name;
  const attribute = { name: 'note', type: 'string', multiValued: false };
  return endpoint === 'Schemas'
    ? { schemas: [SCHEMA], id, name, attributes: [attribute] }
    : { schemas: [RESOURCE_TYPE], id, name, endpoint: `/${name}`, schema: `urn:scimulator:${name}` };
}

const isSuccess = ({ status = 0 }: HttpResponse) => status >= 200 && status < 300;

const patchOf = (path: string, value: Json): Pick<HttpRequest, 'json'> => ({
  json: { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [{ op: 'replace', path, value }] },
});

/** What a change would touch, and nobody depends on. */
const touched = (endpoint: Endpoint) => (endpoint === 'ServiceProviderConfig' ? 'documentationUri' : 'description');

const unchangedBy = {
  ServiceProviderConfig: 'RFC7643-5-02',
  ResourceTypes: 'RFC7643-6-01',
  Schemas: 'RFC7643-7-02',
} as const satisfies Record<Endpoint, RequirementId>;

const methods = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** What requests to the discovery endpoints are answered (RFC 7644 section 4). Those that write run alone: they must leave no trace in what others read. */
export const discoveryRequests: readonly Check[] = [
  {
    id: 'discovery.parameters-ignored',
    title: 'Parameters of paging and sorting are ignored by the discovery endpoints',
    clause: 'RFC7644-4-07',
    applies: [],
    cases: () =>
      endpoints.flatMap(name => Object.keys(parameters).map(parameter => ({ name: `${name} ${parameter}` }))),
    async run(context, { name }) {
      const endpoint = endpointNamed(name);
      const plain = gist(await read(context, endpoint));
      const answer = await read(context, endpoint, parameters[name.slice(endpoint.length + 1)] ?? {});
      expect.status(answer, 200);
      expect.equal(gist(answer), plain, 'the same as without parameters:', answer);
    },
  },
  {
    id: 'discovery.filter-refused',
    title: 'A filter on a discovery endpoint is answered with 403',
    clause: 'RFC7644-4-08',
    applies: [],
    cases: each,
    async run(context, { name }) {
      const endpoint = endpointNamed(name);
      await read(context, endpoint);
      expect.status(await read(context, endpoint, { filter: 'name eq "User"' }), 403);
    },
  },
  {
    id: 'discovery.filter-not-applied',
    title: 'A filter on a discovery endpoint filters nothing',
    clause: 'RFC7644-4-07',
    applies: [],
    cases: each,
    async run(context, { name }) {
      const endpoint = endpointNamed(name);
      const plain = gist(await read(context, endpoint));
      const answer = await read(context, endpoint, { filter: 'name eq "nothing"' });
      if (answer.status === 200) expect.equal(gist(answer), plain, 'a refusal, or the same as without filter:', answer);
      else expect.that(answer.status !== undefined, 'an answer', describeAnswer(answer), answer);
    },
  },
  {
    id: 'discovery.anonymous',
    title: 'Discovery may be open to requests without a credential',
    clause: 'RFC7644-4-10',
    applies: [credentialed],
    async run({ anonymous }) {
      const seen: string[] = [];
      for (const endpoint of endpoints) seen.push(`${endpoint} ${(await anonymous.list(`/${endpoint}`)).status}`);
      return { observed: seen.join(', ') };
    },
  },
  {
    id: 'discovery.read-only',
    title: 'Discovery endpoints refuse requests that write',
    clause: 'RFC7644-4-11',
    also: ['RFC7644-3.2-08'],
    applies: [],
    exclusive: true,
    cases: () => endpoints.flatMap(name => methods.map(method => ({ name: `${name} ${method}` }))),
    async run(context, { name }) {
      const { scim, given } = context;
      const endpoint = endpointNamed(name);
      const { path, body } = await subject(context, endpoint);
      const method = name.slice(endpoint.length + 1);
      const put = { method: 'PUT', path, json: body };
      // Who takes a PUT may well carry out a DELETE, and nothing could bring the entry back.
      if (method === 'DELETE' && isSuccess(await scim.request(put))) throw new NotApplicable('a PUT is carried out');
      const attempts: Readonly<Record<string, Partial<HttpRequest>>> = {
        POST: { path: `/${endpoint}`, json: newcomer(endpoint, given.unique('new')) },
        PUT: put,
        PATCH: patchOf(touched(endpoint), body[touched(endpoint)] ?? `https://${given.domain}/`),
        DELETE: {},
      };
      const answer = await scim.request({ method, path, ...attempts[method] });
      const { status = 0 } = answer;
      const refused = status === 501 || (status >= 400 && status < 500);
      expect.that(refused, 'status 405, or another 4xx or 501', describeAnswer(answer), answer);
    },
  },
  {
    id: 'discovery.unchanged',
    title: 'What discovery says cannot be changed',
    clause: 'RFC7643-7-02',
    also: ['RFC7643-5-02', 'RFC7643-6-01'],
    applies: [],
    exclusive: true,
    cases: () => endpoints.map(name => ({ name, clause: unchangedBy[name] })),
    async run(context, { name }) {
      const { scim, given } = context;
      const endpoint = endpointNamed(name);
      const { path, body } = await subject(context, endpoint);
      const member = touched(endpoint);
      const value = `https://${given.domain}/${given.unique('changed')}`;
      const before = gist(await read(context, endpoint));
      const put = await scim.request({ method: 'PUT', path, json: { ...body, [member]: value } });
      await scim.request({ method: 'PATCH', path, ...patchOf(member, value) });
      const after = await scim.list(path);
      const came = isObject(after.json) ? after.json[member] : undefined;
      if (same(came, value)) {
        await scim.request({ method: 'PUT', path, json: body });
        throw new Violation(`${member} ${show(body[member])} as before`, show(came), after);
      }
      if (endpoint !== 'ServiceProviderConfig') {
        await scim.request({ method: 'POST', path: `/${endpoint}`, json: newcomer(endpoint, given.unique('new')) });
      }
      // Nothing could bring the entry back where a DELETE is carried out, so it is for those who refuse a PUT.
      if (!isSuccess(put)) await scim.request({ method: 'DELETE', path });
      expect.equal(gist(await read(context, endpoint)), before, 'the entries of before:');
    },
  },
];
