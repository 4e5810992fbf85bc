import { isObject } from '../../scim/message/list.ts';
import { ENTERPRISE_USER, USER } from '../../scim/message/urn.ts';
import { filterValue } from '../../scim/message/patch.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import type { Case, Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { attributeNamed, declaredSchema, declaredType, type DeclaredSchema } from '../run/declared.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { keeps, serves, supports, type Condition, type Facts } from '../run/facts.ts';
import { createdId, lastSegment, refusalOf } from '../run/given.ts';
import { reporters } from '../run/reporters.ts';
import { memberOf } from '../run/shown.ts';
import { filtered, idsOf, patched, succeeded } from '../run/steps.ts';
import { Blocked, NotApplicable, Violation } from '../run/violation.ts';

const extensionOf = (facts: Facts): DeclaredSchema | undefined => {
  const user = declaredType(facts, 'User');
  return user && declaredSchema(user, ENTERPRISE_USER);
};

/** Users have the enterprise extension, and /Schemas publishes the attribute. */
const extended = (name?: string): Condition => ({
  name: `enterprise extension${name === undefined ? '' : ` with ${name}`}`,
  unmet(facts) {
    const schema = extensionOf(facts);
    if (schema?.published !== true) return 'the target lists no enterprise extension';
    return name === undefined || attributeNamed(schema.attributes, name) ? undefined : `/Schemas has no ${name}`;
  },
});

interface Plain extends Case {
  readonly clause: NonNullable<Case['clause']>;
}

const plain: readonly Plain[] = [
  { name: 'employeeNumber', clause: 'RFC7643-4.3-02' },
  { name: 'costCenter', clause: 'RFC7643-4.3-03' },
  { name: 'organization', clause: 'RFC7643-4.3-04' },
  { name: 'division', clause: 'RFC7643-4.3-05' },
  { name: 'department', clause: 'RFC7643-4.3-06' },
];

const offered = (facts: Facts) => plain.filter(({ name }) => extended(name).unmet(facts) === undefined);
const clauses = plain.map(({ clause }) => clause).slice(1);

const draftOf = ({ given }: Context, members: JsonObject, schemas: readonly string[] = [USER, ENTERPRISE_USER]) =>
  given.userDraft({ schemas, [ENTERPRISE_USER]: members });

/** What a user shows of the extension. */
const partOf = (user: JsonObject, name: string): Json | undefined => {
  const container = memberOf(user, ENTERPRISE_USER);
  return isObject(container) ? memberOf(container, name) : undefined;
};

/** The id of a user with data of the extension. */
async function madeWith(context: Context, draft: JsonObject): Promise<string> {
  const answer = await context.scim.create('/Users', draft);
  const id = createdId(answer);
  if (id !== undefined) return id;
  await context.given.user();
  throw new Violation('a user with data of the extension', refusalOf('User', answer), answer);
}

const sameText = (came: Json | undefined, right: string) =>
  typeof came === 'string' && came.toLowerCase() === right.toLowerCase();

