import { isObject, resourcesOf } from '../../scim/message/list.ts';
import { REDACTED } from '../../scim/wire/redact.ts';
import type { Exchange, Json } from '../../reports/record/index.ts';
import type { Check } from '../run/check.ts';
import { expect, show } from '../run/expect.ts';
import { readFilter } from './client-filter.ts';
import { actsOf, changesOf, isCreate, parameter, wholesOf, type Act, type Whole } from './client-request.ts';

const at = (exchange: Exchange, endpoint: string): readonly Whole[] =>
  wholesOf(exchange).filter(act => act.endpoint === endpoint);

const isRead = ({ request: { method }, response: { status } }: Exchange): boolean => method === 'GET' && status === 200;

/** Users that an answer shows, alone or in a list. */
const shownUsers = (exchange: Exchange) => {
  const { json } = exchange.response;
  if (!isRead(exchange) || !exchange.request.path.startsWith('/Users') || !isObject(json)) return [];
  return typeof json['id'] === 'string' ? [json] : resourcesOf(json);
};

/** Attributes that JumpCloud fills in where it finds none, and otherwise hands back as it found them. */
/** Users that are created or brought up to date; a deactivation sends back what was read, and no mapped value (JC-Q14). */
const provisioned = (exchange: Exchange) => at(exchange, 'Users').filter(({ body }) => body['active'] !== false);

const kept = { externalId: 'JC-30a', locale: 'JC-31a', preferredLanguage: 'JC-31c' } as const;

const keptChecks = Object.entries(kept).map(
  ([name, clause]) =>
    ({
      id: `jumpcloud.keeps-${name.replace(/[A-Z]/g, capital => `-${capital.toLowerCase()}`)}`,
      title: `An update sends the ${name} that the service provider had`,
      clause,
      judges: 'client',
      when: (exchange, { memory }) =>
        shownUsers(exchange).length > 0 || at(exchange, 'Users').some(({ id }) => id !== undefined && memory.has(id)),
      observe(exchange, { memory }) {
        for (const { id, [name]: value } of shownUsers(exchange)) {
          if (typeof id !== 'string') continue;
          if (typeof value === 'string' && value !== '') memory.set(id, value);
          else memory.delete(id);
        }
        for (const { id = '', body } of at(exchange, 'Users')) {
          const right = memory.get(id);
          expect.that(right === undefined || body[name] === right, `${name} ${show(right)}`, show(body[name]));
        }
      },
    }) satisfies Check,
);

