import { filterValue } from '../../scim/message/patch.ts';
import { isObject } from '../../scim/message/list.ts';
import type { HttpResponse, Json } from '../../scim/wire/message.ts';
import { traitOf } from '../run/attributes.ts';
import type { Case, Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { serves, supports, type Facts } from '../run/facts.ts';
import { createdId, lastSegment } from '../run/given.ts';
import { reporters } from '../run/reporters.ts';
import { filtered, idsOf, memberIds, succeeded } from '../run/steps.ts';
import { Blocked, NotApplicable, Violation } from '../run/violation.ts';
import { anybody, anyGroup } from './anybody.ts';

interface Answered extends Case {
  readonly clause: NonNullable<Case['clause']>;
  /** Gives a group its only member, in making it or afterwards. */
  write(context: Context, member: { readonly value: string }): Promise<HttpResponse>;
}

/** A PATCH need not be answered with the group, and where it is others look at it. */
const answered: readonly Answered[] = [
  {
    name: 'POST',
    clause: 'RFC7644-3.3-05',
    write: async ({ scim, given }, member) => scim.create('/Groups', given.groupDraft({ members: [member] })),
  },
  {
    name: 'PUT',
    clause: 'RFC7644-3.5.1-10',
    async write({ scim, given }, member) {
      const { id, sent } = await given.group();
      return scim.replace('/Groups', id, { ...sent, members: [member] });
    },
  },
];

const isName = (value: Json | undefined): boolean => typeof value === 'string' && value !== '';

const patchable = (facts: Facts): boolean => supports('patch').unmet(facts) === undefined;

/** What a write of a group is answered with and leaves, as it is looked at for users. */
export const groupAnswers = [
  {
    id: 'group.location',
    title: 'The creation of a group gives its URI in Location',
    clause: 'RFC7644-3.3-06',
    applies: [serves('Group')],
    async run({ scim, given, shared }: Context) {
      await anyGroup({ shared });
      const answer = await scim.create('/Groups', given.groupDraft());
      succeeded(answer, reporters.create.Group);
      const header = expect.header(answer, 'Location');
      const id = isObject(answer.json) ? answer.json['id'] : undefined;
      const leads = id === undefined || lastSegment(header) === id;
      expect.that(leads, `a Location that ends in the id ${show(id)}`, show(header), answer);
    },
  },
  {
    id: 'group.write-answer',
    title: 'The answer to a write of a group shows the members that a read shows afterwards',
    clause: 'RFC7644-3.5.1-10',
    also: ['RFC7644-3.3-05'],
    applies: [serves('User'), serves('Group')],
    cases: () => answered,
    async run(context: Context, { write }: Answered) {
      const member = await anybody(context);
      await anyGroup(context);
      const answer = await write(context, { value: member.id });
      const { id } = isObject(answer.json) ? answer.json : {};
      if ((answer.status ?? 500) > 299 || typeof id !== 'string' || !isObject(answer.json)) {
        throw new NotApplicable(`no group in the answer: ${describeAnswer(answer)}`);
      }
      const stored = memberIds(await context.stored('/Groups', id));
      const told = memberIds(answer.json);
      if (stored.length === 0 && told.length > 0) {
        throw new Blocked(reporters.members, 'a read shows no members of a group that a write gave one');
      }
      expect.set(told, stored, 'members as a read shows them:', answer);
    },
  },
  {
    id: 'group.name-other-case',
    title: 'A group is found by its name in another case',
    clause: 'RFC7644-3.4.2.2-57',
    applies: [serves('Group'), supports('filter')],
    async run(context: Context) {
      if (traitOf(context.facts, 'Group', 'displayName')?.caseExact === true) {
        throw new NotApplicable('the case of displayName is published as one that counts');
      }
      const { id, name } = await anyGroup(context);
      const found = async (text: string) =>
        idsOf(await filtered(context, '/Groups', `displayName eq ${filterValue(text)}`));
      if (!(await found(name)).includes(id)) throw new NotApplicable('a group is not found by displayName');
      expect.set(await found(name.toUpperCase()), [id], 'by the name in capitals:');
    },
  },
  {
    id: 'group.name-stays',
    title: 'No write leaves a group without displayName',
    clause: 'RFC7643-4.2-02',
    applies: [serves('Group')],
    cases: (facts: Facts) => (patchable(facts) ? ['PUT', 'PATCH'] : ['PUT']).map(name => ({ name })),
    async run({ scim, given, stored, shared }: Context, { name: method }: Case) {
      const { id, sent } = await given.group();
      const { displayName: _, ...nameless } = sent;
      const answer =
        method === 'PUT'
          ? await scim.replace('/Groups', id, nameless)
          : await scim.patch('/Groups', id, [{ op: 'remove', path: 'displayName' }]);
      const { displayName } = await stored('/Groups', id);
      if (isName(displayName)) return;
      if (!isName((await stored('/Groups', (await anyGroup({ shared })).id))['displayName'])) {
        throw new NotApplicable('a read shows no displayName of any group');
      }
      const made = createdId(await scim.create('/Groups', given.groupDraft({ displayName: null })));
      if (made !== undefined && !isName((await stored('/Groups', made))['displayName'])) {
        throw new Blocked('group.display-name-required', 'groups are made without displayName as well');
      }
      throw new Violation('a refusal, or a displayName', `displayName ${show(displayName)}`, answer);
    },
  },
] as const satisfies readonly Check[];
