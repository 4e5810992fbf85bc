import { isObject } from '../../scim/message/list.ts';
import type { Case, Check } from '../run/check.ts';
import type { Context, Made } from '../run/context.ts';
import { startUser, writes as mayWrite } from '../run/change.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { keeps, serves, supports } from '../run/facts.ts';
import { fits } from '../run/state.ts';
import { isSameVersion, put, tagOf } from '../run/versions.ts';
import { Blocked, NotApplicable, Violation } from '../run/violation.ts';

const wentWell = ({ status }: { readonly status?: number }): boolean =>
  status !== undefined && status >= 200 && status < 300;

/** Writes that are under way at the same time. */
export const atOnce = [
  {
    id: 'patch.attributes-at-once',
    title: 'Attributes that several requests replace at once all have their new values',
    clause: 'RFC7644-3.5.2.3-02',
    also: ['RFC7644-3.5.2-23'],
    applies: [serves('User'), supports('patch'), mayWrite('displayName'), mayWrite('name'), mayWrite('title')],
    async run(context: Context) {
      const { given, scim } = context;
      const old = { displayName: given.unique('first'), title: 'Editor', name: { familyName: 'Okonkwo' } };
      const { id } = await startUser(context, old);
      const next = { displayName: given.unique('second'), title: 'Author', 'name.familyName': 'Adeyemi' };
      const answers = await Promise.all(
        Object.entries(next).map(async ([path, value]) =>
          scim.patch('/Users', id, [{ op: 'replace', path, value }]).then(answer => ({ path, value, answer })),
        ),
      );
      const after = await context.stored('/Users', id);
      const { name } = after;
      const familyName = isObject(name) ? name['familyName'] : undefined;
      for (const { path, value } of answers.filter(each => wentWell(each.answer))) {
        const came = path === 'name.familyName' ? familyName : after[path];
        expect.that(came === value, `${path} ${show(value)}, as its PATCH was answered`, show(came));
      }
      if (!answers.some(({ answer }) => wentWell(answer))) throw new NotApplicable('no PATCH was taken');
    },
  },
  {
    id: 'user.renamed-at-once',
    title: 'Of two users who are given one userName at once, one has it',
    clause: 'RFC7643-4.1.1-02',
    also: ['RFC7643-7-31'],
    applies: [serves('User')],
    cases: facts => (supports('patch').unmet(facts) === undefined ? ['PUT', 'PATCH'] : ['PUT']).map(name => ({ name })),
    async run({ given, scim, stored }: Context, { name: method }: Case) {
      const users = [await given.user(), await given.user()];
      const userName = `${given.unique('renamed')}@${given.domain}`;
      const rename = async ({ id, sent }: Made) =>
        method === 'PUT'
          ? scim.replace('/Users', id, { ...sent, userName })
          : scim.patch('/Users', id, [{ op: 'replace', path: 'userName', value: userName }]);
      const answers = await Promise.all(users.map(async user => rename(user).then(answer => ({ user, answer }))));
      const taken = answers.filter(({ answer }) => wentWell(answer));
      if (taken.length === 0) {
        throw new NotApplicable(`no userName is changed: ${describeAnswer(answers[0]?.answer ?? { headers: {} })}`);
      }
      if (taken.length < 2) return;
      const names = await Promise.all(users.map(async ({ id }) => (await stored('/Users', id))['userName']));
      const holders = names.filter(each => fits(userName, each));
      if (holders.length === 0) throw new NotApplicable('a userName that is changed does not show at once');
      if (holders.length === 1) return;
      if (wentWell(await rename(await given.user()))) {
        throw new Blocked(`${method === 'PUT' ? 'replace' : 'patch'}.user-name-unique`, 'nor is the next one refused');
      }
      throw new Violation(
        `one of the two to be refused, and one user named ${show(userName)}`,
        `${describeAnswer(taken[1]?.answer ?? { headers: {} })} for both, and both are named so`,
      );
    },
  },
  {
    id: 'version.at-once',
    title: 'Of several writes at once that name the same version, one is carried out',
    clause: 'RFC9110-13.2.2-01',
    also: ['RFC7644-3.14-07'],
    applies: [serves('User'), supports('etag'), keeps('displayName')],
    // Beside other probes the writes would come one after the other.
    exclusive: true,
    async run(context: Context) {
      const user = await context.given.user();
      const tag = await tagOf(context, '/Users', user.id);
      const write = async (name: string) => put(context, user, name, { 'if-match': tag });
      const answers = await Promise.all(['Version Left', 'Version Right', 'Version Middle'].map(write));
      const done = answers.filter(wentWell);
      if (done.length === 1) return;
      if (done.length === 0) {
        throw new NotApplicable(`no write is carried out: ${describeAnswer(answers[0] ?? { headers: {} })}`);
      }
      // Where the condition counts for nothing, or the version stays with a change, that is the finding of others.
      if (isSameVersion(await tagOf(context, '/Users', user.id), tag)) {
        throw new Blocked('version.changes', `the ETag is ${tag} before and after`);
      }
      const later = await write('Version Late');
      if (wentWell(later)) throw new Blocked('version.stale', describeAnswer(later));
      throw new Violation('one write carried out, and the others refused with 412 or 409', `${done.length}`);
    },
  },
] as const satisfies readonly Check[];
