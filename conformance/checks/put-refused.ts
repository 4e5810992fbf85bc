import { resourcePath } from '../../scim/client.ts';
import { isErrorMessage } from '../../scim/message/error.ts';
import { isObject } from '../../scim/message/list.ts';
import type { HttpResponse, Json, JsonObject } from '../../scim/wire/message.ts';
import type { Case, Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { shows, startUser, type Subject } from '../run/change.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { serves, type Facts } from '../run/facts.ts';
import { USER } from '../../scim/message/urn.ts';
import { isUnset } from '../run/state.ts';
import { succeeded } from '../run/steps.ts';
import { NotApplicable } from '../run/violation.ts';
import { somebodyNamed } from './anybody.ts';

const onUsers = [serves('User')] as const;

/** A user, where one takes an ordinary PUT, so that a refusal says something about what is wrong with another. */
async function workingUser(context: Context): Promise<Subject> {
  // Once in a run is enough to tell.
  await context.shared('an ordinary PUT', async ({ scim, given }) => {
    const { id, sent } = await given.user();
    succeeded(await scim.replace('/Users', id, sent), 'replace.status');
  });
  return startUser(context);
}

/** The same, as an ordinary PUT leaves it: what the provider itself gave at creation may go with that. */
async function replacedUser(context: Context): Promise<Subject> {
  const subject = await startUser(context);
  succeeded(await context.scim.replace('/Users', subject.id, subject.sent), 'replace.status');
  return { ...subject, before: await context.stored('/Users', subject.id) };
}

const wrongBodies: Readonly<Record<string, (sent: JsonObject) => Json>> = {
  'active-as-text': sent => ({ ...sent, active: 'perhaps' }),
  'name-as-text': sent => ({ ...sent, name: 'Mira Okonkwo' }),
  'emails-as-number': sent => ({ ...sent, emails: 5 }),
  'user-name-as-object': sent => ({ ...sent, userName: { value: 'mira' } }),
  'a-list': sent => [sent],
};

/** Immutable attributes that are simple texts, as the target publishes them. */
function immutablesOf({ schemas }: Facts): readonly Case[] {
  const schema = schemas?.find(({ id }) => id === USER);
  const attributes = schema?.['attributes'];
  if (!Array.isArray(attributes)) return [];
  return attributes
    .filter(isObject)
    .filter(
      ({ mutability, type, multiValued }) => mutability === 'immutable' && type === 'string' && multiValued !== true,
    )
    .flatMap(({ name }) => (typeof name === 'string' ? [{ name }] : []));
}

async function shown({ stored }: Context, id: string, attribute: string): Promise<Json | undefined> {
  return (await stored('/Users', id))[attribute];
}

const refusedAs = (answer: HttpResponse, keyword: string): boolean =>
  answer.status === 400 && (!isErrorMessage(answer.json) || (answer.json.scimType ?? keyword) === keyword);

/** What a PUT may not do, and how it is refused (RFC 7644 sections 3.5.1 and 3.12). */
export const putRefused = [
  {
    id: 'replace.wrong-type',
    title: 'A PUT with a value of the wrong type is refused with 400',
    clause: 'RFC7644-3.5.1-13',
    applies: onUsers,
    cases: () => Object.keys(wrongBodies).map(name => ({ name })),
    async run(context, { name }) {
      const { id, sent, astray } = await workingUser(context);
      // What the target has no use for it need not look at.
      const ignored = [...astray].find(attribute => name.startsWith(`${attribute}-`));
      if (ignored !== undefined)
        throw new NotApplicable(`a user does not come back with the ${ignored} it was made with`);
      expect.status(await context.scim.replace('/Users', id, wrongBodies[name]?.(sent) ?? null), 400);
    },
  },
  {
    id: 'replace.broken-json',
    title: 'A PUT whose body is no JSON is refused with 400',
    clause: 'RFC7644-3.5.1-13',
    applies: onUsers,
    async run(context) {
      const { id, sent } = await workingUser(context);
      const text = JSON.stringify(sent).slice(0, -1);
      expect.status(await context.scim.request({ method: 'PUT', path: resourcePath('/Users', id), text }), 400);
    },
  },
  {
    id: 'replace.refused-changes-nothing',
    title: 'A PUT that is refused changes nothing',
    clause: 'RFC7644-3.5.1-12',
    applies: onUsers,
    cases: () => [{ name: 'wrong-type' }, { name: 'taken-user-name' }, { name: 'no-user-name' }],
    async run(context, { name }) {
      const [other, subject] = [await somebodyNamed(context), await workingUser(context)];
      const changed = { ...subject.sent, displayName: context.given.unique('half') };
      const bodies: Readonly<Record<string, JsonObject>> = {
        'wrong-type': { ...changed, emails: 5 },
        'taken-user-name': { ...changed, userName: other.name },
        'no-user-name': Object.fromEntries(Object.entries(changed).filter(([each]) => each !== 'userName')),
      };
      const answer = await context.scim.replace('/Users', subject.id, bodies[name] ?? {});
      if (answer.status === undefined || answer.status < 400) {
        throw new NotApplicable(`the PUT is not refused: ${describeAnswer(answer)}`);
      }
      const { meta } = await shows(context, subject, {}, answer);
      expect.equal(meta, subject.before['meta'] ?? null, 'meta as before:', answer);
    },
  },
  {
    id: 'replace.user-name-required',
    title: 'No PUT leaves a user without a userName',
    clause: 'RFC7643-4.1.1-01',
    applies: onUsers,
    cases: () => [{ name: 'left-out' }, { name: 'null' }, { name: 'empty' }],
    async run(context, { name }) {
      const { id, sent } = await workingUser(context);
      const { userName: _, ...rest } = sent;
      const body = name === 'left-out' ? rest : { ...rest, userName: name === 'null' ? null : '' };
      const answer = await context.scim.replace('/Users', id, body);
      const userName = await shown(context, id, 'userName');
      const named = typeof userName === 'string' && userName !== '';
      expect.that(named, 'a userName', show(userName), answer);
    },
  },
  {
    id: 'replace.conflict',
    title: 'A PUT onto the userName of another user is refused with 409 or 400',
    clause: 'RFC7644-3.5.1-14',
    also: ['RFC7643-7-29'],
    applies: onUsers,
    async run(context) {
      const [other, { id, sent }] = [await somebodyNamed(context), await workingUser(context)];
      const answer = await context.scim.replace('/Users', id, { ...sent, userName: other.name });
      expect.status(answer, 409, 400);
      const keyword = isErrorMessage(answer.json) ? answer.json.scimType : undefined;
      const right = keyword === undefined || keyword === 'uniqueness';
      expect.that(right, 'scimType "uniqueness"', describeAnswer(answer), answer);
    },
  },
  {
    id: 'replace.user-name-unique',
    title: 'No PUT gives a user the userName of another',
    clause: 'RFC7643-4.1.1-02',
    applies: onUsers,
    cases: () => [{ name: 'same' }, { name: 'other-case' }],
    async run(context, { name }) {
      const other = await startUser(context);
      const subject = await replacedUser(context);
      const { userName } = other.sent;
      const taken = typeof userName === 'string' ? userName : '';
      const answer = await context.scim.replace('/Users', subject.id, {
        ...subject.sent,
        userName: name === 'same' ? taken : taken.toUpperCase(),
      });
      await shows(context, subject, {}, answer);
      await shows(context, other, {}, answer);
    },
  },
  {
    id: 'replace.immutable-kept',
    title: 'An immutable attribute that has a value keeps it through a PUT',
    clause: 'RFC7643-7-20',
    applies: onUsers,
    cases: immutablesOf,
    async run(context, { name }) {
      const { id, sent } = await startUser(context, { [name]: 'first' });
      const answer = await context.scim.replace('/Users', id, { ...sent, [name]: 'second' });
      expect.equal(await shown(context, id, name), 'first', name, answer);
    },
  },
  {
    id: 'replace.immutable-refused',
    title: 'A PUT that would change an immutable value is refused with 400 mutability, and one that repeats it is not',
    clause: 'RFC7644-3.5.1-06',
    applies: onUsers,
    cases: immutablesOf,
    async run(context, { name }) {
      const { id, sent } = await startUser(context, { [name]: 'first' });
      expect.status(await context.scim.replace('/Users', id, sent), 200);
      const answer = await context.scim.replace('/Users', id, { ...sent, [name]: 'second' });
      expect.that(refusedAs(answer, 'mutability'), '400 with scimType "mutability"', describeAnswer(answer), answer);
    },
  },
  {
    id: 'replace.immutable-first',
    title: 'An immutable attribute without value takes the first that a PUT gives',
    clause: 'RFC7644-3.5.1-07',
    also: ['RFC7643-7-19'],
    applies: onUsers,
    cases: immutablesOf,
    async run(context, { name }) {
      const { id, sent, before } = await startUser(context);
      if (!isUnset(before[name])) throw new NotApplicable(`a user has a ${name} from the start`);
      const answer = await context.scim.replace('/Users', id, { ...sent, [name]: 'first' });
      expect.equal(await shown(context, id, name), 'first', name, answer);
    },
  },
] as const satisfies readonly Check[];
