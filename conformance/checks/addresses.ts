import { declares } from '../../scim/message/error.ts';
import { isObject } from '../../scim/message/list.ts';
import { filterValue } from '../../scim/message/patch.ts';
import { LIST_RESPONSE, USER } from '../../scim/message/urn.ts';
import type { Exchange } from '../../reports/record/index.ts';
import type { HttpResponse, Json } from '../../scim/wire/message.ts';
import type { Check } from '../run/check.ts';
import type { Context } from '../run/context.ts';
import { describeAnswer, expect, show } from '../run/expect.ts';
import { serves, supports } from '../run/facts.ts';
import { textOf } from '../run/published.ts';
import { oncePerExchange } from '../run/shown.ts';
import { filtered, idsOf } from '../run/steps.ts';
import { NotApplicable } from '../run/violation.ts';

/** What a URI may hold: unreserved and reserved characters, and percent signs before two hex digits (RFC 3986). */
const URI = /^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[\da-fA-F]{2})*$/;

/** A version segment right before the endpoint of a resource, or anywhere before it. */
const VERSION = /\/v(\d+)(?=\/)/i;

/** Words of the protocol that stand on the wire bare. */
const KEYWORDS = new Set(['scimtype', 'mutability', 'returned', 'uniqueness', 'resourcetype']);

/** Texts that the server itself makes, from one walk through a response. */
interface OwnTexts {
  /** URIs: Location, meta.location and $ref. */
  readonly addresses: string[];
  readonly keywords: string[];
}

const textsIn = oncePerExchange(({ response }): OwnTexts => {
  const { location } = response.headers;
  const texts: OwnTexts = {
    addresses: location === undefined ? [] : [location],
    keywords: [...schemaUris(response.json)],
  };
  const walk = (value: Json | undefined, holder: string): void => {
    if (Array.isArray(value)) for (const entry of value as readonly Json[]) walk(entry, holder);
    if (!isObject(value)) return;
    for (const [name, member] of Object.entries(value)) {
      if (typeof member !== 'string') walk(member, name);
      else if (KEYWORDS.has(name.toLowerCase())) texts.keywords.push(member);
      else if (name === '$ref' || (holder === 'meta' && name === 'location')) texts.addresses.push(member);
    }
  };
  walk(response.json, '');
  return texts;
});

const addressesIn = (exchange: Exchange): readonly string[] => textsIn(exchange).addresses;
const keywordsIn = (exchange: Exchange): readonly string[] => textsIn(exchange).keywords;

const schemaUris = (json: Json | undefined): string[] => {
  const schemas = isObject(json) ? json['schemas'] : undefined;
  return Array.isArray(schemas) ? schemas.filter((urn: Json) => typeof urn === 'string') : [];
};

/** A user of that name, and what a filter on the name finds. @throws NotApplicable when the target takes no such name. */
async function searched(context: Context, userName: string): Promise<{ id: string; ids: readonly string[] }> {
  const answer = await context.scim.create('/Users', context.given.userDraft({ userName }));
  const { id, userName: came } = isObject(answer.json) ? answer.json : {};
  if (typeof id !== 'string' || textOf(came).toLowerCase() !== userName.toLowerCase()) {
    throw new NotApplicable(`the target takes no such userName: ${describeAnswer(answer)}`);
  }
  return { id, ids: idsOf(await filtered(context, '/Users', `userName eq ${filterValue(userName)}`)) };
}

async function userLocation(context: Context): Promise<string> {
  const { id } = await context.given.user();
  const { meta } = await context.stored('/Users', id);
  const location = isObject(meta) ? textOf(meta['location']) : '';
  if (location === '') throw new NotApplicable('a user says no location');
  return location;
}

const isAnswerOfScim = ({ status = 0, json }: HttpResponse) =>
  status >= 200 && status < 300 && (declares(json, LIST_RESPONSE) || declares(json, USER));

const pathIn = (location: string): string => location.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/, '');

