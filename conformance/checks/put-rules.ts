import { ENTERPRISE_USER } from '../../scim/message/urn.ts';
import { isObject } from '../../scim/message/list.ts';
import type { HttpResponse, JsonObject } from '../../scim/wire/message.ts';
import type { Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { showsReplaced, spares, startGroup, startUser, succeeds, writes, type Subject } from '../run/change.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { keeps, serves } from '../run/facts.ts';
import { fits, isUnset } from '../run/state.ts';
import { put } from '../run/steps.ts';
import { elementOf, lists, simple, twoOf } from '../run/values.ts';
import { Violation } from '../run/violation.ts';

const onUsers = [serves('User')] as const;
const onGroups = [serves('User'), serves('Group')] as const;

const name = { givenName: 'Mira', familyName: 'Okonkwo', middleName: 'Ifeoma' };

/** Attributes that the PUT leaves out may keep, lose or default their values, so only those that it sends are judged. */
async function holds(context: Context, { endpoint, id }: Subject, members: JsonObject, answer: HttpResponse) {
  const after = await context.stored(endpoint, id);
  for (const [attribute, value] of Object.entries(members)) {
    if (!fits(value, after[attribute]))
      throw new Violation(`${attribute} ${show(value)}`, show(after[attribute]), answer);
  }
}

/** PUT (RFC 7644 section 3.5.1). */
export const putRules = [
  {
    id: 'replace.names-other-case',
    title: 'Attribute names in a PUT are read in any case',
    clause: 'RFC7643-2.1-01',
    also: ['RFC7644-3.5.1-03'],
    applies: [...onUsers, keeps('displayName')],
    async run(context) {
      const { scim, given } = context;
      const { id, sent } = await given.user();
      const { displayName: _, ...rest } = sent;
      const displayName = given.unique('renamed');
      const answer = await scim.replace('/Users', id, { ...rest, DISPLAYNAME: displayName });
      succeeds(answer);
      expect.equal((await context.stored('/Users', id))['displayName'], displayName, 'displayName', answer);
    },
  },
  {
    id: 'replace.single',
    title: 'A PUT that changes one single-valued attribute changes that and nothing else',
    clause: 'RFC7644-3.5.1-03',
    applies: onUsers,
    cases: facts =>
      simple.filter(attribute => writes(attribute).unmet(facts) === undefined).map(each => ({ name: each })),
    async run(context, { name: key }) {
      const attribute = simple.find(each => each === key) ?? 'displayName';
      const [old, value] = twoOf(context.given, attribute);
      const subject = await startUser(context, { [attribute]: old });
      await showsReplaced(
        context,
        subject,
        { [attribute]: value },
        await put(context, subject, { [attribute]: value }),
      );
    },
  },
  {
    id: 'replace.list',
    title: 'A PUT replaces all elements of a multi-valued attribute',
    clause: 'RFC7644-3.5.1-03',
    applies: onUsers,
    cases: facts =>
      lists.filter(attribute => writes(attribute).unmet(facts) === undefined).map(each => ({ name: each })),
    async run(context, { name: key }) {
      const list = lists.find(each => each === key) ?? 'emails';
      const { given } = context;
      const subject = await startUser(context, {
        [list]: [elementOf(given, list, 'work'), elementOf(given, list, 'home')],
      });
      const next = { [list]: [elementOf(given, list, 'other'), elementOf(given, list, 'home')] };
      await showsReplaced(context, subject, next, await put(context, subject, next));
    },
  },
  {
    id: 'replace.complex',
    title: 'A PUT sets the sub-attributes of a complex attribute',
    clause: 'RFC7644-3.5.1-03',
    applies: [...onUsers, writes('name')],
    async run(context) {
      const subject = await startUser(context, { name });
      const next = { name: { ...name, givenName: 'Nadia', familyName: 'Adeyemi' } };
      await showsReplaced(context, subject, next, await put(context, subject, next));
    },
  },
  {
    id: 'replace.active',
    title: 'A user is switched off and on again by a PUT',
    clause: 'RFC7644-3.5.1-03',
    also: ['RFC7643-4.1.1-15'],
    applies: [...onUsers, writes('active')],
    cases: () => [{ name: 'off' }, { name: 'on' }],
    async run(context, { name: key }) {
      const active = key === 'on';
      const subject = await startUser(context, { active: !active });
      await showsReplaced(context, subject, { active }, await put(context, subject, { active }));
    },
  },
  {
    id: 'replace.text',
    title: 'Text that is not ASCII arrives by PUT as it was sent',
    clause: 'RFC7644-3.5.1-03',
    applies: [...onUsers, keeps('displayName')],
    async run(context) {
      const subject = await startUser(context);
      const next = { displayName: 'Zoë "Žofie" Ωmega \\ 李小龍 👩🏽‍🚀' };
      await showsReplaced(context, subject, next, await put(context, subject, next));
    },
  },
  {
    id: 'replace.omitted',
    title: 'What becomes of an attribute that a PUT leaves out',
    clause: 'RFC7644-3.5.1-04',
    applies: [...onUsers, writes('nickName')],
    async run(context) {
      const subject = await startUser(context, { nickName: 'Quill' });
      await put(context, subject, { nickName: null });
      const { nickName } = await context.stored('/Users', subject.id);
      return { observed: `nickName is ${isUnset(nickName) ? 'cleared' : show(nickName)}` };
    },
  },
  {
    id: 'replace.cleared',
    title: 'null and an empty list in a PUT take the values away',
    clause: 'RFC7643-2.5-02',
    applies: onUsers,
    cases: facts =>
      (['nickName', 'phoneNumbers', 'name'] as const)
        .filter(each => [writes(each), spares(each)].every(condition => condition.unmet(facts) === undefined))
        .map(each => ({ name: each })),
    async run(context, { name: attribute }) {
      const start: JsonObject =
        attribute === 'nickName'
          ? { nickName: 'Quill' }
          : attribute === 'name'
            ? { name }
            : { phoneNumbers: [elementOf(context.given, 'phoneNumbers', 'work')] };
      const subject = await startUser(context, start);
      const body = { ...subject.sent, [attribute]: attribute === 'phoneNumbers' ? [] : null };
      const answer = await context.scim.replace('/Users', subject.id, body);
      if (answer.status === undefined || answer.status > 299) {
        throw new Violation('status 200', describeAnswer(answer), answer);
      }
      await showsReplaced(context, subject, { [attribute]: null }, answer);
    },
  },
  {
    id: 'replace.extension',
    title: 'A PUT replaces the attributes of an extension',
    clause: 'RFC7644-3.5.1-17',
    applies: onUsers,
    async run(context) {
      const subject = await startUser(context, { [ENTERPRISE_USER]: { department: 'Foundry', costCenter: '4130' } });
      const next = { [ENTERPRISE_USER]: { department: 'Smithy', costCenter: '4130' } };
      await showsReplaced(context, subject, next, await put(context, subject, next));
    },
  },
  {
    id: 'replace.rename',
    title: 'A user that is given another userName by PUT keeps its id and everything else',
    clause: 'RFC7643-3.1-07',
    applies: onUsers,
    async run(context) {
      const { given } = context;
      const subject = await startUser(context, { emails: [elementOf(given, 'emails', 'work')] });
      const next = { userName: `${given.unique('renamed')}@${given.domain}` };
      await showsReplaced(context, subject, next, await put(context, subject, next));
    },
  },
  {
    id: 'replace.group',
    title: 'A PUT renames a group, and without members it may keep or lose them',
    clause: 'RFC7644-3.5.1-03',
    applies: onGroups,
    async run(context) {
      const member = { value: (await context.given.user()).id };
      const group = await startGroup(context, { members: [member] });
      const next = { displayName: context.given.unique('second') };
      await holds(context, group, next, await put(context, group, { ...next, members: null }));
    },
  },
  {
    id: 'replace.members-cleared',
    title: 'A PUT with an empty list of members empties the group',
    clause: 'RFC7644-3.5.1-16',
    applies: onGroups,
    async run(context) {
      const members = [{ value: (await context.given.user()).id }, { value: (await context.given.user()).id }];
      const group = await startGroup(context, { members });
      await showsReplaced(context, group, { members: null }, await put(context, group, { members: [] }));
    },
  },
  {
    id: 'replace.one-primary',
    title: 'After a PUT with two primary elements at most one is',
    clause: 'RFC7643-2.4-03',
    applies: [...onUsers, writes('emails')],
    async run(context) {
      const { given, scim } = context;
      const subject = await startUser(context, { emails: [{ ...elementOf(given, 'emails', 'work'), primary: true }] });
      const emails = (['work', 'home'] as const).map(type =>
        Object.assign(elementOf(given, 'emails', type), { primary: true }),
      );
      const answer = await scim.replace('/Users', subject.id, { ...subject.sent, emails });
      if (answer.status !== 200) expect.status(answer, 400);
      const after = (await context.stored('/Users', subject.id))['emails'];
      const primary = (Array.isArray(after) ? after : []).filter(isObject).filter(each => each['primary'] === true);
      expect.that(primary.length <= 1, 'at most one primary address', show(after), answer);
    },
  },
] as const satisfies readonly Check[];
