import { isObject } from '../../scim/message/list.ts';
import type { PatchOperation } from '../../scim/message/patch.ts';
import type { HttpResponse, Json, JsonObject } from '../../scim/wire/message.ts';
import type { Case, Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { isShown } from '../run/declared.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { supports, type Facts } from '../run/facts.ts';
import { createdId } from '../run/given.ts';
import { matches } from '../run/matching.ts';
import { sampleOf } from '../run/samples.ts';
import { patch } from '../run/steps.ts';
import { Blocked, NotApplicable } from '../run/violation.ts';
import { draftWith, each, refers, shownOf, type Place } from './attributes.ts';

/** A published attribute and a value for it; a user that is switched off might be out of reach, so `active` is left out. */
interface Given {
  readonly place: Place;
  readonly value: Json;
}

const changeable = each(
  ({ attribute }) => attribute.mutability === 'readWrite' && isShown(attribute) && attribute.name !== 'active',
);

const shows = async ({ stored }: Context, id: string, { place, value }: Given): Promise<boolean> =>
  matches(place.attribute, value, shownOf(await stored(place.type.endpoint, id), place));

/** A provider may leave out what it has no use for, and refuse a value: a POST with the same one tells. */
async function keptByPost(context: Context, given: Given): Promise<boolean> {
  const { place, value } = given;
  const id = createdId(await context.scim.create(place.type.endpoint, draftWith(context, place, value)));
  return id !== undefined && shows(context, id, given);
}

/** The resource types with something that clients may change. */
const typesOf = (facts: Facts): readonly Case[] =>
  [...new Set(changeable(facts).map(({ place }) => place.type.name))].map(name => ({ name }));

/** A value for each attribute of the type that clients may change. */
function valuesFor({ facts, given }: Context, name: string, turn: 0 | 1 = 0) {
  const all = changeable(facts)
    .filter(({ place }) => place.type.name === name)
    .flatMap(({ place }): Given[] => {
      const value = sampleOf(place.attribute, given.unique, turn);
      return value === undefined ? [] : [{ place, value }];
    });
  const type = all[0]?.place.type;
  if (type === undefined) throw new NotApplicable(`no value can be given to any attribute of ${name}`);
  return { all, type };
}

/** All values are there, those aside that a POST does not set either. */
async function hold(context: Context, id: string, all: readonly Given[], answer: HttpResponse, blockedBy: string) {
  const [first] = all;
  const after = await context.stored(first?.place.type.endpoint ?? '', id);
  const astray = all.filter(({ place, value }) => !matches(place.attribute, value, shownOf(after, place)));
  if (astray.length === all.length && all.length > 1) throw new Blocked(blockedBy, 'none is changed');
  for (const given of astray) {
    if (!(await keptByPost(context, given))) continue;
    const came = shownOf(after, given.place);
    expect.that(false, `${given.place.attribute.path} ${show(given.value)}, as after a POST`, show(came), answer);
  }
}

/** One PATCH of them all, or where that is refused one for each: a value that is declined takes the others with it. */
async function patchAll(context: Context, endpoint: string, id: string, operations: readonly PatchOperation[]) {
  const answer = await patch(context, endpoint, id, operations);
  if ((answer.status ?? 500) < 300) return { answer, done: operations };
  const done: PatchOperation[] = [];
  for (const operation of operations) {
    const { status = 500 } = await patch(context, endpoint, id, [operation]);
    if (status < 300) done.push(operation);
  }
  return { answer, done };
}

/** The draft with a value in place: at the top, or under the URI of its extension. */
function placed(draft: JsonObject, { place: { type, schema, attribute }, value }: Given): JsonObject {
  if (schema === type.base) return { ...draft, [attribute.name]: value };
  const held = draft[schema.urn];
  const schemas = Array.isArray(draft['schemas']) ? (draft['schemas'] as Json[]) : [];
  return {
    ...draft,
    schemas: [...new Set([...schemas, schema.urn])],
    [schema.urn]: { ...(isObject(held) ? held : {}), [attribute.name]: value },
  };
}

/** Gives each attribute a value by a PATCH of its path; where `blames` is red, what is missing is its finding. */
const givingBy =
  (op: 'add' | 'replace', blames: string) =>
  async (context: Context, { name }: Case): Promise<void> => {
    const { all, type } = valuesFor(context, name);
    const { id } = await context.given.resource(type);
    const operations = all.map(({ place, value }) => ({ op, path: place.attribute.path, value }));
    const { answer } = await patchAll(context, type.endpoint, id, operations);
    await hold(context, id, all, answer, blames);
  };

/** Changes of all that /Schemas publishes as readWrite (RFC 7644 sections 3.5.1 and 3.5.2). */
export const typedChanges = [
  {
    id: 'attribute.patched',
    title: 'A published attribute that a POST may set can be replaced by a PATCH of its path',
    clause: 'RFC7644-3.5.2.3-02',
    also: ['RFC7644-3.5.2.3-03', 'RFC7643-7-18'],
    applies: [supports('patch')],
    cases: typesOf,
    run: givingBy('replace', 'patch.replace-read-back'),
  },
  {
    id: 'attribute.added',
    title: 'A published attribute that a POST may set can be added by a PATCH of its path',
    clause: 'RFC7644-3.5.2.1-04',
    also: ['RFC7644-3.5.2.1-06', 'RFC7644-3.5.2.1-08'],
    applies: [supports('patch')],
    cases: typesOf,
    run: givingBy('add', 'patch.add-absent'),
  },
  {
    id: 'attribute.removed',
    title: 'A published attribute that is not required can be removed by a PATCH of its path',
    clause: 'RFC7644-3.5.2.2-02',
    also: ['RFC7644-3.5.2.2-03'],
    applies: [supports('patch')],
    cases: typesOf,
    async run(context: Context, { name }: Case) {
      const { all, type } = valuesFor(context, name, 1);
      const optional = all.filter(({ place: { attribute } }) => !attribute.required && !refers(attribute));
      const id = createdId(
        await context.scim.create(type.endpoint, optional.reduce(placed, context.given.draft(type))),
      );
      if (id === undefined) throw new NotApplicable('so many values are refused');
      const before = await context.stored(type.endpoint, id);
      const held = optional.filter(({ place, value }) => matches(place.attribute, value, shownOf(before, place)));
      const operations = held.map(({ place }) => ({ op: 'remove', path: place.attribute.path }) as const);
      if (operations.length === 0) throw new NotApplicable('none of the values is kept');
      const { answer, done } = await patchAll(context, type.endpoint, id, operations);
      const after = await context.stored(type.endpoint, id);
      const gone = held.filter(({ place }) => done.some(({ path }) => path === place.attribute.path));
      // What the provider puts in place of a value is its own affair.
      const stays = gone.filter(({ place, value }) => matches(place.attribute, value, shownOf(after, place)));
      if (stays.length === gone.length && gone.length > 1) throw new Blocked('patch.remove-single', 'none is removed');
      for (const { place } of stays) {
        expect.that(false, `no ${place.attribute.path}`, show(shownOf(after, place)), answer);
      }
    },
  },
  {
    id: 'attribute.replaced',
    title: 'A published attribute that a POST may set is set by a PUT as well',
    clause: 'RFC7644-3.5.1-03',
    also: ['RFC7643-7-18'],
    applies: [],
    cases: typesOf,
    async run(context: Context, { name }: Case) {
      const { all, type } = valuesFor(context, name);
      const { id, sent } = await context.given.resource(type);
      const answer = await context.scim.replace(type.endpoint, id, all.reduce(placed, sent));
      if ((answer.status ?? 500) > 299)
        throw new NotApplicable(`so many values are refused: ${describeAnswer(answer)}`);
      await hold(context, id, all, answer, 'replace.read-back');
    },
  },
] as const satisfies readonly Check[];
