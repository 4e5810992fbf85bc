import { patchOp, type PatchOperation } from '../../scim/message/patch.ts';
import { resourcePath } from '../../scim/client.ts';
import { isErrorMessage } from '../../scim/message/error.ts';
import { isObject } from '../../scim/message/list.ts';
import { PATCH_OP, USER } from '../../scim/message/urn.ts';
import type { HttpResponse, Json } from '../../scim/wire/message.ts';
import type { Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { shows, startUser, workingUser, writes, type Subject } from '../run/change.ts';
import { refused, refusedPatch } from '../run/refused.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { keeps, serves, supports } from '../run/facts.ts';
import { patch as send } from '../run/steps.ts';
import { isUnset } from '../run/state.ts';
import { elementOf } from '../run/values.ts';
import { Blocked, NotApplicable } from '../run/violation.ts';

const onUsers = [serves('User'), supports('patch')] as const;
const succeeded = ({ status = 0 }: HttpResponse) => status >= 200 && status < 300;

/** Sends a PATCH with a body of any form. @throws Blocked when the target has no PATCH at all. */
async function sendBody({ scim }: Context, { endpoint, id }: Subject, json: Json): Promise<HttpResponse> {
  const answer = await scim.request({ method: 'PATCH', path: resourcePath(endpoint, id), json });
  if ([404, 405, 501].includes(answer.status ?? 0)) throw new Blocked('patch.status', describeAnswer(answer));
  return answer;
}

/** Bodies that are no PATCH message, made around an operation that is right. */
const brokenMessages: Readonly<Record<string, (operation: Json) => Json>> = {
  'operations-missing': () => ({ schemas: [PATCH_OP] }),
  'operations-not-a-list': operation => ({ schemas: [PATCH_OP], Operations: operation }),
  'operations-text': () => ({ schemas: [PATCH_OP], Operations: 'replace' }),
  'operation-not-an-object': () => ({ schemas: [PATCH_OP], Operations: ['replace'] }),
  'op-missing': operation => ({
    schemas: [PATCH_OP],
    Operations: [{ ...(isObject(operation) && operation), op: null }],
  }),
  'op-empty': operation => ({
    schemas: [PATCH_OP],
    Operations: [{ ...(isObject(operation) && operation), op: '' }],
  }),
  'op-unknown': operation => ({
    schemas: [PATCH_OP],
    Operations: [{ ...(isObject(operation) && operation), op: 'upsert' }],
  }),
  'a-list': operation => [operation],
};

/** Messages that break a rule for clients only: a provider may be lenient, not confused. */
const looseMessages: Readonly<Record<string, (operation: Json) => Json>> = {
  'schemas-missing': operation => ({ Operations: [operation] }),
  'schemas-wrong': operation => ({ schemas: [USER], Operations: [operation] }),
  'operations-empty': () => ({ schemas: [PATCH_OP], Operations: [] }),
  'value-missing': () => ({ schemas: [PATCH_OP], Operations: [{ op: 'add', path: 'displayName' }] }),
  'elements-missing': () => ({ schemas: [PATCH_OP], Operations: [{ op: 'replace', path: 'emails' }] }),
};

/** Values that the schema of RFC 7643 rules out, and whether what is there afterwards is of the right type. */
const wrongValues: Readonly<
  Record<string, { operation: PatchOperation; attribute: string; typed: (value: Json | undefined) => boolean }>
> = {
  active: {
    operation: { op: 'replace', path: 'active', value: 'perhaps' },
    attribute: 'active',
    typed: value => typeof value === 'boolean',
  },
  name: { operation: { op: 'add', path: 'name', value: 'Mira Okonkwo' }, attribute: 'name', typed: isObject },
  emails: { operation: { op: 'replace', path: 'emails', value: 5 }, attribute: 'emails', typed: Array.isArray },
  'user-name': {
    operation: { op: 'add', path: 'userName', value: { value: 'mira' } },
    attribute: 'userName',
    typed: value => typeof value === 'string',
  },
  'display-name': {
    operation: { op: 'replace', path: 'displayName', value: ['Mira'] },
    attribute: 'displayName',
    typed: value => typeof value === 'string',
  },
  'sub-attribute': {
    operation: { op: 'replace', path: 'name.familyName', value: { text: 'Okonkwo' } },
    attribute: 'name',
    typed: value => isObject(value) && typeof value['familyName'] === 'string',
  },
};

/** Paths that the grammar of RFC 7644 figure 7 does not have. */
const brokenPaths: Readonly<Record<string, string>> = {
  'open-bracket': 'emails[type eq "work"',
  'filter-cut': 'emails[type eq',
  'empty-filter': 'emails[]',
  'two-dots': 'name..familyName',
  'digit-first': '1abc',
  'no-dot-after-bracket': 'emails[type eq "work"]value',
  'dot-at-the-end': 'name.',
  blank: 'display name',
};

const indexPaths: Readonly<Record<string, string>> = {
  'json-pointer': '/displayName',
  'pointer-index': 'emails/0',
  'bracket-index': 'emails[0]',
};

const casesOf = (table: Readonly<Record<string, unknown>>) => () => Object.keys(table).map(name => ({ name }));

/** What a PATCH may not do, and how it is refused (RFC 7644 sections 3.5.2 and 3.12). */
export const patchErrors = [
  {
    id: 'patch.json-patch-op',
    title: 'An operation of JSON Patch that SCIM does not have is refused with 400 and changes nothing',
    clause: 'RFC7644-3.5.2-02',
    applies: [...onUsers, keeps('displayName')],
    cases: () => [{ name: 'move' }, { name: 'copy' }, { name: 'test' }],
    async run(context, { name: op }) {
      const subject = await workingUser(context);
      const operation = { op, from: 'userName', path: 'displayName', value: context.given.unique('other') };
      const answer = await sendBody(context, subject, { schemas: [PATCH_OP], Operations: [operation] });
      expect.status(answer, 400);
      await shows(context, subject, {}, answer);
    },
  },
  {
    id: 'patch.index-path',
    title: 'A path in the manner of JSON Pointer, or with an index, is refused with 400 and changes nothing',
    clause: 'RFC7644-3.5.2-02',
    applies: [...onUsers, keeps('displayName')],
    cases: casesOf(indexPaths),
    async run(context, { name }) {
      const subject = await workingUser(context);
      const answer = await send(context, '/Users', subject.id, [
        { op: 'replace', path: indexPaths[name] ?? '', value: context.given.unique('other') },
      ]);
      expect.status(answer, 400);
      await shows(context, subject, {}, answer);
    },
  },
  {
    id: 'patch.broken-message',
    title: 'A body that is no PATCH message is refused with 400 and changes nothing',
    clause: 'RFC7644-3.12-09',
    applies: [...onUsers, keeps('displayName')],
    cases: casesOf(brokenMessages),
    async run(context, { name }) {
      const subject = await workingUser(context);
      const operation = { op: 'replace', path: 'displayName', value: context.given.unique('other') };
      const answer = await sendBody(context, subject, brokenMessages[name]?.(operation) ?? null);
      expect.status(answer, 400);
      await shows(context, subject, {}, answer);
    },
  },
  {
    id: 'patch.loose-message',
    title: 'A PATCH message that breaks a rule for clients is refused with 400, or understood',
    clause: 'RFC7644-3.12-09',
    applies: [...onUsers, keeps('displayName')],
    cases: casesOf(looseMessages),
    async run(context, { name }) {
      const subject = await workingUser(context);
      const operation = { op: 'replace', path: 'displayName', value: context.given.unique('other') };
      const answer = await sendBody(context, subject, looseMessages[name]?.(operation) ?? null);
      if (succeeded(answer)) {
        const { emails = [] } = await context.stored('/Users', subject.id);
        const isWhole = !Array.isArray(emails) || !emails.includes(null);
        expect.that(isWhole, 'a refusal, or elements that are there', show(emails), answer);
        return { observed: `taken: ${describeAnswer(answer)}` };
      }
      expect.status(answer, 400);
      await shows(context, subject, {}, answer);
      return undefined;
    },
  },
  {
    id: 'patch.wrong-type',
    title: 'A value of the wrong type is refused, or turned into the right one',
    clause: 'RFC7644-3.5.2-29',
    also: ['RFC7644-3.5.2-16'],
    applies: onUsers,
    cases: facts =>
      Object.keys(wrongValues)
        .filter(name => writes(wrongValues[name]?.attribute ?? '').unmet(facts) === undefined)
        .map(name => ({ name })),
    async run(context, { name }) {
      const wrong = wrongValues[name];
      const subject = await workingUser(context);
      if (wrong === undefined || subject.astray.has(wrong.attribute)) {
        throw new NotApplicable(`a user does not come back with the ${name} it was made with`);
      }
      const answer = await send(context, '/Users', subject.id, [wrong.operation]);
      if (!succeeded(answer)) {
        refused(answer);
        await shows(context, subject, {}, answer);
        return undefined;
      }
      const came = (await context.stored('/Users', subject.id))[wrong.attribute];
      // Left as it was is no answer to a write either: success says that it was carried out.
      const turned = wrong.typed(came) && show(came) !== show(subject.before[wrong.attribute]);
      expect.that(turned, 'a refusal with 4xx', `${describeAnswer(answer)} and ${show(came)} afterwards`, answer);
      return { observed: `turned into ${show(came)}` };
    },
  },
  {
    id: 'patch.value-not-an-object',
    title: 'An operation without path whose value is no object is refused with 400',
    clause: 'RFC7644-3.5.2.3-01',
    applies: [...onUsers, keeps('displayName')],
    cases: () => [{ name: 'add' }, { name: 'replace' }],
    async run(context, { name }) {
      const subject = await workingUser(context);
      const op = name === 'add' ? 'add' : 'replace';
      const answer = await send(context, '/Users', subject.id, [{ op, value: 'Mira' }]);
      expect.status(answer, 400);
      await shows(context, subject, {}, answer);
    },
  },
  {
    id: 'patch.broken-path',
    title: 'A malformed path is refused with 400 invalidPath and changes nothing',
    clause: 'RFC7644-3.5.2-10',
    also: ['RFC7644-3.12-23'],
    applies: [...onUsers, keeps('displayName')],
    cases: casesOf(brokenPaths),
    async run(context, { name }) {
      const subject = await workingUser(context);
      const value = context.given.unique('other');
      const answer = await send(context, '/Users', subject.id, [
        { op: 'replace', path: brokenPaths[name] ?? '', value },
      ]);
      expect.status(answer, 400);
      const keyword = isErrorMessage(answer.json) ? answer.json.scimType : undefined;
      // Between brackets stands a filter, so either keyword is right there.
      const right = keyword === undefined || ['invalidPath', 'invalidFilter'].includes(keyword);
      expect.that(right, 'scimType "invalidPath"', describeAnswer(answer), answer);
      await shows(context, subject, {}, answer);
    },
  },
  {
    id: 'patch.broken-json',
    title: 'A PATCH whose body is no JSON is refused with 400 and changes nothing',
    clause: 'RFC7644-3.12-09',
    applies: onUsers,
    async run(context) {
      const subject = await workingUser(context);
      const { id } = subject;
      const text = JSON.stringify(patchOp([{ op: 'replace', path: 'displayName', value: 'half' }])).slice(0, -2);
      const answer = await context.scim.request({ method: 'PATCH', path: resourcePath('/Users', id), text });
      expect.status(answer, 400);
      await shows(context, subject, {}, answer);
    },
  },
  {
    id: 'patch.no-target-element',
    title: 'A replacement of a whole element whose value path matches nothing is refused with 400 noTarget',
    clause: 'RFC7644-3.5.2.3-08',
    applies: [...onUsers, writes('emails')],
    async run(context) {
      const { given } = context;
      const { id } = await startUser(context, { emails: [elementOf(given, 'emails', 'work')] });
      const operation = {
        op: 'replace',
        path: 'emails[type eq "other"]',
        value: elementOf(given, 'emails', 'other'),
      } as const;
      expect.refusal(await send(context, '/Users', id, [operation]), [400], 'noTarget');
    },
  },
  {
    id: 'patch.refused-as-scim',
    title: 'A PATCH that is refused says so in a SCIM error',
    clause: 'RFC7644-3.5.2-16',
    also: ['RFC7644-3.12-01'],
    applies: onUsers,
    async run(context) {
      const subject = await startUser(context);
      const answer = await refusedPatch(context, subject, [{ op: 'remove' }], 'patch.remove-without-path');
      expect.that(
        isErrorMessage(answer.json),
        'a SCIM error',
        isUnset(answer.json) ? 'no body' : show(answer.json),
        answer,
      );
    },
  },
] as const satisfies readonly Check[];
