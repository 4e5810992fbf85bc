import { isObject } from '../scim/message/list.ts';
import type { Headers, HttpRequest, HttpResponse } from '../scim/wire/message.ts';
import { REDACTED } from '../scim/wire/redact.ts';
import type { Scope, Session } from '../scim/wire/session.ts';
import { exchangeId, type Exchange, type Json } from '../reports/record/index.ts';
import { EXIT } from './exit-code.ts';
import type { Told } from './har-scim.ts';
import { readRecording, type Recording } from './judge-record-source.ts';
import { secretsOf } from './judge-record.ts';
import { MASKED } from './mask.ts';
import { differencesOf, ownPart, type Difference } from './replay-compare.ts';
import { learnIds } from './replay-learn.ts';
import { createNames, marked, namesGiven, unescaped, type Names } from './replay-names.ts';
import { createStates, type States } from './replay-state.ts';
import { withSession, type Finished, type RunOptions } from './run.ts';
import type { TargetSettings } from './target.ts';

/** A request whose answer is another one than was recorded. */
export interface OtherAnswer {
  /** Id of the exchange in the recording, and in the record of this run. */
  readonly recorded: string;
  readonly now: string;
  readonly method: string;
  readonly path: string;
  readonly differences: readonly Difference[];
}

/** A resource that ended up in another state than in the recording. */
export interface OtherState {
  /** `/Users/<id>`, in the recording and on the target. */
  readonly recorded: string;
  readonly now: string;
  readonly differences: readonly Difference[];
}

/** What a target does differently. */
export interface Replayed {
  readonly target: string;
  readonly sent: number;
  /** Requests that were not sent, as they would change what the recording did not make, or are not whole in the file. */
  readonly leftOut: number;
  readonly answers: readonly OtherAnswer[];
  readonly endState: readonly OtherState[];
}

export interface ReplayOptions extends RunOptions {
  /** Base URL of the service provider in a HAR file; guessed by default. */
  readonly base?: string;
}

/** Header fields that belong to a connection or a credential and not to a request. */
const OWN_FIELDS =
  /^(?:authorization|proxy-.*|cookie|host|connection|content-length|transfer-encoding|accept-encoding|origin|referer|sec-.*|:.*)$/i;
/** Lists of the provider itself, not of what is kept there. */
const DISCOVERY = /^\/(?:Schemas|ResourceTypes|ServiceProviderConfig)(?:[/?]|$)/;
const WRITES = new Set(['PUT', 'PATCH', 'DELETE']);
/** Scope in which a run of ours removes what it left; what was left is to be compared first. */
const TIDYING = 'cleanup';
/** As many requests in a row without any answer, and the target is gone. */
const PATIENCE = 3;

/**
 * Sends the requests of a recording again, one after the other in their order, with ids and names rewritten, and compares
 * answers and end state. What it makes is removed.
 * @throws RecordingError for a file that cannot be read, BaseUrlError for a URL that is none
 */
export async function replay(
  path: string,
  target: TargetSettings,
  options: ReplayOptions = {},
): Promise<Finished & { readonly replayed: Replayed }> {
  const recording = readRecording(path, options.base);
  let replayed: Replayed | undefined;
  const notes = [...recording.notes, 'names carry the mark of this run; ids are those of the target'];
  const title = { command: 'replay', profile: 'rfc', clauses: [], notes };
  const finished = await withSession(target, title, options, async session => {
    for (const { exchange } of recording.told) for (const secret of secretsOf(exchange)) session.secret(secret);
    const { lostSince, ...result } = await sendAgain(session, recording, target.baseUrl);
    replayed = result;
    const isSame = result.answers.length === 0 && result.endState.length === 0;
    const exitCode = lostSince !== '' || result.sent === 0 ? EXIT.nothingJudged : isSame ? EXIT.conforms : EXIT.fails;
    return { verdicts: [], lostSince, exitCode };
  });
  return { ...finished, replayed: replayed ?? nothing(target.baseUrl) };
}

