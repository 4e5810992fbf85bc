import type { Case, Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { change, showsReplaced, startGroup, startUser, succeeds, writes } from '../run/change.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { keeps, serves, supports } from '../run/facts.ts';
import { pageOf, patch as send, patched, succeeded } from '../run/steps.ts';
import { kept } from '../run/user-values.ts';
import { elementOf } from '../run/values.ts';
import { NotApplicable, Violation } from '../run/violation.ts';

/** Beyond this some providers do not page, however much there is. */
const FURTHEST = 5000;

/** What identity providers do every day, and what a list says of itself. */
export const writeHabits = [
  {
    id: 'patch.boolean-text',
    title: 'A boolean that a PATCH brings as text is refused, or becomes the boolean it names',
    clause: 'RFC7643-2.3.2-01',
    also: ['RFC7644-3.5.2-29'],
    applies: [serves('User'), supports('patch'), keeps('active'), writes('active')],
    cases: () => ['False', 'True'].map(name => ({ name })),
    async run(context: Context, { name: value }: Case) {
      const right = value === 'True';
      const { id } = await startUser(context, { active: !right });
      const answer = await send(context, '/Users', id, [{ op: 'replace', path: 'active', value }]);
      const { active } = await context.stored('/Users', id);
      const taken = (answer.status ?? 500) < 300;
      expect.that(
        active === (taken ? right : !right),
        `active ${String(taken ? right : !right)}`,
        show(active),
        answer,
      );
      return { observed: describeAnswer(answer) };
    },
  },
  {
    id: 'replace.without-password',
    title: 'A PUT need not repeat the password, which nobody can read',
    clause: 'RFC7644-3.5.1-10',
    applies: [serves('User')],
    async run(context: Context) {
      const { scim, given } = context;
      await kept(context, { password: given.password() });
      const plain = await given.user();
      // What a PUT is answered with where no password comes in is a finding of other checks.
      const usual = await scim.replace('/Users', plain.id, plain.sent);
      if (usual.status !== 200) throw new NotApplicable(`a PUT is refused anyway: ${describeAnswer(usual)}`);
      const { id, sent } = await given.user({ password: given.password() });
      const { password: _, ...body } = sent;
      const answer = await scim.replace('/Users', id, body);
      if (answer.status === 200) return;
      throw new Violation('status 200', describeAnswer(answer), answer);
    },
  },
  {
    id: 'replace.after-patches',
    title: 'A PUT after PATCHes leaves what it brings, and nothing of what they did to the same attributes',
    clause: 'RFC7644-3.5.1-03',
    applies: [serves('User'), supports('patch'), keeps('displayName'), writes('emails')],
    async run(context: Context) {
      const { scim, given } = context;
      const subject = await startUser(context, { emails: [elementOf(given, 'emails', 'work')] });
      succeeded(await scim.replace('/Users', subject.id, subject.sent), 'replace.status');
      await patched(context, '/Users', subject.id, [
        { op: 'add', path: 'emails', value: [elementOf(given, 'emails', 'home')] },
      ]);
      await patched(context, '/Users', subject.id, [
        { op: 'replace', path: 'displayName', value: given.unique('second') },
      ]);
      const displayName = given.unique('third');
      const answer = await scim.replace('/Users', subject.id, { ...subject.sent, displayName });
      succeeds(answer);
      await showsReplaced(context, subject, { displayName }, answer);
    },
  },
  {
    id: 'patch.group-external-id',
    title: 'The externalId of a group is replaced by a PATCH, and all else is as before',
    clause: 'RFC7643-3.1-15',
    also: ['RFC7644-3.5.2.3-02'],
    applies: [serves('Group'), supports('patch')],
    async run(context: Context) {
      const group = await startGroup(context, { externalId: context.given.unique('first') });
      const externalId = context.given.unique('second');
      await change(context, group, [{ op: 'replace', path: 'externalId', value: externalId }], { externalId });
    },
  },
  {
    id: 'page.total-whole',
    title: 'totalResults of a whole list counts no more than its pages show',
    clause: 'RFC7644-3.4.2-05',
    applies: [serves('User')],
    exclusive: true,
    async run({ scim, given }: Context) {
      await given.user();
      const { total: last } = pageOf(await scim.list('/Users', { count: 1, attributes: ['id'] }));
      if (!(last >= 1)) throw new NotApplicable('the list does not say how many match');
      if (last > FURTHEST) throw new NotApplicable('the end of the list is too far to be seen');
      const answer = await scim.list('/Users', { startIndex: last, count: 10, attributes: ['id'] });
      if (answer.status === 400) throw new NotApplicable(`no page by index: ${describeAnswer(answer)}`);
      const page = pageOf(answer);
      // Resources may have gone meanwhile, so one answer is held against itself.
      const missing = page.resources.length === 0 && page.total >= last;
      expect.that(!missing, `a resource at ${last} of ${page.total}`, 'an empty page', answer);
    },
  },
] as const satisfies readonly Check[];