/** What JumpCloud is documented to send; these count in its profile only. */
export const clientJumpcloud = [
  {
    id: 'jumpcloud.bearer',
    title: 'The token is sent as a bearer credential',
    clause: 'JC-1b',
    judges: 'client',
    when: ({ request }) => request.headers['authorization'] !== REDACTED,
    observe({ request }) {
      const credential = request.headers['authorization'] ?? '';
      expect.that(
        /^Bearer \S/i.test(credential),
        'Authorization: Bearer …',
        credential === '' ? 'none' : 'another kind',
      );
    },
  },
  {
    id: 'jumpcloud.no-password',
    title: 'No password is sent',
    clause: 'JC-15',
    judges: 'client',
    when: exchange =>
      at(exchange, 'Users').length > 0 || changesOf(exchange).some(({ endpoint }) => endpoint === 'Users'),
    observe(exchange) {
      const names = [
        ...at(exchange, 'Users').flatMap(({ body }) => Object.keys(body)),
        ...changesOf(exchange).flatMap(({ path, value }) => path ?? (isObject(value) ? Object.keys(value) : [])),
      ];
      expect.that(!names.some(name => /(?:^|:)password$/i.test(name)), 'no password', 'one');
    },
  },
  {
    id: 'jumpcloud.user-name',
    title: 'A user is sent with a userName',
    clause: 'JC-26a',
    judges: 'client',
    when: exchange => at(exchange, 'Users').length > 0,
    observe(exchange) {
      for (const { body } of at(exchange, 'Users')) {
        const { userName } = body;
        expect.that(typeof userName === 'string' && userName !== '', 'a userName', show(userName));
      }
    },
  },
  ...(['locale', 'preferredLanguage'] as const).map(
    name =>
      ({
        id: name === 'locale' ? 'jumpcloud.locale' : 'jumpcloud.preferred-language',
        title: `A user is sent with a ${name}, en-US where nothing else is known`,
        clause: name === 'locale' ? 'JC-31b' : 'JC-31d',
        judges: 'client',
        when: exchange => provisioned(exchange).length > 0,
        observe(exchange) {
          for (const { body } of provisioned(exchange)) {
            const value = body[name];
            expect.that(typeof value === 'string' && value !== '', `a ${name}`, show(value));
          }
        },
      }) satisfies Check,
  ),
  ...keptChecks,
  {
    id: 'jumpcloud.never-deletes',
    title: 'No user is deleted',
    clause: 'JC-23',
    judges: 'client',
    when: exchange => actsOf(exchange).some(({ endpoint, id }) => endpoint === 'Users' && id !== undefined),
    observe(exchange) {
      const gone = actsOf(exchange).find(({ endpoint, method }) => endpoint === 'Users' && method === 'DELETE');
      expect.that(gone === undefined, 'active: false', `DELETE /Users/${gone?.id}`);
    },
  },
  {
    id: 'jumpcloud.group-name-only',
    title: 'Of a group nothing but its name and its members is sent',
    clause: 'JC-40a',
    also: ['JC-40b'],
    judges: 'client',
    when: exchange => at(exchange, 'Groups').length > 0,
    observe(exchange) {
      for (const { body } of at(exchange, 'Groups')) {
        const odd = Object.keys(body).find(name => /^(?:description|externalId)$/i.test(name));
        expect.that(odd === undefined, 'displayName and members', show(odd));
      }
    },
  },
  {
    id: 'jumpcloud.takes-over-group',
    title: 'A group that is there under the name is taken over and not made again',
    clause: 'JC-42',
    also: ['OP-42'],
    judges: 'client',
    when: exchange => bearsOn(exchange, '/Groups', 'displayName'),
    observe: (exchange, { memory }) => refuseSecond(exchange, '/Groups', 'displayName', memory),
  },
  {
    id: 'jumpcloud.links-user',
    title: 'A user that is there under the name is linked and not made again',
    clause: 'JC-13',
    judges: 'client',
    when: exchange => bearsOn(exchange, '/Users', 'userName'),
    observe: (exchange, { memory }) => refuseSecond(exchange, '/Users', 'userName', memory),
  },
] as const satisfies readonly Check[];

interface LookUp {
  readonly name: string;
  readonly isThere: boolean;
}

/** What a look-up by name found out; undefined for any other exchange. */
function foundBy(exchange: Exchange, endpoint: string, attribute: string): LookUp | undefined {
  if (!isRead(exchange) || exchange.request.path.split('?')[0] !== endpoint) return undefined;
  const [comparison, ...more] = parameter(exchange, 'filter').flatMap(text => readFilter(text).comparisons);
  if (!comparison || more.length > 0 || comparison.operator !== 'eq' || comparison.path !== attribute) return undefined;
  const { operand } = comparison;
  if (typeof operand !== 'string') return undefined;
  return { name: operand, isThere: resourcesOf(exchange.response.json).some(entry => entry[attribute] === operand) };
}

/** Look-ups and creates; and once something changes under the endpoint, what was looked up is no longer certain. */
const bearsOn = (exchange: Exchange, endpoint: string, attribute: string): boolean =>
  foundBy(exchange, endpoint, attribute) !== undefined || actsOf(exchange).some(act => writesTo(act, endpoint));

const writesTo = ({ method, endpoint }: Act, where: string): boolean => method !== 'GET' && `/${endpoint}` === where;

/** A create under a name that the last look-up showed to be taken. */
function refuseSecond(exchange: Exchange, endpoint: string, attribute: string, memory: Map<string, string>): void {
  const found = foundBy(exchange, endpoint, attribute);
  if (found?.isThere) memory.set(found.name, 'taken');
  else if (found) memory.delete(found.name);
  if (actsOf(exchange).some(act => writesTo(act, endpoint) && !isCreate(act))) memory.clear();
  for (const { body } of at(exchange, endpoint.slice(1)).filter(isCreate)) {
    const name: Json | undefined = body[attribute];
    const isTaken = typeof name === 'string' && memory.has(name);
    expect.that(!isTaken, `the ${attribute} ${show(name)} that was found`, 'another of that name');
  }
}
