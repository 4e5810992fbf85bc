import { filterValue } from '../../scim/message/patch.ts';
import { isObject } from '../../scim/message/list.ts';
import type { Check } from '../run/check.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { flagOf, keeps, serves, supports } from '../run/facts.ts';
import { filtered, memberIds, onEachType, patched, succeeded } from '../run/steps.ts';
import { isSameVersion, isWeak, put, tagOf, versionIn, writes } from '../run/versions.ts';
import { Blocked, NotApplicable } from '../run/violation.ts';

const applies = [serves('User'), supports('etag')];

/** ETag and meta.version: where they are and when they move (RFC 7644 section 3.14). */
export const versions = [
  {
    id: 'version.header',
    title: 'A resource that is read comes with an ETag',
    clause: 'RFC7644-3.14-02',
    also: ['RFC7643-5-19'],
    applies: [supports('etag')],
    ...onEachType(async ({ scim }, endpoint, { id }) => {
      const answer = await scim.read(endpoint, id);
      if (answer.status !== 200) throw new Blocked('read.by-id', describeAnswer(answer));
      expect.header(answer, 'ETag');
    }),
  },
  {
    id: 'version.in-meta',
    title: 'A resource that is read repeats its ETag in meta.version',
    clause: 'RFC7644-3.14-03',
    applies: [supports('etag')],
    ...onEachType(async (context, endpoint, { id }) => {
      const tag = await tagOf(context, endpoint, id);
      const version = versionIn(await context.stored(endpoint, id));
      expect.that(version === tag, `meta.version ${show(tag)}`, show(version));
    }),
  },
  {
    id: 'version.strength',
    title: 'A version may be marked as weak',
    clause: 'RFC7644-3.14-01',
    applies,
    async run(context) {
      const { id } = await context.given.user();
      return { observed: isWeak(await tagOf(context, '/Users', id)) ? 'weak' : 'strong' };
    },
  },
  {
    id: 'version.without-flag',
    title: 'meta.version where versions are not offered',
    clause: 'RFC7643-3.1-25',
    applies: [serves('User')],
    async run(context) {
      if (flagOf(context.facts, 'etag') === true) throw new NotApplicable('versions are offered');
      const { id } = await context.given.user();
      return { observed: `meta.version ${show(versionIn(await context.stored('/Users', id)))}` };
    },
  },
  {
    id: 'version.changes',
    title: 'The ETag of a user changes with each change of the user',
    clause: 'RFC7644-3.14-07',
    applies: [...applies, keeps('displayName')],
    cases: writes,
    async run(context, { name }) {
      const write = writes(context.facts).find(each => each.name === name)?.write ?? put;
      const user = await context.given.user();
      const seen = [await tagOf(context, '/Users', user.id)];
      for (const displayName of ['Version Two', 'Version Three']) {
        succeeded(await write(context, user, displayName), name === 'PUT' ? 'replace.status' : 'patch.status');
        if ((await context.stored('/Users', user.id))['displayName'] !== displayName) {
          throw new Blocked(name === 'PUT' ? 'replace.read-back' : 'patch.replace-read-back', 'nothing has changed');
        }
        seen.push(await tagOf(context, '/Users', user.id));
      }
      const distinct = new Set(seen.map(tag => tag.replace(/^W\//i, '')));
      expect.that(distinct.size === seen.length, 'another ETag after each change', show(seen));
    },
  },
  {
    id: 'version.changes-with-members',
    title: 'The ETag of a group changes with its members',
    clause: 'RFC7644-3.14-07',
    applies: [...applies, serves('Group')],
    async run(context) {
      const user = await context.given.user();
      const group = await context.given.group();
      const before = await tagOf(context, '/Groups', group.id);
      const members = [{ value: user.id }];
      succeeded(await context.scim.replace('/Groups', group.id, { ...group.sent, members }), 'replace.status');
      if (!memberIds(await context.stored('/Groups', group.id)).includes(user.id)) {
        throw new Blocked('replace.members', 'the group has not got the member');
      }
      const after = await tagOf(context, '/Groups', group.id);
      expect.that(!isSameVersion(before, after), 'another ETag than before', show(after));
    },
  },
  {
    id: 'version.stays-while-read',
    title: 'The ETag of a resource stays while nobody changes it',
    clause: 'RFC7644-3.14-07',
    applies: [supports('etag')],
    ...onEachType(async (context, endpoint, { id }) => {
      const before = await tagOf(context, endpoint, id);
      await context.stored(endpoint, id);
      const after = await tagOf(context, endpoint, id);
      expect.that(isSameVersion(before, after), `the ETag ${show(before)} again`, show(after));
    }),
  },
  {
    id: 'version.stays-without-change',
    title: 'The ETag of a user stays when a value is added that is there already',
    clause: 'RFC7644-3.14-07',
    applies: [...applies, supports('patch'), keeps('displayName')],
    async run(context) {
      const { id } = await context.given.user();
      const { displayName = '' } = await context.stored('/Users', id);
      const before = await tagOf(context, '/Users', id);
      await patched(context, '/Users', id, [{ op: 'add', path: 'displayName', value: displayName }]);
      const after = await tagOf(context, '/Users', id);
      expect.that(isSameVersion(before, after), `the ETag ${show(before)} again`, show(after));
    },
  },
  {
    id: 'version.of-other-resource-stays',
    title: 'The ETag of a user stays when another user is changed',
    clause: 'RFC7644-3.14-07',
    applies,
    async run(context) {
      const [user, other] = [await context.given.user(), await context.given.user()];
      const before = await tagOf(context, '/Users', user.id);
      succeeded(await put(context, other, 'Version Other'), 'replace.status');
      const after = await tagOf(context, '/Users', user.id);
      expect.that(isSameVersion(before, after), `the ETag ${show(before)} again`, show(after));
    },
  },
  {
    id: 'version.in-list',
    title: 'Entries of a list show the version that a read of the resource shows',
    clause: 'RFC7644-3.14-08',
    applies: [...applies, supports('filter')],
    async run(context) {
      const { id, name } = await context.given.user();
      const { resources } = await filtered(context, '/Users', `userName eq ${filterValue(name)}`);
      const entry = resources.find(resource => resource['id'] === id);
      if (!entry) throw new Blocked('filter.user-name-eq', 'the user is not found by its userName');
      const tag = await tagOf(context, '/Users', id);
      const version = versionIn(entry);
      expect.that(version !== undefined && isSameVersion(version, tag), `meta.version ${show(tag)}`, show(version));
    },
  },
  {
    id: 'version.after-patch',
    title: 'The ETag in the answer to a PATCH is that of the new version',
    clause: 'RFC7644-3.14-07',
    applies: [...applies, supports('patch'), keeps('displayName')],
    async run(context) {
      const user = await context.given.user();
      const write = writes(context.facts).find(({ name }) => name === 'PATCH')?.write ?? put;
      const answer = await write(context, user, 'Version Patch');
      succeeded(answer, 'patch.status');
      const given = answer.headers['etag'];
      if (!given) return { observed: 'no ETag in the answer to a PATCH' };
      const now = await tagOf(context, '/Users', user.id);
      expect.that(isSameVersion(given, now), `the ETag of the next read, ${show(now)}`, show(given), answer);
      return undefined;
    },
  },
  {
    id: 'version.after-create',
    title: 'The version in the answer to a create is that of the next read',
    clause: 'RFC7644-3.14-07',
    applies,
    async run(context) {
      const answer = await context.scim.create('/Users', context.given.userDraft());
      succeeded(answer, 'create.status');
      const id = isObject(answer.json) ? answer.json['id'] : undefined;
      const given = answer.headers['etag'] ?? versionIn(answer.json);
      if (typeof id !== 'string') throw new NotApplicable('the answer to the create has no body');
      if (!given) return { observed: 'no version in the answer to a create' };
      const now = await tagOf(context, '/Users', id);
      expect.that(isSameVersion(given, now), `the ETag of the next read, ${show(now)}`, show(given), answer);
      return undefined;
    },
  },
] as const satisfies readonly Check[];
