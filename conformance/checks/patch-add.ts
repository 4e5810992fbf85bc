import { ENTERPRISE_USER } from '../../scim/message/urn.ts';
import type { PatchOperation } from '../../scim/message/patch.ts';
import { isObject } from '../../scim/message/list.ts';
import type { JsonObject } from '../../scim/wire/message.ts';
import type { Check } from '../run/check.ts';
import { change, changing, changingEach, startUser, writes } from '../run/change.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { serves, supports } from '../run/facts.ts';
import type { Given } from '../run/given.ts';
import { elementOf, lists, simple, twoOf } from '../run/values.ts';
import { alike, fits, isUnset } from '../run/state.ts';
import { patch as send, succeeded } from '../run/steps.ts';
import { Blocked } from '../run/violation.ts';

const onUsers = [serves('User'), supports('patch')] as const;
const single = { attributes: simple, conditions: [writes] } as const;
const multiple = { attributes: lists, conditions: [writes] } as const;

const name = { givenName: 'Mira', familyName: 'Okonkwo' };
const startAt = (given: Given): JsonObject => elementOf(given, 'emails', 'work');
const primaryOf = (element: JsonObject): JsonObject => ({ ...element, primary: true });

/** Elements with primary true, by what tells them apart. */
const primaries = (emails: unknown): readonly unknown[] =>
  Array.isArray(emails) ? emails.filter(isObject).filter(({ primary }) => primary === true) : [];

