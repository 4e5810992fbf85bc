import { filterValue } from '../../scim/message/patch.ts';
import { USER } from '../../scim/message/urn.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import type { Case, Check } from '../run/check.ts';
import type { Context, Made } from '../run/context.ts';
import { declaredType, isShown, isWritable, type DeclaredAttribute, type DeclaredSchema } from '../run/declared.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { keeps, serves, supports, type Facts } from '../run/facts.ts';
import { textOf } from '../run/published.ts';
import { sampleOf } from '../run/samples.ts';
import { filtered, idsOf } from '../run/steps.ts';
import { Blocked, NotApplicable } from '../run/violation.ts';
import { draftWith } from './attributes.ts';
import { anybody } from './anybody.ts';

/** A simple attribute of users that the target publishes, with the schema that holds it. */
interface Offered {
  readonly schema: DeclaredSchema;
  readonly attribute: DeclaredAttribute;
}

/** Attributes at the top of users' schemas, extensions included, as published and not as the RFC has them. */
function offered(facts: Facts): readonly Offered[] {
  const type = declaredType(facts, 'User');
  const schemas = type ? [type.base, ...type.extensions].filter(({ published }) => published) : [];
  return schemas.flatMap(schema => schema.attributes.map(attribute => ({ schema, attribute })));
}

const isText = ({ attribute: { type, multiValued, canonicalValues } }: Offered) =>
  type === 'string' && !multiValued && canonicalValues.length === 0;

/** Texts whose form is prescribed cannot hold what a probe makes up. */
const isFree = ({ attribute: { name } }: Offered) => !/^(?:locale|timezone|preferredLanguage|password)$/i.test(name);

const casesOf =
  (...kinds: readonly ((one: Offered) => boolean)[]) =>
  (facts: Facts): readonly Case[] =>
    offered(facts)
      .filter(one => kinds.every(kind => kind(one)))
      .map(({ attribute }) => ({ name: attribute.path }));

const named = ({ facts }: Context, path: string): Offered => {
  const found = offered(facts).find(({ attribute }) => attribute.path === path);
  if (!found) throw new Blocked('discovery.schemas', `${path} is not published any more`);
  return found;
};

/** A body with the attribute, in the extension that holds it. */
function bodyWith(context: Context, { schema, attribute }: Offered, value: Json): JsonObject {
  const type = declaredType(context.facts, 'User');
  if (type === undefined || schema === type.base) return { [attribute.name]: value };
  const { schemas = [], [schema.urn]: held = {} } = draftWith(context, { type, schema, attribute }, value);
  return { schemas, [schema.urn]: held };
}

/** The attribute in a resource, whatever the case of its name. */
function valueIn({ schema: { urn }, attribute }: Offered, resource: JsonObject): Json | undefined {
  const member = (object: JsonObject, name: string) =>
    Object.entries(object).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  const base = urn.toLowerCase() === USER.toLowerCase();
  const holder = base ? resource : (member(resource, urn) as JsonObject | undefined);
  return typeof holder === 'object' ? member(holder, attribute.name) : undefined;
}

/** A user with a value for the attribute. @throws NotApplicable when the target does not keep it. */
async function userWith(context: Context, one: Offered, value: Json): Promise<{ made: Made; stored: JsonObject }> {
  const made = await context.given.user(bodyWith(context, one, value));
  const stored = await context.stored('/Users', made.id);
  const kept = textOf(valueIn(one, stored)).toLowerCase() === textOf(value).toLowerCase();
  if (!kept) throw new NotApplicable(`a user comes back without ${one.attribute.path}`);
  return { made, stored };
}

const states = (characteristicName: string) => (one: Offered) => one.attribute.states(characteristicName);
const lacks = (characteristicName: string) => (one: Offered) => !one.attribute.states(characteristicName);
const isVisible = ({ attribute }: Offered) => isWritable(attribute) && isShown(attribute);
const isAddress = ({ attribute: { name } }: Offered) => /^userName$/i.test(name);

const valueFor = ({ given }: Context, one: Offered): string =>
  isAddress(one) ? `${given.unique('MiXed')}@${given.domain}` : given.unique('MiXed');

/** Whether a filter with the other case of a value finds the user that has it. */
async function foundInOtherCase(context: Context, one: Offered): Promise<boolean> {
  const value = valueFor(context, one);
  const { made } = await userWith(context, one, value);
  const { path } = one.attribute;
  const plain = idsOf(await filtered(context, '/Users', `${path} eq ${filterValue(value)}`));
  if (!plain.includes(made.id)) throw new NotApplicable('the filter does not find the value as it was sent');
  return idsOf(await filtered(context, '/Users', `${path} eq ${filterValue(value.toUpperCase())}`)).includes(made.id);
}

