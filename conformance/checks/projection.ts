import { isObject } from '../../scim/message/list.ts';
import { filterValue } from '../../scim/message/patch.ts';
import { ENTERPRISE_USER, USER } from '../../scim/message/urn.ts';
import type { HttpResponse, JsonObject } from '../../scim/wire/message.ts';
import type { Query } from '../../scim/client.ts';
import { traitOf, valuesAt } from '../run/attributes.ts';
import type { Case, Check, Probe } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { describeAnswer, expect } from '../run/expect.ts';
import { serves, supports, type Facts } from '../run/facts.ts';
import { memberIds } from '../run/steps.ts';
import { NotApplicable, Violation } from '../run/violation.ts';
import { familyOf, isDeclined, type Resident } from './family.ts';
import { expectOnly, expectWithout } from './projection-oracle.ts';

const E = `${ENTERPRISE_USER}:`;

/** Attributes of a request, as they are asked for and as the resource has them. */
interface Asked extends Case {
  readonly paths: readonly string[];
  /** As they stand in the request, where that is not the paths. */
  readonly spelt?: readonly string[];
}

const asked = (...paths: readonly string[]): Asked => ({
  name: paths.map(path => path.replace(ENTERPRISE_USER, 'enterprise')).join(','),
  paths,
});

const spelt = (path: string, ...words: readonly string[]): Asked => ({
  name: words.join(',').replace(ENTERPRISE_USER, 'enterprise').replace(USER, 'core'),
  paths: [path],
  spelt: words,
});

/** Stands for each attribute that a user was made with and shows. */
const everything: Asked = { name: 'all that a user has', paths: [] };

/** The attributes that a projection is about. */
const pathsOf = ({ paths }: Asked, { facts }: Context, { sent, stored: whole }: Resident): readonly string[] => {
  if (paths.length > 0) return paths;
  const names = Object.keys(whole).filter(name => name !== 'schemas' && name in sent);
  const all = names.flatMap(name => {
    const held = whole[name];
    return name.startsWith('urn:') && isObject(held) ? Object.keys(held).map(part => `${name}:${part}`) : [name];
  });
  return all.filter(path => traitOf(facts, 'User', path));
};

type Parameter = 'attributes' | 'excludedAttributes';

/** Where a resource is read: alone, or in the list that a filter finds. */
const places = {
  one: async ({ scim }: Context, id: string, query: Query) => scim.read('/Users', id, { query }),
  list: async ({ scim }: Context, id: string, query: Query) => {
    const { userName } = (await scim.read('/Users', id)).json as { readonly userName?: string };
    return scim.list('/Users', { ...query, filter: `userName eq ${filterValue(userName ?? '')}` });
  },
} as const;

/** The resource that an answer shows; undefined where a list does not hold it. */
function resourceIn(answer: HttpResponse, id: string): JsonObject | undefined {
  expect.status(answer, 200);
  const body = expect.object(answer);
  if (body['Resources'] === undefined) return body;
  return expect.page(answer).resources.find(entry => entry['id'] === id);
}

/**
 * The resource that an answer to a query shows.
 * @throws Violation where a list holds it as soon as the query does not choose, NotApplicable where it does not even then
 */
async function shownIn(answer: HttpResponse, id: string, ask: (query: Query) => Promise<HttpResponse>) {
  const shown = resourceIn(answer, id);
  if (shown) return shown;
  const whole = await ask({});
  const lost = whole.status === 200 && resourceIn(whole, id) !== undefined;
  if (!lost) throw new NotApplicable('the list does not hold the resource it was asked for');
  throw new Violation('the resource that the filter finds, whatever of it is shown', 'a list without it', answer);
}

