import { schemasOf } from '../../scim/message/error.ts';
import { createClient } from '../../scim/client.ts';
import type { HttpResponse, Send } from '../../scim/wire/message.ts';
import type { Scope, Session } from '../../scim/wire/session.ts';
import { isThrottled } from '../../scim/wire/throttle.ts';
import { Blocked, NotApplicable } from './violation.ts';

/** What a verdict is blocked by when the target itself stood in the way. */
export const TARGET = 'target';

/** What a verdict is blocked by when a limit of the run, or a target that asks for less, stood in the way. */
const LIMIT = 'limit';

/** Requests that ask a silent target for a sign of life before it is given up. */
const ATTEMPTS = 2;

/** Keeps an eye on the target over the whole run: whether it ever spoke SCIM, and since when it is gone. */
export interface Target {
  /** A credentialed request was answered by a 2xx with a SCIM message. Before that nothing can pass. */
  readonly alive: boolean;
  /** Id of the first exchange that got nothing back, once the target is given up; empty until then. */
  readonly lostSince: string;
  /** Why nothing more is sent, or nothing while the run goes on. */
  readonly stopped: string | undefined;
  /**
   * The same pipe, which throws Blocked once the run is interrupted or the target lost. A request that gets no response
   * head counts as the target's answer only when the target shows right afterwards that it is still there.
   */
  guard(send: Send, kind: 'credentialed' | 'anonymous'): Send;
  /** For what is sent before anything is known: notes signs of life, gives nothing up. */
  watch(send: Send): Send;
  /** Gives the target up. */
  lose(exchange: string): void;
  /** The scope of requests that asked for a sign of life, if there were any. */
  readonly scope: Scope | undefined;
}

/** Makes the watch for one run. */
export function createTarget(session: Session): Target {
  let alive = false;
  let lostSince = '';
  let scope: Scope | undefined;
  let asking: Promise<boolean> | undefined;

  const note = (response: HttpResponse) => {
    const ok = response.status !== undefined && response.status >= 200 && response.status < 300;
    if (ok && schemasOf(response.json).some(urn => /^urn:ietf:params:scim:/i.test(urn))) alive = true;
  };
  const stopped = () => {
    if (session.signal.aborted) return 'interrupted';
    return lostSince === '' ? undefined : `the target stopped answering; first at ${lostSince}`;
  };
  const assertRunning = () => {
    const reason = stopped();
    if (reason !== undefined) throw new Blocked(TARGET, reason);
  };
  const ask = async (): Promise<boolean> => {
    scope ??= session.open('liveness');
    const scim = createClient(scope.send);
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const { status, failure } = await scim.list('/ServiceProviderConfig');
      if (status !== undefined || failure?.code === 'limit') return true;
      assertRunning();
    }
    return false;
  };
  const lose = (exchange: string) => {
    if (lostSince === '') lostSince = exchange;
  };
  return {
    get alive() {
      return alive;
    },
    get lostSince() {
      return lostSince;
    },
    get stopped() {
      return stopped();
    },
    get scope() {
      return scope;
    },
    guard: (send, kind) => async request => {
      assertRunning();
      const response = await send(request);
      assertAnswered(response);
      if (response.status !== undefined) {
        if (kind === 'credentialed') note(response);
        return response;
      }
      // All that are waiting share one question.
      asking ??= ask().finally(() => (asking = undefined));
      if (!(await asking)) lose(response.exchange ?? request.path);
      assertRunning();
      return response;
    },
    watch: send => async request => {
      const response = await send(request);
      note(response);
      return response;
    },
    lose,
  };
}

/** @throws Blocked, or NotApplicable, for what is no answer of the target, or none that anything can be told from */
function assertAnswered({ status, headers, failure }: HttpResponse): void {
  switch (failure?.code) {
    case 'interrupted':
      throw new Blocked(TARGET, 'interrupted');
    case 'read-only':
      throw new NotApplicable(failure.message);
    case 'limit':
    case 'too-large':
      throw new Blocked(LIMIT, failure.message);
    default:
      if (isThrottled({ ...(status !== undefined && { status }), headers })) {
        throw new Blocked(LIMIT, `the target asks for fewer requests, and goes on doing so: status ${status}`);
      }
  }
}
