import { isObject } from '../../scim/message/list.ts';
import { GROUP, USER } from '../../scim/message/urn.ts';
import type { JsonObject } from '../../scim/wire/message.ts';
import type { Case, Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { declaredTypes, type DeclaredType } from '../run/declared.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { serves, type Facts } from '../run/facts.ts';
import { createdId, lastSegment, refusalOf, reporterOf } from '../run/given.ts';
import { isPlaceholder } from '../run/shown.ts';
import { succeeded } from '../run/steps.ts';
import { Blocked, NotApplicable, Violation } from '../run/violation.ts';
import { anybody } from './anybody.ts';

/** Sends an ordinary user. @throws Blocked when nothing usable comes of it. */
async function created({ scim, given }: Context, draft = given.userDraft()) {
  const answer = await scim.create('/Users', draft);
  const id = createdId(answer);
  if (id === undefined) throw new Blocked(reporterOf('/Users', answer), refusalOf('User', answer));
  return { answer, id };
}

/** Type and id: what is left of a URL when host, prefix and version may differ. */
const tail = (url: string) =>
  url
    .replace(/[?#].*$/, '')
    .split('/')
    .filter(Boolean)
    .slice(-2)
    .join('/');

const metaOf = (resource: JsonObject): JsonObject => (isObject(resource['meta']) ? resource['meta'] : {});

/** Members that the provider may move on between the answer and the next read. */
const MOVING = new Set(['meta', 'active', 'groups']);

interface Typed extends Case {
  readonly type: DeclaredType;
}

/** A case for each type that RFC 7643 does not define. */
const otherTypes = (facts: Facts): readonly Typed[] =>
  declaredTypes(facts)
    .filter(({ base }) => base.urn !== USER && base.urn !== GROUP)
    .map(type => ({ name: type.name, type }));

/** POST to a resource type (RFC 7644 section 3.3). */
export const create = [
  {
    id: 'create.status',
    title: 'A created user is answered with 201',
    clause: 'RFC7644-3.3-04',
    applies: [serves('User')],
    async run({ scim, given }) {
      expect.status(await scim.create('/Users', given.userDraft()), 201);
    },
  },
  {
    id: 'create.group',
    title: 'A created group is answered with 201',
    clause: 'RFC7644-3.3-04',
    applies: [serves('Group')],
    async run({ scim, given }) {
      const answer = await scim.create('/Groups', given.groupDraft());
      // Groups may be there to be read alone, or not be this client's to make (RFC 7644 section 3.12, table 8).
      if ([403, 405, 501].includes(answer.status ?? 0)) throw new NotApplicable(describeAnswer(answer));
      expect.status(answer, 201);
      expect.that(createdId(answer) !== undefined, 'an id or a Location of the new group', 'neither', answer);
    },
  },
  {
    id: 'create.custom',
    title: 'A resource of any other type that is listed is answered with 201 when it is made',
    clause: 'RFC7644-3.3-04',
    applies: [],
    cases: otherTypes,
    async run({ scim, given }: Context, { type }: Typed) {
      const answer = await scim.create(type.endpoint, given.draft(type));
      // What the type may ask for beyond its schemas is not known here, nor whether clients may make any.
      const refused = answer.status === 501 || ((answer.status ?? 0) >= 400 && (answer.status ?? 0) < 500);
      if (refused) return { observed: describeAnswer(answer) };
      return expect.status(answer, 201);
    },
  },
  {
    id: 'create.body',
    title: 'The answer to a create shows the user',
    clause: 'RFC7644-3.3-05',
    applies: [serves('User')],
    async run(context) {
      const draft = context.given.userDraft();
      const { answer } = await created(context, draft);
      const body = expect.object(answer);
      for (const member of ['schemas', 'id', 'meta']) {
        expect.that(body[member] !== undefined, `the member ${member}`, show(body), answer);
      }
      const [sent, came] = [show(draft['userName']), show(body['userName'])];
      expect.that(came.toLowerCase() === sent.toLowerCase(), `userName ${sent}`, came, answer);
    },
  },
  {
    id: 'create.location',
    title: 'A create gives the URI of the new resource in Location and in meta.location',
    clause: 'RFC7644-3.3-06',
    applies: [serves('User')],
    async run({ scim, given }) {
      const answer = await scim.create('/Users', given.userDraft());
      succeeded(answer, 'create.status');
      const header = expect.header(answer, 'Location');
      const id = createdId(answer);
      expect.that(
        id !== undefined && lastSegment(header) === id,
        `a Location that ends in the id ${show(id)}`,
        show(header),
        answer,
      );
      if (!isObject(answer.json)) return;
      const { location } = metaOf(answer.json);
      const agrees = typeof location === 'string' && tail(location) === tail(header);
      expect.that(agrees, `meta.location for ${show(tail(header))}`, show(location), answer);
    },
  },
  {
    id: 'create.read-back',
    title: 'The answer to a create shows what a read shows afterwards',
    clause: 'RFC7644-3.1-09',
    applies: [serves('User')],
    async run(context) {
      const { answer, id } = await created(context);
      if (!isObject(answer.json)) throw new NotApplicable('the answer to the create has no body');
      const later = await context.stored('/Users', id);
      const shared = Object.keys(answer.json).filter(name => name in later && !MOVING.has(name));
      for (const name of shared)
        expect.equal(later[name], answer.json[name], `${name} as in the answer to the create:`);
      expect.equal(
        metaOf(later)['created'],
        metaOf(answer.json)['created'],
        'meta.created as in the answer to the create:',
      );
    },
  },
  {
    id: 'create.conflict',
    title: 'A userName that is taken is refused with 409 uniqueness',
    clause: 'RFC7644-3.3-07',
    also: ['RFC7643-4.1.1-02'],
    applies: [serves('User')],
    async run({ scim, given }) {
      const { name } = await given.user();
      const answer = await scim.create('/Users', given.userDraft({ userName: name }));
      expect.refusal(answer, [409], 'uniqueness');
    },
  },
  {
    id: 'create.conflict-other-case',
    title: 'A userName that differs only in case is taken as well',
    clause: 'RFC7643-4.1.1-03',
    applies: [serves('User')],
    async run({ scim, given }) {
      const { name } = await given.user();
      const answer = await scim.create('/Users', given.userDraft({ userName: name.toUpperCase() }));
      if (answer.status === 400) {
        const userName = `${given.unique('capitals')}@${given.domain}`.toUpperCase();
        const { status } = await scim.create('/Users', given.userDraft({ userName }));
        if (status === 400) throw new NotApplicable(`capitals are refused: ${describeAnswer(answer)}`);
      }
      expect.status(answer, 409);
    },
  },
  {
    id: 'create.user-name-required',
    title: 'No user is without a userName',
    clause: 'RFC7643-4.1.1-01',
    applies: [serves('User')],
    async run(context) {
      const { scim, given } = context;
      // What makes an ordinary user has to work, or the refusal would show nothing.
      await anybody(context);
      const answer = await scim.create('/Users', given.userDraft({ userName: null }));
      if (answer.status !== undefined && answer.status >= 400 && answer.status < 500) return;
      succeeded(answer, 'error.missing-user-name');
      const id = createdId(answer);
      const userName = id === undefined ? undefined : (await context.stored('/Users', id))['userName'];
      const named = typeof userName === 'string' && userName !== '';
      expect.that(named, 'a refusal, or a userName that the provider gave', `userName ${show(userName)}`, answer);
    },
  },
  {
    id: 'create.read-only-ignored',
    title: 'An id and meta that the client sends are ignored',
    clause: 'RFC7644-3.3-01',
    also: ['RFC7643-3.1-08', 'RFC7643-3.1-16'],
    applies: [serves('User')],
    async run(context) {
      const { scim, given } = context;
      await anybody(context);
      const chosen = given.unique('chosen');
      const meta = { created: '1999-01-01T00:00:00Z', resourceType: 'Nonsense' };
      const answer = await scim.create('/Users', given.userDraft({ id: chosen, meta }));
      const id = createdId(answer);
      if (id === undefined) throw new Violation('status 201, the members ignored', refusalOf('User', answer), answer);
      expect.that(id !== chosen, 'an id of the provider', `the id that was sent: ${show(id)}`, answer);
      const stored = metaOf(await context.stored('/Users', id));
      expect.that(stored['resourceType'] !== meta.resourceType, 'meta of the provider', show(stored), answer);
      const kept = typeof stored['created'] === 'string' && stored['created'].startsWith('1999-');
      expect.that(!kept, 'meta.created of the provider', show(stored), answer);
    },
  },
  {
    id: 'create.external-id-not-invented',
    title: 'A user that was made without externalId has none',
    clause: 'RFC7643-3.1-12',
    applies: [serves('User')],
    async run(context) {
      const { id, sent } = await context.given.user();
      if (sent['externalId'] !== undefined) throw new NotApplicable('the target makes no user without externalId');
      const { externalId } = await context.stored('/Users', id);
      expect.that(externalId === undefined || externalId === null, 'no externalId', show(externalId));
    },
  },
  {
    id: 'create.password-hidden',
    title: 'A password is never given back',
    clause: 'RFC7643-4.1.1-16',
    also: ['RFC7643-7-25', 'RFC7643-4.1.1-23'],
    applies: [serves('User')],
    async run({ scim, given, shared }) {
      await anybody({ shared });
      const password = given.password();
      const answer = await scim.create('/Users', given.userDraft({ password }));
      const id = createdId(answer);
      if (id === undefined) throw new NotApplicable(`a user with a password is refused: ${refusalOf('User', answer)}`);
      const read = await scim.read('/Users', id);
      succeeded(read, 'read.by-id');
      for (const each of [answer, read, await scim.read('/Users', id, { query: { attributes: ['password'] } })]) {
        const { password: named = null } = isObject(each.json) ? each.json : {};
        const open = each.text.includes(password) || (named !== null && !isPlaceholder(named));
        expect.that(!open, 'no password in the answer', 'an answer with it', each);
        if (named !== null) throw new Violation('no password in the answer', 'a placeholder for it', each, 'warning');
      }
    },
  },
] as const satisfies readonly Check[];
