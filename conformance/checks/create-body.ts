import { isObject } from '../../scim/message/list.ts';
import { filterValue } from '../../scim/message/patch.ts';
import { GROUP, USER } from '../../scim/message/urn.ts';
import type { HttpRequest, Json, JsonObject } from '../../scim/wire/message.ts';
import type { Case, Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { declaredTypes, isWritable, type DeclaredAttribute } from '../run/declared.ts';
import { expect, show } from '../run/expect.ts';
import { keeps, serves, supports, type Facts } from '../run/facts.ts';
import { createdId } from '../run/given.ts';
import { accepted, filtered, idsOf } from '../run/steps.ts';
import { Violation } from '../run/violation.ts';
import { memberOf } from '../run/shown.ts';
import { anybody } from './anybody.ts';

interface Body extends Case {
  readonly content: Pick<HttpRequest, 'text'>;
}

const shapes: readonly Body[] = [
  { name: 'array', content: { text: '[]' } },
  { name: 'text', content: { text: '"x"' } },
  { name: 'number', content: { text: '1' } },
  { name: 'null', content: { text: 'null' } },
  { name: 'empty', content: { text: '' } },
];

interface Wrong extends Case {
  readonly attribute: string;
  readonly value: Json;
}

/** A value that the type cannot be, in a form that no lenient reading could make one of it. */
const wrongFor: Readonly<Record<string, Json>> = {
  string: { nested: 'x' },
  boolean: 'perhaps',
  integer: 'seven',
  decimal: 'seven',
  dateTime: '2020-13-45',
  reference: { nested: 'x' },
  complex: 'text',
};

/** How many attributes of one type are tried. */
const PER_TYPE = 2;

function wrongValues(facts: Facts): readonly Wrong[] {
  const user = declaredTypes(facts).find(({ base }) => base.urn === USER);
  const used = new Map<string, number>();
  return (user?.base.attributes ?? [])
    .filter(one => isWritable(one) && wrongFor[one.type] !== undefined)
    .filter(one => {
      const kind = `${one.type}${one.multiValued}`;
      used.set(kind, (used.get(kind) ?? 0) + 1);
      return (used.get(kind) ?? 0) <= PER_TYPE;
    })
    .map(one => ({ name: one.name, attribute: one.name, value: wrongValue(one) }));
}

const wrongValue = ({ type, multiValued }: DeclaredAttribute): Json =>
  multiValued && type !== 'complex' ? { nested: 'x' } : (wrongFor[type] as Json);

const renamed = (draft: JsonObject, names: Readonly<Record<string, string>>): JsonObject =>
  Object.fromEntries(Object.entries(draft).map(([name, value]) => [names[name] ?? name, value]));

/** Ids of the users of a name; a filter that finds others is judged elsewhere. */
async function usersNamed(context: Context, name: string): Promise<readonly string[]> {
  const page = await filtered(context, '/Users', `userName eq ${filterValue(name)}`);
  const isWanted = ({ userName }: JsonObject) =>
    typeof userName === 'string' && userName.toLowerCase() === name.toLowerCase();
  return idsOf({ ...page, resources: page.resources.filter(isWanted) });
}

/** What a POST takes and what it refuses (RFC 7644 section 3.3; RFC 7643 sections 2.1, 2.5 and 3). */
export const createBody = [
  {
    id: 'create.shape',
    title: 'A body that is no JSON object is refused with 400',
    clause: 'RFC7644-3.3-09',
    also: ['RFC7644-3.12-22'],
    applies: [serves('User')],
    cases: () => shapes,
    async run({ scim, shared }: Context, { content }: Body) {
      await anybody({ shared });
      expect.status(await scim.request({ method: 'POST', path: '/Users', ...content }), 400);
    },
  },
  {
    id: 'create.wrong-type',
    title: 'A value of the wrong JSON type is refused with 400',
    clause: 'RFC7644-3.3-10',
    also: ['RFC7643-2.3.5-02'],
    applies: [serves('User')],
    cases: wrongValues,
    async run({ scim, given, shared }: Context, { attribute, value }: Wrong) {
      await anybody({ shared });
      expect.status(await scim.create('/Users', given.userDraft({ [attribute]: value })), 400);
    },
  },
  {
    id: 'create.boolean-text',
    title: 'What becomes of a boolean that is sent as text is recorded; it is never stored as text',
    clause: 'RFC7643-2.3.2-01',
    applies: [serves('User'), keeps('active')],
    async run({ scim, given, stored, shared }) {
      await anybody({ shared });
      const answer = await scim.create('/Users', given.userDraft({ active: 'true' }));
      const id = createdId(answer);
      if (id === undefined) {
        expect.status(answer, 400);
        return { observed: 'refused' };
      }
      const { active } = await stored('/Users', id);
      expect.that(typeof active === 'boolean', 'active as true or false', show(active), answer);
      return { observed: `taken as ${show(active)}` };
    },
  },
  {
    id: 'create.leaves-nothing',
    title: 'A create that was refused leaves nothing behind',
    clause: 'RFC7644-3.3-12',
    applies: [serves('User'), supports('filter')],
    async run(context) {
      const { scim, given } = context;
      const { name: taken, id } = await given.user();
      const wrong = given.userDraft({ emails: 'text' });
      const refusals = [
        await scim.create('/Users', given.userDraft({ userName: taken })),
        await scim.create('/Users', wrong),
      ];
      const there = await usersNamed(context, taken);
      if ((refusals[0]?.status ?? 0) >= 400) expect.set(there, [id], 'the first user alone:', refusals[0]);
      if ((refusals[1]?.status ?? 0) < 400) return;
      const left = await usersNamed(context, wrong['userName'] as string);
      for (const each of left) await scim.remove('/Users', each);
      expect.set(left, [], 'no user:', refusals[1]);
    },
  },
  {
    id: 'create.conflict-leaves-first',
    title: 'A create that collides leaves the user that was there as it was',
    clause: 'RFC7644-3.3-12',
    also: ['RFC7643-4.1.1-02'],
    applies: [serves('User')],
    async run({ scim, given, stored }) {
      const { id, name } = await given.user();
      const before = await stored('/Users', id);
      const answer = await scim.create('/Users', given.userDraft({ userName: name, displayName: 'Another' }));
      const after = await stored('/Users', id);
      expect.equal(after['displayName'], before['displayName'], 'displayName', answer);
      const second = createdId(answer);
      expect.that(second === undefined || second === id, 'one user of the name', 'a second one', answer);
    },
  },
  {
    id: 'create.names-other-case',
    title: 'Attribute names are read in any case',
    clause: 'RFC7643-2.1-01',
    applies: [serves('User'), keeps('displayName')],
    async run(context) {
      const { scim, given, stored } = context;
      const draft = given.userDraft();
      const sent = renamed(draft, { userName: 'USERNAME', displayName: 'DisplayName' });
      const answer = await scim.create('/Users', sent);
      const id = await accepted(context, answer);
      const user = await stored('/Users', id);
      for (const name of ['userName', 'displayName']) {
        const [right, came] = [show(draft[name]), show(user[name])];
        expect.that(came.toLowerCase() === right.toLowerCase(), `${name} ${right}`, came, answer);
      }
    },
  },
  {
    id: 'create.part-names-other-case',
    title: 'Names of sub-attributes are read in any case',
    clause: 'RFC7643-2.1-01',
    applies: [serves('User'), keeps('name')],
    async run(context) {
      const { scim, given, stored } = context;
      const familyName = given.unique('Family');
      const answer = await scim.create(
        '/Users',
        given.userDraft({ name: { givenName: 'Ada', FAMILYNAME: familyName }, displayName: `Ada ${familyName}` }),
      );
      const id = await accepted(context, answer);
      const { name } = await stored('/Users', id);
      expect.equal(isObject(name) ? name['familyName'] : undefined, familyName, 'name.familyName', answer);
    },
  },
  {
    id: 'create.name-twice',
    title: 'An attribute that is given twice in different case is stored once, or refused',
    clause: 'RFC7643-2.1-02',
    applies: [serves('User'), keeps('displayName')],
    async run({ scim, given, stored, shared }) {
      await anybody({ shared });
      const answer = await scim.create('/Users', { ...given.userDraft(), DISPLAYNAME: 'Second' });
      const id = createdId(answer);
      if (id === undefined) return expect.status(answer, 400);
      const names = Object.keys(await stored('/Users', id)).filter(name => name.toLowerCase() === 'displayname');
      expect.that(names.length < 2, 'one displayName', show(names), answer);
    },
  },
  {
    id: 'create.unknown-attribute',
    title: 'What becomes of an attribute that no schema has is recorded',
    clause: 'RFC7644-3.1-07',
    applies: [serves('User')],
    async run({ scim, given, stored, shared }) {
      await anybody({ shared });
      const answer = await scim.create('/Users', given.userDraft({ scimulatorUnknown: 'x' }));
      const id = createdId(answer);
      if (id === undefined) {
        expect.status(answer, 400);
        return { observed: 'refused' };
      }
      const kept = memberOf(await stored('/Users', id), 'scimulatorUnknown') !== undefined;
      return { observed: kept ? 'kept' : 'left out' };
    },
  },
  {
    id: 'create.unknown-schema',
    title: 'A schema that the resource type does not have is refused or left out',
    clause: 'RFC7643-3-05',
    applies: [serves('User')],
    async run({ scim, given, stored, shared }) {
      await anybody({ shared });
      const foreign = 'urn:example:params:scim:schemas:unknown:1.0:X';
      const answer = await scim.create('/Users', given.userDraft({ schemas: [USER, foreign] }));
      const id = createdId(answer);
      if (id === undefined) return expect.status(answer, 400);
      const { schemas } = await stored('/Users', id);
      expect.that(!Array.isArray(schemas) || !schemas.includes(foreign), `schemas without ${foreign}`, show(schemas));
    },
  },
  {
    id: 'create.schemas-repeated',
    title: 'A schema that is named twice is shown once, or refused',
    clause: 'RFC7643-3-06',
    applies: [serves('User')],
    async run({ scim, given, stored, shared }) {
      await anybody({ shared });
      const answer = await scim.create('/Users', given.userDraft({ schemas: [USER, USER] }));
      const id = createdId(answer);
      if (id === undefined) return expect.status(answer, 400);
      const { schemas } = await stored('/Users', id);
      const times = Array.isArray(schemas) ? schemas.filter(urn => urn === USER).length : 0;
      expect.that(times < 2, 'the schema once', show(schemas), answer);
    },
  },
  {
    id: 'create.schemas-missing',
    title: 'A user without its base schema in schemas is refused',
    clause: 'RFC7643-3.3-03',
    applies: [serves('User')],
    cases: () => [{ name: 'empty' }, { name: 'absent' }],
    async run({ scim, given, shared }, { name }) {
      await anybody({ shared });
      const answer = await scim.create('/Users', given.userDraft({ schemas: name === 'empty' ? [] : null }));
      if (createdId(answer) !== undefined) return { observed: 'accepted: the endpoint tells the type' };
      return expect.status(answer, 400);
    },
  },
  {
    id: 'create.other-type',
    title: 'A group that is sent to the endpoint of users is refused',
    clause: 'RFC7644-3.3.1-02',
    applies: [serves('User')],
    async run({ scim, given, stored, shared }) {
      await anybody({ shared });
      const answer = await scim.create('/Users', { schemas: [GROUP], displayName: given.unique('stray') });
      const id = createdId(answer);
      if (id === undefined) return expect.status(answer, 400);
      const { schemas } = await stored('/Users', id);
      throw new Violation('status 400', `a resource of ${show(schemas)}`, answer);
    },
  },
] as const satisfies readonly Check[];