const nothing = (target: string): Replayed => ({ target, sent: 0, leftOut: 0, answers: [], endState: [] });

async function sendAgain(
  session: Session,
  { told, baseUrl, run }: Recording,
  target: string,
): Promise<Replayed & { readonly lostSince: string }> {
  const names = createNames(`Made-up-${session.run}!`);
  if (run !== '') names.learn(run, session.run);
  const states = createStates();
  const scope = session.open('replay');
  const bases = [baseUrl, target].map(base => base.replace(/\/+$/, ''));
  const answers: OtherAnswer[] = [];
  const versions = new Map<string, string>();
  let sent = 0;
  let silent = 0;
  let lostSince = '';
  // Checks run side by side and are written down one after the other.
  const asked = told.filter(({ exchange }) => exchange.scope !== TIDYING && exchange.staged !== 'kept-back');
  for (const one of asked.sort((a, b) => a.exchange.at - b.exchange.at)) {
    if (session.signal.aborted || lostSince !== '') break;
    const { exchange } = one;
    if (!canBeSent(one, states)) continue;
    const response = await send(session, scope, exchange, names, versions);
    sent += 1;
    silent = response.status === undefined ? silent + 1 : 0;
    if (silent >= PATIENCE && exchange.response.status !== undefined) lostSince = response.exchange ?? '';
    learnIds(names, exchange.response.json, response.json);
    learnVersion(versions, exchange, response);
    states.see(exchange);
    const differences = exchange.staged ? [] : compareAnswers(exchange, response, { names, states, bases });
    if (differences.length > 0) {
      const { method, path } = exchange.request;
      const place = { recorded: exchangeId(exchange), now: response.exchange ?? '' };
      answers.push({ ...place, method, path: names.path(path), differences });
    }
  }
  const isOver = session.signal.aborted || lostSince !== '';
  const endState = isOver ? [] : await compareStates(session.open('end-state'), { names, states, bases }, session);
  for (const exchange of scope.exchanges) session.emit({ kind: 'exchange', exchange });
  return { target, sent, leftOut: asked.length - sent, answers, endState, lostSince };
}

/** Requests that change a resource which the recording did not make could hit somebody else's here. */
function canBeSent({ exchange, hasRequest }: Told, states: States): boolean {
  const { request } = exchange;
  const masked = JSON.stringify(request).includes(MASKED);
  const [, endpoint = '', id] = (request.path.split('?')[0] ?? '').split('/');
  if (masked || (!hasRequest && request.json === undefined && request.method !== 'GET' && !hasNoBody(request)))
    return false;
  if (/^Bulk$/i.test(endpoint)) return operationsOf(request.json).every(place => states.isOwn(place));
  if (!WRITES.has(request.method)) return true;
  return id !== undefined && states.isOwn(unescaped(id) ?? id);
}

const hasNoBody = ({ method }: Exchange['request']): boolean => method === 'DELETE' || method === 'HEAD';

/** Ids that the operations of a bulk request change. */
function operationsOf(body: Json | undefined): readonly string[] {
  const operations = isObject(body) ? body['Operations'] : undefined;
  return (Array.isArray(operations) ? operations.filter(isObject) : []).flatMap(({ method, path }) => {
    const [, , id = ''] = typeof path === 'string' ? path.split('/') : [];
    return method === 'POST' ? [] : [id];
  });
}

async function send(
  session: Session,
  scope: Scope,
  { request, response }: Exchange,
  names: Names,
  versions: ReadonlyMap<string, string>,
): Promise<HttpResponse> {
  const endpoint = `/${request.path.split(/[/?]/)[1] ?? ''}`;
  for (const name of namesGiven(endpoint, request.method, request.json)) {
    // What carries the mark of the recorded run is told apart by that of this one.
    if (names.body(name) === name) names.learn(name, marked(name, session.run));
  }
  const again: HttpRequest = {
    method: request.method,
    path: names.path(request.path),
    headers: fieldsOf(request, versions),
    ...(request.json !== undefined ? { json: names.body(request.json) } : request.text && { text: request.text }),
  };
  if (response.status !== 401) return scope.send(again);
  // A recording does not hold the wrong credential that was refused, so another wrong one is sent.
  const shown = request.headers['authorization'] === undefined ? {} : { authorization: `Bearer wrong-${session.run}` };
  return scope.anonymous({ ...again, headers: { ...again.headers, ...shown } });
}

