import { isObject, resourcesOf } from '../../scim/message/list.ts';
import { filterValue } from '../../scim/message/patch.ts';
import type { Json } from '../../scim/wire/message.ts';
import type { Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { isShown, isWritable, type DeclaredAttribute } from '../run/declared.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { serves } from '../run/facts.ts';
import { createdId } from '../run/given.ts';
import { sampleOf, type Unique } from '../run/samples.ts';
import { isPlaceholder, memberOf } from '../run/shown.ts';
import { kept } from '../run/user-values.ts';
import { NotApplicable, Violation } from '../run/violation.ts';
import { draftWith, each, madeOf, shownOf, type Place, type Placed } from './attributes.ts';

const unnamed: Unique = label => label;
const has = (value: Json | undefined): boolean => value !== undefined && value !== null;

/** A resource of the type with a sample at the place. @throws NotApplicable where a plain one is refused with it */
async function made(context: Context, place: Place) {
  const value = sampleOf(place.attribute, context.given.unique) as Json;
  const body = draftWith(context, place, value);
  const answer = await context.scim.create(place.type.endpoint, body);
  return { id: await madeOf(context, place, answer), answer, body };
}

/** Attributes that have a sample and one of the values of `returned`. */
const returned = (word: string) =>
  each(({ attribute }) => {
    const { returned: published, mutability } = attribute;
    const own = mutability === 'writeOnly' ? 'never' : published;
    return own === word && isWritable(attribute) && sampleOf(attribute, unnamed) !== undefined;
  });

/** Values of another JSON type than the attribute's, by that type. */
const foreign: Readonly<Record<string, readonly Json[]>> = {
  string: [42, true],
  boolean: [1, 'perhaps'],
  integer: [1.5, 'seven'],
  decimal: ['seven', true],
  dateTime: [1577934245, 'yesterday', '2020-02-30T00:00:00Z'],
  binary: [42, 'no base64!'],
  reference: [42],
  complex: ['text', 42],
};

interface Foreign extends Placed {
  readonly value: Json;
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');
const isNumber = (value: Json): value is number => typeof value === 'number';
const isText = (value: Json): value is string => typeof value === 'string';
const DATE_TIME = /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/;

/** What a single value of the type looks like in JSON (RFC 7643 section 2.3). */
const forms: Readonly<Record<string, (value: Json) => boolean>> = {
  string: isText,
  boolean: value => typeof value === 'boolean',
  integer: value => isNumber(value) && Number.isInteger(value),
  decimal: isNumber,
  dateTime: value =>
    isText(value) && DATE_TIME.test(value) && !Number.isNaN(Date.parse(value)) && !/-02-30T/.test(value),
  binary: value => isText(value) && /^[A-Za-z0-9+/_-]*={0,2}$/.test(value),
  reference: isText,
  complex: isObject,
};

const fits = ({ type, multiValued }: DeclaredAttribute, value: Json): boolean => {
  const form = forms[type] ?? (() => true);
  return multiValued ? Array.isArray(value) && (value as Json[]).every(form) : form(value);
};

/** One attribute of each JSON type for each resource type, single and multi-valued. */
function foreignValues(facts: Parameters<ReturnType<typeof each>>[0]): readonly Foreign[] {
  const seen = new Set<string>();
  return each(({ attribute }) => isWritable(attribute) && isShown(attribute) && foreign[attribute.type] !== undefined)(
    facts,
  ).flatMap(({ name, place }) => {
    const { type, multiValued, canonicalValues, uniqueness } = place.attribute;
    const kind = `${place.type.name} ${type} ${multiValued}`;
    // A value that is brought into the right form must not collide with one that an earlier run left.
    if (seen.has(kind) || canonicalValues.length > 0 || uniqueness !== 'none') return [];
    seen.add(kind);
    const values = foreign[type] ?? [];
    return values.map(one => {
      const value = multiValued ? [one] : one;
      return { name: `${name} ${JSON.stringify(value)}`, place, value };
    });
  });
}

/** Attributes of every resource type by the characteristics that /Schemas gives them (RFC 7643 sections 2.3 and 7). */
export const typedAttributes = [
  {
    id: 'attribute.never-named',
    title: 'What is published as never returned is not brought in by asking for it, nor by a list',
    clause: 'RFC7643-7-25',
    also: ['RFC7643-7-22'],
    applies: [],
    cases: returned('never'),
    async run(context: Context, { place }: Placed) {
      const { scim } = context;
      const { type, attribute } = place;
      const query = { attributes: [attribute.path] };
      const { id } = await made(context, place);
      const answers = [
        await scim.read(type.endpoint, id, { query }),
        await scim.create(type.endpoint, draftWith(context, place, sampleOf(attribute, context.given.unique)), {
          query,
        }),
      ];
      for (const answer of answers) {
        const came = isObject(answer.json) ? shownOf(answer.json, place) : undefined;
        expect.that(!has(came), `no ${attribute.path}`, 'a value of it', answer);
      }
      const filter = `id eq ${filterValue(id)}`;
      for (const listed of [await scim.list(type.endpoint, { filter }), await scim.search(type.endpoint, { filter })]) {
        const entry = resourcesOf(listed.json).find(found => found['id'] === id);
        expect.that(!has(entry && shownOf(entry, place)), `no ${attribute.path}`, 'a list with it', listed);
      }
    },
  },
  {
    id: 'attribute.password-named',
    title: 'A password is not brought in by asking for it',
    clause: 'RFC7643-7-25',
    also: ['RFC7643-7-22'],
    applies: [serves('User')],
    async run(context) {
      const { scim, given } = context;
      const { id } = await kept(context, { password: given.password() });
      const query = { attributes: ['password', 'userName'] };
      const one = await scim.read('/Users', textOf(id), { query });
      const made = await scim.create('/Users', given.userDraft({ password: given.password() }), { query });
      for (const answer of [one, made]) {
        const came = isObject(answer.json) ? memberOf(answer.json, 'password') : undefined;
        expect.that(!has(came) || isPlaceholder(came ?? null), 'no password', 'a value of it', answer);
        if (has(came)) throw new Violation('no password', 'a placeholder for it', answer, 'warning');
      }
    },
  },
  {
    id: 'attribute.returned-on-request',
    title: 'What is returned on request comes to who writes it or names it, and to nobody else',
    clause: 'RFC7643-7-28',
    also: ['RFC7644-3.9-09'],
    applies: [],
    cases: returned('request'),
    async run(context: Context, { place }: Placed) {
      const { type, attribute } = place;
      const { scim } = context;
      const { id, answer, body } = await made(context, place);
      const query = { attributes: [attribute.path] };
      const named = await scim.read(type.endpoint, id, { query });
      expect.status(named, 200);
      if (!has(shownOf(expect.object(named), place))) {
        throw new NotApplicable(`the target does not show ${attribute.path} at all`);
      }
      const plain = await scim.read(type.endpoint, id);
      const came = shownOf(expect.object(plain), place);
      expect.that(!has(came), `no ${attribute.path} unless it is asked for`, show(came), plain);
      const replaced = await scim.replace(type.endpoint, id, body);
      for (const [method, write] of [['POST', answer] as const, ['PUT', replaced] as const]) {
        const holds = !isObject(write.json) || (write.status ?? 500) > 299 || has(shownOf(write.json, place));
        expect.that(holds, `${attribute.path} in the answer to the ${method} that gave it`, 'none', write);
      }
    },
  },
  {
    id: 'attribute.always-returned',
    title: 'What is always returned comes whatever a request asks for',
    clause: 'RFC7643-7-24',
    applies: [],
    cases: returned('always'),
    async run(context: Context, { place }: Placed) {
      const { type, attribute } = place;
      const { id } = await made(context, place);
      for (const query of [{ attributes: ['meta.created'] }, { excludedAttributes: [attribute.path] }]) {
        const answer = await context.scim.read(type.endpoint, id, { query });
        expect.status(answer, 200);
        expect.that(
          has(shownOf(expect.object(answer), place)),
          `${attribute.path} with ${show(query)}`,
          'none',
          answer,
        );
      }
    },
  },
  {
    id: 'attribute.foreign-type',
    title: 'A value of another JSON type is refused, or never shown in that form',
    clause: 'RFC7643-2.3-02',
    also: ['RFC7643-2.3.5-02', 'RFC7644-3.3-10'],
    applies: [],
    cases: foreignValues,
    async run(context: Context, { place, value }: Foreign) {
      const { type, attribute } = place;
      const answer = await context.scim.create(type.endpoint, draftWith(context, place, value));
      const id = createdId(answer);
      if (id === undefined) {
        // What makes an ordinary resource has to work, or the refusal would show nothing.
        await context.shared(`plain ${type.name}`, async maker => maker.given.resource(type));
        expect.status(answer, 400);
        return { observed: 'refused' };
      }
      const came = shownOf(await context.stored(type.endpoint, id), place);
      if (!has(came)) return { observed: 'left out' };
      if (!fits(attribute, came as Json)) {
        throw new Violation(`a refusal, or ${attribute.path} as ${attribute.type}`, show(came), answer);
      }
      return { observed: `${describeAnswer(answer)}, ${show(came)}` };
    },
  },
] as const satisfies readonly Check[];
