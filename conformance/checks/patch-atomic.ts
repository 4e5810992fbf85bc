import { filterValue, type PatchOperation } from '../../scim/message/patch.ts';
import { isErrorMessage } from '../../scim/message/error.ts';
import { isObject } from '../../scim/message/list.ts';
import type { Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { shows, startGroup, startUser, workingUser, writes } from '../run/change.ts';
import { isRefused, neverRight, refused, refusedPatch } from '../run/refused.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { serves, supports } from '../run/facts.ts';
import { fits, isUnset } from '../run/state.ts';
import { memberIds, patch as send } from '../run/steps.ts';
import { elementOf } from '../run/values.ts';
import { Blocked, Violation } from '../run/violation.ts';
import { somebodyNamed } from './anybody.ts';

const onUsers = [serves('User'), supports('patch')] as const;
const onGroups = [serves('User'), serves('Group'), supports('patch')] as const;

const wrongLater = (given: Context['given']): Readonly<Record<string, PatchOperation>> => ({
  'read-only': { op: 'replace', path: 'id', value: given.unique('chosen') },
  'no-target': { op: 'replace', path: 'emails[type eq "pager"].value', value: `x@${given.domain}` },
  'remove-without-path': { op: 'remove' },
  'wrong-type': { op: 'replace', path: 'active', value: 'perhaps' },
});

/** What a PATCH may not get at: readOnly attributes, the names of others, half of what was asked (RFC 7644 section 3.5.2). */
export const patchAtomic = [
  {
    id: 'patch.read-only-attribute',
    title: 'A PATCH of a readOnly attribute is refused and changes nothing',
    clause: 'RFC7644-3.5.2-12',
    also: ['RFC7644-3.5.2-16', 'RFC7643-7-17'],
    applies: onUsers,
    cases: () => [{ name: 'id' }, { name: 'id-added' }, { name: 'meta-created' }, { name: 'meta' }],
    async run(context, { name }) {
      const subject = await workingUser(context);
      const created = '1999-01-01T00:00:00Z';
      const operations: Readonly<Record<string, PatchOperation>> = {
        id: { op: 'replace', path: 'id', value: context.given.unique('chosen') },
        'id-added': { op: 'add', path: 'id', value: context.given.unique('chosen') },
        'meta-created': { op: 'replace', path: 'meta.created', value: created },
        meta: { op: 'replace', path: 'meta', value: { created, resourceType: 'Nonsense' } },
      };
      const operation = operations[name];
      const answer = await send(context, '/Users', subject.id, operation ? [operation] : []);
      const { meta } = await shows(context, subject, {}, answer);
      const kept = [meta, subject.before['meta']].map(each => (isObject(each) ? each['created'] : undefined));
      expect.equal(kept[0], kept[1], 'meta.created as before:', answer);
      refused(answer);
    },
  },
  {
    id: 'patch.read-only-groups',
    title: 'A PATCH of the groups of a user is refused and changes no membership',
    clause: 'RFC7644-3.5.2-12',
    also: ['RFC7643-4.1.2-19', 'RFC7643-7-17'],
    applies: onGroups,
    async run(context) {
      const subject = await startUser(context);
      const group = await startGroup(context);
      const answer = await send(context, '/Users', subject.id, [
        { op: 'add', path: 'groups', value: [{ value: group.id }] },
      ]);
      expect.set(memberIds(await context.stored('/Groups', group.id)), [], 'members as before:', answer);
      refused(answer);
    },
  },
  {
    id: 'patch.read-only-echo',
    title: 'What a PATCH without path makes of readOnly members that are as they were',
    clause: 'RFC7644-3.5.2-11',
    applies: onUsers,
    async run(context) {
      const { id, before } = await startUser(context);
      const { meta = null } = before;
      const displayName = context.given.unique('renamed');
      const answer = await send(context, '/Users', id, [{ op: 'replace', value: { id, meta, displayName } }]);
      return { observed: describeAnswer(answer) };
    },
  },
  {
    id: 'patch.unknown-attribute',
    title: 'What a PATCH of an attribute outside the schema is answered with',
    clause: 'RFC7644-3.5.2-11',
    applies: onUsers,
    async run(context) {
      const { id } = await startUser(context);
      const operation = { op: 'add', path: 'noSuchAttribute', value: 'x' } as const;
      return { observed: describeAnswer(await send(context, '/Users', id, [operation])) };
    },
  },
  {
    id: 'patch.required-null',
    title: 'A userName cannot be replaced by null',
    clause: 'RFC7644-3.5.2-28',
    applies: onUsers,
    async run(context) {
      const subject = await startUser(context);
      const answer = await send(context, '/Users', subject.id, [{ op: 'replace', path: 'userName', value: null }]);
      expect.status(answer, 400);
      await shows(context, subject, {}, answer);
    },
  },
  {
    id: 'patch.null',
    title: 'A value that is replaced by null is gone',
    clause: 'RFC7643-2.5-02',
    applies: [...onUsers, writes('nickName')],
    cases: () => [{ name: 'path' }, { name: 'without-path' }],
    async run(context, { name }) {
      const subject = await startUser(context, { nickName: 'Quill' });
      const operation: PatchOperation =
        name === 'path'
          ? { op: 'replace', path: 'nickName', value: null }
          : { op: 'replace', value: { nickName: null } };
      const answer = await send(context, '/Users', subject.id, [operation]);
      // No sentence of RFC 7644 section 3.5.2 gives null a meaning, so a refusal is somebody's right answer.
      if (answer.status === 400) return { observed: describeAnswer(answer) };
      await shows(context, subject, { nickName: null }, answer);
      return undefined;
    },
  },
  {
    id: 'patch.null-part',
    title: 'A sub-attribute that is replaced by null together with another is gone',
    clause: 'RFC7643-2.5-02',
    applies: [...onUsers, writes('name')],
    cases: () => [{ name: 'path' }, { name: 'without-path' }],
    async run(context, { name: form }) {
      const name = { givenName: 'Mira', familyName: 'Okonkwo', middleName: 'Ifeoma' };
      const subject = await startUser(context, { name });
      const value = { givenName: 'Nadia', middleName: null };
      const operation: PatchOperation =
        form === 'path' ? { op: 'replace', path: 'name', value } : { op: 'replace', value: { name: value } };
      const answer = await send(context, '/Users', subject.id, [operation]);
      if (isRefused(answer)) return { observed: describeAnswer(answer) };
      // Whether what the operation does not name stays is the finding of patch.replace-complex.
      const { name: came } = await context.stored('/Users', subject.id);
      const shown = isObject(came) ? came : {};
      expect.that(fits('Nadia', shown['givenName']), 'givenName "Nadia"', show(shown['givenName']), answer);
      const { middleName } = shown;
      if (isUnset(middleName) || middleName === '') return undefined;
      // What an operation does not name stays, and null may be read as nothing that is named.
      throw new Violation('no middleName', `middleName ${show(middleName)}`, answer, 'warning');
    },
  },
  {
    id: 'patch.conflict',
    title: 'A PATCH onto the userName of another user is refused with 409 or 400',
    clause: 'RFC7644-3.5.2-27',
    also: ['RFC7643-7-29'],
    applies: onUsers,
    async run(context) {
      const [other, subject] = [await somebodyNamed(context), await workingUser(context)];
      const answer = await send(context, '/Users', subject.id, [
        { op: 'replace', path: 'userName', value: other.name },
      ]);
      expect.status(answer, 409, 400);
      const keyword = isErrorMessage(answer.json) ? answer.json.scimType : undefined;
      const right = keyword === undefined || keyword === 'uniqueness';
      expect.that(right, 'scimType "uniqueness"', describeAnswer(answer), answer);
    },
  },
  {
    id: 'patch.user-name-unique',
    title: 'No PATCH gives a user the userName of another',
    clause: 'RFC7643-4.1.1-02',
    applies: onUsers,
    cases: () => [{ name: 'same' }, { name: 'other-case' }, { name: 'without-path' }],
    async run(context, { name: kind }) {
      const other = await startUser(context);
      const subject = await startUser(context);
      const { userName } = other.sent;
      const taken = typeof userName === 'string' ? userName : '';
      const value = kind === 'other-case' ? taken.toUpperCase() : taken;
      const operation: PatchOperation =
        kind === 'without-path'
          ? { op: 'replace', value: { userName: value } }
          : { op: 'replace', path: 'userName', value };
      const answer = await send(context, '/Users', subject.id, [operation]);
      await shows(context, subject, {}, answer);
      await shows(context, other, {}, answer);
    },
  },
  {
    id: 'patch.atomic-whole',
    title: 'A PATCH whose last operation is refused leaves the whole resource and its dates as they were',
    clause: 'RFC7644-3.5.2-23',
    applies: [...onUsers, writes('emails')],
    cases: () => ['read-only', 'no-target', 'remove-without-path', 'wrong-type'].map(name => ({ name })),
    async run(context, { name }) {
      const { given } = context;
      const subject = await startUser(context, { emails: [elementOf(given, 'emails', 'work')] });
      const wrong = wrongLater(given)[name];
      const operations: PatchOperation[] = [
        { op: 'replace', path: 'displayName', value: given.unique('half') },
        { op: 'add', path: 'emails', value: [elementOf(given, 'emails', 'home')] },
        ...(wrong ? [wrong] : []),
      ];
      const answer = await refusedPatch(context, subject, operations, 'patch.read-only');
      const { meta } = await shows(context, subject, {}, answer);
      expect.equal(meta, subject.before['meta'] ?? null, 'meta as before:', answer);
    },
  },
  {
    id: 'patch.atomic-members',
    title: 'A PATCH of a group whose last operation is refused changes no membership',
    clause: 'RFC7644-3.5.2-23',
    applies: onGroups,
    async run(context) {
      const [member, joiner] = [await context.given.user(), await context.given.user()];
      for (const wrong of neverRight) {
        const group = await startGroup(context, { members: [{ value: member.id }] });
        const operations: PatchOperation[] = [
          { op: 'add', path: 'members', value: [{ value: joiner.id }] },
          { op: 'remove', path: `members[value eq ${filterValue(member.id)}]` },
          wrong,
        ];
        const answer = await send(context, group.endpoint, group.id, operations);
        if (isRefused(answer)) return void (await shows(context, group, {}, answer));
      }
      throw new Blocked('patch.remove-without-path', 'the target refuses none of the operations');
    },
  },
] as const satisfies readonly Check[];
