import { isObject } from '../../scim/message/list.ts';
import { USER } from '../../scim/message/urn.ts';
import type { HttpResponse, Json } from '../../scim/wire/message.ts';
import { traitOf } from '../run/attributes.ts';
import type { Case, Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { spares } from '../run/change.ts';
import { declaredTypes } from '../run/declared.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { keeps, serves } from '../run/facts.ts';
import { createdId } from '../run/given.ts';
import { memberOf } from '../run/shown.ts';
import { accepted } from '../run/steps.ts';
import { Blocked, NotApplicable, Violation } from '../run/violation.ts';
import { anybody } from './anybody.ts';

/** The answer to a create shows the userName, and no display name, unless that is always shown. */
async function expectWithoutDisplayName(context: Context, answer: HttpResponse): Promise<void> {
  await accepted(context, answer);
  if (answer.json === undefined) throw new Blocked('create.body', describeAnswer(answer));
  const body = expect.object(answer);
  expect.that(body['userName'] !== undefined, 'userName', show(body), answer);
  if (traitOf(context.facts, 'User', 'displayName')?.returned === 'always')
    throw new NotApplicable('/Schemas has displayName as returned always');
  expect.that(body['displayName'] === undefined, 'no displayName', show(body), answer);
}

/** What a POST answers with, and what it makes of values that are left open (RFC 7644 section 3.3). */
export const createAnswer = [
  {
    id: 'create.chosen-attributes',
    title: 'A create shows only the attributes that were asked for',
    clause: 'RFC7644-3.3-13',
    applies: [serves('User'), keeps('displayName')],
    async run(context) {
      const { scim, given } = context;
      const answer = await scim.create('/Users', given.userDraft(), { query: { attributes: ['userName'] } });
      await expectWithoutDisplayName(context, answer);
    },
  },
  {
    id: 'create.excluded-attributes',
    title: 'A create leaves out the attributes that were excluded',
    clause: 'RFC7644-3.3-13',
    applies: [serves('User'), keeps('displayName')],
    async run(context) {
      const { scim, given } = context;
      const answer = await scim.create('/Users', given.userDraft(), { query: { excludedAttributes: ['displayName'] } });
      await expectWithoutDisplayName(context, answer);
    },
  },
  {
    id: 'create.defaults',
    title: 'What a create without optional attributes adds is recorded',
    clause: 'RFC7644-3.3-02',
    applies: [serves('User')],
    async run({ given, stored }) {
      const draft = given.userDraft();
      const { id } = await given.user({ active: null });
      const added = Object.keys(await stored('/Users', id)).filter(
        name => draft[name] === undefined || name === 'active',
      );
      return { observed: added.join(', ') };
    },
  },
  {
    id: 'create.unset',
    title: 'Null and an empty array mean that an attribute has no value',
    clause: 'RFC7643-2.5-01',
    also: ['RFC7643-2.5-03'],
    applies: [serves('User')],
    cases: () => [
      { name: 'null', value: null, attribute: 'nickName' },
      { name: 'null for many', value: null, attribute: 'phoneNumbers' },
      { name: 'empty array', value: [] as Json[], attribute: 'phoneNumbers' },
    ],
    async run(context: Context, instance: Case & { readonly value?: Json; readonly attribute?: string }) {
      const { scim, given, stored, facts } = context;
      const { attribute = '', value = null } = instance;
      const user = declaredTypes(facts).find(({ base }) => base.urn === USER);
      if (user?.base.attributes.some(({ name, required }) => name === attribute && required)) {
        throw new NotApplicable(`/Schemas has ${attribute} as required`);
      }
      const answer = await scim.create('/Users', { ...given.userDraft(), [attribute]: value });
      const came = memberOf(await stored('/Users', await accepted(context, answer)), attribute);
      const unset = came === undefined || came === null || (Array.isArray(came) && came.length === 0);
      expect.that(unset, `no ${attribute}`, show(came), answer);
    },
  },
  {
    id: 'create.unset-part',
    title: 'Null means that a sub-attribute has no value',
    clause: 'RFC7643-2.5-01',
    applies: [serves('User'), keeps('name'), spares('name.givenName')],
    async run(context) {
      const { scim, given, stored } = context;
      await anybody(context);
      const name = { familyName: 'Marlowe', givenName: null };
      const answer = await scim.create('/Users', given.userDraft({ displayName: given.unique('shown'), name }));
      const came = memberOf(await stored('/Users', await accepted(context, answer)), 'name');
      const part = isObject(came) ? came['givenName'] : undefined;
      expect.that(part === undefined || part === null, 'no name.givenName', show(part), answer);
    },
  },
  {
    id: 'create.modified-is-created',
    title: 'A new user was modified when it was created',
    clause: 'RFC7643-3.1-21',
    applies: [serves('User')],
    async run({ given, stored }) {
      const { id } = await given.user();
      const { meta } = await stored('/Users', id);
      const instant = (name: string) => Date.parse(isObject(meta) && typeof meta[name] === 'string' ? meta[name] : '');
      const gap = Math.abs(instant('lastModified') - instant('created'));
      if (Number.isNaN(gap)) throw new Blocked('wire.meta', 'the dates cannot be read');
      if (gap === 0) return;
      throw new Violation(
        'meta.lastModified equal to created',
        show(meta),
        undefined,
        gap < 1000 ? 'warning' : 'failure',
      );
    },
  },
  {
    id: 'create.external-id-shared',
    title: 'Two users may have one externalId',
    clause: 'RFC7643-3.1-14',
    applies: [serves('User')],
    async run(context) {
      const { scim, given } = context;
      const externalId = given.unique('ext');
      const first = await scim.create('/Users', given.userDraft({ externalId }));
      await accepted(context, first);
      const second = await scim.create('/Users', given.userDraft({ externalId }));
      expect.that(createdId(second) !== undefined, 'a second user', describeAnswer(second), second);
    },
  },
] as const satisfies readonly Check[];