/** Reads a user of the family, who has all that can be asked for, with a projection. */
const reading = (
  parameter: Parameter,
  place: keyof typeof places,
  table: readonly Asked[],
): Pick<Probe<Asked>, 'applies' | 'cases' | 'run'> => ({
  applies: place === 'list' ? [serves('User'), supports('filter')] : [serves('User')],
  cases: (facts: Facts) => table.filter(({ paths }) => paths.every(path => traitOf(facts, 'User', path))),
  async run(context, instance) {
    const ann = (await familyOf(context)).residents.find(({ key }) => key === 'ann');
    if (!ann) return;
    const paths = pathsOf(instance, context, ann);
    const { spelt: words = paths } = instance;
    if (!paths.some(path => valuesAt(ann.stored, path).length > 0)) {
      throw new NotApplicable(`users have no ${paths.join(', ')} here`);
    }
    const ask = async (query: Query) => places[place](context, ann.id, query);
    const answer = await ask({ [parameter]: words });
    if (place === 'list' && isDeclined(answer)) throw new NotApplicable(describeAnswer(answer));
    const projection = { facts: context.facts, whole: ann.stored, shown: await shownIn(answer, ann.id, ask) };
    if (parameter === 'attributes') expectOnly(projection, paths);
    else expectWithout(projection, paths);
  },
});

const singles = [asked('userName'), asked('displayName'), asked('active'), asked('emails'), asked('name')];

