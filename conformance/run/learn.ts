import { createClient } from '../../scim/client.ts';
import { declares } from '../../scim/message/error.ts';
import { isObject, resourcesOf } from '../../scim/message/list.ts';
import { SERVICE_PROVIDER_CONFIG } from '../../scim/message/urn.ts';
import { pipe, type Hop, type HttpResponse, type Json, type JsonObject } from '../../scim/wire/message.ts';
import { createdInBulk } from '../../scim/wire/ledger.ts';
import type { Scope, Session } from '../../scim/wire/session.ts';
import { declaredTypes } from './declared.ts';
import { endpointOf, serves, type CoreType, type Facts } from './facts.ts';
import { createdId, createGiven, refusalOf, removeAll } from './given.ts';
import { seeded } from './random.ts';
import type { Target } from './target.ts';
import { Blocked } from './violation.ts';

/** What the run knows before its first check, and the scopes in which it was learnt. */
export interface Learnt {
  readonly facts: Facts;
  readonly scopes: readonly Scope[];
}

const nothing: Facts = {
  serviceProviderConfig: undefined,
  resourceTypes: undefined,
  schemas: undefined,
  credentialed: false,
  refused: {},
  kept: undefined,
};

/** Headers that the client itself sets; whatever else a request carries is a credential. */
const OWN_HEADERS = new Set(['accept', 'content-type']);

/** Reads discovery once, and finds out whether an ordinary user and an ordinary group can be made at all. */
export async function learn(session: Session, target: Target): Promise<Learnt> {
  if (target.stopped !== undefined) return { facts: nothing, scopes: [] };
  const setup = session.open('setup');
  const early = createClient(target.watch(setup.send));
  const discovery = await Promise.all(
    ['/ServiceProviderConfig', '/ResourceTypes', '/Schemas'].map(async path => early.list(path)),
  );
  const headers = Object.keys(setup.exchanges[0]?.request.headers ?? {});
  const [config, types, schemas] = discovery.map(({ status, json }) => (status === 200 ? json : undefined));
  const facts: Facts = {
    ...nothing,
    serviceProviderConfig: isConfig(config) ? config : undefined,
    resourceTypes: entriesOf(types),
    schemas: entriesOf(schemas),
    credentialed: headers.some(name => !OWN_HEADERS.has(name)),
  };
  if (target.stopped === undefined && discovery.every(({ status }) => status === undefined)) {
    target.lose(discovery[0]?.exchange ?? 'setup');
  }
  if (target.stopped !== undefined) return { facts, scopes: [setup] };

  const made: { endpoint: string; id: string }[] = [];
  const scopes = [setup];
  try {
    return { facts: { ...facts, ...(await tryOut(session, target, setup, facts, made)) }, scopes };
  } catch (error) {
    if (error instanceof Blocked) return { facts, scopes };
    throw error;
  } finally {
    if (made.length > 0) {
      const cleanup = session.open('cleanup/setup');
      scopes.push(cleanup);
      await removeAll(createClient(cleanup.send), made);
    }
  }
}

async function tryOut(
  session: Session,
  target: Target,
  setup: Scope,
  facts: Facts,
  made: { endpoint: string; id: string }[],
): Promise<Pick<Facts, 'refused' | 'kept'>> {
  const scim = createClient(target.guard(pipe([remember(made)], setup.send), 'credentialed'));
  const random = seeded(session.seed, setup.name);
  const { run } = session;
  const secret = (value: string) => session.secret(value);
  const given = createGiven({ scim, run, scope: setup.name, random, refused: {}, secret, types: declaredTypes(facts) });
  const drafts: readonly (readonly [CoreType, JsonObject])[] = [
    ['User', given.userDraft()],
    ['Group', given.groupDraft()],
  ];
  const refused: Partial<Record<CoreType, string>> = {};
  let kept: readonly string[] | undefined;
  for (const [type, draft] of drafts) {
    if (serves(type).unmet(facts) !== undefined) continue;
    const answer = await scim.create(endpointOf[type], draft);
    const id = createdId(answer);
    if (id === undefined) refused[type] = refusalOf(type, answer);
    else if (type === 'User') kept = keptOf(draft, answer, await scim.read(endpointOf.User, id));
  }
  return { refused, kept };
}

/** A hop that keeps account of what a POST to a collection made and a DELETE removed. */
export const remember =
  (made: { endpoint: string; id: string }[]): Hop =>
  async (request, next) => {
    const response = await next(request);
    made.push(...createdInBulk(request, response));
    const [, endpoint, segment] = /^(\/[A-Za-z]+)(?:\/([^/?]+))?(?:\?|$)/.exec(request.path) ?? [];
    if (endpoint === undefined) return response;
    if (request.method === 'POST' && segment === undefined && endpoint !== '/Bulk') {
      const id = createdId(response);
      if (id !== undefined) made.push({ endpoint, id });
    }
    if (request.method === 'DELETE' && segment !== undefined && (isSuccess(response) || response.status === 404)) {
      const at = made.findIndex(entry => entry.endpoint === endpoint && entry.id === decodeURIComponent(segment));
      if (at >= 0) made.splice(at, 1);
    }
    return response;
  };

const isSuccess = ({ status }: HttpResponse) => status !== undefined && status >= 200 && status < 300;

const isConfig = (body: Json | undefined): body is JsonObject =>
  declares(body, SERVICE_PROVIDER_CONFIG) || (isObject(body) && isObject(body['patch']));

/** Entries of a discovery list; a bare array is read too, the fault in it has a check of its own. */
function entriesOf(body: Json | undefined): readonly JsonObject[] | undefined {
  const entries = Array.isArray(body) ? body.filter(isObject) : resourcesOf(body);
  return entries.length > 0 ? entries : undefined;
}

/** Attributes that came back at all; values may be normalised. */
function keptOf(draft: JsonObject, ...answers: readonly HttpResponse[]): readonly string[] | undefined {
  const bodies = answers.map(({ json }) => json).filter(isObject);
  if (bodies.length === 0) return undefined;
  return Object.keys(draft).filter(name => bodies.some(body => body[name] !== undefined && body[name] !== null));
}