/** The enterprise extension (RFC 7643 sections 3, 3.3 and 4.3). */
export const enterprise = [
  {
    id: 'enterprise.round-trip',
    title: 'An attribute of the enterprise extension comes back under its URI',
    clause: 'RFC7643-4.3-02',
    also: [...clauses, 'RFC7643-4.3-01', 'RFC7643-3-09', 'RFC7643-3.3-07', 'RFC7643-3.3-04'],
    applies: [serves('User'), extended()],
    cases: offered,
    async run(context, { name }) {
      const value = context.given.unique('Value');
      const user = await context.stored('/Users', await madeWith(context, draftOf(context, { [name]: value })));
      const came = partOf(user, name);
      expect.that(sameText(came, value), `${name} ${show(value)} under ${ENTERPRISE_USER}`, show(came));
    },
  },
  {
    id: 'enterprise.replace',
    title: 'A PUT changes an attribute of the enterprise extension',
    clause: 'RFC7643-4.3-02',
    also: clauses,
    applies: [serves('User'), extended()],
    cases: offered,
    async run(context, { name }) {
      const draft = draftOf(context, { [name]: context.given.unique('First') });
      const id = await madeWith(context, draft);
      const value = context.given.unique('Second');
      const body = { ...draft, [ENTERPRISE_USER]: { [name]: value } };
      succeeded(await context.scim.replace('/Users', id, body), 'replace.status');
      const came = partOf(await context.stored('/Users', id), name);
      expect.that(sameText(came, value), `${name} ${show(value)}`, show(came));
    },
  },
  {
    id: 'enterprise.filter',
    title: 'A filter with the URI of the extension finds a user by its attribute',
    clause: 'RFC7643-4.3-02',
    also: clauses,
    applies: [serves('User'), extended(), supports('filter')],
    cases: offered,
    async run(context, { name }) {
      const value = context.given.unique('Value');
      const id = await madeWith(context, draftOf(context, { [name]: value }));
      if (!sameText(partOf(await context.stored('/Users', id), name), value)) {
        throw new Blocked('enterprise.round-trip', 'the value is not kept');
      }
      const page = await filtered(context, '/Users', `${ENTERPRISE_USER}:${name} eq ${filterValue(value)}`);
      expect.set(idsOf(page), [id], 'the user');
    },
  },
  {
    id: 'enterprise.patch-remove',
    title: 'A PATCH with the URI of the extension removes its attribute',
    clause: 'RFC7643-4.3-02',
    also: clauses,
    applies: [serves('User'), extended(), supports('patch')],
    cases: offered,
    async run(context, { name }) {
      const id = await madeWith(context, draftOf(context, { [name]: context.given.unique('Value') }));
      await patched(context, '/Users', id, [{ op: 'remove', path: `${ENTERPRISE_USER}:${name}` }]);
      const came = partOf(await context.stored('/Users', id), name) ?? null;
      expect.that(came === null, `no ${name}`, show(came));
    },
  },
  {
    id: 'enterprise.schemas-order',
    title: 'The order of schemas has no effect',
    clause: 'RFC7643-3-07',
    applies: [serves('User'), extended('department')],
    async run(context) {
      const value = context.given.unique('Value');
      const draft = draftOf(context, { department: value }, [ENTERPRISE_USER, USER]);
      const came = partOf(await context.stored('/Users', await madeWith(context, draft)), 'department');
      expect.that(sameText(came, value), `department ${show(value)}`, show(came));
    },
  },
  {
    id: 'enterprise.urn-other-case',
    title: 'Data of the extension under its URI in another case is taken or refused, not lost',
    clause: 'RFC7643-2.1-01',
    also: ['RFC7644-3.10-04'],
    applies: [serves('User'), extended('department')],
    async run(context) {
      const { scim, given, stored } = context;
      const value = given.unique('Value');
      const plain = await madeWith(context, draftOf(context, { department: value }));
      if (!sameText(partOf(await stored('/Users', plain), 'department'), value)) {
        throw new Blocked('enterprise.round-trip', 'the value is not kept');
      }
      const upper = ENTERPRISE_USER.toUpperCase();
      const answer = await scim.create(
        '/Users',
        given.userDraft({ schemas: [USER, ENTERPRISE_USER], [upper]: { department: value } }),
      );
      const id = createdId(answer);
      if (id === undefined) return expect.status(answer, 400);
      const came = partOf(await stored('/Users', id), 'department');
      if (sameText(came, value)) return;
      // Parsers compare the names of members exactly, so this is no failure.
      throw new Violation(`department ${show(value)}, or a refusal`, show(came), answer, 'warning');
    },
  },
  {
    id: 'enterprise.unnamed',
    title: 'Data of an extension that schemas does not name is refused, left out, or named',
    clause: 'RFC7643-3.3-05',
    applies: [serves('User'), extended('department')],
    async run(context) {
      const { scim, given, stored } = context;
      await given.user();
      const answer = await scim.create('/Users', draftOf(context, { department: given.unique('Value') }, [USER]));
      const id = createdId(answer);
      if (id === undefined) return expect.status(answer, 400);
      const user = await stored('/Users', id);
      const { schemas } = user;
      const named = Array.isArray(schemas) && schemas.includes(ENTERPRISE_USER);
      const held = memberOf(user, ENTERPRISE_USER) !== undefined;
      expect.that(named || !held, `schemas with ${ENTERPRISE_USER}`, show(schemas), answer);
    },
  },
  {
    id: 'enterprise.named-without-data',
    title: 'A user may name the extension without data of it',
    clause: 'RFC7643-3.3-01',
    also: ['RFC7643-3.3-04'],
    applies: [serves('User'), extended()],
    async run({ scim, given }) {
      const answer = await scim.create('/Users', given.userDraft({ schemas: [USER, ENTERPRISE_USER] }));
      expect.status(answer, 201, 400);
      return { observed: describeAnswer(answer) };
    },
  },
  {
    id: 'enterprise.manager',
    title: 'The manager of a user is the user that was given',
    clause: 'RFC7643-4.3-07',
    applies: [serves('User'), extended('manager')],
    async run(context) {
      const boss = await context.given.user();
      const id = await madeWith(context, draftOf(context, { manager: { value: boss.id } }));
      const manager = partOf(await context.stored('/Users', id), 'manager');
      expect.that(isObject(manager) && manager['value'] === boss.id, `manager ${show(boss.id)}`, show(manager));
    },
  },
  {
    id: 'enterprise.manager-ref',
    title: 'The $ref of a manager leads to the manager',
    clause: 'RFC7643-4.3-08',
    applies: [serves('User'), extended('manager')],
    async run(context) {
      const boss = await context.given.user();
      const id = await madeWith(context, draftOf(context, { manager: { value: boss.id } }));
      const manager = partOf(await context.stored('/Users', id), 'manager');
      const reference = isObject(manager) ? (manager['$ref'] ?? null) : null;
      if (reference === null) throw new NotApplicable('no $ref is shown');
      const leads = typeof reference === 'string' && lastSegment(reference) === boss.id;
      expect.that(leads, `a $ref to the user ${show(boss.id)}`, show(reference));
    },
  },
  {
    id: 'enterprise.manager-name',
    title: 'The displayName of a manager is that of the user, whatever a client sends',
    clause: 'RFC7643-4.3-09',
    applies: [serves('User'), extended('manager')],
    async run(context) {
      const boss = await context.given.user();
      const manager = { value: boss.id, displayName: 'Zz Nobody' };
      const id = await madeWith(context, draftOf(context, { manager }));
      const shown = partOf(await context.stored('/Users', id), 'manager');
      const displayName = isObject(shown) ? (shown['displayName'] ?? null) : null;
      if (displayName === null) return;
      const right = (await context.stored('/Users', boss.id))['displayName'];
      expect.equal(displayName, right, 'displayName of the manager');
    },
  },
  {
    id: 'enterprise.manager-renamed',
    title: 'The displayName of a manager follows when that user is renamed',
    clause: 'RFC7643-4.3-10',
    applies: [serves('User'), extended('manager'), keeps('displayName')],
    async run(context) {
      const { given, scim, stored } = context;
      const boss = await given.user();
      const id = await madeWith(context, draftOf(context, { manager: { value: boss.id } }));
      const nameShown = async () => {
        const manager = partOf(await stored('/Users', id), 'manager');
        return isObject(manager) ? (manager['displayName'] ?? null) : null;
      };
      const before = await nameShown();
      if (before === null) throw new NotApplicable('no displayName of a manager is shown');
      if (before !== (await stored('/Users', boss.id))['displayName']) {
        throw new Blocked('enterprise.manager-name', `another name is shown: ${show(before)}`);
      }
      const displayName = given.unique('renamed');
      succeeded(await scim.replace('/Users', boss.id, { ...boss.sent, displayName }), reporters.write.PUT);
      const right = (await stored('/Users', boss.id))['displayName'];
      if (right === before) throw new NotApplicable('the displayName of a user stays as it was');
      if ((await nameShown()) === right) return;
      // Copies may come as late as lists do, and a list is waited for.
      await scim.list('/Users', { filter: `id eq ${filterValue(id)}` });
      expect.equal(await nameShown(), right ?? null, 'displayName of the manager');
    },
  },
  {
    id: 'enterprise.manager-deleted',
    title: 'What becomes of the manager of a user when that user is deleted is recorded',
    clause: 'RFC7643-2.3.7-06',
    applies: [serves('User'), extended('manager')],
    async run(context) {
      const { given, scim, stored } = context;
      const boss = await given.user();
      const id = await madeWith(context, draftOf(context, { manager: { value: boss.id } }));
      succeeded(await scim.remove('/Users', boss.id), 'delete.status');
      const manager = partOf(await stored('/Users', id), 'manager') ?? null;
      const kept = isObject(manager) && manager['value'] === boss.id;
      return { observed: kept ? 'the reference stays' : 'the reference goes with the manager' };
    },
  },
] as const satisfies readonly Check[];