/** Characters of addresses, and the version that may stand in them (RFC 7644 sections 1.2, 1.3 and 3.13). */
export const addresses = [
  {
    id: 'wire.uri-characters',
    title: 'Addresses that the server makes are percent-encoded',
    clause: 'RFC7644-1.2-01',
    judges: 'server',
    when: exchange => addressesIn(exchange).length > 0,
    observe(exchange) {
      const wrong = addressesIn(exchange).find(address => !URI.test(address));
      expect.that(wrong === undefined, 'URI characters only', show(wrong));
    },
  },
  {
    id: 'wire.bare-keywords',
    title: 'Words of the protocol stand without quotation marks',
    clause: 'RFC7643-1.1-02',
    judges: 'server',
    when: exchange => keywordsIn(exchange).length > 0,
    observe(exchange) {
      const wrong = keywordsIn(exchange).find(word => /^["'].*["']$/.test(word));
      expect.that(wrong === undefined, 'bare words', show(wrong));
    },
  },
  {
    id: 'query.plus-sign',
    title: 'A percent-encoded plus sign in a filter is a plus sign',
    clause: 'RFC7644-1.2-02',
    applies: [serves('User'), supports('filter')],
    async run(context) {
      const { id, ids } = await searched(context, `a+${context.given.unique('plus')}@${context.given.domain}`);
      expect.set(ids, [id], 'exactly the user with the plus sign:');
    },
  },
  {
    id: 'query.decoded-once',
    title: 'What stands in a query is decoded once',
    clause: 'RFC7644-1.2-02',
    applies: [serves('User'), supports('filter')],
    async run(context) {
      const { id, ids } = await searched(context, `a%25${context.given.unique('percent')}@${context.given.domain}`);
      expect.set(ids, [id], 'exactly the user with the percent sign:');
    },
  },
  {
    id: 'version.location',
    title: 'Locations may carry a path and a version before the endpoint, and a query',
    clause: 'RFC7644-1.3-03',
    also: ['RFC7644-1.3-01'],
    applies: [serves('User')],
    async run(context) {
      const location = await userLocation(context);
      const [, prefix = ''] = /^(.*)\/Users\/[^/]*$/i.exec(pathIn(location)) ?? [];
      return { observed: `service root ${show(prefix)}, ${location.includes('?') ? 'a query' : 'no query'}` };
    },
  },
  {
    id: 'version.place',
    title: 'A version in a location stands right before the endpoint',
    clause: 'RFC7644-3.13-02',
    applies: [serves('User')],
    async run(context) {
      const location = await userLocation(context);
      const version = /\/v2(?=\/)/i.exec(pathIn(location));
      if (!version) throw new NotApplicable('no location carries the version of the protocol');
      const rest = pathIn(location).slice(version.index + version[0].length);
      expect.that(/^\/(?:v2\/)?Users\//i.test(rest), '/v2 right before /Users', show(location));
    },
  },
  {
    id: 'version.unknown',
    title: 'A version of the protocol that does not exist is refused',
    clause: 'RFC7644-3.13-03',
    also: ['RFC7644-3.12-26'],
    applies: [serves('User')],
    async run(context) {
      const location = await userLocation(context);
      if (!VERSION.test(`${pathIn(location).replace(/\/Users\/.*$/i, '')}/`))
        throw new NotApplicable('the base URL names no version');
      const answer = await context.scim.list('/../v99/Users', { count: 1 });
      expect.that(!isAnswerOfScim(answer), 'a refusal', describeAnswer(answer), answer);
    },
  },
  {
    id: 'version.none',
    title: 'Without a version the latest one answers',
    clause: 'RFC7644-3.13-04',
    applies: [serves('User')],
    exclusive: true,
    async run(context) {
      const location = await userLocation(context);
      if (!/\/v\d+\/Users\//i.test(location)) throw new NotApplicable('the base URL names no version');
      const answer = await context.scim.list('/../Users', { count: 1 });
      const { status = 0, json } = answer;
      if (status < 200 || status > 299 || !isObject(json))
        throw new NotApplicable('nothing is served without a version');
      const old = schemaUris(json).filter(urn => !/:2\.0(?::|$)/.test(urn));
      expect.that(old.length === 0, 'URNs of SCIM 2.0', show(old), answer);
    },
  },
] as const satisfies readonly Check[];
