import { isObject } from '../../scim/message/list.ts';
import type { Json } from '../../scim/wire/message.ts';
import type { Check } from '../run/check.ts';
import { shows, showsReplaced, startGroup, startUser } from '../run/change.ts';
import { expect, show } from '../run/expect.ts';
import { keeps, serves, supports } from '../run/facts.ts';
import { metaOf } from '../run/shown.ts';
import { alike } from '../run/state.ts';
import { memberIds, put, showsState, succeeded } from '../run/steps.ts';
import { elementOf } from '../run/values.ts';
import { NotApplicable } from '../run/violation.ts';
import { isPrecise } from './precision.ts';

const onUsers = [serves('User')] as const;
const onGroups = [serves('User'), serves('Group')] as const;

const name = { givenName: 'Mira', familyName: 'Okonkwo', middleName: 'Ifeoma' };

const instantOf = (value: Json | undefined): number => (typeof value === 'string' ? Date.parse(value) : NaN);

/** A PUT as a whole: what was read put back, and what it may not touch (RFC 7644 section 3.5.1). */
export const putWhole = [
  {
    id: 'replace.read-only-ignored',
    title: 'meta and groups in a PUT are ignored',
    clause: 'RFC7644-3.5.1-08',
    also: ['RFC7643-7-17', 'RFC7643-3.1-16'],
    applies: onUsers,
    cases: facts => [{ name: 'meta' }, ...(serves('Group').unmet(facts) === undefined ? [{ name: 'groups' }] : [])],
    async run(context, { name: key }) {
      const subject = await startUser(context);
      await put(context, subject, {});
      const group = key === 'groups' ? await startGroup(context) : undefined;
      const members = group
        ? { groups: [{ value: group.id }] }
        : { meta: { created: '1999-01-01T00:00:00Z', resourceType: 'Nonsense', location: 'http://x/' } };
      const answer = await context.scim.replace('/Users', subject.id, { ...subject.sent, ...members });
      expect.status(answer, 200);
      const { meta } = await showsReplaced(context, subject, {}, answer);
      const stored = isObject(meta) ? meta : {};
      const was = metaOf(subject.before);
      for (const each of ['created', 'resourceType', 'location']) {
        expect.equal(stored[each], was[each], `meta.${each} as before:`, answer);
      }
      if (group) expect.set(memberIds(await context.stored('/Groups', group.id)), [], 'members', answer);
    },
  },
  {
    id: 'replace.other-id',
    title: 'Another id in the body of a PUT is ignored, or refused as 400 mutability',
    clause: 'RFC7644-3.5.1-08',
    also: ['RFC7643-3.1-10', 'RFC7643-7-17'],
    applies: onUsers,
    async run(context) {
      const [other, subject] = [await startUser(context), await startUser(context)];
      await put(context, subject, {});
      const answer = await context.scim.replace('/Users', subject.id, { ...subject.sent, id: other.id });
      if (answer.status !== 200) expect.refusal(answer, [400], 'mutability');
      await showsReplaced(context, subject, {}, answer);
      await shows(context, other, {}, answer);
    },
  },
  {
    id: 'replace.answer-is-state',
    title: 'The answer to a PUT shows the resource as a read shows it afterwards',
    clause: 'RFC7644-3.5.1-10',
    also: ['RFC7644-3.1-09'],
    applies: [...onUsers, keeps('displayName')],
    async run(context) {
      const subject = await startUser(context);
      const answer = await put(context, subject, { displayName: context.given.unique('second') });
      await showsState(context, subject.id, answer);
    },
  },
  {
    id: 'replace.read-modify-write',
    title: 'What was read of a user in a group, put back with one value changed, changes that value alone',
    clause: 'RFC7644-3.5.1-03',
    applies: [...onGroups, keeps('displayName')],
    async run(context) {
      const { given } = context;
      const made = await startUser(context, {
        name,
        emails: [elementOf(given, 'emails', 'work'), elementOf(given, 'emails', 'home')],
      });
      const group = await startGroup(context, { members: [{ value: made.id }] });
      const before = await context.stored('/Users', made.id);
      const displayName = given.unique('second');
      const answer = await context.scim.replace('/Users', made.id, { ...before, displayName });
      succeeded(answer, 'replace.round-trip');
      await showsReplaced(context, { ...made, before }, { displayName }, answer);
      expect.set(memberIds(await context.stored('/Groups', group.id)), [made.id], 'members as before:', answer);
      const { groups } = await context.stored('/Users', made.id);
      expect.that(alike(before['groups'], groups), `groups as before: ${show(before['groups'])}`, show(groups), answer);
    },
  },
  {
    id: 'replace.unchanged',
    title: 'What was read can be put back as it is',
    clause: 'RFC7644-3.1-06',
    applies: onUsers,
    async run(context) {
      const subject = await startUser(context);
      await put(context, subject, {});
      const before = await context.stored('/Users', subject.id);
      const answer = await context.scim.replace('/Users', subject.id, before);
      expect.status(answer, 200);
      await showsReplaced(context, { ...subject, before }, {}, answer);
    },
  },
  {
    id: 'replace.group-unchanged',
    title: 'What was read of a group can be put back with another name, and its members stay',
    clause: 'RFC7644-3.1-06',
    applies: onGroups,
    async run(context) {
      const members = [{ value: (await context.given.user()).id }, { value: (await context.given.user()).id }];
      const group = await startGroup(context, { members });
      const displayName = context.given.unique('second');
      const answer = await context.scim.replace('/Groups', group.id, { ...group.before, displayName });
      expect.status(answer, 200);
      await showsReplaced(context, group, { displayName }, answer);
    },
  },
  {
    id: 'replace.meta',
    title: 'A PUT leaves id, meta.created, meta.resourceType and meta.location, and does not turn back lastModified',
    clause: 'RFC7643-3.1-20',
    also: ['RFC7643-3.1-07', 'RFC7643-3.1-19'],
    applies: [...onUsers, keeps('displayName')],
    async run(context) {
      const subject = await startUser(context);
      await put(context, subject, { displayName: context.given.unique('second') });
      const [was, is] = [metaOf(subject.before), metaOf(await context.stored('/Users', subject.id))];
      for (const each of ['created', 'resourceType', 'location']) {
        expect.equal(is[each], was[each], `meta.${each} as before:`);
      }
      const backwards = instantOf(is['lastModified']) < instantOf(was['lastModified']);
      expect.that(!backwards, `meta.lastModified not before ${show(was['lastModified'])}`, show(is['lastModified']));
      const precise = await isPrecise(context, was['lastModified']);
      const moved = instantOf(is['lastModified']) > instantOf(was['lastModified']);
      expect.that(moved || !precise, `meta.lastModified after ${show(was['lastModified'])}`, show(is['lastModified']));
    },
  },
  {
    id: 'replace.version',
    title: 'A PUT that changes a value changes the version, and its answer carries the new one',
    clause: 'RFC7644-3.5.1-15',
    applies: [...onUsers, supports('etag'), keeps('displayName')],
    async run(context) {
      const subject = await startUser(context);
      const { version } = metaOf(subject.before);
      const answer = await put(context, subject, { displayName: context.given.unique('second') });
      const read = await context.scim.read('/Users', subject.id);
      const is = isObject(read.json) ? metaOf(read.json)['version'] : undefined;
      if (version === undefined) throw new NotApplicable('meta shows no version');
      expect.that(is !== version && is !== undefined, `another version than ${show(version)}`, show(is), read);
      const [written, shown] = [answer.headers['etag'], read.headers['etag']];
      if (written === undefined || shown === undefined) return;
      expect.equal(written, shown, 'the ETag of the next read', answer);
    },
  },
  {
    id: 'replace.neighbour',
    title: 'A PUT of one user leaves the others alone',
    clause: 'RFC7644-3.1-09',
    applies: onUsers,
    async run(context) {
      const [before, subject, after] = [await startUser(context), await startUser(context), await startUser(context)];
      const emails = [elementOf(context.given, 'emails', 'home')];
      await put(context, subject, { displayName: context.given.unique('second'), emails, active: false });
      for (const other of [before, after]) {
        const { meta } = await shows(context, other, {});
        expect.equal(meta, other.before['meta'] ?? null, 'meta of the other user as before:');
      }
    },
  },
  {
    id: 'replace.group-neighbour',
    title: 'A PUT of one group leaves another group and the members themselves alone',
    clause: 'RFC7644-3.1-09',
    applies: onGroups,
    async run(context) {
      const user = await startUser(context);
      const members = [{ value: user.id }];
      const [group, other] = [await startGroup(context, { members }), await startGroup(context, { members })];
      await put(context, group, { displayName: context.given.unique('second'), members: [] });
      const { meta } = await shows(context, other, {});
      expect.equal(meta, other.before['meta'] ?? null, 'meta of the other group as before:');
      await shows(context, user, {});
    },
  },
  {
    id: 'replace.password',
    title: 'A password that a PUT sets is not given back',
    clause: 'RFC7643-4.1.1-16',
    also: ['RFC7643-7-22'],
    applies: onUsers,
    async run(context) {
      const { id, sent } = await startUser(context);
      const password = context.given.password();
      const answer = await context.scim.replace('/Users', id, { ...sent, password });
      for (const each of [answer, await context.scim.read('/Users', id)]) {
        const body = isObject(each.json) ? each.json : {};
        const shown = each.text.includes(password) || (body['password'] ?? null) !== null;
        expect.that(!shown, 'no password in the answer', 'an answer with it', each);
      }
    },
  },
] as const satisfies readonly Check[];