/** PATCH add (RFC 7644 section 3.5.2.1). */
export const patchAdd = [
  changingEach(
    {
      id: 'patch.add-absent',
      title: 'An attribute without value takes the one that is added',
      clause: 'RFC7644-3.5.2.1-04',
    },
    { ...single, attributes: simple.filter(attribute => attribute !== 'displayName') },
    (given, attribute) => {
      const [value] = twoOf(given, attribute);
      return { operations: [{ op: 'add', path: attribute, value }], gives: { [attribute]: value } };
    },
  ),
  changingEach(
    {
      id: 'patch.add-over',
      title: 'A value that is added to a single-valued attribute takes the place of the old one',
      clause: 'RFC7644-3.5.2.1-08',
    },
    { ...single, attributes: ['displayName', 'nickName', 'title'] as const },
    (given, attribute) => {
      const [old, value] = twoOf(given, attribute);
      return {
        start: { [attribute]: old },
        operations: [{ op: 'add', path: attribute, value }],
        gives: { [attribute]: value },
      };
    },
  ),
  changingEach(
    {
      id: 'patch.add-element',
      title: 'An element that is added joins those who are there',
      clause: 'RFC7644-3.5.2.1-06',
    },
    multiple,
    (given, list) => {
      const [old, value] = [elementOf(given, list, 'work'), elementOf(given, list, 'home')];
      return {
        start: { [list]: [old] },
        operations: [{ op: 'add', path: list, value: [value] }],
        gives: { [list]: [old, value] },
      };
    },
  ),
  changingEach(
    {
      id: 'patch.add-elements',
      title: 'All elements that one operation adds are there afterwards',
      clause: 'RFC7644-3.5.2.1-06',
    },
    multiple,
    (given, list) => {
      const old = elementOf(given, list, 'work');
      const value = [elementOf(given, list, 'home'), elementOf(given, list, 'other')];
      return {
        start: { [list]: [old] },
        operations: [{ op: 'add', path: list, value }],
        gives: { [list]: [old, ...value] },
      };
    },
  ),
  changing(
    {
      id: 'patch.add-single-object',
      title: 'An element can be added as an object without a list around it',
      clause: 'RFC7644-3.5.2.1-07',
    },
    [writes('emails')],
    given => {
      const [old, value] = [startAt(given), elementOf(given, 'emails', 'home')];
      return {
        start: { emails: [old] },
        operations: [{ op: 'add', path: 'emails', value }],
        gives: { emails: [old, value] },
      };
    },
  ),
  changingEach(
    {
      id: 'patch.add-first-element',
      title: 'A list without elements takes the first that is added',
      clause: 'RFC7644-3.5.2.1-04',
    },
    { ...multiple, attributes: ['phoneNumbers', 'addresses'] as const },
    (given, list) => {
      const value = elementOf(given, list, 'work');
      return { operations: [{ op: 'add', path: list, value: [value] }], gives: { [list]: [value] } };
    },
  ),
  changingEach(
    {
      id: 'patch.add-element-again',
      title: 'An element that is added a second time is there once',
      clause: 'RFC7644-3.5.2.1-09',
      also: ['RFC7643-2.4-09'],
    },
    multiple,
    (given, list) => {
      const [old, value] = [elementOf(given, list, 'work'), elementOf(given, list, 'home')];
      return {
        start: { [list]: [old, value] },
        operations: [{ op: 'add', path: list, value: [value] }],
        gives: { [list]: [old, value] },
      };
    },
  ),
  {
    id: 'patch.add-again-last-modified',
    title: 'Adding what is there already leaves meta.lastModified alone',
    clause: 'RFC7644-3.5.2.1-10',
    applies: [...onUsers, writes('emails')],
    cases: facts => [{ name: 'emails' }, { name: 'displayName' }].filter(({ name }) => !writes(name).unmet(facts)),
    async run(context, { name: attribute }) {
      const emails = [startAt(context.given)];
      const subject = await startUser(context, { emails });
      // What the provider made of the value, so that nothing about it is new.
      const value = subject.before[attribute] ?? null;
      succeeded(await send(context, '/Users', subject.id, [{ op: 'add', path: attribute, value }]), 'patch.add-over');
      const { meta, [attribute]: kept } = await context.stored('/Users', subject.id);
      if (!alike(kept, value)) throw new Blocked('patch.add-element-again', `${attribute} is ${show(kept)} afterwards`);
      const [was, is] = [subject.before['meta'], meta].map(each => (isObject(each) ? each['lastModified'] : undefined));
      expect.equal(is, was, 'meta.lastModified as before:');
    },
  },
  changing(
    {
      id: 'patch.add-without-path',
      title: 'Without a path each attribute of the value is added',
      clause: 'RFC7644-3.5.2.1-03',
    },
    [writes('emails'), writes('nickName')],
    given => {
      const [old, added] = [startAt(given), elementOf(given, 'emails', 'home')];
      const displayName = given.unique('second');
      return {
        start: { emails: [old] },
        operations: [{ op: 'add', value: { nickName: 'Quill', displayName, emails: [added] } }],
        gives: { nickName: 'Quill', displayName, emails: [old, added] },
      };
    },
  ),
  changing(
    {
      id: 'patch.add-complex',
      title: 'Sub-attributes that are added to a complex attribute join the others',
      clause: 'RFC7644-3.5.2.1-05',
    },
    [writes('name')],
    () => ({
      start: { name },
      operations: [{ op: 'add', path: 'name', value: { middleName: 'Ifeoma' } }],
      gives: { name: { ...name, middleName: 'Ifeoma' } },
    }),
  ),
  changing(
    {
      id: 'patch.add-sub-attribute',
      title: 'A sub-attribute without value takes the one that is added',
      clause: 'RFC7644-3.5.2.1-04',
      also: ['RFC7644-3.5.2-09'],
    },
    [writes('name')],
    () => ({
      start: { name },
      operations: [{ op: 'add', path: 'name.honorificPrefix', value: 'Dr.' }],
      gives: { name: { ...name, honorificPrefix: 'Dr.' } },
    }),
  ),
  changing(
    {
      id: 'patch.add-value-path',
      title: 'A sub-attribute that is added by a value path goes to the element that matches',
      clause: 'RFC7644-3.5.2.1-11',
    },
    [writes('addresses')],
    given => {
      const { region: _, ...work } = elementOf(given, 'addresses', 'work');
      const { region: __, ...home } = elementOf(given, 'addresses', 'home');
      return {
        start: { addresses: [work, home] },
        operations: [{ op: 'add', path: 'addresses[type eq "home"].region', value: 'OR' }],
        gives: {
          addresses: [
            { ...work, region: null },
            { ...home, region: 'OR' },
          ],
        },
      };
    },
  ),
  {
    id: 'patch.add-value-path-no-match',
    title: 'An addition whose value path matches nothing makes the element, as Entra ID counts on',
    clause: 'RFC7644-3.5.2.1-12',
    applies: [...onUsers, writes('emails')],
    async run(context) {
      const [old, element] = [startAt(context.given), elementOf(context.given, 'emails', 'other')];
      const { id } = await startUser(context, { emails: [old] });
      const { value = null } = element;
      const path = 'emails[type eq "other"].value';
      const answer = await send(context, '/Users', id, [{ op: 'add', path, value }]);
      const { emails } = await context.stored('/Users', id);
      const came = `${describeAnswer(answer)}; the user has the addresses ${show(emails)}`;
      expect.that(fits([old, element], emails), 'what Entra ID counts on: the address as a new element', came, answer);
    },
  },
  changing(
    {
      id: 'patch.add-extension',
      title: 'An attribute of an extension is added by its full path, and schemas names the extension',
      clause: 'RFC7644-3.5.2.1-14',
      also: ['RFC7643-3.3-05'],
    },
    [],
    () => ({
      operations: [{ op: 'add', path: `${ENTERPRISE_USER}:department`, value: 'Foundry' }],
      gives: { [ENTERPRISE_USER]: { department: 'Foundry' } },
    }),
  ),
  changing(
    {
      id: 'patch.add-to-extension',
      title: 'An attribute of an extension that is added leaves the others of the extension',
      clause: 'RFC7644-3.5.2.1-14',
    },
    [],
    () => ({
      start: { [ENTERPRISE_USER]: { department: 'Foundry' } },
      operations: [{ op: 'add', path: `${ENTERPRISE_USER}:costCenter`, value: '4130' }],
      gives: { [ENTERPRISE_USER]: { department: 'Foundry', costCenter: '4130' } },
    }),
  ),
  {
    id: 'patch.primary-moves',
    title: 'An element that becomes primary takes that from the one that was',
    clause: 'RFC7644-3.5.2-22',
    applies: [...onUsers, writes('emails')],
    cases: () =>
      ['add', 'add-without-path', 'replace-sub-attribute', 'replace-addresses'].map(each => ({ name: each })),
    async run(context, { name: kind }) {
      const list = kind.endsWith('addresses') ? 'addresses' : 'emails';
      const made = (type: 'work' | 'home' | 'other') => elementOf(context.given, list, type);
      const [first, home, newcomer] = [made('work'), made('home'), primaryOf(made('other'))];
      const subject = await startUser(context, { [list]: [primaryOf(first), home] });
      const operation: PatchOperation =
        kind === 'add'
          ? { op: 'add', path: list, value: [newcomer] }
          : kind === 'add-without-path'
            ? { op: 'add', value: { [list]: [newcomer] } }
            : { op: 'replace', path: `${list}[type eq "home"].primary`, value: true };
      const gives = operation.op === 'add' ? [first, home, newcomer] : [first, primaryOf(home)];
      await change(context, subject, [operation], { [list]: gives });
      const { length } = primaries((await context.stored('/Users', subject.id))[list]);
      expect.that(length === 1, `one primary element of ${list}`, `${length}`);
    },
  },
  {
    id: 'patch.extension-in-schemas',
    title: 'A user that is given its first attribute of an extension names the extension in schemas',
    clause: 'RFC7643-3.3-05',
    applies: onUsers,
    async run(context) {
      const subject = await startUser(context);
      const operation = { op: 'add', path: `${ENTERPRISE_USER}:department`, value: 'Foundry' } as const;
      await change(context, subject, [operation], { [ENTERPRISE_USER]: { department: 'Foundry' } });
      const { schemas, [ENTERPRISE_USER]: extension } = await context.stored('/Users', subject.id);
      if (isUnset(extension)) return;
      const named = Array.isArray(schemas) && schemas.includes(ENTERPRISE_USER);
      expect.that(named, `schemas with ${ENTERPRISE_USER}`, show(schemas));
    },
  },
] as const satisfies readonly Check[];
