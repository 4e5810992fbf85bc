import { type PatchOperation } from '../../scim/message/patch.ts';
import { PATCH_OP, ENTERPRISE_USER } from '../../scim/message/urn.ts';
import { resourcePath } from '../../scim/client.ts';
import type { Check } from '../run/check.ts';
import { changing, shows, startUser, succeeds, writes, type Plan } from '../run/change.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { flagOf, serves, supports, type Condition } from '../run/facts.ts';
import { patch as send } from '../run/steps.ts';
import { fits, isUnset } from '../run/state.ts';
import { elementOf } from '../run/values.ts';

const onUsers = [serves('User'), supports('patch')] as const;

/** An extension that the target does not list may be passed over. */
const listsEnterprise: Condition = {
  name: 'enterprise extension',
  unmet: ({ resourceTypes }) => {
    const user = resourceTypes?.find(({ name }) => name === 'User');
    return user === undefined || JSON.stringify(user).toLowerCase().includes(ENTERPRISE_USER.toLowerCase())
      ? undefined
      : '/ResourceTypes lists no enterprise extension of users';
  },
};

const onDepartment = (path: string): Plan => ({
  start: { [ENTERPRISE_USER]: { department: 'Foundry', costCenter: '4130' } },
  operations: [{ op: 'replace', path, value: 'Smithy' }],
  gives: { [ENTERPRISE_USER]: { department: 'Smithy', costCenter: '4130' } },
});

/** Extensions in a PATCH, and what its message leaves open (RFC 7644 section 3.5.2). */
export const patchExtension = [
  {
    id: 'patch.op-other-case',
    title: 'Operations that are written Add, Replace and Remove, as Entra ID writes them, are carried out',
    clause: 'RFC7644-3.5.2-06',
    applies: [...onUsers, writes('emails')],
    async run(context) {
      const { given, scim, stored } = context;
      const [work, home] = [elementOf(given, 'emails', 'work'), elementOf(given, 'emails', 'home')];
      const subject = await startUser(context, { emails: [work] });
      const displayName = given.unique('second');
      const path = resourcePath('/Users', subject.id);
      const steps = [
        {
          words: 'Replace and Add',
          operations: [
            { op: 'Replace', path: 'displayName', value: displayName },
            { op: 'Add', path: 'emails', value: [home] },
          ],
          emails: [work, home],
        },
        { words: 'Remove', operations: [{ op: 'Remove', path: 'emails[type eq "home"]' }], emails: [work] },
      ];
      for (const { words, operations, emails } of steps) {
        const json = { schemas: [PATCH_OP], Operations: operations };
        const answer = await scim.request({ method: 'PATCH', path, json });
        const after = await stored('/Users', subject.id);
        const applied = fits(emails, after['emails']) && fits(displayName, after['displayName']);
        const right = `what Entra ID counts on: ${words} carried out`;
        expect.that(applied, right, `${describeAnswer(answer)}, not carried out`, answer);
      }
    },
  },
  {
    id: 'patch.extension-without-urn',
    title: 'A path that names an attribute of an extension without its URN is resolved, or refused with 400',
    clause: 'RFC7644-3.5.2-17',
    applies: onUsers,
    async run(context) {
      const { start, operations, gives } = onDepartment('department');
      const subject = await startUser(context, start);
      const answer = await send(context, '/Users', subject.id, operations);
      if (answer.status === 400) {
        await shows(context, subject, {}, answer);
        return { observed: describeAnswer(answer) };
      }
      succeeds(answer);
      await shows(context, subject, gives, answer);
      return undefined;
    },
  },
  {
    id: 'patch.schemas-first',
    title: 'An extension that the first operation names in schemas holds for the next',
    clause: 'RFC7644-3.5.2-18',
    applies: [...onUsers, listsEnterprise],
    async run(context) {
      const subject = await startUser(context);
      const gives = { [ENTERPRISE_USER]: { department: 'Foundry' } };
      const operations: PatchOperation[] = [
        { op: 'add', path: 'schemas', value: [ENTERPRISE_USER] },
        { op: 'add', path: `${ENTERPRISE_USER}:department`, value: 'Foundry' },
      ];
      const answer = await send(context, '/Users', subject.id, operations);
      if (answer.status === 400) return { observed: describeAnswer(answer) };
      succeeds(answer);
      await shows(context, subject, gives, answer);
      return undefined;
    },
  },
  changing(
    {
      id: 'patch.extension-object',
      title: 'Without a path the attributes of an extension are added as the object under its URN',
      clause: 'RFC7644-3.5.2.1-03',
    },
    [],
    () => ({
      start: { [ENTERPRISE_USER]: { department: 'Foundry' } },
      operations: [{ op: 'add', value: { [ENTERPRISE_USER]: { costCenter: '4130' } } }],
      gives: { [ENTERPRISE_USER]: { department: 'Foundry', costCenter: '4130' } },
    }),
  ),
  {
    id: 'patch.extension-form',
    title: 'What forms of naming an extension outside the grammar do',
    clause: 'RFC7644-3.5.2-20',
    applies: onUsers,
    cases: () => [{ name: 'urn-as-path' }, { name: 'flat-key' }],
    async run(context, { name: key }) {
      const { id } = await startUser(context, { [ENTERPRISE_USER]: { department: 'Foundry', costCenter: '4130' } });
      const operation: PatchOperation =
        key === 'flat-key'
          ? { op: 'replace', value: { [`${ENTERPRISE_USER}:department`]: 'Smithy' } }
          : { op: 'replace', path: ENTERPRISE_USER, value: { department: 'Smithy' } };
      const answer = await send(context, '/Users', id, [operation]);
      const after = (await context.stored('/Users', id))[ENTERPRISE_USER];
      return { observed: `${describeAnswer(answer)}; the extension is then ${show(after)}` };
    },
  },
  {
    id: 'patch.announced',
    title: 'Whether there is PATCH, by which identity providers change memberships',
    clause: 'RFC7644-3.5.2-01',
    also: ['RFC7644-3.5-02'],
    applies: [serves('User')],
    async run(context) {
      const { scim, given, facts } = context;
      const { id } = await given.user();
      const answer = await scim.patch('/Users', id, [{ op: 'replace', path: 'displayName', value: given.unique('x') }]);
      const { status = 0 } = answer;
      const told = flagOf(facts, 'patch') === false ? 'announced as missing' : 'not denied';
      const came = `PATCH is ${told}; ${describeAnswer(answer)}`;
      expect.that(![404, 405, 501].includes(status), 'a PATCH to be served, where somebody needs it', came, answer);
      return { observed: came };
    },
  },
  {
    id: 'patch.attributes',
    title: 'A PATCH with the attributes parameter is answered with 200 and those attributes',
    clause: 'RFC7644-3.5.2-25',
    applies: onUsers,
    cases: () => [{ name: 'User' }],
    async run({ scim, given }) {
      const { id } = await given.user();
      const operation = { op: 'replace', path: 'displayName', value: given.unique('second') } as const;
      const answer = await scim.patch('/Users', id, [operation], { query: { attributes: ['displayName'] } });
      expect.status(answer, 200);
      const body = expect.object(answer);
      expect.equal(body['id'], id, 'the resource with id', answer);
      expect.that(isUnset(body['emails']), 'no emails', show(body['emails']), answer);
      const { displayName } = body;
      expect.that(
        displayName === operation.value || displayName === undefined,
        show(operation.value),
        show(displayName),
      );
    },
  },
] as const satisfies readonly Check[];
