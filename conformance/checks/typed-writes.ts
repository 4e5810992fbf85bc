import { declares } from '../../scim/message/error.ts';
import { isObject } from '../../scim/message/list.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import type { Case, Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { declaredTypes, isShown, isWritable, type DeclaredAttribute, type DeclaredType } from '../run/declared.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { serves, supports, type Facts } from '../run/facts.ts';
import { createdId } from '../run/given.ts';
import { matches } from '../run/matching.ts';
import { sampleOf } from '../run/samples.ts';
import { memberIds, succeeded } from '../run/steps.ts';
import { NotApplicable, Violation } from '../run/violation.ts';
import { draftWith, each, madeOf, shownOf, type Placed } from './attributes.ts';

const unnamed = (label: string) => label;

/** How many requests are under way at once where they compete. */
const RIVALS = 4;

const immutable = each(
  ({ attribute }) =>
    attribute.mutability === 'immutable' && isShown(attribute) && sampleOf(attribute, unnamed) !== undefined,
);

/** Values, or what stands for an element, are texts with exact case that a client may choose. */
const isExact = ({ type, caseExact, canonicalValues, subAttributes }: DeclaredAttribute): boolean =>
  type === 'complex'
    ? subAttributes.every(({ name, required }) => name === 'value' || !required) &&
      subAttributes.some(part => part.name === 'value' && part.type === 'string' && isWritable(part) && isExact(part))
    : type === 'string' && caseExact && canonicalValues.length === 0;

interface Extended extends Case {
  readonly type: DeclaredType;
  readonly urn: string;
}

interface Method extends Placed {
  readonly method: 'PUT' | 'PATCH';
}

