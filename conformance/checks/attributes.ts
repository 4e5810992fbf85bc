import { isObject } from '../../scim/message/list.ts';
import { USER } from '../../scim/message/urn.ts';
import type { HttpResponse, Json, JsonObject } from '../../scim/wire/message.ts';
import type { Case, Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import {
  declaredTypes,
  isShown,
  isWritable,
  type DeclaredAttribute,
  type DeclaredSchema,
  type DeclaredType,
} from '../run/declared.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import type { Facts } from '../run/facts.ts';
import { createdId, refusalOf } from '../run/given.ts';
import { matches } from '../run/matching.ts';
import { minimalOf, sampleOf, type Unique } from '../run/samples.ts';
import { memberOf } from '../run/shown.ts';
import { Blocked, NotApplicable, Violation } from '../run/violation.ts';

/** An attribute with the schema and the resource type it stands in. */
export interface Place {
  readonly type: DeclaredType;
  readonly schema: DeclaredSchema;
  readonly attribute: DeclaredAttribute;
}

/** A case about one published attribute. */
export interface Placed extends Case {
  readonly place: Place;
}

/** What members refer to has checks of its own, and so has the password. */
const APART: ReadonlySet<string> = new Set(['members', 'password']);

/** Attributes with a vocabulary that the provider may keep to itself (RFC 7643 section 4.1.2). */
const CATALOGUES: ReadonlySet<string> = new Set(['roles', 'entitlements', 'usertype']);

/** A case for each published attribute that the choice takes. */
export const each =
  (takes: (place: Place) => boolean) =>
  (facts: Facts): readonly Placed[] =>
    declaredTypes(facts).flatMap(type =>
      [type.base, ...type.extensions]
        .filter(({ published }) => published)
        .flatMap(schema =>
          schema.attributes
            .map(attribute => ({ type, schema, attribute }))
            .filter(place => !APART.has(place.attribute.name) && takes(place))
            .map(place => ({ name: `${type.name}:${place.attribute.path}`, place })),
        ),
    );

const unnamed: Unique = label => label;
const isUserName = ({ schema, attribute }: Place) => schema.urn === USER && attribute.name === 'userName';

/** The draft of a resource with one attribute in its place; undefined takes it away. */
export function draftWith({ given }: Context, { type, schema, attribute }: Place, value: Json | undefined): JsonObject {
  const draft = given.draft(type);
  if (schema === type.base) return given.draft(type, { [attribute.name]: value ?? null });
  const drafted = draft[schema.urn];
  const { [attribute.name]: _, ...others } = isObject(drafted) ? drafted : demandedBy(schema, given.unique);
  const held = value === undefined ? others : { ...others, [attribute.name]: value };
  const schemas = (draft['schemas'] as readonly string[]).filter(urn => urn !== schema.urn);
  const names = Object.keys(held).length > 0;
  return {
    ...Object.fromEntries(Object.entries(draft).filter(([name]) => name !== schema.urn)),
    schemas: names ? [...schemas, schema.urn] : schemas,
    ...(names && { [schema.urn]: held }),
  };
}

/** An extension that comes in has to come with what it requires. */
const demandedBy = ({ attributes: all }: DeclaredSchema, unique: Unique): JsonObject =>
  Object.fromEntries(
    all
      .filter(({ required }) => required)
      .flatMap(one => {
        const value = minimalOf(one, unique);
        return value === undefined ? [] : [[one.name, value]];
      }),
  );

/** What a resource shows of an attribute. */
export function shownOf(resource: JsonObject, { type, schema, attribute }: Place): Json | undefined {
  const holder = schema === type.base ? resource : memberOf(resource, schema.urn);
  return isObject(holder) ? memberOf(holder, attribute.name) : undefined;
}

/** An id, or the finding that a plain resource of the type is made but this one is refused. */
export async function madeOf(context: Context, place: Place, answer: HttpResponse): Promise<string> {
  const { type, attribute } = place;
  const id = createdId(answer);
  if (id !== undefined) return id;
  if (answer.status === undefined) throw new Blocked('create.status', refusalOf(type.name, answer));
  // What makes an ordinary resource has to work, or the refusal would show nothing.
  await context.given.resource(type);
  // What it takes for a name is the provider's to say (RFC 7643 section 4.1.1), as is what has to be there already.
  const isChoosy = CATALOGUES.has(attribute.name.toLowerCase()) || refers(attribute) || isUserName(place);
  if (isChoosy && answer.status < 500) {
    throw new NotApplicable(`the value is refused: ${describeAnswer(answer)}`);
  }
  throw new Violation(`a ${type.name} with ${attribute.path}`, refusalOf(type.name, answer), answer, 'warning');
}

/** The value names a resource, which a provider may ask to be there. */
export const refers = ({ subAttributes }: DeclaredAttribute): boolean =>
  subAttributes.some(({ type, referenceTypes }) => type === 'reference' && !referenceTypes.includes('external'));

/** All that the attribute holds, as if clients could write it. */
export const opened = (attribute: DeclaredAttribute): DeclaredAttribute => ({
  ...attribute,
  mutability: 'readWrite',
  subAttributes: attribute.subAttributes.map(part => opened(part)),
});

/** Attributes as /Schemas publishes them against what happens to their values (RFC 7643 section 7). */
export const attributes = [
  {
    id: 'attribute.round-trip',
    title: 'A published attribute comes back as it was written',
    clause: 'RFC7643-7-27',
    also: ['RFC7643-4.1.1-10', 'RFC7643-4.1.1-11', 'RFC7643-4.1.1-12', 'RFC7643-4.1.1-14', 'RFC7643-4.1.2-20'],
    applies: [],
    cases: each(
      ({ attribute }) => isWritable(attribute) && isShown(attribute) && sampleOf(attribute, unnamed) !== undefined,
    ),
    async run(context: Context, { place }: Placed) {
      const { type, attribute } = place;
      const value = sampleOf(attribute, context.given.unique) as Json;
      const answer = await context.scim.create(type.endpoint, draftWith(context, place, value));
      const id = await madeOf(context, place, answer);
      const came = shownOf(await context.stored(type.endpoint, id), place);
      expect.that(matches(attribute, value, came), `${attribute.path} ${show(value)}`, show(came), answer);
    },
  },
  {
    id: 'attribute.exact-case',
    title: 'The value of an attribute that is case exact keeps its case',
    clause: 'RFC7643-7-14',
    applies: [],
    cases: each(
      ({ attribute }) =>
        attribute.type === 'string' &&
        attribute.caseExact &&
        attribute.canonicalValues.length === 0 &&
        isWritable(attribute) &&
        isShown(attribute),
    ),
    async run(context: Context, { place }: Placed) {
      const { type, attribute } = place;
      const text = context.given.unique('MiXed');
      const value = attribute.multiValued ? [text] : text;
      const id = await madeOf(
        context,
        place,
        await context.scim.create(type.endpoint, draftWith(context, place, value)),
      );
      const came = shownOf(await context.stored(type.endpoint, id), place);
      if (came === undefined || came === null) throw new Blocked('attribute.round-trip', 'the value is lost');
      expect.equal(came, value, attribute.path);
    },
  },
  {
    id: 'attribute.read-only',
    title: 'A value that a create gives to a readOnly attribute is ignored',
    clause: 'RFC7644-3.3-01',
    also: ['RFC7643-2-01', 'RFC7643-7-17'],
    applies: [],
    cases: each(
      ({ attribute }) => attribute.mutability === 'readOnly' && sampleOf(opened(attribute), unnamed) !== undefined,
    ),
    async run(context: Context, { place }: Placed) {
      const { type, attribute } = place;
      const value = sampleOf(opened(attribute), context.given.unique) as Json;
      const answer = await context.scim.create(type.endpoint, draftWith(context, place, value));
      const id = createdId(answer);
      if (id === undefined) {
        await context.given.resource(type);
        throw new Violation(`a ${type.name}, ${attribute.path} ignored`, refusalOf(type.name, answer), answer);
      }
      const came = shownOf(await context.stored(type.endpoint, id), place) ?? null;
      const taken = came !== null && matches(opened(attribute), value, came);
      expect.that(!taken, `${attribute.path} of the provider`, `the value that was sent: ${show(came)}`, answer);
    },
  },
  {
    id: 'attribute.required',
    title: 'A create without a required attribute is refused, unless the provider fills it in',
    clause: 'RFC7644-3.3-11',
    seeks: 'demands',
    also: ['RFC7644-3.12-25'],
    applies: [],
    cases: each(place => place.attribute.required && isWritable(place.attribute) && !isUserName(place)),
    async run(context: Context, { place }: Placed) {
      const { type, schema, attribute } = place;
      if (schema !== type.base && !schema.required) {
        throw new NotApplicable('nothing asks for the extension as a whole');
      }
      await context.given.resource(type);
      const answer = await context.scim.create(type.endpoint, draftWith(context, place, undefined));
      expect.status(answer, 400, 201);
      if (answer.status !== 201 || !isShown(attribute)) return;
      const id = createdId(answer);
      const came = id === undefined ? undefined : shownOf(await context.stored(type.endpoint, id), place);
      expect.that((came ?? null) !== null, `a refusal, or ${attribute.path} filled in`, 'neither', answer);
    },
  },
  {
    id: 'attribute.unique',
    title: 'A value that has to be unique is taken once',
    clause: 'RFC7643-7-31',
    also: ['RFC7643-7-32', 'RFC7644-3.12-13', 'RFC7644-3.12-20'],
    applies: [],
    cases: each(
      place =>
        ['server', 'global'].includes(place.attribute.uniqueness) &&
        isWritable(place.attribute) &&
        place.attribute.type === 'string' &&
        !place.attribute.multiValued &&
        place.attribute.canonicalValues.length === 0,
    ),
    async run(context: Context, { place }: Placed) {
      const { type } = place;
      const value = sampleOf(place.attribute, context.given.unique) as Json;
      const first = await context.scim.create(type.endpoint, draftWith(context, place, value));
      await madeOf(context, place, first);
      const again = await context.scim.create(type.endpoint, draftWith(context, place, value));
      expect.status(again, 409, 400);
    },
  },
] as const satisfies readonly Check[];
