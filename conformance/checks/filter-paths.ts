import { filterValue } from '../../scim/message/patch.ts';
import { ENTERPRISE_USER, USER } from '../../scim/message/urn.ts';
import type { Case, Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { describeAnswer, expect } from '../run/expect.ts';
import { keeps, serves, supports } from '../run/facts.ts';
import { and, grouped, not, or } from '../run/predicate.ts';
import { accepted, idsOf, memberIds, pageOf } from '../run/steps.ts';
import { NotApplicable } from '../run/violation.ts';
import { familyOf, finds, isDeclined } from './family.ts';
import { familyAndWords, written, type Written } from './filter-words.ts';

const E = `${ENTERPRISE_USER}:`;
const mail = ['emails', 'emails.type', 'emails.value'];

const elements: readonly Written[] = [
  {
    name: 'one condition',
    needs: mail,
    filter: ({ one }) => one('emails', ({ is }) => is('type', 'eq', 'home')),
  },
  {
    name: 'two conditions on one element',
    needs: mail,
    filter: ({ one }) => one('emails', ({ is }) => and(is('type', 'eq', 'work'), is('value', 'co', '@one.'))),
  },
  {
    name: 'the other way about',
    needs: mail,
    filter: ({ one }) => one('emails', ({ is }) => and(is('value', 'co', '@two.'), is('type', 'eq', 'home'))),
  },
  {
    name: 'met by different elements only',
    needs: mail,
    filter: ({ one }) => one('emails', ({ is }) => and(is('value', 'sw', '{m}.zoe.bob@'), is('type', 'eq', 'work'))),
  },
  {
    name: 'or',
    needs: mail,
    filter: ({ one }) => one('emails', ({ is }) => or(is('type', 'eq', 'home'), is('type', 'eq', 'other'))),
  },
  {
    name: 'and with a group',
    needs: mail,
    filter: ({ one }) =>
      one('emails', ({ is }) =>
        and(is('type', 'eq', 'work'), grouped(or(is('value', 'co', '@two.'), is('value', 'co', '.cyd@')))),
      ),
  },
  { name: 'ne', needs: mail, filter: ({ one }) => one('emails', ({ is }) => is('type', 'ne', 'work')) },
  {
    name: 'not',
    needs: mail,
    filter: ({ one }) => one('emails', ({ is }) => not(is('type', 'eq', 'work'))),
  },
  {
    name: 'presence',
    needs: ['addresses', 'addresses.country'],
    filter: ({ one }) => one('addresses', ({ has }) => has('country')),
  },
  {
    name: 'boolean',
    needs: [...mail, 'emails.primary'],
    filter: ({ one }) => one('emails', ({ is }) => and(is('primary', 'eq', true), is('value', 'co', '@two.'))),
  },
];

const beside: readonly Written[] = [
  {
    name: 'and',
    needs: [...mail, 'active'],
    filter: ({ one, is }) =>
      and(
        one('emails', inner => inner.is('type', 'eq', 'home')),
        is('active', 'eq', true),
      ),
  },
  {
    name: 'or',
    needs: [...mail, 'title'],
    filter: ({ one, is }) =>
      or(
        one('emails', inner => inner.is('type', 'eq', 'other')),
        is('title', 'eq', 'anvil'),
      ),
  },
  {
    name: 'not around it',
    needs: mail,
    filter: ({ one }) => not(one('emails', inner => inner.is('type', 'eq', 'home'))),
  },
];

/** Conditions on a multi-valued attribute that different elements may meet. */
const apart: readonly Written[] = [
  {
    name: 'met by different elements',
    needs: mail,
    filter: ({ is }) => and(is('emails.type', 'eq', 'work'), is('emails.value', 'sw', '{m}.zoe.bob@')),
  },
  {
    name: 'second element',
    needs: mail,
    filter: ({ is }) => is('emails.value', 'eq', '{m}.ann@two.scimulator.example'),
  },
];

const named = (path: string, spelt: string, operand: string): Written => ({
  name: spelt.replace(ENTERPRISE_USER, 'enterprise').replace(USER, 'core'),
  needs: [path],
  filter: ({ is }) => is(path, 'eq', operand),
  spelt: text => text.replace(path, spelt),
});

/** Names of attributes, value paths and what they lead to (RFC 7644 sections 3.4.2.2 and 3.10). */
export const filterPaths = [
  {
    id: 'filter.value-path',
    title: 'A value path finds resources of which one element meets all of it',
    clause: 'RFC7644-3.4.2.2-40',
    ...written(elements),
  },
  {
    id: 'filter.value-path-beside',
    title: 'A value path may stand beside other terms',
    clause: 'RFC7644-3.4.2.2-44',
    ...written(beside),
  },
  {
    id: 'filter.any-element',
    title: 'Of a multi-valued attribute, one value that matches is enough for each term',
    clause: 'RFC7644-3.4.2.2-51',
    ...written(apart),
  },
  {
    id: 'filter.sub-attribute-other-case',
    title: 'Names of sub-attributes in filters are compared without regard to case',
    clause: 'RFC7644-3.4.2.2-04',
    ...written([
      named('name.familyName', 'NAME.familyname', 'Stone'),
      named('title', 'Title', 'anvil'),
      named('emails.type', 'EMAILS.Type', 'home'),
    ]),
  },
  {
    id: 'filter.core-urn',
    title: 'Attributes in filters may be named with the URN of their schema',
    clause: 'RFC7644-3.4.2.2-48',
    also: ['RFC7644-3.10-01'],
    ...written([
      named('title', `${USER}:title`, 'anvil'),
      named('name.familyName', `${USER}:name.familyName`, 'Stone'),
      named('emails.type', `${USER}:emails.type`, 'home'),
    ]),
  },
  {
    id: 'filter.urn-other-case',
    title: 'URNs in filters are compared without regard to case',
    clause: 'RFC7644-3.4.2.2-50',
    also: ['RFC7644-3.10-04'],
    ...written([
      named('title', `${USER}:title`.toUpperCase(), 'anvil'),
      named(`${E}department`, `${E}department`.toUpperCase(), 'Tooling'),
    ]),
  },
  {
    id: 'filter.extension',
    title: 'Attributes of an extension are found by their URN, and by nothing else of the name',
    clause: 'RFC7644-3.4.2.2-49',
    ...written([
      { name: 'department', needs: [`${E}department`], filter: ({ is }) => is(`${E}department`, 'eq', 'Sales') },
      {
        name: 'manager.value',
        needs: [`${E}manager.value`],
        filter: ({ is }) => is(`${E}manager.value`, 'eq', '{bob}'),
      },
      { name: 'manager pr', needs: [`${E}manager`], filter: ({ has }) => has(`${E}manager`) },
      {
        name: 'beside a core attribute',
        needs: [`${E}department`, 'userType'],
        filter: ({ is }) => and(is(`${E}department`, 'sw', 'tool'), is('userType', 'eq', 'Employee')),
      },
    ]),
  },
  {
    id: 'filter.escapes',
    title: 'Operands are JSON texts with the escapes of JSON',
    clause: 'RFC7644-3.4.2.2-47',
    applies: [serves('User'), supports('filter')],
    cases: () => [
      { name: 'quote', part: 'O"Malley', spelt: '"O\\"Malley"' },
      { name: 'backslash', part: 'a\\b', spelt: '"a\\\\b"' },
      { name: 'letter as it is', part: 'Zoë', spelt: '"Zoë"' },
      { name: 'letter escaped', part: 'Zoë', spelt: '"Zo\\u00eb"' },
      { name: 'blank, plus and ampersand', part: 'A + B & C', spelt: '"A + B & C"' },
      { name: 'parentheses and words', part: 'a) or (b and not c', spelt: '"a) or (b and not c"' },
      { name: 'brackets and dots', part: 'x[y eq 1].z', spelt: '"x[y eq 1].z"' },
      { name: 'percent', part: '100%25', spelt: '"100%25"' },
    ],
    async run(context: Context, { part, spelt }: Case & { part: string; spelt: string }) {
      const { scim, given, stored, facts } = context;
      const mark = given.unique('escape');
      const decoy = await given.user({ displayName: `plain ${mark}` });
      const own = keeps('displayName').unmet(facts) === undefined;
      // What declines the plain form offers no filter on the attribute at all; one on userName nearly all offer.
      const plain = await scim.list('/Users', { filter: `displayName eq ${filterValue(`plain ${mark}`)}` });
      if (own && !isDeclined(plain)) expect.set(idsOf(pageOf(plain)), [decoy.id], 'exactly the id', plain);
      const name = isDeclined(plain) || !own ? 'userName' : 'displayName';
      const made = await scim.create('/Users', given.userDraft({ [name]: `${part} ${mark}` }));
      const id = await accepted(context, made);
      if ((await stored('/Users', id))[name] !== `${part} ${mark}`) {
        throw new NotApplicable(`the target does not keep the ${name} as it was sent`);
      }
      const filter = `${name} eq ${spelt.slice(0, -1)} ${mark}"`;
      const answer = await scim.list('/Users', { filter });
      expect.status(answer, 200);
      expect.set(idsOf(pageOf(answer)), [id], `exactly the id for ${filter}:`, answer);
    },
  },
  {
    id: 'filter.schemas',
    title: 'A filter on schemas finds the resources of that schema',
    clause: 'RFC7644-3.4.2.2-03',
    also: ['RFC7644-3.4.2.2-58'],
    applies: [serves('User'), supports('filter')],
    async run(context: Context) {
      const { family } = await familyAndWords(context);
      const holders = family.residents.filter(({ stored }) =>
        JSON.stringify(stored['schemas']).includes(ENTERPRISE_USER),
      );
      await finds(context, {
        text: `schemas eq ${filterValue(ENTERPRISE_USER)}`,
        paths: [],
        loose: false,
        holds: resource => holders.some(({ stored }) => stored === resource),
      });
    },
  },
  {
    id: 'filter.resource-type',
    title: 'A filter on meta.resourceType finds the resources of that type',
    clause: 'RFC7644-3.4.2.2-03',
    also: ['RFC7644-3.4.2.2-59', 'RFC7644-3.4.2.1-02'],
    applies: [serves('User'), supports('filter')],
    cases: () => [
      { name: 'User', matches: true },
      { name: 'Group', matches: false },
    ],
    async run(context: Context, { name, matches }: Case & { matches: boolean }) {
      const text = `meta.resourceType eq ${filterValue(name)}`;
      await finds(context, { text, paths: [], loose: false, holds: () => matches });
    },
  },
  {
    id: 'filter.members',
    title: 'A filter on members finds the groups of the member and no others',
    clause: 'RFC7644-3.4.2.2-03',
    also: ['RFC7644-3.4.2.2-61'],
    applies: [serves('User'), serves('Group'), supports('filter')],
    cases: () => [
      { name: 'members.value', filter: (id: string) => `members.value eq ${filterValue(id)}` },
      { name: 'value path', filter: (id: string) => `members[value eq ${filterValue(id)}]` },
      { name: 'members', filter: (id: string) => `members eq ${filterValue(id)}` },
    ],
    async run(context: Context, { filter }: Case & { filter: (id: string) => string }) {
      const { given, scim, stored } = context;
      const { residents } = await familyOf(context);
      const [bob, ann] = residents;
      if (!bob || !ann) return;
      const member = await given.user();
      const group = await given.group({ members: [{ value: bob.id }, { value: member.id }] });
      await given.group({ members: [{ value: ann.id }] });
      await given.group();
      if (!memberIds(await stored('/Groups', group.id)).includes(member.id)) {
        throw new NotApplicable('a group does not show the members it was made with');
      }
      const answer = await scim.list('/Groups', { filter: filter(member.id) });
      if (isDeclined(answer)) throw new NotApplicable(`declined: ${describeAnswer(answer)}`);
      expect.status(answer, 200);
      expect.set(idsOf(pageOf(answer)), [group.id], 'exactly the id of its group:', answer);
    },
  },
  {
    id: 'filter.group-name',
    title: 'A filter on groups finds exactly the group of that displayName',
    clause: 'RFC7644-3.4.2.2-03',
    applies: [serves('Group'), supports('filter')],
    async run({ given, scim }: Context) {
      const group = await given.group();
      await given.group({ displayName: `z${group.name}` });
      const answer = await scim.list('/Groups', { filter: `displayName eq ${filterValue(group.name)}` });
      if (isDeclined(answer)) throw new NotApplicable(`declined: ${describeAnswer(answer)}`);
      expect.status(answer, 200);
      expect.set(idsOf(pageOf(answer)), [group.id], 'exactly the id:', answer);
    },
  },
] as const satisfies readonly Check[];
