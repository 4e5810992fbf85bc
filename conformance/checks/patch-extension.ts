import { type PatchOperation } from '../../scim/message/patch.ts';
import { isObject } from '../../scim/message/list.ts';
import { PATCH_OP, ENTERPRISE_USER } from '../../scim/message/urn.ts';
import { resourcePath } from '../../scim/client.ts';
import type { Check } from '../run/check.ts';
import { changing, shows, startUser, succeeds, type Plan } from '../run/change.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { serves, supports } from '../run/facts.ts';
import { patch as send } from '../run/steps.ts';
import { isUnset } from '../run/state.ts';

const onUsers = [serves('User'), supports('patch')] as const;

const onDepartment = (path: string): Plan => ({
  start: { [ENTERPRISE_USER]: { department: 'Foundry', costCenter: '4130' } },
  operations: [{ op: 'replace', path, value: 'Smithy' }],
  gives: { [ENTERPRISE_USER]: { department: 'Smithy', costCenter: '4130' } },
});

/** Extensions in a PATCH, and what its message leaves open (RFC 7644 section 3.5.2). */
export const patchExtension = [
  {
    id: 'patch.op-other-case',
    title: 'Whether the name of an operation may have another case',
    clause: 'RFC7644-3.5.2-06',
    applies: onUsers,
    async run(context) {
      const subject = await startUser(context);
      const displayName = context.given.unique('second');
      const json = { schemas: [PATCH_OP], Operations: [{ op: 'Replace', path: 'displayName', value: displayName }] };
      const path = resourcePath('/Users', subject.id);
      const answer = await context.scim.request({ method: 'PATCH', path, json });
      const after = (await context.stored('/Users', subject.id))['displayName'];
      return { observed: `${describeAnswer(answer)}, ${after === displayName ? 'applied' : 'not applied'}` };
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
    applies: onUsers,
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
    title: 'What a provider that announces no PATCH answers to one',
    clause: 'RFC7644-3.5.2-01',
    also: ['RFC7644-3.5-02'],
    applies: [serves('User')],
    async run(context) {
      const { scim, given, facts } = context;
      const { id } = await given.user();
      const answer = await scim.patch('/Users', id, [{ op: 'replace', path: 'displayName', value: given.unique('x') }]);
      const flag = facts.serviceProviderConfig?.['patch'];
      const announced = isObject(flag) && flag['supported'] === false ? 'announced as missing' : 'not denied';
      return { observed: `PATCH is ${announced}; ${describeAnswer(answer)}` };
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
