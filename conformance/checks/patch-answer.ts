import { filterValue, type PatchOperation } from '../../scim/message/patch.ts';
import { isObject } from '../../scim/message/list.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import type { Check } from '../run/check.ts';
import { startGroup, startUser, succeeds, writes } from '../run/change.ts';
import { expect, show } from '../run/expect.ts';
import { keeps, serves, supports } from '../run/facts.ts';
import { reporters } from '../run/reporters.ts';
import { disagreement, isUnset } from '../run/state.ts';
import { patch as send, showsState } from '../run/steps.ts';
import { elementOf } from '../run/values.ts';
import { Blocked, NotApplicable, Violation } from '../run/violation.ts';
import { isPrecise } from './precision.ts';

const onUsers = [serves('User'), supports('patch')] as const;
const onGroups = [serves('User'), serves('Group'), supports('patch')] as const;

const metaOf = ({ meta }: JsonObject): JsonObject => (isObject(meta) ? meta : {});

const instantOf = (value: Json | undefined): number => (typeof value === 'string' ? Date.parse(value) : NaN);

/** What the answer to a PATCH shows, and what it does to meta (RFC 7644 section 3.5.2). */
export const patchAnswer = [
  {
    id: 'patch.answer-is-state',
    title: 'The answer to a PATCH shows the resource as a read shows it afterwards',
    clause: 'RFC7644-3.5.2-24',
    also: ['RFC7644-3.1-09'],
    applies: [...onUsers, writes('emails')],
    cases: () => [{ name: 'replace' }, { name: 'add' }, { name: 'remove' }],
    async run(context, { name }) {
      const { given } = context;
      const subject = await startUser(context, {
        emails: [elementOf(given, 'emails', 'work'), elementOf(given, 'emails', 'home')],
      });
      const operations: Readonly<Record<string, PatchOperation>> = {
        replace: { op: 'replace', path: 'displayName', value: given.unique('second') },
        add: { op: 'add', path: 'emails', value: [elementOf(given, 'emails', 'other')] },
        remove: { op: 'remove', path: 'emails[type eq "home"]' },
      };
      const operation = operations[name];
      const answer = await send(context, '/Users', subject.id, operation ? [operation] : []);
      succeeds(answer);
      if (answer.status === 204) throw new NotApplicable('a PATCH is answered with 204');
      await showsState(context, subject.id, answer);
    },
  },
  {
    id: 'patch.group-answer-is-state',
    title: 'The answer to a PATCH of a group shows the group as a read shows it afterwards',
    clause: 'RFC7644-3.5.2-24',
    applies: onGroups,
    async run(context) {
      const [member, joiner] = [await context.given.user(), await context.given.user()];
      const group = await startGroup(context, { members: [{ value: member.id }] });
      const answer = await send(context, '/Groups', group.id, [
        { op: 'add', path: 'members', value: [{ value: joiner.id }] },
        { op: 'remove', path: `members[value eq ${filterValue(member.id)}]` },
      ]);
      succeeds(answer);
      if (answer.status === 204) throw new NotApplicable('a PATCH is answered with 204');
      const body = expect.object(answer);
      const later = await context.stored('/Groups', group.id);
      const other = disagreement(body, later);
      if (other !== undefined) throw new Violation(`${other} ${show(later[other])}`, show(body[other]), answer);
    },
  },
  {
    id: 'patch.meta',
    title: 'A PATCH leaves id, meta.created, meta.resourceType and meta.location, and does not turn back lastModified',
    clause: 'RFC7643-3.1-20',
    also: ['RFC7643-3.1-07', 'RFC7643-3.1-19'],
    applies: [...onUsers, keeps('displayName')],
    async run(context) {
      const { id, before } = await startUser(context);
      const value = context.given.unique('second');
      succeeds(await send(context, '/Users', id, [{ op: 'replace', path: 'displayName', value }]));
      const [was, is] = [metaOf(before), metaOf(await context.stored('/Users', id))];
      for (const name of ['created', 'resourceType', 'location']) {
        expect.equal(is[name], was[name], `meta.${name} as before:`);
      }
      const backwards = instantOf(is['lastModified']) < instantOf(was['lastModified']);
      expect.that(!backwards, `meta.lastModified not before ${show(was['lastModified'])}`, show(is['lastModified']));
    },
  },
  {
    id: 'patch.last-modified',
    title: 'A PATCH that changes a value moves meta.lastModified',
    clause: 'RFC7644-3.5.2-31',
    applies: [...onUsers, keeps('displayName')],
    async run(context) {
      const { id, before } = await startUser(context);
      const was = metaOf(before)['lastModified'];
      if (!(await isPrecise(context, was))) {
        throw new NotApplicable('meta.lastModified shows no fraction of a second');
      }
      const value = context.given.unique('second');
      succeeds(await send(context, '/Users', id, [{ op: 'replace', path: 'displayName', value }]));
      const is = metaOf(await context.stored('/Users', id))['lastModified'];
      expect.that(instantOf(is) > instantOf(was), `meta.lastModified after ${show(was)}`, show(is));
    },
  },
  {
    id: 'patch.members-last-modified',
    title: 'A PATCH that adds a member moves meta.lastModified of the group',
    clause: 'RFC7644-3.5.2-31',
    applies: [serves('User'), serves('Group'), supports('patch')],
    async run(context) {
      const { given, stored } = context;
      const [user, { id, before }] = [await given.user(), await startGroup(context)];
      const was = metaOf(before)['lastModified'];
      if (!(await isPrecise(context, was))) {
        throw new NotApplicable('meta.lastModified shows no fraction of a second');
      }
      succeeds(await send(context, '/Groups', id, [{ op: 'add', path: 'members', value: [{ value: user.id }] }]));
      const { members, meta } = await stored('/Groups', id);
      if (isUnset(members)) throw new Blocked(reporters.members, 'the group does not show its member');
      const is = isObject(meta) ? meta['lastModified'] : undefined;
      expect.that(instantOf(is) > instantOf(was), `meta.lastModified after ${show(was)}`, show(is));
    },
  },
  {
    id: 'patch.version',
    title: 'A PATCH that changes a value changes the version',
    clause: 'RFC7644-3.5.2-31',
    applies: [...onUsers, supports('etag'), keeps('displayName')],
    async run(context) {
      const { id, before } = await startUser(context);
      const { version } = metaOf(before);
      if (version === undefined) throw new NotApplicable('meta shows no version');
      const value = context.given.unique('second');
      succeeds(await send(context, '/Users', id, [{ op: 'replace', path: 'displayName', value }]));
      const is = metaOf(await context.stored('/Users', id))['version'];
      expect.that(is !== version && is !== undefined, `another version than ${show(version)}`, show(is));
    },
  },
  {
    id: 'patch.no-content-headers',
    title: 'What headers the answer 204 to a PATCH carries',
    clause: 'RFC7644-3.5.2-32',
    applies: onUsers,
    async run(context) {
      const { id } = await startUser(context);
      const value = context.given.unique('second');
      const answer = await send(context, '/Users', id, [{ op: 'replace', path: 'displayName', value }]);
      return { observed: `${answer.status}: ${Object.keys(answer.headers).sort().join(', ')}` };
    },
  },
  {
    id: 'patch.password',
    title: 'A password that a PATCH sets is not given back',
    clause: 'RFC7643-4.1.1-16',
    also: ['RFC7643-7-21', 'RFC7643-7-22'],
    applies: onUsers,
    async run(context) {
      const subject = await startUser(context);
      const password = context.given.password();
      const answer = await send(context, '/Users', subject.id, [{ op: 'replace', path: 'password', value: password }]);
      const { status = 0 } = answer;
      const read = await context.scim.read('/Users', subject.id);
      for (const each of [answer, read]) {
        const body = isObject(each.json) ? each.json : {};
        const shown = each.text.includes(password) || (body['password'] ?? null) !== null;
        expect.that(!shown, 'no password in the answer', 'an answer with it', each);
      }
      return status >= 200 && status < 300 ? undefined : { observed: `the change is refused with ${status}` };
    },
  },
] as const satisfies readonly Check[];
