import type { Json } from '../../scim/wire/message.ts';
import type { Case, Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { isShown } from '../run/declared.ts';
import { expect, show } from '../run/expect.ts';
import { supports, type Facts } from '../run/facts.ts';
import { createdId } from '../run/given.ts';
import { matches } from '../run/matching.ts';
import { sampleOf } from '../run/samples.ts';
import { patch } from '../run/steps.ts';
import { Blocked, NotApplicable } from '../run/violation.ts';
import { draftWith, each, shownOf, type Place } from './attributes.ts';

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

/** PATCH of all that /Schemas publishes as readWrite, by the path of each attribute (RFC 7644 section 3.5.2.3). */
export const typedChanges = [
  {
    id: 'attribute.patched',
    title: 'A published attribute that a POST may set can be replaced by a PATCH of its path',
    clause: 'RFC7644-3.5.2.3-02',
    also: ['RFC7644-3.5.2.3-03', 'RFC7643-7-18'],
    applies: [supports('patch')],
    cases: (facts: Facts) =>
      [...new Set(changeable(facts).map(({ place }) => place.type.name))].map(name => ({ name })),
    async run(context: Context, { name }: Case) {
      const all = changeable(context.facts)
        .filter(({ place }) => place.type.name === name)
        .flatMap(({ place }): Given[] => {
          const value = sampleOf(place.attribute, context.given.unique);
          return value === undefined ? [] : [{ place, value }];
        });
      const type = all[0]?.place.type;
      if (type === undefined) throw new NotApplicable(`no value can be given to any attribute of ${name}`);
      const { id } = await context.given.resource(type);
      const operations = all.map(({ place, value }) => ({ op: 'replace', path: place.attribute.path, value }) as const);
      const answer = await patch(context, type.endpoint, id, operations);
      // One value that the provider declines takes the others with it, so each is sent alone then.
      if ((answer.status ?? 500) > 299) {
        for (const operation of operations) await patch(context, type.endpoint, id, [operation]);
      }
      const after = await context.stored(type.endpoint, id);
      const astray = all.filter(({ place, value }) => !matches(place.attribute, value, shownOf(after, place)));
      if (astray.length === all.length && all.length > 1)
        throw new Blocked('patch.replace-read-back', 'none is changed');
      for (const given of astray) {
        if (!(await keptByPost(context, given))) continue;
        const came = shownOf(after, given.place);
        expect.that(false, `${given.place.attribute.path} ${show(given.value)}, as after a POST`, show(came), answer);
      }
    },
  },
] as const satisfies readonly Check[];