/** What of a resource is shown (RFC 7644 sections 3.4.2.5 and 3.9). */
export const projection = [
  {
    id: 'projection.attributes',
    title: 'attributes shows the id, what it names and nothing else by default',
    clause: 'RFC7644-3.9-03',
    also: ['RFC7644-3.4.2.5-03'],
    ...reading('attributes', 'one', [...singles, asked('title'), asked('externalId'), asked('id'), everything]),
  },
  {
    id: 'projection.attributes-list',
    title: 'attributes limits the entries of a list',
    clause: 'RFC7644-3.4.2-11',
    also: ['RFC7644-3.4.2.5-01', 'RFC7644-3.4.2.5-03'],
    ...reading('attributes', 'list', [...singles, asked('userName', 'emails'), asked('name.givenName')]),
  },
  {
    id: 'projection.several',
    title: 'attributes takes a list of names with commas',
    clause: 'RFC7644-3.9-05',
    ...reading('attributes', 'one', [
      asked('userName', 'emails'),
      asked('displayName', 'title', 'active'),
      asked('name.givenName', 'name.familyName'),
    ]),
  },
  {
    id: 'projection.sub-attributes',
    title: 'attributes takes sub-attributes',
    clause: 'RFC7644-3.9-04',
    ...reading('attributes', 'one', [
      asked('name.givenName'),
      asked('name.familyName', 'displayName'),
      asked('emails.value'),
      asked('emails.type'),
      asked('addresses.locality'),
    ]),
  },
  {
    id: 'projection.names',
    title: 'attributes takes names in any case and with the URN of the schema',
    clause: 'RFC7644-3.9-06',
    also: ['RFC7644-3.10-01', 'RFC7644-3.10-04'],
    ...reading('attributes', 'one', [
      spelt('displayName', 'DISPLAYNAME'),
      spelt('displayName', 'displayname'),
      spelt('name.givenName', 'NAME.givenname'),
      spelt('displayName', `${USER}:displayName`),
      spelt('name.givenName', `${USER}:name.givenName`),
      spelt('displayName', `${USER}:displayName`.toUpperCase()),
    ]),
  },
  {
    id: 'projection.extension',
    title: 'attributes takes attributes of an extension by their URN',
    clause: 'RFC7644-3.9-07',
    ...reading('attributes', 'one', [
      asked(`${E}department`),
      asked(`${E}manager.value`),
      asked(`${E}department`, `${E}division`),
      asked('userName', `${E}employeeNumber`),
    ]),
  },
  {
    id: 'projection.excluded',
    title: 'excludedAttributes leaves out what it names and nothing else',
    clause: 'RFC7644-3.9-08',
    ...reading('excludedAttributes', 'one', [
      ...singles,
      asked('displayName', 'emails'),
      asked('addresses'),
      asked(`${E}department`),
      asked(`${E}manager`, 'title'),
      everything,
    ]),
  },
  {
    id: 'projection.excluded-list',
    title: 'excludedAttributes leaves attributes out of the entries of a list',
    clause: 'RFC7644-3.4.2.5-05',
    also: ['RFC7644-3.4.2.5-01'],
    ...reading('excludedAttributes', 'list', [
      asked('emails'),
      asked('displayName', 'name'),
      asked('title', 'userName'),
    ]),
  },
  {
    id: 'projection.excluded-names',
    title: 'excludedAttributes takes names in any case and with the URN of the schema',
    clause: 'RFC7644-3.10-04',
    also: ['RFC7644-3.10-01'],
    ...reading('excludedAttributes', 'one', [
      spelt('displayName', 'DISPLAYNAME'),
      spelt('displayName', `${USER}:displayName`),
      spelt('emails', `${USER}:EMAILS`),
    ]),
  },
  {
    id: 'projection.excluded-always',
    title: 'excludedAttributes does not take the id away',
    clause: 'RFC7644-3.4.2.5-04',
    also: ['RFC7644-3.9-08'],
    ...reading('excludedAttributes', 'one', [asked('id'), asked('id', 'displayName')]),
  },
  {
    id: 'projection.default',
    title: 'An entry of a list shows what a read of it shows when the request does not choose',
    clause: 'RFC7644-3.9-01',
    also: ['RFC7644-3.4-02'],
    applies: [serves('User'), supports('filter')],
    async run(context: Context) {
      const ann = (await familyOf(context)).residents.find(({ key }) => key === 'ann');
      if (!ann) return;
      const answer = await places.list(context, ann.id, {});
      if (isDeclined(answer)) throw new NotApplicable(describeAnswer(answer));
      const shown = resourceIn(answer, ann.id);
      if (!shown) throw new NotApplicable('the list does not hold the user it was asked for');
      expectWithout({ facts: context.facts, whole: ann.stored, shown }, []);
    },
  },
  {
    id: 'projection.members',
    title: 'excludedAttributes leaves the members of groups out',
    clause: 'RFC7644-3.4.2.5-06',
    applies: [serves('User'), serves('Group')],
    cases: () => [{ name: 'one' }, { name: 'list' }],
    async run({ given, scim, stored }: Context, { name }: Case) {
      const member = await given.user();
      const group = await given.group({ members: [{ value: member.id }] });
      if (!memberIds(await stored('/Groups', group.id)).includes(member.id)) {
        throw new NotApplicable('a group does not show the members it was made with');
      }
      const query = { excludedAttributes: ['members'] };
      const filter = `displayName eq ${filterValue(group.name)}`;
      const ask = async (chosen: Query) =>
        name === 'one'
          ? scim.read('/Groups', group.id, { query: chosen })
          : scim.list('/Groups', { ...chosen, filter });
      const answer = await ask(query);
      if (name === 'list' && isDeclined(answer)) throw new NotApplicable(describeAnswer(answer));
      const shown = await shownIn(answer, group.id, ask);
      expect.equal(shown['members'] ?? null, null, 'members', answer);
      expect.equal(shown['displayName'], group.name, 'displayName', answer);
    },
  },
  {
    id: 'projection.on-request',
    title: 'attributes brings in what is returned on request only',
    clause: 'RFC7644-3.9-09',
    applies: [serves('User')],
    cases: (facts: Facts) =>
      ['title', 'nickName', 'userType', 'locale', 'addresses', 'phoneNumbers', `${E}costCenter`].flatMap(path =>
        traitOf(facts, 'User', path)?.returned === 'request' ? [asked(path)] : [],
      ),
    async run(context: Context, { paths }: Asked) {
      const ann = (await familyOf(context)).residents.find(({ key }) => key === 'ann');
      if (!ann) return;
      const answer = await context.scim.read('/Users', ann.id, { query: { attributes: paths } });
      const shown = resourceIn(answer, ann.id) ?? {};
      const absent = paths.filter(path => valuesAt(shown, path).length === 0);
      expect.set(absent, [], 'none of what was asked for to be missing:', answer);
    },
  },
  ...(
    [
      ['projection.open-unknown', 'RFC7644-3.4.2.5-07', 'unknown names', { attributes: ['noSuchAttribute'] }],
      [
        'projection.open-both',
        'RFC7644-3.4.2.5-08',
        'attributes and excludedAttributes together',
        { attributes: ['userName', 'title'], excludedAttributes: ['title'] },
      ],
    ] as const
  ).map(([id, clause, what, query]) => ({
    id,
    title: `What ${what} do is on record`,
    clause,
    applies: [serves('User')],
    async run(context: Context) {
      const [bob] = (await familyOf(context)).residents;
      const answer = await context.scim.read('/Users', bob?.id ?? '', { query });
      const names = isObject(answer.json) && answer.status === 200 ? `: ${Object.keys(answer.json).join(', ')}` : '';
      return { observed: `${describeAnswer(answer)}${names}` };
    },
  })),
] as const satisfies readonly Check[];
