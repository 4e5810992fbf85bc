import { isObject } from '../../scim/message/list.ts';
import type { Check } from '../run/check.ts';
import { change, changing, changingEach, shows, spares, startUser, succeeds, writes } from '../run/change.ts';
import { excuse } from '../run/excuse.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { serves, supports } from '../run/facts.ts';
import { createdId } from '../run/given.ts';
import { fits, isUnset } from '../run/state.ts';
import { elementOf, lists, simple, twoOf } from '../run/values.ts';
import { patch as send } from '../run/steps.ts';
import { NotApplicable, Violation } from '../run/violation.ts';
import { anybody } from './anybody.ts';

const onUsers = [serves('User'), supports('patch')] as const;
const single = { attributes: simple, conditions: [writes] } as const;
const multiple = { attributes: lists, conditions: [writes] } as const;

const name = { givenName: 'Mira', familyName: 'Okonkwo', middleName: 'Ifeoma' };

/** PATCH replace (RFC 7644 section 3.5.2.3). */
export const patchReplace = [
  changingEach(
    {
      id: 'patch.replace-single',
      title: 'A single-valued attribute that is replaced has the new value, and all else is as before',
      clause: 'RFC7644-3.5.2.3-02',
      also: ['RFC7643-7-18'],
    },
    single,
    (given, attribute) => {
      const [old, value] = twoOf(given, attribute);
      return {
        start: { [attribute]: old },
        operations: [{ op: 'replace', path: attribute, value }],
        gives: { [attribute]: value },
      };
    },
  ),
  {
    id: 'patch.replace-active',
    title: 'A user is switched off and on again by a PATCH of active',
    clause: 'RFC7644-3.5.2.3-02',
    also: ['RFC7643-4.1.1-15'],
    applies: [...onUsers, writes('active')],
    cases: () => [{ name: 'off' }, { name: 'on' }, { name: 'off-without-path' }],
    async run(context, { name: kind }) {
      const value = kind === 'on';
      const subject = await startUser(context, { active: !value });
      const operation = kind.endsWith('path')
        ? ({ op: 'replace', value: { active: value } } as const)
        : ({ op: 'replace', path: 'active', value } as const);
      await change(context, subject, [operation], { active: value });
    },
  },
  {
    id: 'patch.rename',
    title: 'A user that is given another userName keeps its id and everything else',
    clause: 'RFC7643-3.1-07',
    applies: [...onUsers, writes('userName')],
    async run(context) {
      const { given } = context;
      const subject = await startUser(context, { emails: [elementOf(given, 'emails', 'work')] });
      const userName = `${given.unique('renamed')}@${given.domain}`;
      const answer = await send(context, '/Users', subject.id, [{ op: 'replace', path: 'userName', value: userName }]);
      const { status = 0 } = answer;
      expect.that(status >= 200 && status < 300, 'the PATCH to succeed', describeAnswer(answer), answer);
      await shows(context, subject, { userName }, answer);
    },
  },
  changing(
    {
      id: 'patch.replace-text',
      title: 'Text that is not ASCII arrives as it was sent',
      clause: 'RFC7644-3.5.2.3-02',
      also: ['RFC7643-7-14'],
    },
    [writes('externalId')],
    given => {
      const displayName = 'Zoë "Žofie" Ωmega \\ 李小龍 👩🏽‍🚀';
      const externalId = given.unique('Ext-Ünïcode');
      return {
        operations: [{ op: 'replace', value: { displayName, externalId } }],
        gives: { displayName, externalId },
        start: { externalId: given.unique('ext') },
      };
    },
  ),
  {
    id: 'patch.case-kept',
    title: 'An externalId that a PATCH sets keeps its case',
    clause: 'RFC7643-7-14',
    applies: [...onUsers, writes('externalId')],
    async run(context) {
      const subject = await startUser(context, { externalId: context.given.unique('ext') });
      const externalId = context.given.unique('MiXed-Case');
      await change(context, subject, [{ op: 'replace', path: 'externalId', value: externalId }], { externalId });
      expect.equal((await context.stored('/Users', subject.id))['externalId'], externalId, 'externalId');
    },
  },
  changingEach(
    {
      id: 'patch.replace-list',
      title: 'A multi-valued attribute that is replaced has the new elements and no old one',
      clause: 'RFC7644-3.5.2.3-03',
    },
    multiple,
    (given, list) => {
      const value = elementOf(given, list, 'other');
      return {
        start: { [list]: [elementOf(given, list, 'work'), elementOf(given, list, 'home')] },
        operations: [{ op: 'replace', path: list, value: [value] }],
        gives: { [list]: [value] },
      };
    },
  ),
  changingEach(
    {
      id: 'patch.replace-absent',
      title: 'A replacement of an attribute without value adds it',
      clause: 'RFC7644-3.5.2.3-04',
    },
    { ...single, attributes: ['nickName', 'title', 'externalId'] as const },
    (given, attribute) => {
      const [value] = twoOf(given, attribute);
      return { operations: [{ op: 'replace', path: attribute, value }], gives: { [attribute]: value } };
    },
  ),
  changingEach(
    {
      id: 'patch.replace-absent-list',
      title: 'A replacement of a list without elements adds them',
      clause: 'RFC7644-3.5.2.3-04',
    },
    { ...multiple, attributes: ['phoneNumbers', 'addresses'] as const },
    (given, list) => {
      const value = [elementOf(given, list, 'work')];
      return { operations: [{ op: 'replace', path: list, value }], gives: { [list]: value } };
    },
  ),
  changing(
    {
      id: 'patch.replace-complex',
      title: 'A replacement of a complex attribute leaves the sub-attributes that it does not name',
      clause: 'RFC7644-3.5.2.3-05',
    },
    [writes('name')],
    () => ({
      start: { name },
      operations: [{ op: 'replace', path: 'name', value: { givenName: 'Nadia' } }],
      gives: { name: { ...name, givenName: 'Nadia' } },
    }),
  ),
  changing(
    {
      id: 'patch.replace-sub-attribute',
      title: 'A sub-attribute that is replaced has the new value, and the others are as before',
      clause: 'RFC7644-3.5.2.3-02',
      also: ['RFC7644-3.5.2-09'],
    },
    [writes('name')],
    () => ({
      start: { name },
      operations: [{ op: 'replace', path: 'name.familyName', value: 'Adeyemi' }],
      gives: { name: { ...name, familyName: 'Adeyemi' } },
    }),
  ),
  {
    id: 'patch.part-of-absent',
    title: 'A sub-attribute is set although the complex attribute that holds it has no value yet',
    clause: 'RFC7644-3.5.2.3-04',
    also: ['RFC7644-3.5.2.1-04'],
    applies: [...onUsers, writes('name'), spares('name'), spares('name.familyName')],
    cases: () => [{ name: 'add' }, { name: 'replace' }],
    async run(context, { name: op }) {
      const { given, scim, stored } = context;
      await anybody(context);
      const made = await scim.create('/Users', given.userDraft({ name: null }));
      const id = createdId(made);
      if (id === undefined) throw new NotApplicable(`a user without name is refused: ${describeAnswer(made)}`);
      const before = await stored('/Users', id);
      if (!isUnset(before['name'])) throw new NotApplicable('the target makes a name of its own');
      const path = 'name.givenName';
      const answer = await send(context, '/Users', id, [
        op === 'add' ? { op, path, value: 'Nadia' } : { op: 'replace', path, value: 'Nadia' },
      ]);
      const { name: came } = await stored('/Users', id);
      if (isObject(came) && fits('Nadia', came['givenName'])) return;
      const name = { givenName: 'Nadia' };
      const alone = await scim.create('/Users', given.userDraft({ name }));
      if (createdId(alone) === undefined) throw new NotApplicable('a name of one part is refused');
      await excuse(context, { type: 'User', endpoint: '/Users', id, before }, { name }, answer);
      succeeds(answer);
      throw new Violation('name.givenName "Nadia"', `name ${show(came)}`, answer);
    },
  },
  changing(
    {
      id: 'patch.replace-several',
      title: 'Without a path several attributes are replaced, lists whole, and the others are as before',
      clause: 'RFC7644-3.5.2.3-01',
    },
    [writes('emails'), writes('name')],
    given => {
      const displayName = given.unique('second');
      const emails = [elementOf(given, 'emails', 'other')];
      return {
        start: { name, emails: [elementOf(given, 'emails', 'work'), elementOf(given, 'emails', 'home')] },
        operations: [{ op: 'replace', value: { displayName, emails, name: { givenName: 'Nadia' } } }],
        gives: { displayName, emails, name: { ...name, givenName: 'Nadia' } },
      };
    },
  ),
  {
    id: 'patch.replace-same',
    title: 'A replacement by the value that is there succeeds and changes nothing',
    clause: 'RFC7644-3.5.2.3-09',
    applies: [...onUsers, writes('emails')],
    cases: () => [{ name: 'displayName' }, { name: 'emails' }, { name: 'name' }],
    async run(context, { name: path }) {
      const subject = await startUser(context, { emails: [elementOf(context.given, 'emails', 'work')] });
      const value = subject.before[path] ?? null;
      await change(context, subject, [{ op: 'replace', path, value }], { [path]: value });
    },
  },
] as const satisfies readonly Check[];
