import { isObject } from '../../scim/message/list.ts';
import type { HttpResponse } from '../../scim/wire/message.ts';
import type { Query } from '../../scim/client.ts';
import type { Case, Check } from '../run/check.ts';
import { ordinary } from '../run/change.ts';
import type { Context } from '../run/context.ts';
import { describeAnswer, expect } from '../run/expect.ts';
import { serves, supports } from '../run/facts.ts';
import { createdId } from '../run/given.ts';
import { succeeded } from '../run/steps.ts';
import { Blocked, NotApplicable } from '../run/violation.ts';
import { expectOnly, expectWithout } from './projection-oracle.ts';

/** Writes a user by the method, with a projection. */
async function writing(
  context: Context,
  method: string,
  query: Query,
): Promise<{ readonly answer: HttpResponse; readonly id: string }> {
  const { scim, given, facts } = context;
  if (method === 'POST') {
    const answer = await scim.create('/Users', given.userDraft(), { query });
    succeeded(answer, 'create.status');
    const id = createdId(answer);
    if (id === undefined) throw new Blocked('create.status', 'a user was made, and its id is not known');
    return { answer, id };
  }
  const { id, sent } = await given.user();
  if (method === 'PUT') {
    const answer = await scim.replace('/Users', id, { ...sent, id }, { query });
    succeeded(answer, 'replace.status');
    return { answer, id };
  }
  const unmet = supports('patch').unmet(facts);
  if (unmet !== undefined) throw new NotApplicable(unmet);
  const answer = await scim.patch('/Users', id, [ordinary(context)], { query });
  succeeded(answer, 'patch.status');
  return { answer, id };
}

/** What writes show of a resource (RFC 7644 section 3.9). */
export const projectionWrite = [
  {
    id: 'projection.write',
    title: 'attributes limits what a write shows, not what it stores',
    clause: 'RFC7644-3.9-03',
    applies: [serves('User')],
    cases: () => [{ name: 'POST' }, { name: 'PUT' }, { name: 'PATCH' }],
    async run(context: Context, { name }: Case) {
      const { answer, id } = await writing(context, name, { attributes: ['userName'] });
      const whole = await context.stored('/Users', id);
      expect.that(
        isObject(whole['name']) || whole['displayName'] !== undefined,
        'a user stored whole',
        'one reduced to what was to be shown',
      );
      if (!isObject(answer.json)) return { observed: describeAnswer(answer) };
      expectOnly({ facts: context.facts, whole, shown: answer.json }, ['userName']);
      return undefined;
    },
  },
  {
    id: 'projection.write-excluded',
    title: 'excludedAttributes leaves attributes out of what a write shows',
    clause: 'RFC7644-3.9-08',
    applies: [serves('User')],
    cases: () => [{ name: 'POST' }, { name: 'PUT' }, { name: 'PATCH' }],
    async run(context: Context, { name }: Case) {
      const { answer, id } = await writing(context, name, { excludedAttributes: ['name', 'emails'] });
      const whole = await context.stored('/Users', id);
      if (!isObject(answer.json)) return { observed: describeAnswer(answer) };
      expectWithout({ facts: context.facts, whole, shown: answer.json }, ['name', 'emails']);
      return undefined;
    },
  },
] as const satisfies readonly Check[];
