import type { Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { keeps, serves, supports } from '../run/facts.ts';
import { onEachType, succeeded } from '../run/steps.ts';
import { changedUser, isSameVersion, isWeak, put, tagOf, writes } from '../run/versions.ts';
import { Blocked } from '../run/violation.ts';

const applies = [serves('User'), supports('etag')];
const changing = [...applies, keeps('displayName')];

/** What stands for a version that is over. SCIM lists both (RFC 7644 section 3.12). */
const STALE = [412, 409] as const;

/** A tag that no resource has. */
const strange = ({ given }: Context): string => `W/"${given.unique('version')}"`;

const writeNamed = ({ facts }: Context, name: string) => writes(facts).find(each => each.name === name)?.write ?? put;

/** A read of a user under If-None-Match. */
const readUnless = async ({ scim }: Context, id: string, ifNoneMatch: string) =>
  scim.read('/Users', id, { headers: { 'if-none-match': ifNoneMatch } });

/** Requests under If-Match and If-None-Match (RFC 7644 section 3.14, RFC 9110 section 13). */
export const versionConditions = [
  {
    id: 'version.not-modified',
    title: 'A read with the current ETag in If-None-Match is answered with 304',
    clause: 'RFC7644-3.14-05',
    applies: [supports('etag')],
    ...onEachType(async (context, endpoint, { id }) => {
      const tag = await tagOf(context, endpoint, id);
      const answer = await context.scim.read(endpoint, id, { headers: { 'if-none-match': tag } });
      expect.status(answer, 304);
    }),
  },
  {
    id: 'version.not-modified-body',
    title: 'A 304 has no content and repeats the ETag',
    clause: 'RFC9110-15.4.5-01',
    applies,
    async run(context) {
      const { id } = await context.given.user();
      const tag = await tagOf(context, '/Users', id);
      const answer = await readUnless(context, id, tag);
      if (answer.status !== 304) throw new Blocked('version.not-modified', describeAnswer(answer));
      const clean = answer.text === '' && answer.failure?.code !== 'stray-bytes';
      expect.that(clean, 'nothing after the head', 'a body', answer);
      const again = expect.header(answer, 'ETag');
      expect.that(isSameVersion(again, tag), `the ETag ${show(tag)}`, show(again), answer);
    },
  },
  {
    id: 'version.not-modified-in-part',
    title: 'A read of some attributes with the ETag of that very read is answered with 304',
    clause: 'RFC7644-3.14-05',
    applies,
    async run({ scim, given }) {
      const { id } = await given.user();
      const query = { attributes: ['userName'] };
      const first = await scim.read('/Users', id, { query });
      if (first.status !== 200) throw new Blocked('read.by-id', describeAnswer(first));
      const tag = first.headers['etag'];
      if (!tag) return { observed: 'no ETag on a read of some attributes' };
      expect.status(await scim.read('/Users', id, { query, headers: { 'if-none-match': tag } }), 304);
      return undefined;
    },
  },
  {
    id: 'version.modified',
    title: 'A read with an ETag that is over in If-None-Match shows the user',
    clause: 'RFC7644-3.14-05',
    applies: changing,
    async run(context) {
      const { user, stale } = await changedUser(context);
      const answer = await readUnless(context, user.id, stale);
      expect.status(answer, 200);
      expect.equal(expect.object(answer)['id'], user.id, 'id', answer);
    },
  },
  {
    id: 'version.none-match-strange',
    title: 'A read with an ETag of something else in If-None-Match shows the user',
    clause: 'RFC7644-3.14-05',
    applies,
    async run(context) {
      const { id } = await context.given.user();
      await tagOf(context, '/Users', id);
      expect.status(await readUnless(context, id, strange(context)), 200);
    },
  },
  {
    id: 'version.weak-comparison',
    title: 'If-None-Match takes a tag with W/ and one without for the same',
    clause: 'RFC9110-13.1.2-01',
    applies,
    async run(context) {
      const { id } = await context.given.user();
      const tag = await tagOf(context, '/Users', id);
      expect.status(await readUnless(context, id, isWeak(tag) ? tag.slice(2) : `W/${tag}`), 304);
    },
  },
  {
    id: 'version.none-match-list',
    title: 'If-None-Match takes a list of tags',
    clause: 'RFC9110-13.1.2-02',
    applies,
    async run(context) {
      const { id } = await context.given.user();
      const tag = await tagOf(context, '/Users', id);
      expect.status(await readUnless(context, id, `"zzz", ${tag}`), 304);
    },
  },
  {
    id: 'version.none-match-any',
    title: 'If-None-Match takes * for any version',
    clause: 'RFC9110-13.1.2-02',
    applies,
    async run(context) {
      const { id } = await context.given.user();
      await tagOf(context, '/Users', id);
      expect.status(await readUnless(context, id, '*'), 304);
    },
  },
  {
    id: 'version.current',
    title: 'A write with the current ETag in If-Match is carried out',
    clause: 'RFC9110-13.2.2-01',
    applies: changing,
    cases: writes,
    async run(context, { name }) {
      const user = await context.given.user();
      const tag = await tagOf(context, '/Users', user.id);
      const answer = await writeNamed(context, name)(context, user, 'Version Current', { 'if-match': tag });
      // HTTP compares strongly here, so a weak tag never matches; the figures of SCIM hold weak tags.
      if (answer.status === 412 && isWeak(tag)) return { observed: 'a weak tag is compared strongly' };
      expect.status(answer, 200, 204);
      const { displayName } = await context.stored('/Users', user.id);
      expect.equal(displayName, 'Version Current', 'displayName', answer);
      return undefined;
    },
  },
  {
    id: 'version.weak-match',
    title: 'If-Match compares strongly, so that a weak tag never matches',
    clause: 'RFC9110-13.1.1-01',
    applies,
    async run(context) {
      const user = await context.given.user();
      const tag = await tagOf(context, '/Users', user.id);
      const { status } = await put(context, user, 'Version Weak', { 'if-match': isWeak(tag) ? tag : `W/${tag}` });
      return { observed: `status ${status} for a PUT with the current version as a weak tag` };
    },
  },
  {
    id: 'version.match-list',
    title: 'If-Match takes a list of tags',
    clause: 'RFC9110-13.2.2-01',
    applies,
    async run(context) {
      const user = await context.given.user();
      const tag = await tagOf(context, '/Users', user.id);
      const answer = await put(context, user, 'Version List', { 'if-match': `${strange(context)}, ${tag}` });
      if (answer.status === 412 && isWeak(tag)) return { observed: 'a weak tag is compared strongly' };
      expect.status(answer, 200, 204);
      return undefined;
    },
  },
  {
    id: 'version.stale',
    title: 'A write with an ETag that is over in If-Match is refused with 412 or 409',
    clause: 'RFC9110-13.2.2-01',
    also: ['RFC7644-3.12-14'],
    applies: changing,
    cases: writes,
    async run(context, { name }) {
      const { user, stale } = await changedUser(context);
      expect.status(await writeNamed(context, name)(context, user, 'Version Stale', { 'if-match': stale }), ...STALE);
    },
  },
  {
    id: 'version.strange',
    title: 'A write with an ETag of something else in If-Match is refused with 412 or 409',
    clause: 'RFC9110-13.2.2-01',
    applies,
    cases: writes,
    async run(context, { name }) {
      const user = await context.given.user();
      await tagOf(context, '/Users', user.id);
      const headers = { 'if-match': strange(context) };
      expect.status(await writeNamed(context, name)(context, user, 'Version Strange', headers), ...STALE);
    },
  },
  {
    id: 'version.stale-changes-nothing',
    title: 'A write that is refused for its version changes nothing',
    clause: 'RFC9110-13.2.2-01',
    applies: changing,
    cases: writes,
    async run(context, { name }) {
      const { user, stale, now } = await changedUser(context);
      const answer = await writeNamed(context, name)(context, user, 'Version Stale', { 'if-match': stale });
      if (answer.status === undefined || answer.status < 400)
        throw new Blocked('version.stale', describeAnswer(answer));
      const { displayName } = await context.stored('/Users', user.id);
      expect.equal(displayName, 'Version Two', 'displayName', answer);
      const after = await tagOf(context, '/Users', user.id);
      expect.that(isSameVersion(after, now), `the ETag ${show(now)} again`, show(after), answer);
    },
  },
  {
    id: 'version.match-any',
    title: 'If-Match: * holds for a user that exists',
    clause: 'RFC9110-13.1.1-02',
    applies,
    cases: writes,
    async run(context, { name }) {
      const user = await context.given.user();
      await tagOf(context, '/Users', user.id);
      const answer = await writeNamed(context, name)(context, user, 'Version Any', { 'if-match': '*' });
      expect.status(answer, 200, 204);
    },
  },
  {
    id: 'version.match-any-unknown',
    title: 'If-Match: * does not hold for a user that does not exist',
    clause: 'RFC9110-13.1.1-02',
    applies,
    async run(context) {
      const user = { ...(await context.given.user()), id: context.given.unknownId() };
      const userName = context.given.userDraft()['userName'] ?? '';
      const unknown = { ...user, sent: { ...user.sent, userName } };
      expect.status(await put(context, unknown, 'Version Nobody', { 'if-match': '*' }), 404, 412);
    },
  },
  {
    id: 'version.none-match-write',
    title: 'A write with the current ETag in If-None-Match is refused with 412',
    clause: 'RFC9110-13.2.2-01',
    applies,
    async run(context) {
      const user = await context.given.user();
      const tag = await tagOf(context, '/Users', user.id);
      expect.status(await put(context, user, 'Version None', { 'if-none-match': tag }), 412);
    },
  },
  {
    id: 'version.stale-delete',
    title: 'A DELETE with an ETag that is over in If-Match is refused, and the user stays',
    clause: 'RFC7644-3.6-08',
    applies: changing,
    async run(context) {
      const { user, stale } = await changedUser(context);
      const answer = await context.scim.remove('/Users', user.id, { headers: { 'if-match': stale } });
      expect.status(answer, ...STALE);
      expect.status(await context.scim.read('/Users', user.id), 200);
    },
  },
  {
    id: 'version.current-delete',
    title: 'A DELETE with the current ETag in If-Match is carried out',
    clause: 'RFC7644-3.6-08',
    applies,
    async run(context) {
      const { id } = await context.given.user();
      const tag = await tagOf(context, '/Users', id);
      const answer = await context.scim.remove('/Users', id, { headers: { 'if-match': tag } });
      if (answer.status === 412 && isWeak(tag)) return { observed: 'a weak tag is compared strongly' };
      succeeded(answer, 'delete.status');
      expect.status(await context.scim.read('/Users', id), 404);
      return undefined;
    },
  },
] as const satisfies readonly Check[];