/** What published characteristics say, against what the target does (RFC 7643 sections 2.2 and 7). */
export const characteristics: readonly Check[] = [
  {
    id: 'schema.case-exact-filter',
    title: 'A filter minds case where caseExact is published as true, and only there',
    clause: 'RFC7643-7-13',
    applies: [serves('User'), supports('filter')],
    cases: casesOf(isText, isFree, isVisible, states('caseExact')),
    async run(context, { name }) {
      const one = named(context, name);
      const found = await foundInOtherCase(context, one);
      const { caseExact } = one.attribute;
      const right = caseExact ? 'no match in another case, since caseExact is true' : 'a match in another case';
      expect.that(found !== caseExact, right, found ? 'a match' : 'none');
    },
  },
  {
    id: 'schema.default-case-exact',
    title: 'Without a word on caseExact a filter does not mind case',
    clause: 'RFC7643-2.2-03',
    applies: [serves('User'), supports('filter')],
    cases: casesOf(isText, isFree, isVisible, lacks('caseExact')),
    async run(context, { name }) {
      const found = await foundInOtherCase(context, named(context, name));
      expect.that(found, 'a match in another case', 'none');
    },
  },
  {
    id: 'schema.default-required',
    title: 'Without a word on required an attribute may be left out',
    clause: 'RFC7643-2.2-01',
    seeks: 'demands',
    applies: [serves('User')],
    cases: casesOf(lacks('required'), ({ attribute }) => /^(?:name|displayName|emails|active)$/i.test(attribute.name)),
    async run(context, { name }) {
      await anybody(context);
      const draft = context.given.userDraft({ [name]: null });
      expect.status(await context.scim.create('/Users', draft), 201);
    },
  },
  {
    id: 'schema.default-mutability',
    title: 'Without a word on mutability an attribute can be changed',
    clause: 'RFC7643-2.2-04',
    applies: [serves('User')],
    cases: casesOf(isText, isFree, isVisible, lacks('mutability')),
    async run(context, { name }) {
      const one = named(context, name);
      const { made } = await userWith(context, one, valueFor(context, one));
      const value = valueFor(context, one);
      const answer = await context.scim.replace('/Users', made.id, { ...made.sent, ...bodyWith(context, one, value) });
      const came = valueIn(one, await context.stored('/Users', made.id));
      expect.that(textOf(came).toLowerCase() === value.toLowerCase(), `${name} ${show(value)}`, show(came), answer);
    },
  },
  {
    id: 'schema.default-returned',
    title: 'Without a word on returned an attribute comes unless others are asked for',
    clause: 'RFC7643-2.2-05',
    applies: [serves('User')],
    cases: casesOf(isText, isFree, isVisible, lacks('returned')),
    async run(context, { name }) {
      const one = named(context, name);
      if (isAddress(one)) throw new NotApplicable('userName is what is asked for');
      const { made } = await userWith(context, one, valueFor(context, one));
      const answer = await context.scim.read('/Users', made.id, { query: { attributes: ['userName'] } });
      expect.status(answer, 200);
      const came = valueIn(one, expect.object(answer));
      expect.that(came === undefined, `nothing but userName`, `${name} ${show(came)}`, answer);
    },
  },
  {
    id: 'schema.default-uniqueness',
    title: 'Without a word on uniqueness two users may have the same value',
    clause: 'RFC7643-2.2-06',
    applies: [serves('User')],
    cases: casesOf(isText, isFree, isVisible, lacks('uniqueness'), one => !isAddress(one)),
    async run(context, { name }) {
      const one = named(context, name);
      const value = valueFor(context, one);
      await userWith(context, one, value);
      const answer = await context.scim.create('/Users', context.given.userDraft(bodyWith(context, one, value)));
      expect.status(answer, 201);
    },
  },
  {
    id: 'schema.default-canonical-values',
    title: 'Without canonical values an attribute may take any',
    clause: 'RFC7643-2.2-02',
    applies: [serves('User')],
    cases: facts =>
      offered(facts)
        .filter(({ attribute }) => attribute.multiValued && isWritable(attribute))
        .filter(({ attribute: { subAttributes } }) => {
          const type = subAttributes.find(({ name }) => name === 'type');
          return type?.canonicalValues.length === 0 && subAttributes.some(({ name }) => name === 'value');
        })
        .map(({ attribute }) => ({ name: attribute.path })),
    async run(context, { name }) {
      const one = named(context, name);
      await anybody(context);
      const sample = sampleOf(one.attribute, context.given.unique);
      const element = Array.isArray(sample) ? (sample[0] as JsonObject) : {};
      const draft = context.given.userDraft(bodyWith(context, one, [{ ...element, type: 'zz-anything' }]));
      return {
        observed: `${name} of type "zz-anything": ${describeAnswer(await context.scim.create('/Users', draft))}`,
      };
    },
  },
  {
    id: 'schema.case-kept',
    title: 'The case of a value may be altered where it does not count',
    clause: 'RFC7643-7-15',
    applies: [serves('User'), keeps('displayName')],
    async run(context) {
      const displayName = context.given.unique('MiXed');
      const { id } = await context.given.user({ displayName });
      const came = (await context.stored('/Users', id))['displayName'];
      return { observed: came === displayName ? 'case is kept' : `case is altered: ${show(came)}` };
    },
  },
  {
    id: 'schema.always-returned',
    title: 'What is published as always returned comes whatever is asked for',
    clause: 'RFC7643-7-24',
    applies: [serves('User')],
    cases: facts => [
      { name: 'id' },
      ...casesOf(isText, isFree, ({ attribute }) => attribute.returned === 'always')(facts),
    ],
    async run(context, { name }) {
      const one = name === 'id' ? undefined : named(context, name);
      const id = one ? (await userWith(context, one, valueFor(context, one))).made.id : (await context.given.user()).id;
      for (const query of [{ attributes: ['active'] }, { excludedAttributes: [name] }]) {
        const answer = await context.scim.read('/Users', id, { query });
        expect.status(answer, 200);
        const body = expect.object(answer);
        const came = one ? valueIn(one, body) : body['id'];
        expect.that(came !== undefined && came !== null, `${name} with ${show(query)}`, 'none', answer);
      }
    },
  },
  {
    id: 'schema.returned-on-request',
    title: 'What is published as returned on request comes to who sent it or names it, and to nobody else',
    clause: 'RFC7643-7-28',
    applies: [serves('User')],
    cases: casesOf(isText, isFree, ({ attribute }) => attribute.returned === 'request' && isWritable(attribute)),
    async run(context, { name }) {
      const one = named(context, name);
      const value = valueFor(context, one);
      const made = await context.given.user(bodyWith(context, one, value));
      const asked = await context.scim.read('/Users', made.id, { query: { attributes: [name] } });
      expect.status(asked, 200);
      const came = valueIn(one, expect.object(asked));
      if (came === undefined) throw new NotApplicable(`the target does not keep ${name}`);
      const unasked = await context.scim.read('/Users', made.id);
      expect.status(unasked, 200);
      const plain = valueIn(one, expect.object(unasked));
      expect.that(plain === undefined, `no ${name} unless it is asked for`, show(plain));
      const answered = Object.keys(made.body).length === 0 || valueIn(one, made.body) !== undefined;
      expect.that(answered, `${name} in the answer to the POST that set it`, 'none');
    },
  },
  {
    id: 'schema.immutable',
    title: 'What is published as immutable cannot be changed once it is set',
    clause: 'RFC7643-7-20',
    also: ['RFC7643-7-19'],
    applies: [serves('User')],
    cases: casesOf(isText, isFree, ({ attribute }) => attribute.mutability === 'immutable' && isShown(attribute)),
    async run(context, { name }) {
      const one = named(context, name);
      const first = valueFor(context, one);
      const { made } = await userWith(context, one, first);
      const other = bodyWith(context, one, valueFor(context, one));
      const answer = await context.scim.replace('/Users', made.id, { ...made.sent, ...other });
      const came = valueIn(one, await context.stored('/Users', made.id));
      expect.that(textOf(came).toLowerCase() === first.toLowerCase(), `${name} ${show(first)}`, show(came), answer);
    },
  },
  {
    id: 'schema.write-only',
    title: 'A password may be changed, and may be asked for in a filter',
    clause: 'RFC7643-7-21',
    also: ['RFC7643-7-26'],
    applies: [serves('User'), supports('patch'), supports('filter')],
    async run({ scim, given }) {
      const { id } = await given.user();
      const changed = await scim.patch('/Users', id, [{ op: 'replace', path: 'password', value: given.password() }]);
      const asked = await scim.list('/Users', { filter: 'password pr', count: 0 });
      return { observed: `changing: ${describeAnswer(changed)}; filtering: ${describeAnswer(asked)}` };
    },
  },
];
