import { filterValue } from '../../scim/message/patch.ts';
import type { HttpResponse } from '../../scim/wire/message.ts';
import type { Query } from '../../scim/client.ts';
import { traitOf } from '../run/attributes.ts';
import type { Case, Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { serves, supports } from '../run/facts.ts';
import { createdId } from '../run/given.ts';
import { filtered, idsOf, patch, succeeded } from '../run/steps.ts';
import { startUser } from '../run/change.ts';
import { NotApplicable, Violation } from '../run/violation.ts';
import { anybody, anyGroup } from './anybody.ts';

/** No provider makes ids that are one word of English, so databases that have a type of their own for ids choke on it. */
const NO_ID = 'not-an-id';

/** Beyond what 32 and 64 bits hold. */
const LARGE = [4_294_967_296, 18_446_744_073_709_551_616] as const;

interface Call extends Case {
  readonly endpoint: '/Users' | '/Groups';
  readonly method: 'GET' | 'PUT' | 'PATCH' | 'DELETE';
}

const call = (method: Call['method'], endpoint: Call['endpoint']): Call => ({
  name: `${method} ${endpoint}`,
  method,
  endpoint,
});

/** Statuses of a provider that does not offer the operation at all. */
const UNOFFERED: ReadonlySet<number | undefined> = new Set([403, 405, 501]);

async function sendTo({ scim, given }: Context, { endpoint, method }: Call): Promise<HttpResponse> {
  const operation = { op: 'replace', path: 'displayName', value: given.unique('renamed') } as const;
  if (method === 'PATCH') return scim.patch(endpoint, NO_ID, [operation]);
  if (method === 'PUT')
    return scim.replace(endpoint, NO_ID, endpoint === '/Users' ? given.userDraft() : given.groupDraft());
  return method === 'GET' ? scim.read(endpoint, NO_ID) : scim.remove(endpoint, NO_ID);
}

const large = (name: 'count' | 'startIndex'): readonly (Case & { readonly query: Query })[] =>
  LARGE.map(value => ({ name: `${name} ${value}`, query: { [name]: value } }));

/** Requests that are right, or wrong in a harmless way, in a form that few providers are tried with. */
export const unusualForms = [
  {
    id: 'error.id-of-other-form',
    title: 'An id of a form that the provider does not use is unknown, whatever is asked of it',
    clause: 'RFC7644-3.12-12',
    applies: [serves('User')],
    cases: facts => [
      call('PUT', '/Users'),
      call('PATCH', '/Users'),
      call('DELETE', '/Users'),
      ...(serves('Group').unmet(facts) === undefined
        ? [call('GET', '/Groups'), call('PUT', '/Groups'), call('PATCH', '/Groups'), call('DELETE', '/Groups')]
        : []),
    ],
    async run(context: Context, instance: Call) {
      await anybody(context);
      const answer = await sendTo(context, instance);
      if (UNOFFERED.has(answer.status)) throw new NotApplicable(describeAnswer(answer));
      const made = createdId(answer);
      if (made !== undefined) await context.scim.remove(instance.endpoint, made);
      // That it can be no id may be said of its form as well.
      expect.status(answer, 404, 400);
    },
  },
  {
    id: 'group.member-of-other-form',
    title: 'A member whose value can be no id is taken or refused, and breaks nothing',
    clause: 'RFC7644-3.12-09',
    applies: [serves('Group')],
    cases: () => [{ name: 'POST' }, { name: 'PATCH' }],
    async run(context: Context, { name }) {
      const { scim, given, facts } = context;
      const members = [{ value: NO_ID }];
      let answer: HttpResponse;
      if (name === 'PATCH') {
        const unmet = supports('patch').unmet(facts);
        if (unmet !== undefined) throw new NotApplicable(unmet);
        const { id } = await given.group();
        answer = await patch(context, '/Groups', id, [{ op: 'add', path: 'members', value: members }]);
      } else {
        await given.group();
        answer = await scim.create('/Groups', given.groupDraft({ members }));
      }
      const { status = 0 } = answer;
      expect.that(status < 500, 'a group, or a refusal with 4xx', describeAnswer(answer), answer);
    },
  },
  {
    id: 'page.large-numbers',
    title: 'Numbers beyond what a page can hold ask for as much as there is',
    clause: 'RFC7644-3.4.2.4-10',
    also: ['RFC7644-3.4.2.4-05'],
    applies: [serves('User')],
    exclusive: true,
    cases: () => [...large('count'), ...large('startIndex')],
    async run({ scim, shared }: Context, { query }: Case & { readonly query: Query }) {
      await anybody({ shared });
      // A provider may have a limit of its own, and refuse what is beyond it.
      expect.status(await scim.list('/Users', query), 200, 400);
    },
  },
  {
    id: 'patch.own-user-name',
    title: 'A PATCH may bring the userName that the user has already',
    clause: 'RFC7644-3.5.2.3-09',
    applies: [serves('User'), supports('patch')],
    cases: () => [{ name: 'path' }, { name: 'without-path' }],
    async run(context: Context, { name }) {
      const { endpoint, id, before } = await startUser(context);
      const { userName = null } = before;
      const operation =
        name === 'path'
          ? ({ op: 'replace', path: 'userName', value: userName } as const)
          : ({ op: 'replace', value: { userName } } as const);
      const answer = await patch(context, endpoint, id, [operation]);
      succeededAnyhow(answer, 'the userName to be taken for its own');
      expect.equal((await context.stored(endpoint, id))['userName'], userName, 'userName', answer);
      if (name !== 'path' || typeof userName !== 'string') return;
      if (traitOf(context.facts, 'User', 'userName')?.caseExact === true) return;
      const other = await patch(context, endpoint, id, [
        { op: 'replace', path: 'userName', value: userName.toUpperCase() },
      ]);
      expect.that(other.status !== 409, 'no conflict of a user with itself', describeAnswer(other), other);
    },
  },
  {
    id: 'replace.group-own-name',
    title: 'A group can be replaced under the name that it has already',
    clause: 'RFC7644-3.5.1-03',
    also: ['RFC7644-3.5.1-10'],
    applies: [serves('Group')],
    async run(context: Context) {
      const { id, sent } = await context.given.group();
      succeeded(
        await context.scim.replace('/Groups', id, { ...sent, displayName: context.given.unique('renamed') }),
        'replace.status',
      );
      succeeded(await context.scim.replace('/Groups', id, sent), 'replace.status');
      const answer = await context.scim.replace('/Groups', id, sent);
      succeededAnyhow(answer, 'the group to be replaced');
      expect.equal(
        (await context.stored('/Groups', id))['displayName'],
        sent['displayName'] ?? null,
        'displayName',
        answer,
      );
    },
  },
  {
    id: 'filter.group-name-text',
    title: 'A group is found by its name, whatever signs that holds',
    clause: 'RFC7644-3.4.2.2-47',
    also: ['RFC7644-3.4.2.2-12'],
    applies: [serves('Group'), supports('filter')],
    cases: () => [
      { name: 'quote', part: 'the "A" team' },
      { name: 'backslash', part: String.raw`sales\north` },
      { name: 'letters beyond ASCII', part: 'Équipe Größe 営業' },
      { name: 'plus and ampersand', part: 'R+D & Ops' },
      { name: 'words and brackets', part: 'a) or (b and [c]' },
    ],
    async run(context: Context, { part }: Case & { readonly part: string }) {
      const displayName = `${part} ${context.given.unique('team')}`;
      const plain = await anyGroup(context);
      // What declines the plain form too offers no filter on the attribute at all.
      await filtered(context, '/Groups', `displayName eq ${filterValue(plain.name)}`);
      const { id } = await context.given.group({ displayName });
      const { displayName: kept } = await context.stored('/Groups', id);
      if (kept !== displayName) throw new NotApplicable('the target does not keep the displayName as it was sent');
      const filter = `displayName eq ${filterValue(displayName)}`;
      const answer = await context.scim.list('/Groups', { filter });
      expect.status(answer, 200);
      expect.set(idsOf(expect.page(answer)), [id], `what ${filter} finds:`, answer);
    },
  },
  {
    id: 'group.name-kept',
    title: 'The name of a group comes back as it was written',
    clause: 'RFC7643-2.3.1-03',
    also: ['RFC7644-3.8-01'],
    applies: [serves('Group')],
    cases: () => [
      { name: 'letters beyond ASCII', part: 'Équipe Größe 営業 😀' },
      { name: 'long', part: 'all who '.repeat(20) },
    ],
    async run({ scim, given, stored, shared }: Context, { part }: Case & { readonly part: string }) {
      const displayName = `${part} ${given.unique('team')}`;
      await anyGroup({ shared });
      const answer = await scim.create('/Groups', given.groupDraft({ displayName }));
      const id = createdId(answer);
      if (id === undefined && (answer.status ?? 0) < 500) {
        throw new NotApplicable(`the name is refused: ${describeAnswer(answer)}`);
      }
      if (id === undefined) throw new Violation('the group, or a refusal', describeAnswer(answer), answer);
      const { displayName: came } = await stored('/Groups', id);
      const right = typeof came === 'string' && folded(came) === folded(displayName);
      expect.that(right, `displayName ${show(displayName)}`, show(came));
    },
  },
  {
    id: 'read.unknown-in-part',
    title: 'Part of a resource that does not exist is answered with 404',
    clause: 'RFC7644-3.4.1-02',
    applies: [serves('User')],
    cases: facts => [
      { name: 'user, attributes', endpoint: '/Users', query: { attributes: ['userName'] } },
      { name: 'user, excludedAttributes', endpoint: '/Users', query: { excludedAttributes: ['emails'] } },
      ...(serves('Group').unmet(facts) === undefined
        ? [{ name: 'group, excludedAttributes', endpoint: '/Groups', query: { excludedAttributes: ['members'] } }]
        : []),
    ],
    async run(
      { scim, given, shared }: Context,
      { endpoint, query }: Case & { readonly endpoint: string; readonly query: Query },
    ) {
      await anybody({ shared });
      expect.status(await scim.read(endpoint, given.unknownId(), { query }), 404);
    },
  },
] as const satisfies readonly Check[];

/** What a provider may do to a name: the case, the form of Unicode, and blanks. */
const folded = (text: string): string => text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();

/** Goes on after a 2xx; anything else is the fault. */
function succeededAnyhow(answer: HttpResponse, right: string): void {
  const { status = 0 } = answer;
  if (status < 200 || status > 299) throw new Violation(right, describeAnswer(answer), answer);
}
