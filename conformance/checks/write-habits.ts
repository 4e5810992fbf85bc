import type { Case, Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { startUser, writes } from '../run/change.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { keeps, serves, supports } from '../run/facts.ts';
import { pageOf, patch as send } from '../run/steps.ts';
import { kept } from '../run/user-values.ts';
import { NotApplicable, Violation } from '../run/violation.ts';

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
    id: 'page.total-whole',
    title: 'totalResults counts no more than the pages of a whole list show',
    clause: 'RFC7644-3.4.2-05',
    applies: [serves('User')],
    async run({ scim, given }: Context) {
      await given.user();
      const first = pageOf(await scim.list('/Users', { count: 1000, attributes: ['id'] }));
      const shown = first.resources.length;
      if (!(first.total > shown)) return;
      const answer = await scim.list('/Users', { startIndex: shown + 1, count: 10, attributes: ['id'] });
      const second = pageOf(answer);
      // Resources may have gone meanwhile, so one answer is held against itself.
      const missing = second.resources.length === 0 && second.total > shown;
      expect.that(!missing, `a resource at ${shown + 1} of ${second.total}`, 'an empty page', answer);
    },
  },
] as const satisfies readonly Check[];
