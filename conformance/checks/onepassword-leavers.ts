import { filterValue } from '../../scim/message/patch.ts';
import type { HttpResponse } from '../../scim/wire/message.ts';
import type { Check } from '../run/check.ts';
import type { Context, Made } from '../run/context.ts';
import { expect, show } from '../run/expect.ts';
import { serves, supports } from '../run/facts.ts';
import { reporters } from '../run/reporters.ts';
import { succeeded } from '../run/steps.ts';

const onUsers = [serves('User'), supports('patch')] as const;
const ways = [{ name: 'PATCH' }, { name: 'DELETE' }] as const;

const deactivate = async ({ scim }: Context, { id }: Made, way: string): Promise<HttpResponse> =>
  way === 'DELETE'
    ? scim.remove('/Users', id)
    : scim.patch('/Users', id, [{ op: 'replace', path: 'active', value: false }]);

async function leave(context: Context, user: Made, way: string): Promise<void> {
  const reporter = way === 'DELETE' ? reporters.write.DELETE : reporters.write.PATCH;
  succeeded(await deactivate(context, user, way), reporter);
}

/** A read shows the person, who is not active. */
async function isSuspended({ scim }: Context, { id }: Made): Promise<void> {
  const read = await scim.read('/Users', id);
  expect.status(read, 200);
  expect.equal(expect.object(read)['active'], false, 'active', read);
}

/** People who leave before they have joined; whoever has joined is out of the sight of a client. */
export const onePasswordLeavers = [
  {
    id: 'onepassword.invited-leaves',
    title: 'Somebody who is invited can be deprovisioned',
    clause: 'OP-26a',
    applies: onUsers,
    seeks: 'faults',
    cases: () => ways,
    async run(context, { name }) {
      const answer = await deactivate(context, await context.given.user(), name);
      if (name === 'DELETE') return expect.status(answer, 204);
      expect.status(answer, 200, 204);
      if (answer.status === 200) expect.equal(expect.object(answer)['active'], false, 'active', answer);
    },
  },
  {
    id: 'onepassword.invited-gone',
    title: 'Somebody who is deprovisioned before joining is gone',
    clause: 'OP-26b',
    applies: onUsers,
    seeks: 'faults',
    cases: () => ways,
    async run(context, { name }) {
      const user = await context.given.user();
      await leave(context, user, name);
      expect.status(await context.scim.read('/Users', user.id), 404);
      const found = await context.scim.list('/Users', { filter: `userName eq ${filterValue(user.name)}` });
      const { total } = expect.page(found);
      expect.that(total === 0, 'totalResults 0', show(total), found);
    },
  },
  {
    id: 'onepassword.invited-kept',
    title: 'Somebody who is deprovisioned before joining stays, inactive',
    clause: 'OP-26c',
    applies: onUsers,
    seeks: 'faults',
    cases: () => ways,
    async run(context, { name }) {
      const user = await context.given.user();
      await leave(context, user, name);
      await isSuspended(context, user);
    },
  },
  {
    id: 'onepassword.delete-suspends',
    title: 'A DELETE suspends, and deletes nobody',
    clause: 'OP-28a',
    applies: onUsers,
    seeks: 'faults',
    async run(context) {
      const user = await context.given.user();
      expect.status(await context.scim.remove('/Users', user.id), 204);
      await isSuspended(context, user);
    },
  },
] as const satisfies readonly Check[];