/** What writes make of immutable and required values, and of each other (RFC 7643 section 7, RFC 7644 section 3.5). */
export const typedWrites = [
  {
    id: 'attribute.immutable-kept',
    title: 'No write changes the value of an immutable attribute',
    clause: 'RFC7643-7-20',
    applies: [],
    cases: (facts: Facts): readonly Method[] =>
      immutable(facts).flatMap(({ name, place }) =>
        (['PUT', 'PATCH'] as const)
          .filter(method => method === 'PUT' || supports('patch').unmet(facts) === undefined)
          .map(method => ({ name: `${name} by ${method}`, place, method })),
      ),
    async run(context: Context, { place, method }: Method) {
      const { scim, given } = context;
      const { type, attribute } = place;
      const [first, second] = ([0, 1] as const).map(turn => sampleOf(attribute, given.unique, turn) as Json);
      const body = draftWith(context, place, first);
      const id = await madeOf(context, place, await scim.create(type.endpoint, body));
      const before = shownOf(await context.stored(type.endpoint, id), place);
      if (!matches(attribute, first ?? null, before))
        throw new NotApplicable(`the target does not keep ${attribute.path}`);
      const name = Object.hasOwn(body, attribute.name) ? attribute.name : place.schema.urn;
      const held = body[name];
      const changed =
        isObject(held) && name !== attribute.name ? { ...held, [attribute.name]: second ?? null } : second;
      const answer = await (method === 'PUT'
        ? scim.replace(type.endpoint, id, { ...body, [name]: changed ?? null })
        : scim.patch(type.endpoint, id, [{ op: 'replace', path: attribute.path, value: second ?? null }]));
      const after = shownOf(await context.stored(type.endpoint, id), place);
      expect.that(matches(attribute, first ?? null, after), `${attribute.path} ${show(before)}`, show(after), answer);
    },
  },
  {
    id: 'attribute.required-part',
    title: 'A complex value without a part that /Schemas requires is refused, or never shown so',
    clause: 'RFC7644-3.3-11',
    applies: [],
    cases: each(
      ({ attribute }) =>
        isWritable(attribute) &&
        isShown(attribute) &&
        attribute.subAttributes.some(({ required }) => required) &&
        attribute.subAttributes.some(part => !part.required && part.type === 'string' && isWritable(part)),
    ),
    async run(context: Context, { place }: Placed) {
      const { type, attribute } = place;
      const parts = attribute.subAttributes.filter(part => !part.required);
      const value = sampleOf({ ...attribute, subAttributes: parts }, context.given.unique);
      if (value === undefined) throw new NotApplicable('no value without the required part can be made');
      await context.given.resource(type);
      const answer = await context.scim.create(type.endpoint, draftWith(context, place, value));
      const id = createdId(answer);
      if (id === undefined) return expect.status(answer, 400);
      const came = shownOf(await context.stored(type.endpoint, id), place);
      const elements = (Array.isArray(came) ? came : [came]).filter(isObject);
      const required = attribute.subAttributes.filter(part => part.required).map(({ name }) => name);
      const lacking = elements.some((one: JsonObject) => required.some(name => (one[name] ?? null) === null));
      return expect.that(!lacking, `a refusal, or ${attribute.path} with ${required.join(', ')}`, show(came), answer);
    },
  },
  {
    id: 'attribute.required-extension',
    title: 'A create without a required extension is refused, unless the provider fills it in',
    clause: 'RFC7643-6-11',
    applies: [],
    cases: (facts: Facts): readonly Extended[] =>
      declaredTypes(facts).flatMap(type =>
        type.extensions
          .filter(({ required, published }) => required && published)
          .map(({ urn }) => ({ name: `${type.name}:${urn}`, type, urn })),
      ),
    async run(context: Context, { type, urn }: Extended) {
      const { scim, given } = context;
      await given.resource(type);
      const { [urn]: _, schemas, ...draft } = given.draft(type);
      const others = Array.isArray(schemas) ? (schemas as readonly string[]).filter(each => each !== urn) : [];
      const answer = await scim.create(type.endpoint, { ...draft, schemas: others });
      const id = createdId(answer);
      if (id === undefined) return expect.status(answer, 400);
      const shown = await context.stored(type.endpoint, id);
      return expect.that(declares(shown, urn), `a refusal, or schemas with ${urn}`, show(shown['schemas']), answer);
    },
  },
  {
    id: 'patch.add-other-case',
    title: 'To values with exact case, one that differs in case is another that can be added',
    clause: 'RFC7644-3.5.2.1-06',
    also: ['RFC7643-7-14'],
    applies: [supports('patch')],
    cases: each(
      ({ attribute }) => attribute.multiValued && isWritable(attribute) && isShown(attribute) && isExact(attribute),
    ),
    async run(context: Context, { place }: Placed) {
      const { scim, given } = context;
      const { type, attribute } = place;
      const text = given.unique('MiXed');
      const values = [text, text.toUpperCase()].map(one => (attribute.type === 'complex' ? { value: one } : one));
      const answer = await scim.create(type.endpoint, draftWith(context, place, values.slice(0, 1)));
      const id = await madeOf(context, place, answer);
      const keeps = async () => {
        const came = shownOf(await context.stored(type.endpoint, id), place);
        return Array.isArray(came) ? (came as readonly Json[]).map(one => (isObject(one) ? one['value'] : one)) : [];
      };
      if ((await keeps())[0] !== text) throw new NotApplicable(`the target does not keep ${attribute.path}`);
      const added = await scim.patch(type.endpoint, id, [{ op: 'add', path: attribute.path, value: values.slice(1) }]);
      succeeded(added, 'patch.add-elements');
      const came = await keeps();
      const both = came.includes(text) && came.includes(text.toUpperCase());
      expect.that(both, `${attribute.path} with ${show(values)}`, show(came as readonly Json[]), added);
    },
  },
  {
    id: 'patch.at-once',
    title: 'Members that several requests add at once are all there',
    clause: 'RFC7644-3.5.2.1-06',
    applies: [serves('User'), serves('Group'), supports('patch')],
    async run(context: Context) {
      const { scim, given } = context;
      const group = await given.group();
      const users = await Promise.all(Array.from({ length: RIVALS }, async () => given.user()));
      const answers = await Promise.all(
        users.map(async ({ id }) =>
          scim.patch('/Groups', group.id, [{ op: 'add', path: 'members', value: [{ value: id }] }]),
        ),
      );
      const joined = users.filter((_, at) => (answers[at]?.status ?? 500) < 300).map(({ id }) => id);
      if (joined.length === 0)
        throw new NotApplicable(`no member was taken: ${describeAnswer(answers[0] ?? { headers: {} })}`);
      const came = memberIds(await context.stored('/Groups', group.id));
      const lost = joined.filter(id => !came.includes(id));
      expect.set(lost, [], 'of the members whose addition was answered with success, none to be missing:');
    },
  },
  {
    id: 'create.at-once',
    title: 'Of several creates of one userName at once, one makes a user',
    clause: 'RFC7643-7-31',
    also: ['RFC7643-4.1.1-02'],
    applies: [serves('User')],
    async run(context: Context) {
      const { scim, given } = context;
      const draft = given.userDraft();
      const answers = await Promise.all(Array.from({ length: RIVALS }, async () => scim.create('/Users', draft)));
      const ids = new Set(answers.flatMap(answer => createdId(answer) ?? []));
      if (ids.size === 0) await given.user();
      if (ids.size < 2) return;
      throw new Violation('one user', `${ids.size} users of one name`, answers[0]);
    },
  },
] as const satisfies readonly Check[];
