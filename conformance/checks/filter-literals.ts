import { isObject } from '../../scim/message/list.ts';
import { filterValue } from '../../scim/message/patch.ts';
import type { JsonObject } from '../../scim/wire/message.ts';
import type { Case, Check } from '../run/check.ts';
import type { Context, Made } from '../run/context.ts';
import { expect } from '../run/expect.ts';
import { keeps, serves, supports, type Facts } from '../run/facts.ts';
import { filtered, idsOf } from '../run/steps.ts';
import { NotApplicable } from '../run/violation.ts';
import { walk } from './family.ts';

const onUsers = [serves('User'), supports('filter')] as const;

/** One user that no probe changes. */
const oneUser = async ({ shared }: Context): Promise<Made> =>
  shared('literal', async ({ given }) =>
    given.user({ name: { familyName: given.unique('sorrel'), givenName: given.unique('sage') } }),
  );

/** Texts of that user that a filter may ask for; lookups often have an index of their own, other texts have none. */
const texts = (facts: Facts): readonly string[] =>
  keeps('name').unmet(facts) === undefined ? ['userName', 'name.familyName'] : ['userName'];

const textOf = ({ name, sent }: Made, path: string): string =>
  path === 'userName' ? name : isObject(sent['name']) ? textIn(sent['name'], 'familyName') : '';

/** What a store or a pattern language reads as any letter or any text. */
const strangers = ['_', '%', '*', '.', '?', '.*', '%%'] as const;

/** The text with another in place of the first letter `s`. */
const altered = (text: string, by: string): string => text.replace('s', by);

const textIn = (object: JsonObject, name: string): string => {
  const value = object[name];
  return typeof value === 'string' ? value : '';
};

interface Stranger extends Case {
  readonly path: string;
  readonly operator: string;
  readonly stranger: string;
}

interface Similar extends Case {
  readonly path: string;
  readonly kind: string;
}

interface Pair extends Case {
  readonly path: 'userName' | 'externalId' | 'id';
}

/** Filters whose operands look like patterns, and filters that name several users (RFC 7644 section 3.4.2.2). */
export const filterLiterals = [
  {
    id: 'filter.no-pattern',
    title: 'The operand of a filter is no pattern',
    clause: 'RFC7644-3.4.2.2-12',
    also: ['RFC7644-3.4.2.2-19', 'RFC7644-3.4.2.2-20', 'RFC7644-3.4.2.2-21'],
    applies: onUsers,
    cases: (facts: Facts): readonly Stranger[] =>
      texts(facts).flatMap(path =>
        (path === 'userName' ? ['eq', 'co', 'sw', 'ew'] : ['eq']).flatMap(operator =>
          strangers.map(stranger => ({ name: `${path} ${operator} ${stranger}`, path, operator, stranger })),
        ),
      ),
    async run(context: Context, { path, operator, stranger }: Stranger) {
      const user = await oneUser(context);
      const operand = altered(textOf(user, path), stranger);
      const page = await filtered(context, '/Users', `${path} ${operator} ${filterValue(operand)}`);
      expect.that(!idsOf(page).includes(user.id), `nobody of the name ${operand}`, `the user ${user.name}`);
    },
  },
  {
    id: 'filter.identical',
    title: 'eq finds no text that is merely similar',
    clause: 'RFC7644-3.4.2.2-12',
    applies: onUsers,
    cases: (facts: Facts): readonly Similar[] =>
      texts(facts).flatMap(path =>
        ['accent', 'blank behind', 'blank in front', 'beginning', 'longer'].map(kind => ({
          name: `${path} ${kind}`,
          path,
          kind,
        })),
      ),
    async run(context: Context, { path, kind }: Similar) {
      const user = await oneUser(context);
      const name = textOf(user, path);
      const operands: Readonly<Record<string, string>> = {
        accent: altered(name, 'ś'),
        'blank behind': `${name} `,
        'blank in front': ` ${name}`,
        beginning: name.slice(0, -1),
        longer: `${name}x`,
      };
      const operand = operands[kind] ?? '';
      const page = await filtered(context, '/Users', `${path} eq ${filterValue(operand)}`);
      const nobody = `nobody of the ${path} ${JSON.stringify(operand)}`;
      expect.that(!idsOf(page).includes(user.id), nobody, `the user of ${name}`);
    },
  },
  {
    id: 'filter.either',
    title: 'or finds each of two users that are named by what clients look them up by',
    clause: 'RFC7644-3.4.2.2-35',
    applies: onUsers,
    cases: (): readonly Pair[] => (['userName', 'externalId', 'id'] as const).map(path => ({ name: path, path })),
    async run(context: Context, { path }: Pair) {
      const two = await context.shared('either', async ({ given }) => [
        await given.user({ externalId: given.unique('one') }),
        await given.user({ externalId: given.unique('two') }),
      ]);
      const sides = two.map(({ id, name, sent }) => {
        const value = path === 'id' ? id : path === 'userName' ? name : textIn(sent, 'externalId');
        return { id, filter: `${path} eq ${filterValue(value)}` };
      });
      for (const { id, filter } of sides) {
        const alone = idsOf(await filtered(context, '/Users', filter));
        if (!alone.includes(id)) throw new NotApplicable(`a user is not found by ${path}`);
      }
      const either = sides.map(({ filter }) => filter).join(' or ');
      const right = sides.map(({ id }) => id);
      expect.set([...(await walk(context, either, {})).ids], right, 'both users:');
    },
  },
  {
    id: 'filter.either-in-brackets',
    title: 'or inside of brackets finds elements that meet either side',
    clause: 'RFC7644-3.4.2.2-35',
    applies: [...onUsers, keeps('emails')],
    async run(context: Context) {
      const two = await context.shared('addressed', async ({ given }) => [await given.user(), await given.user()]);
      const sides = two.map(({ id, name }) => ({ id, filter: `value eq ${filterValue(name)}` }));
      for (const { id, filter } of sides) {
        const alone = idsOf(await filtered(context, '/Users', `emails[${filter}]`));
        if (!alone.includes(id)) throw new NotApplicable('a user is not found by an element of emails');
      }
      const either = `emails[${sides.map(({ filter }) => filter).join(' or ')}]`;
      const right = sides.map(({ id }) => id);
      expect.set([...(await walk(context, either, {})).ids], right, 'both users:');
    },
  },
] as const satisfies readonly Check[];
