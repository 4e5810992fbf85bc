import { isObject } from '../../scim/message/list.ts';
import type { JsonObject } from '../../scim/wire/message.ts';
import type { Check } from '../run/check.ts';
import type { Context, Made } from '../run/context.ts';
import { expect } from '../run/expect.ts';
import { serves, supports } from '../run/facts.ts';
import { patched, put } from '../run/steps.ts';

const onUsers = [serves('User')] as const;
const onPatch = [serves('User'), supports('patch')] as const;
const ways = [{ name: 'PATCH' }, { name: 'PUT' }] as const;

const OTTOLINE = { givenName: 'Ottoline', familyName: 'Quatermain' } as const;
const WHOLE = 'Ottoline Quatermain';

/** A user of that name, whose displayName is another one if wanted. */
const ottoline = async ({ given }: Context, displayName: string | null = WHOLE): Promise<Made> =>
  given.user({ name: OTTOLINE, displayName });

/** The family name is changed, and nothing is said of any whole name. */
async function marry(context: Context, { id, sent }: Made, way: string): Promise<JsonObject> {
  const familyName = 'Marchbanks';
  if (way === 'PUT') {
    const name = { ...OTTOLINE, familyName };
    await put(context, { endpoint: '/Users', id, sent }, { name, displayName: null });
  } else {
    await patched(context, '/Users', id, [{ op: 'replace', path: 'name.familyName', value: familyName }]);
  }
  return context.stored('/Users', id);
}

const nameOf = ({ name }: JsonObject): JsonObject => (isObject(name) ? name : {});
const localPart = (address: string): string => address.replace(/@.*$/, '');

/** Names and externalId of people: self-hosted makes them of what it has, hosted goes by displayName. */
export const onePasswordNames = [
  {
    id: 'onepassword.display-name',
    title: 'displayName is the first name and the last name',
    clause: 'OP-17a',
    applies: onUsers,
    async run(context) {
      const { id } = await ottoline(context, null);
      expect.equal((await context.stored('/Users', id))['displayName'], WHOLE, 'displayName');
    },
  },
  {
    id: 'onepassword.formatted-name',
    title: 'name.formatted is the first name and the last name',
    clause: 'OP-17b',
    applies: onUsers,
    async run(context) {
      const { id } = await ottoline(context);
      expect.equal(nameOf(await context.stored('/Users', id))['formatted'], WHOLE, 'name.formatted');
    },
  },
  {
    id: 'onepassword.sent-display-name',
    title: 'A displayName that is sent gives way to first and last name',
    clause: 'OP-17c',
    applies: onUsers,
    async run(context) {
      const { id } = await ottoline(context, 'Otto');
      expect.equal((await context.stored('/Users', id))['displayName'], WHOLE, 'displayName');
    },
  },
  {
    id: 'onepassword.name-change',
    title: 'A new last name is taken over',
    clause: 'OP-18a',
    applies: onPatch,
    seeks: 'faults',
    cases: () => ways,
    async run(context, { name }) {
      const shown = await marry(context, await ottoline(context), name);
      expect.equal(nameOf(shown)['familyName'], 'Marchbanks', 'name.familyName');
    },
  },
  {
    id: 'onepassword.name-rebuilt',
    title: 'With a new last name displayName and name.formatted are new too',
    clause: 'OP-18b',
    applies: onPatch,
    seeks: 'faults',
    cases: () => ways,
    async run(context, { name }) {
      const shown = await marry(context, await ottoline(context), name);
      expect.equal(shown['displayName'], 'Ottoline Marchbanks', 'displayName');
      expect.equal(nameOf(shown)['formatted'], 'Ottoline Marchbanks', 'name.formatted');
    },
  },
  {
    id: 'onepassword.external-id',
    title: 'externalId is the part of the address before the at sign',
    clause: 'OP-19a',
    applies: onUsers,
    async run({ given, stored }) {
      const { id, name } = await given.user();
      expect.equal((await stored('/Users', id))['externalId'], localPart(name), 'externalId');
    },
  },
  {
    id: 'onepassword.sent-external-id',
    title: 'An externalId that is sent gives way to the part before the at sign',
    clause: 'OP-19b',
    applies: onUsers,
    async run({ given }) {
      const { name, body } = await given.user({ externalId: given.unique('object') });
      expect.equal(body['externalId'], localPart(name), 'externalId in the answer');
    },
  },
  {
    id: 'onepassword.parts-ignored',
    title: 'A new last name without displayName leaves the displayName',
    clause: 'OP-24a',
    applies: onPatch,
    seeks: 'faults',
    cases: () => ways,
    async run(context, { name }) {
      const shown = await marry(context, await ottoline(context), name);
      expect.equal(shown['displayName'], WHOLE, 'displayName');
    },
  },
  {
    id: 'onepassword.new-display-name',
    title: 'A new displayName is taken over, and the parts of the name are cut from it',
    clause: 'OP-24b',
    applies: onPatch,
    seeks: 'faults',
    async run(context) {
      const { id } = await ottoline(context);
      await patched(context, '/Users', id, [{ op: 'replace', path: 'displayName', value: 'Mira Okonkwo' }]);
      const shown = await context.stored('/Users', id);
      expect.equal(shown['displayName'], 'Mira Okonkwo', 'displayName');
      const { givenName = null, familyName = null } = nameOf(shown);
      expect.equal({ givenName, familyName }, { givenName: 'Mira', familyName: 'Okonkwo' }, 'name');
    },
  },
] as const satisfies readonly Check[];
