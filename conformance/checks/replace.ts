import type { Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { describeAnswer, expect } from '../run/expect.ts';
import { keeps, serves } from '../run/facts.ts';
import { createdId } from '../run/given.ts';
import { memberIds, onEachType, succeeded } from '../run/steps.ts';
import { Violation } from '../run/violation.ts';

/** PUT to an id of which the target has no resource; what it makes all the same is removed. */
async function putUnknown({ scim, given }: Context) {
  await given.user();
  const answer = await scim.replace('/Users', given.unknownId(), given.userDraft());
  const id = createdId(answer);
  if (id !== undefined) await scim.remove('/Users', id);
  return answer;
}

/** PUT (RFC 7644 section 3.5.1). */
export const replace = [
  {
    id: 'replace.status',
    title: 'A PUT is answered with 200 and the resource',
    clause: 'RFC7644-3.5.1-10',
    also: ['RFC7644-3.5-01'],
    applies: [],
    ...onEachType(async ({ scim, given }, endpoint, { id, sent }) => {
      const answer = await scim.replace(endpoint, id, { ...sent, displayName: given.unique('renamed') });
      expect.status(answer, 200);
      expect.equal(expect.object(answer)['id'], id, 'the resource with id', answer);
    }),
  },
  {
    id: 'replace.read-back',
    title: 'A value that a PUT sets is there afterwards',
    clause: 'RFC7644-3.5.1-03',
    applies: [serves('User'), keeps('displayName')],
    async run(context) {
      const { id, sent } = await context.given.user();
      const displayName = context.given.unique('renamed');
      succeeded(await context.scim.replace('/Users', id, { ...sent, displayName }), 'replace.status');
      expect.equal((await context.stored('/Users', id))['displayName'], displayName, 'displayName');
    },
  },
  {
    id: 'replace.round-trip',
    title: 'What was read can be put back whole with one value changed',
    clause: 'RFC7644-3.1-06',
    also: ['RFC7644-3.5.1-08'],
    applies: [serves('User'), keeps('displayName')],
    async run(context) {
      const { id, sent } = await context.given.user();
      succeeded(await context.scim.replace('/Users', id, sent), 'replace.status');
      const displayName = context.given.unique('renamed');
      const answer = await context.scim.replace('/Users', id, { ...(await context.stored('/Users', id)), displayName });
      if (answer.status === undefined || answer.status > 299) {
        throw new Violation('status 200, readOnly members ignored', describeAnswer(answer), answer);
      }
      expect.equal((await context.stored('/Users', id))['displayName'], displayName, 'displayName');
    },
  },
  {
    id: 'replace.members',
    title: 'A PUT replaces the members of a group',
    clause: 'RFC7644-3.5.1-16',
    applies: [serves('User'), serves('Group')],
    async run(context) {
      const { scim, given } = context;
      const [before, after] = [await given.user(), await given.user()];
      const { id, sent } = await given.group({ members: [{ value: before.id }] });
      succeeded(await scim.replace('/Groups', id, { ...sent, members: [{ value: after.id }] }), 'replace.status');
      expect.set(memberIds(await context.stored('/Groups', id)), [after.id], 'members');
    },
  },
  {
    id: 'replace.unknown',
    title: 'A PUT to an id that does not exist is answered with 404',
    clause: 'RFC7644-3.5.1-11',
    applies: [serves('User')],
    async run(context) {
      expect.status(await putUnknown(context), 404);
    },
  },
  {
    id: 'replace.creates-nothing',
    title: 'A PUT creates no resource',
    clause: 'RFC7644-3.2-05',
    applies: [serves('User')],
    async run(context) {
      const answer = await putUnknown(context);
      const refused = answer.status !== undefined && answer.status >= 400;
      expect.that(refused, 'a refusal', describeAnswer(answer), answer);
    },
  },
] as const satisfies readonly Check[];
