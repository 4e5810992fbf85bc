import { createClient, type ScimClient } from '../../scim/client.ts';
import { controlActNames } from '../../scim/control-acts.ts';
import { declares } from '../../scim/message/error.ts';
import { isObject, resourcesOf } from '../../scim/message/list.ts';
import { SERVICE_PROVIDER_CONFIG } from '../../scim/message/urn.ts';
import { pipe, type Hop, type HttpResponse, type Json, type JsonObject } from '../../scim/wire/message.ts';
import { createdInBulk } from '../../scim/wire/ledger.ts';
import type { Scope, SecondKind, Session } from '../../scim/wire/session.ts';
import { systemClock, type Clock } from '../../scim/wire/throttle.ts';
import { brokenCreates, tryBasics, unlessForbidden, type Basics } from './basics.ts';
import { declaredTypes } from './declared.ts';
import { endpointOf, serves, type CoreType, type Facts, type Refusal } from './facts.ts';
import { createdId, createGiven, refusalOf, removeAll, reporterOf, withTemplate } from './given.ts';
import { seeded } from './random.ts';
import { fits, isUnset } from './state.ts';
import type { Target } from './target.ts';
import { filled, type Template } from './template.ts';
import { needsOf, tryOut, type Needs } from './trial.ts';
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

/** What is known before anything is sent. */
export interface LearnOptions {
  /** What bodies have to hold, by the name of the type; the search for a working body starts there. */
  readonly templates?: Readonly<Record<string, Template>>;
  readonly clock?: Clock;
}

/** Headers that the client itself sets; whatever else a request carries is a credential. */
const OWN_HEADERS = new Set(['accept', 'content-type']);

/**
 * Reads discovery once, finds a user and a group that the target makes, what it cannot do without in them, which basic
 * operations do not work at all, and whether its lists stay behind writes.
 */
export async function learn(session: Session, target: Target, options: LearnOptions = {}): Promise<Learnt> {
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
    second: Object.keys(setup.second ?? {}) as SecondKind[],
    acts: session.control ? controlActNames.filter(name => session.control?.[name] !== undefined) : [],
    large: session.large ?? true,
  };
  const isSilent = discovery.every(({ status, failure }) => status === undefined && failure?.code !== 'limit');
  if (target.stopped === undefined && isSilent) {
    target.lose(discovery[0]?.exchange ?? 'setup');
  }
  if (target.stopped !== undefined) return { facts, scopes: [setup] };

  const made: { endpoint: string; id: string }[] = [];
  const scopes = [setup];
  try {
    if (session.readOnly) return { facts: { ...facts, residents: await residentsOf(early) }, scopes };
    const { templates = {}, clock = systemClock } = options;
    return { facts: { ...facts, ...(await study(session, target, setup, facts, made, templates, clock)) }, scopes };
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

/** Most resources of a type that checks are shown which cannot make any. */
const MOST_RESIDENTS = 20;

async function residentsOf(scim: ScimClient): Promise<NonNullable<Facts['residents']>> {
  const seen = async (type: CoreType) => {
    const { status, json } = await scim.list(endpointOf[type], { count: MOST_RESIDENTS });
    const entries = status === 200 ? resourcesOf(json) : [];
    return entries.filter(({ id }) => typeof id === 'string' && id !== '').slice(0, MOST_RESIDENTS);
  };
  return { User: await seen('User'), Group: await seen('Group') };
}

type Studied = Pick<Facts, 'refused' | 'kept' | 'templates' | 'needs' | 'faults' | 'lagMs'>;

async function study(
  session: Session,
  target: Target,
  setup: Scope,
  facts: Facts,
  made: { endpoint: string; id: string }[],
  start: Readonly<Record<string, Template>>,
  clock: Clock,
): Promise<Studied> {
  const scim = createClient(target.guard(pipe([remember(made)], setup.send), 'credentialed'));
  const random = seeded(session.seed, setup.name);
  const { run, domain } = session;
  const secret = (value: string) => session.secret(value);
  const types = declaredTypes(facts);
  const given = createGiven({
    scim,
    run,
    ...(domain !== undefined && { domain }),
    scope: setup.name,
    random,
    refused: {},
    secret,
    types,
  });
  const refused: Partial<Record<CoreType, Refusal>> = {};
  const answers: Partial<Record<CoreType, HttpResponse>> = {};
  const templates: Record<string, Template> = { ...start };
  const needs: Partial<Record<CoreType, Needs>> = {};
  let kept: Studied['kept'];
  let basics: Basics | undefined;
  for (const type of ['User', 'Group'] as const) {
    if (serves(type).unmet(facts) !== undefined) continue;
    const draft = (template: Template) =>
      withTemplate(
        type === 'User' ? given.userDraft({ displayName: given.unique('shown') }) : given.groupDraft(),
        filled(template, given),
      );
    const declared = types.find(each => each.endpoint === endpointOf[type]);
    const bench = { scim, given, type, declared, start: start[type] ?? {}, draft };
    const trial = await unlessForbidden(async () => tryOut(bench));
    if (trial === undefined) continue;
    if (trial.id === undefined) {
      const endpoint = endpointOf[type];
      refused[type] = { by: reporterOf(endpoint, trial.answer), reason: refusalOf(type, trial.answer) };
      answers[type] = trial.answer;
      continue;
    }
    const at = clock.now();
    if (Object.keys(trial.template).length > 0) templates[type] = trial.template;
    needs[type] = await needsOf(bench, trial);
    const { id, sent, answer } = trial;
    const shown = await scim.read(endpointOf[type], id);
    if (type === 'User') kept = keptOf(sent, answer, shown);
    const found = await tryBasics(scim, { type, id, sent, shown, at }, facts, clock, basics);
    basics = { ...found, faults: [...(basics?.faults ?? []), ...found.faults] };
  }
  const { faults = [], ...lag } = basics ?? {};
  return { refused, templates, needs, kept, ...lag, faults: [...brokenCreates(answers), ...faults] };
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

/** Attributes that came back as their own; values may be normalised. */
function keptOf(draft: JsonObject, ...answers: readonly HttpResponse[]): readonly string[] | undefined {
  const bodies = answers.map(({ json }) => json).filter(isObject);
  if (bodies.length === 0) return undefined;
  return Object.keys(draft).filter(name => bodies.some(body => !isUnset(body[name]) && !isDerived(name, draft, body)));
}

/** A display name that the provider makes from the name of the user, whatever a client sends. */
function isDerived(name: string, draft: JsonObject, body: JsonObject): boolean {
  const came = body[name];
  if (name !== 'displayName' || typeof came !== 'string' || fits(draft[name], came)) return false;
  const { givenName, familyName } = isObject(draft['name']) ? draft['name'] : {};
  return [givenName, familyName, draft['userName']].some(
    part => typeof part === 'string' && came.toLowerCase().includes(part.toLowerCase()),
  );
}
