import { isObject } from '../../scim/message/list.ts';
import { SCIM_JSON } from '../../scim/message/urn.ts';
import { isJsonMediaType, type HttpResponse } from '../../scim/wire/message.ts';
import type { Case, Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { endpointOf, keeps, serves, type Facts } from '../run/facts.ts';
import { createdId } from '../run/given.ts';
import { metaOf } from '../run/shown.ts';
import { alike } from '../run/state.ts';
import { onEachType, succeeded } from '../run/steps.ts';
import { Blocked, NotApplicable, Violation } from '../run/violation.ts';
import { anybody } from './anybody.ts';

const typeOf = ({ headers }: HttpResponse) => (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();

/** A GET of a user of ours with another Accept than usual; undefined sends none. */
async function readAccepting({ scim, given }: Context, accept: string | undefined): Promise<HttpResponse> {
  const { id } = await given.user();
  succeeded(await scim.read('/Users', id), 'read.by-id');
  return scim.read('/Users', id, { headers: { accept } });
}

/** A POST of an ordinary user under another media type than usual. */
const createAs = async ({ scim, given }: Context, type: string): Promise<HttpResponse> =>
  scim.create('/Users', given.userDraft(), { headers: { 'content-type': type } });

interface Call extends Case {
  readonly method: string;
  readonly path: (id: string) => string;
  readonly json?: boolean;
}

/** Methods that RFC 7644 section 3.2 gives an endpoint no meaning for. */
const undefinedCalls: readonly Call[] = [
  { name: 'DELETE /Users', method: 'DELETE', path: () => '/Users' },
  { name: 'PATCH /Users', method: 'PATCH', path: () => '/Users', json: true },
  { name: 'POST /Users/id', method: 'POST', path: id => `/Users/${id}`, json: true },
  { name: 'GET /Bulk', method: 'GET', path: () => '/Bulk' },
];

/** What HTTP itself has a say in: methods, media types, idempotence (RFC 9110; RFC 7644 sections 3.2 and 3.8). */
export const http = [
  {
    id: 'http.accept-json',
    title: 'Who accepts application/json gets JSON',
    clause: 'RFC7644-3.8-08',
    applies: [serves('User')],
    async run(context) {
      const answer = await readAccepting(context, 'application/json');
      expect.status(answer, 200);
      const came = answer.headers['content-type'];
      expect.that(isJsonMediaType(came), 'a JSON media type', came ?? 'no Content-Type', answer);
      expect.object(answer);
    },
  },
  {
    id: 'http.accept-nothing',
    title: 'Without Accept the answer is application/scim+json',
    clause: 'RFC7644-3.8-09',
    applies: [serves('User')],
    async run(context) {
      const answer = await readAccepting(context, undefined);
      expect.status(answer, 200);
      const came = typeOf(answer);
      if (came === SCIM_JSON) return;
      const weight = isJsonMediaType(came) ? 'warning' : 'failure';
      throw new Violation(`Content-Type ${SCIM_JSON}`, show(came), answer, weight);
    },
  },
  {
    id: 'http.accept-anything',
    title: 'Who accepts anything gets JSON',
    clause: 'RFC7644-3.8-09',
    applies: [serves('User')],
    async run(context) {
      const answer = await readAccepting(context, '*/*');
      expect.status(answer, 200);
      const came = typeOf(answer);
      expect.that(isJsonMediaType(came), 'a JSON media type', came ?? 'no Content-Type', answer);
    },
  },
  {
    id: 'http.accept-list',
    title: 'A list of media types with weights is understood',
    clause: 'RFC7644-3.8-07',
    applies: [serves('User')],
    async run(context) {
      const answer = await readAccepting(context, 'application/scim+json, application/json;q=0.9, */*;q=0.1');
      expect.status(answer, 200);
      expect.object(answer);
    },
  },
  {
    id: 'http.accept-other',
    title: 'An Accept that cannot be met is refused with 406, or gets the usual answer',
    clause: 'RFC7644-3.8-10',
    also: ['RFC9110-15.5.7-01'],
    applies: [serves('User')],
    async run(context) {
      const answer = await readAccepting(context, 'text/csv');
      expect.status(answer, 406, 200, 400, 415);
      return { observed: describeAnswer(answer) };
    },
  },
  {
    id: 'http.content-type-charset',
    title: 'A charset in the media type of a request does no harm',
    clause: 'RFC7644-3.8-06',
    applies: [serves('User')],
    async run(context) {
      await anybody(context);
      expect.status(await createAs(context, `${SCIM_JSON}; charset=utf-8`), 201);
    },
  },
  {
    id: 'http.content-type-json',
    title: 'A body marked application/json is taken or refused with 415',
    clause: 'RFC7644-3.8-05',
    applies: [serves('User')],
    async run(context) {
      const answer = await createAs(context, 'application/json');
      expect.status(answer, 201, 415, 400);
      return { observed: describeAnswer(answer) };
    },
  },
  {
    id: 'http.content-type-other',
    title: 'A body of another media type is refused',
    clause: 'RFC7644-3.8-04',
    also: ['RFC9110-15.5.16-01'],
    applies: [serves('User')],
    cases: () => [{ name: 'text/plain' }, { name: 'application/xml' }],
    async run(context, { name }) {
      await anybody(context);
      expect.status(await createAs(context, name), 415, 400);
    },
  },
  {
    id: 'http.head',
    title: 'A HEAD is answered without content',
    clause: 'RFC9110-9.3.2-01',
    applies: [serves('User')],
    async run({ scim, given }) {
      const { id } = await given.user();
      const answer = await scim.request({ method: 'HEAD', path: `/Users/${encodeURIComponent(id)}` });
      if (answer.status === undefined && answer.failure?.code !== 'stray-bytes') {
        throw new Violation('an answer', describeAnswer(answer), answer);
      }
      const clean = answer.text === '' && answer.failure?.code !== 'stray-bytes';
      expect.that(clean, 'no content', 'content', answer);
    },
  },
  {
    id: 'http.undefined-method',
    title: 'A method that an endpoint does not define is refused with 405, 404 or 501',
    clause: 'RFC7644-3.2-08',
    applies: [serves('User')],
    cases: () => undefinedCalls,
    async run({ scim, given, stored }: Context, { method, path, json }: Call) {
      const { id } = await given.user();
      const draft = json ? { json: given.userDraft() } : {};
      const answer = await scim.request({ method, path: path(encodeURIComponent(id)), ...draft });
      expect.status(answer, 405, 404, 501);
      await stored('/Users', id);
    },
  },
  {
    id: 'http.methods',
    title: 'Users and groups can be read, listed, made, replaced and deleted',
    clause: 'RFC7644-3.2-06',
    seeks: 'faults',
    applies: [],
    exclusive: true,
    ...onEachType(async ({ scim }, endpoint, { id, sent }) => {
      for (const answer of [
        await scim.read(endpoint, id),
        await scim.list(endpoint, { count: 1 }),
        await scim.replace(endpoint, id, { ...sent, id }),
        await scim.remove(endpoint, id),
      ]) {
        const offered = ![405, 501].includes(answer.status ?? 405);
        expect.that(offered, 'a method that is offered', describeAnswer(answer), answer);
      }
    }),
  },
  {
    id: 'http.put-idempotent',
    title: 'The same PUT twice leaves what it left the first time',
    clause: 'RFC9110-9.2.2-01',
    applies: [serves('User')],
    async run(context) {
      const { scim, given, stored } = context;
      const { id, sent } = await given.user();
      const body = { ...sent, displayName: given.unique('Twice') };
      succeeded(await scim.replace('/Users', id, body), 'replace.status');
      const { meta: _, ...first } = await stored('/Users', id);
      succeeded(await scim.replace('/Users', id, body), 'replace.status');
      const { meta: __, ...second } = await stored('/Users', id);
      expect.that(alike(first, second), `the same state: ${show(first)}`, show(second));
    },
  },
  {
    id: 'http.delete-idempotent',
    title: 'What was deleted twice stays gone',
    clause: 'RFC9110-9.2.2-01',
    applies: [serves('User')],
    async run({ scim, given }) {
      const { id } = await given.user();
      succeeded(await scim.remove('/Users', id), 'delete.status');
      await scim.remove('/Users', id);
      expect.status(await scim.read('/Users', id), 404);
    },
  },
  {
    id: 'http.put-validator',
    title: 'What the provider does with the ETag of a PUT is recorded',
    clause: 'RFC9110-9.3.4-01',
    applies: [serves('User')],
    async run({ scim, given }) {
      const { id, sent } = await given.user();
      const answer = await scim.replace('/Users', id, sent);
      succeeded(answer, 'replace.status');
      return { observed: answer.headers['etag'] === undefined ? 'no ETag' : 'an ETag' };
    },
  },
  {
    id: 'http.location-read',
    title: 'The address in Location leads to the new resource',
    clause: 'RFC7644-3.3-06',
    also: ['RFC7643-3.1-22'],
    applies: [],
    cases: (facts: Facts) =>
      (['User', 'Group'] as const).filter(type => serves(type).unmet(facts) === undefined).map(name => ({ name })),
    async run({ scim, given, facts }, { name }) {
      const user = name === 'User';
      const endpoint = user ? endpointOf.User : endpointOf.Group;
      const answer = await scim.create(endpoint, user ? given.userDraft() : given.groupDraft());
      const id = createdId(answer);
      if (id === undefined) throw new Blocked(user ? 'create.status' : 'create.group', describeAnswer(answer));
      const location = answer.headers['location'] ?? (isObject(answer.json) ? metaOf(answer.json)['location'] : '');
      if (typeof location !== 'string' || location === '') throw new Blocked('create.location', 'there is none');
      const path = below(location, facts);
      if (path === undefined) throw new NotApplicable(`${show(location)} is not seen to lie below the base URL`);
      const read = await scim.request({ method: 'GET', path });
      expect.status(read, 200);
      expect.equal(expect.object(read)['id'], id, 'the resource with id', read);
    },
  },
  {
    id: 'http.location-on-read',
    title: 'Whether a GET carries Location is recorded',
    clause: 'RFC7644-3.4.1-03',
    applies: [serves('User')],
    async run({ scim, given }) {
      const { id } = await given.user();
      const answer = await scim.read('/Users', id);
      succeeded(answer, 'read.by-id');
      return { observed: answer.headers['location'] === undefined ? 'no Location' : 'Location' };
    },
  },
  {
    id: 'http.member-order',
    title: 'The order of members in a request has no effect',
    clause: 'RFC7643-2.3.8-01',
    applies: [serves('User'), keeps('displayName')],
    async run({ scim, given, stored }) {
      const draft = given.userDraft();
      const turned = Object.fromEntries(Object.entries(draft).reverse());
      const answer = await scim.create('/Users', turned);
      const id = createdId(answer);
      if (id === undefined) {
        await given.user();
        throw new Violation('the user to be made', describeAnswer(answer), answer);
      }
      expect.equal((await stored('/Users', id))['displayName'], draft['displayName'], 'displayName');
    },
  },
] as const satisfies readonly Check[];

/** The path of a URL below the base URL, seen from the endpoint on: hosts and prefixes may differ behind a proxy. */
function below(location: string, { resourceTypes }: Facts): string | undefined {
  const endpoints = (resourceTypes ?? [])
    .map(({ endpoint }) => (typeof endpoint === 'string' ? /([^/]+)\/?$/.exec(endpoint)?.[1] : undefined))
    .filter(name => name !== undefined);
  for (const name of [...endpoints, 'Users', 'Groups']) {
    const at = location.lastIndexOf(`/${name}/`);
    if (at >= 0) return location.slice(at);
  }
  return undefined;
}
