import { isErrorMessage } from '../../scim/message/error.ts';
import { filterValue } from '../../scim/message/patch.ts';
import type { JsonObject } from '../../scim/wire/message.ts';
import type { Case, Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { describeAnswer, expect } from '../run/expect.ts';
import { keeps, serves, supports, type Facts } from '../run/facts.ts';
import { createdId, type Given } from '../run/given.ts';
import { entryOf } from '../run/membership.ts';
import { reporters } from '../run/reporters.ts';
import { filtered, idsOf, pageOf, patched, succeeded } from '../run/steps.ts';
import { NotApplicable, Violation } from '../run/violation.ts';

const onUsers = [serves('User'), supports('filter')] as const;

/** What a lookup goes by: how a value stands in a user, and how a filter names it. */
interface Lookup {
  readonly path: string;
  readonly value: (given: Given) => string;
  readonly members: (value: string) => JsonObject;
}

const address = (given: Given) => `${given.unique('look')}@${given.domain}`;

const lookups: readonly Lookup[] = [
  { path: 'userName', value: address, members: userName => ({ userName }) },
  { path: 'externalId', value: given => given.unique('ext'), members: externalId => ({ externalId }) },
  { path: 'displayName', value: given => given.unique('shown'), members: displayName => ({ displayName }) },
  {
    path: 'emails.value',
    value: address,
    members: value => ({ emails: [{ value, type: 'work', primary: true }] }),
  },
];

interface Changed extends Case {
  readonly lookup: Lookup;
  readonly method: 'PUT' | 'PATCH';
}

const attributeOf = ({ path }: Lookup): string => path.replace(/\..*/, '');

/** Lookups by attributes that a user keeps. */
const kept = (facts: Facts): readonly Lookup[] =>
  lookups.filter(
    lookup => ['userName', 'externalId'].includes(lookup.path) || keeps(attributeOf(lookup)).unmet(facts) === undefined,
  );

/** Ids that the lookup finds. @throws NotApplicable when it is declined */
const found = async (context: Context, path: string, value: string, endpoint = '/Users') =>
  idsOf(await filtered(context, endpoint, `${path} eq ${filterValue(value)}`));

/** What filters find when the resource they are about has changed (RFC 7644 sections 3.4.2.2 and 3.6). */
export const filterAfterChange = [
  {
    id: 'filter.after-change',
    title: 'A user is found by the value that it has now, and no longer by the one it had',
    clause: 'RFC7644-3.4.2.2-03',
    applies: onUsers,
    cases: (facts: Facts): readonly Changed[] =>
      kept(facts).flatMap(lookup =>
        (['PUT', 'PATCH'] as const)
          .filter(method => method === 'PUT' || supports('patch').unmet(facts) === undefined)
          .map(method => ({ name: `${lookup.path} by ${method}`, lookup, method })),
      ),
    async run(context: Context, { lookup, method }: Changed) {
      const { scim, given } = context;
      const [old, fresh] = [lookup.value(given), lookup.value(given)];
      const { id, sent } = await given.user(lookup.members(old));
      if (!(await found(context, lookup.path, old)).includes(id)) {
        throw new NotApplicable(`a user is not found by ${lookup.path}`);
      }
      const members = lookup.members(fresh);
      if (method === 'PUT') succeeded(await scim.replace('/Users', id, { ...sent, ...members }), 'replace.status');
      else {
        const operations = Object.entries(members).map(([path, value]) => ({
          op: 'replace' as const,
          path,
          value,
        }));
        await patched(context, '/Users', id, operations);
      }
      expect.set(await found(context, lookup.path, fresh), [id], `by ${lookup.path} as it is now:`);
      expect.set(await found(context, lookup.path, old), [], `by ${lookup.path} as it was:`);
    },
  },
  {
    id: 'filter.after-deactivation',
    title: 'A user that is switched off is found by a filter on active, and no longer by the one on who is on',
    clause: 'RFC7644-3.4.2.2-03',
    applies: [...onUsers, keeps('active')],
    cases: (facts: Facts) =>
      (supports('patch').unmet(facts) === undefined ? ['PUT', 'PATCH'] : ['PUT']).map(name => ({ name })),
    async run(context: Context, { name: method }: Case) {
      const { scim, given, stored } = context;
      const { id, sent } = await given.user({ active: true });
      const among = async (active: boolean) =>
        idsOf(await filtered(context, '/Users', `id eq ${filterValue(id)} and active eq ${active}`));
      if (!(await among(true)).includes(id)) throw new NotApplicable('a user is not found by active');
      // Not everybody may be switched off, or by everybody.
      if (method === 'PUT')
        succeeded(await scim.replace('/Users', id, { ...sent, active: false }), reporters.write.PUT);
      else
        succeeded(
          await scim.patch('/Users', id, [{ op: 'replace', path: 'active', value: false }]),
          reporters.write.PATCH,
        );
      if ((await stored('/Users', id))['active'] !== false) throw new NotApplicable('the user is not switched off');
      const off = await among(false);
      // A provider may keep those who are off out of its lists altogether (RFC 7643 section 4.1.1).
      if (off.length === 0 && idsOf(await filtered(context, '/Users', `id eq ${filterValue(id)}`)).length === 0) {
        throw new NotApplicable('who is off is in no list');
      }
      expect.set(off, [id], 'found by active eq false:');
      expect.set(await among(true), [], 'found by active eq true:');
    },
  },
  {
    id: 'filter.after-group-change',
    title: 'A group is found by the name that it has now, and no longer by the one it had',
    clause: 'RFC7644-3.4.2.2-03',
    applies: [serves('Group'), supports('filter'), supports('patch')],
    async run(context) {
      const { given } = context;
      const { id, name } = await given.group();
      if (!(await found(context, 'displayName', name, '/Groups')).includes(id)) {
        throw new NotApplicable('a group is not found by displayName');
      }
      const fresh = given.unique('renamed');
      await patched(context, '/Groups', id, [{ op: 'replace', path: 'displayName', value: fresh }]);
      expect.set(await found(context, 'displayName', fresh, '/Groups'), [id], 'by its name as it is now:');
      expect.set(await found(context, 'displayName', name, '/Groups'), [], 'by its name as it was:');
    },
  },
  {
    id: 'filter.after-members-change',
    title: 'A group is found by the members that it has now, and by no others',
    clause: 'RFC7644-3.4.2.2-03',
    applies: [serves('User'), serves('Group'), supports('filter'), supports('patch')],
    async run(context) {
      const { given } = context;
      const [stays, leaves] = [await given.user(), await given.user()];
      const { id } = await given.group({ members: [{ value: stays.id }, { value: leaves.id }] });
      if (!(await found(context, 'members.value', leaves.id, '/Groups')).includes(id)) {
        throw new NotApplicable('a group is not found by its members');
      }
      const path = `members[value eq ${filterValue(leaves.id)}]`;
      await patched(context, '/Groups', id, [{ op: 'remove', path }]);
      expect.set(await found(context, 'members.value', stays.id, '/Groups'), [id], 'by a member that stayed:');
      expect.set(await found(context, 'members.value', leaves.id, '/Groups'), [], 'by a member that left:');
    },
  },
  {
    id: 'filter.provider-values',
    title: 'A user is found by the groups that it shows, and by no others',
    clause: 'RFC7644-3.4.2.2-03',
    applies: [...onUsers, serves('Group')],
    cases: () => ['value', 'display'].map(name => ({ name: `groups.${name}`, part: name })),
    async run(context: Context, { name: path, part }: Case & { readonly part: string }) {
      const { user, group } = await context.shared('found by groups', async ({ given }) => {
        const one = await given.user();
        return { user: one, group: await given.group({ members: [{ value: one.id }] }) };
      });
      const value = entryOf((await context.stored('/Users', user.id))['groups'], group.id)?.[part];
      if (typeof value !== 'string') throw new NotApplicable(`a user does not show ${path}`);
      const by = async (wanted: string) => {
        const filter = `${path} eq ${filterValue(wanted)} and userName eq ${filterValue(user.name)}`;
        return idsOf(await filtered(context, '/Users', filter));
      };
      expect.set(await by(value), [user.id], `by ${path} as it is shown:`);
      expect.set(await by(`${value}x`), [], `by another ${path}:`);
    },
  },
  {
    id: 'filter.deleted',
    title: 'A deleted user is found by none of its values',
    clause: 'RFC7644-3.6-04',
    applies: onUsers,
    cases: (facts: Facts) => kept(facts).map(lookup => ({ name: lookup.path, lookup })),
    async run(context: Context, { lookup }: Case & { readonly lookup: Lookup }) {
      const { scim, given } = context;
      const value = lookup.value(given);
      const { id } = await given.user(lookup.members(value));
      if (!(await found(context, lookup.path, value)).includes(id)) {
        throw new NotApplicable(`a user is not found by ${lookup.path}`);
      }
      succeeded(await scim.remove('/Users', id), 'delete.status');
      expect.set(await found(context, lookup.path, value), [], 'no ids:');
    },
  },
  {
    id: 'delete.not-listed',
    title: 'A deleted resource is in no list',
    clause: 'RFC7644-3.6-04',
    applies: [],
    // With what other probes make the list would take too many pages.
    exclusive: true,
    cases: (facts: Facts) =>
      (['User', 'Group'] as const).filter(type => serves(type).unmet(facts) === undefined).map(name => ({ name })),
    async run({ scim, given }: Context, { name }: Case) {
      const endpoint = name === 'User' ? '/Users' : '/Groups';
      const { id } = await (name === 'User' ? given.user() : given.group());
      const list = async () => pageOf(await scim.list(endpoint, { count: 1000, attributes: ['id'] }));
      const before = await list();
      if (!idsOf(before).includes(id)) throw new NotApplicable('the list takes too many pages to be seen');
      succeeded(await scim.remove(endpoint, id), 'delete.status');
      const after = idsOf(await list());
      expect.that(!after.includes(id), 'a list without the deleted resource', 'one with it');
    },
  },
  {
    id: 'replace.name-given-up',
    title: 'A userName that its user gave up can be taken by another',
    clause: 'RFC7643-7-31',
    applies: [serves('User')],
    async run({ scim, given }) {
      const { id, name, sent } = await given.user();
      const userName = `${given.unique('renamed')}@${given.domain}`;
      succeeded(await scim.replace('/Users', id, { ...sent, userName }), 'replace.status');
      const read = await scim.read('/Users', id);
      const shown = JSON.stringify(read.json ?? null).toLowerCase();
      if (!shown.includes(userName.toLowerCase())) throw new NotApplicable('the user was not renamed');
      const answer = await scim.create('/Users', given.userDraft({ userName: name }));
      if (createdId(answer) !== undefined) return;
      // A name may stay reserved: the clause forbids doubles, not caution.
      throw new Violation('a user of the name that nobody has any more', describeAnswer(answer), answer, 'observation');
    },
  },
  {
    id: 'replace.own-name-other-case',
    title: 'A user may write its own userName in another case',
    clause: 'RFC7643-7-31',
    applies: [serves('User')],
    async run({ scim, given }) {
      const { id, name, sent } = await given.user();
      succeeded(await scim.replace('/Users', id, sent), 'replace.status');
      const answer = await scim.replace('/Users', id, { ...sent, userName: name.toUpperCase() });
      const { status = 0, json } = answer;
      if (status === 400 && !(isErrorMessage(json) && json.scimType === 'uniqueness')) {
        throw new NotApplicable(`capitals are refused: ${describeAnswer(answer)}`);
      }
      expect.that(status < 300, 'no conflict of a user with itself', describeAnswer(answer), answer);
    },
  },
] as const satisfies readonly Check[];
