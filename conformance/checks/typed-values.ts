import { filterValue } from '../../scim/message/patch.ts';
import type { HttpResponse, Json, JsonObject } from '../../scim/wire/message.ts';
import { traitOf } from '../run/attributes.ts';
import type { Case, Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { isShown, isWritable } from '../run/declared.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { keeps, serves, supports, type Facts } from '../run/facts.ts';
import { createdId } from '../run/given.ts';
import { matches } from '../run/matching.ts';
import { fits } from '../run/state.ts';
import { idsOf } from '../run/steps.ts';
import { asPublished, elements, kept, tried } from '../run/user-values.ts';
import { atHome } from '../run/template.ts';
import { elementOf, lists, type List } from '../run/values.ts';
import { writes } from '../run/change.ts';
import { Blocked, NotApplicable, Violation } from '../run/violation.ts';
import { anybody } from './anybody.ts';
import { draftWith, each, shownOf, type Placed } from './attributes.ts';

/** Values that a conversion on the way is likely to change, by the type of their attribute. */
const delicate: Readonly<Record<string, readonly Json[]>> = {
  integer: [0, -7, 2_000_000_011],
  decimal: [0, -0.25, 1234.5],
  boolean: [false],
  dateTime: ['2021-03-04T23:30:00+05:00', '2021-07-04T05:06:07-09:30'],
  reference: ['https://Scimulator.example/Case/Kept?a=B&c=%41#Part'],
  binary: ['AAEC/v8=', '+/+/ABCabc09'],
};

interface Delicate extends Placed {
  readonly value: Json;
}

/** The first attribute of each type for each resource type, and those inside of complex attributes. */
function delicateValues(facts: Facts): readonly Delicate[] {
  const seen = new Set<string>();
  const takes = each(({ attribute }) => {
    const { type, canonicalValues, uniqueness, path } = attribute;
    const free = canonicalValues.length === 0 && uniqueness === 'none' && !/certificate|photo/i.test(path);
    return delicate[type] !== undefined && free && isWritable(attribute) && isShown(attribute);
  });
  return takes(facts).flatMap(({ name, place }) => {
    const { type, multiValued, referenceTypes } = place.attribute;
    const kind = `${place.type.name} ${type} ${multiValued}`;
    const leads = type === 'reference' && !referenceTypes.some(one => /^(?:external|uri)$/i.test(one));
    if (seen.has(kind) || leads) return [];
    seen.add(kind);
    const values = delicate[type] ?? [];
    if (multiValued) return [{ name, place, value: [...values] }];
    return values.map(value => ({ name: `${name} ${JSON.stringify(value)}`, place, value }));
  });
}

interface Text extends Case {
  readonly text: string;
}

const alike = ['007', '+1 2', '1e3', 'true', 'null', '2020-01-02', "it''s", 'a%20b+c', 'x_y%z*', 'C:\\new\\table'];

/** Texts that look like something else, and texts that are long or have several lines. */
const texts: readonly Text[] = [
  ...alike.map(text => ({ name: text, text })),
  { name: 'lines', text: 'one\ntwo\tthree' },
  { name: 'long', text: `Long ${'text '.repeat(120)}end` },
];

interface Length extends Case {
  readonly length: number;
}

/** A little more than columns usually hold. */
const lengths: readonly Length[] = [80, 140, 300].map(length => ({ name: `${length} characters`, length }));

/** Values as they are written and as they come back, where a conversion is likely to lose something. */
export const typedValues = [
  {
    id: 'attribute.delicate',
    title: 'A value at the edge of its type comes back as it was written',
    clause: 'RFC7643-7-27',
    also: ['RFC7643-2.3.3-01', 'RFC7643-2.3.4-01', 'RFC7643-2.3.6-01'],
    applies: [],
    cases: delicateValues,
    async run(context: Context, { place, value: written }: Delicate) {
      const { type, attribute } = place;
      const value = atHome(written, context.given.domain);
      const answer = await context.scim.create(type.endpoint, draftWith(context, place, value));
      const id = createdId(answer);
      if (id === undefined) {
        await context.given.resource(type);
        expect.status(answer, 400);
        throw new NotApplicable(`the value is refused: ${describeAnswer(answer)}`);
      }
      const came = shownOf(await context.stored(type.endpoint, id), place);
      if (came === undefined || came === null) {
        // A provider may leave out what it does not support, but then always.
        const plain = await context.given.resource(type);
        const usual = shownOf(await context.stored(type.endpoint, plain.id), place);
        if (usual === undefined) return expect.that(false, `${attribute.path} ${show(value)}`, 'nothing', answer);
      }
      return expect.that(matches(attribute, value, came), `${attribute.path} ${show(value)}`, show(came), answer);
    },
  },
  {
    id: 'user.text-alike',
    title: 'Text that looks like a number, a date or an escape, or is long, stays as it is',
    clause: 'RFC7643-2.3.1-03',
    applies: [serves('User'), keeps('displayName')],
    cases: () => texts,
    async run(context: Context, { text }: Text) {
      const { displayName } = await kept(context, { displayName: text });
      const right = typeof displayName === 'string' && displayName.toLowerCase() === text.toLowerCase();
      expect.that(right, `displayName ${show(text)}`, show(displayName));
    },
  },
  {
    id: 'user.long-name',
    title: 'A very long userName comes back whole, or is refused',
    clause: 'RFC7643-2.3.1-03',
    applies: [serves('User')],
    cases: () => lengths,
    async run(context: Context, { length }: Length) {
      const { given } = context;
      const userName = `${given.unique('long').padEnd(length, 'x')}@${given.domain}`;
      const { user } = await tried(context, { userName });
      if (user === undefined) throw new NotApplicable('such a name is refused');
      expect.that(fits(userName, user['userName']), `userName ${show(userName)}`, show(user['userName']));
    },
  },
  {
    id: 'user.name-beyond-ascii-other-case',
    title: 'A userName that differs only in the case of a letter beyond ASCII is taken as well, and found',
    clause: 'RFC7643-4.1.1-03',
    also: ['RFC7644-3.4.2.2-57'],
    applies: [serves('User')],
    async run(context) {
      const { scim, given, facts } = context;
      if (traitOf(facts, 'User', 'userName')?.caseExact === true) {
        throw new NotApplicable('the case of userName is published as one that counts');
      }
      await anybody(context);
      const stem = given.unique('name');
      const made = await scim.create('/Users', given.userDraft({ userName: `é-${stem}@${given.domain}` }));
      const id = createdId(made);
      if (id === undefined) throw new NotApplicable('such a name is refused');
      const userName = `É-${stem}@${given.domain}`;
      // Where no case is folded at all, that is the finding of others.
      const inAscii = `é-${stem.toUpperCase()}@${given.domain}`;
      const other = await scim.create('/Users', given.userDraft({ userName }));
      const isMade = ({ status = 0 }: HttpResponse) => status >= 200 && status < 300;
      if (isMade(other)) {
        if (isMade(await scim.create('/Users', given.userDraft({ userName: inAscii })))) {
          throw new Blocked('create.conflict-other-case', 'the case of ASCII counts as well');
        }
        throw new Violation(`status 409 for ${show(userName)}, which is taken as é-…`, describeAnswer(other), other);
      }
      // Small letters alone may be taken.
      if (other.status !== 409) throw new NotApplicable(`capitals are refused: ${describeAnswer(other)}`);
      if (supports('filter').unmet(facts) !== undefined) return;
      const found = async (name: string) => scim.list('/Users', { filter: `userName eq ${filterValue(name)}` });
      const answer = await found(userName);
      // A filter that is refused finds nobody; whether it may be is looked at with names in ASCII.
      if (answer.status !== 200) return;
      const ids = idsOf(expect.page(answer));
      if (!ids.includes(id) && !idsOf(expect.page(await found(inAscii))).includes(id)) {
        throw new Blocked('filter.user-name-other-case', 'the case of ASCII counts as well');
      }
      expect.set(ids, [id], 'who is found by the name in the other case:', answer);
    },
  },
  {
    id: 'user.all-elements',
    title: 'Each element of a list comes back, with all that it was written with',
    clause: 'RFC7643-7-27',
    applies: [serves('User')],
    cases: facts => lists.filter(list => writes(list).unmet(facts) === undefined).map(name => ({ name })),
    async run(context: Context, { name }) {
      const { given } = context;
      const list = name as List;
      const other = elementOf(given, list, 'other');
      // Two of one type: canonical values say what an element is for, not that there is one of each.
      const third = 'type' in other ? { ...other, type: 'work' } : other;
      const drafts = [elementOf(given, list, 'work'), elementOf(given, list, 'home'), third];
      const sent = asPublished(context.facts, list, drafts);
      const user = await kept(context, { [list]: sent });
      const came = elements(user, list);
      if (came.length === 0) throw new NotApplicable(`a user comes back without ${list}`);
      const lost = sent.filter(one => !came.some(other => holds(other, one)));
      expect.equal(lost, [], `of ${list}, none to be missing:`);
    },
  },
] as const satisfies readonly Check[];

const holds = (came: JsonObject, sent: JsonObject): boolean =>
  Object.entries(sent).every(([name, value]) => {
    const there = came[name];
    if (typeof value !== 'string' || typeof there !== 'string') return there === value;
    const plain = (text: string) => text.toLowerCase().replace(/^tel:|[^\p{L}\p{N}@.]/gu, '');
    return plain(there) === plain(value);
  });