function fieldsOf({ headers, path }: Exchange['request'], versions: ReadonlyMap<string, string>): Headers {
  const kept = Object.entries(headers).filter(([name, value]) => !OWN_FIELDS.test(name) && value !== REDACTED);
  return Object.fromEntries(
    kept.map(([name, value]) => {
      const isVersion = /^if-(?:none-)?match$/i.test(name);
      return [name, (isVersion && versions.get(`${placeIn(path)} ${value}`)) || value];
    }),
  );
}

const placeIn = (path: string): string => path.split('?')[0] ?? '';

/** Versions are only told apart within one resource: some providers count from 1 in each. */
function learnVersion(versions: Map<string, string>, { request, response }: Exchange, now: HttpResponse): void {
  const recorded = response.headers['etag'];
  const current = now.headers['etag'];
  if (recorded === undefined || current === undefined) return;
  const id = isObject(response.json) ? response.json['id'] : undefined;
  const place =
    request.method === 'POST' && typeof id === 'string' ? `${placeIn(request.path)}/${id}` : placeIn(request.path);
  versions.set(`${place} ${recorded}`, current);
}

interface Known {
  readonly names: Names;
  readonly states: States;
  /** Base URLs of the recording and of the target. */
  readonly bases: readonly string[];
}

function compareAnswers({ request, response }: Exchange, now: HttpResponse, known: Known): readonly Difference[] {
  const { names, states, bases } = known;
  if (response.status === undefined || now.failure?.code === 'interrupted') return [];
  if (response.status !== now.status) {
    const came: Json = now.status ?? now.failure?.message ?? 'no response';
    return [{ at: 'status', recorded: response.status, now: came }];
  }
  const { json: before } = response;
  const { json: after } = now;
  const right = before && names.body(before);
  const isList =
    isObject(before) && isObject(after) && [before, after].some(({ Resources }) => Array.isArray(Resources));
  if (!isList || DISCOVERY.test(request.path)) return differencesOf(right, after, bases);
  const ours = new Set([...states.own].map(id => names.body(id)));
  const own = ownPart(before, states.isOwn);
  const shown = ownPart(after, id => ours.has(id));
  return own && shown ? differencesOf(names.body(own), shown, bases) : [];
}

/** Reads what the recording left behind, and compares it with what the recording knew of it last. */
async function compareStates(scope: Scope, { names, states, bases }: Known, session: Session): Promise<OtherState[]> {
  const found: OtherState[] = [];
  for (const { endpoint, id, state } of states.alive()) {
    if (session.signal.aborted) break;
    const now = names.body(id);
    const path = `${endpoint}/${encodeURIComponent(now)}`;
    const { status, json } = await scope.send({ method: 'GET', path, headers: { accept: 'application/scim+json' } });
    const differences =
      status === 200
        ? differencesOf(state && names.body(state), state && isObject(json) ? like(json, state) : undefined, bases)
        : [{ at: 'status', recorded: 200, now: status ?? 'no response' }];
    if (differences.length > 0) found.push({ recorded: `${endpoint}/${id}`, now: `${endpoint}/${now}`, differences });
  }
  for (const exchange of scope.exchanges) session.emit({ kind: 'exchange', exchange });
  return found;
}

/** Without memberships where the recording is not sure of them. */
const like = (resource: Readonly<Record<string, Json>>, state: Readonly<Record<string, Json>>) =>
  Object.fromEntries(
    Object.entries(resource).filter(([name]) => !['groups', 'members'].includes(name) || name in state),
  );
