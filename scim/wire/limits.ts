import type { LedgerEvent } from '../../reports/record/event.ts';
import { creationsIn } from './ledger.ts';
import { isObject } from '../message/list.ts';
import type { Failure, Hop, HttpRequest, HttpResponse, Json } from './message.ts';

/** How much a run may do to a target. Every limit is hard; without one there is none. */
export interface Limits {
  /** Requests sent, those that clean up included: what they need is kept back. */
  readonly maxRequests?: number;
  /** Users made in the whole run, whether they were removed since or not; a refused create does not count. */
  readonly maxUsers?: number;
  /** Nothing is sent that could change something: GET, HEAD and OPTIONS, and POST to `.search`. */
  readonly readOnly?: boolean;
  /** What the target may never be asked, clean-up included: a method, a path, or both: `DELETE`, `/Groups`, `PATCH /Groups`. */
  readonly forbid?: readonly string[];
  /** Asked before each request: why nothing more is to be sent, once that is so. What cleans up goes on. */
  readonly stop?: () => string | undefined;
}

/** Keeps account of what a run has sent and made, and holds back what a limit forbids. */
export interface Allowance {
  /**
   * The hop of one scope, outside the ledger so that nothing is written down of a request that stays here.
   * @param tidying the scope removes what others made: it lives on what was kept back for it.
   */
  hop(tidying: boolean): Hop;
  /** Whether a request of the scope may be sent once more; counts it when it may. */
  repeat(tidying: boolean): boolean;
  /** Told of each entry of the ledger. */
  note(event: LedgerEvent): void;
}

const goOn = (): undefined => undefined;

/** Requests kept back for each resource until it is known to be gone: one to find or remove it, one if that fails. */
const TO_REMOVE = 2;

export function createAllowance(limits: Limits): Allowance {
  const { maxRequests = Infinity, maxUsers = Infinity, readOnly = false, forbid = [], stop = goOn } = limits;
  let sent = 0;
  let users = 0;
  let kept = 0;
  let isSpent = false;
  const present = new Set<string>();

  const forbidden = (request: HttpRequest): Failure | undefined => {
    const rule = forbid.find(each => isForbidden(each, request));
    return rule === undefined ? undefined : { code: 'read-only', message: `the configuration forbids ${rule}` };
  };
  const refusalOf = (request: HttpRequest): Failure | undefined => {
    if (readOnly && !isRead(request)) {
      return { code: 'read-only', message: `the run only reads (--read-only); it sends no ${request.method}` };
    }
    const end = stop();
    if (end !== undefined) return { code: 'limit', message: end };
    const creations = creationsIn(request);
    const made = creations.filter(isUser).length;
    if (made > 0 && users + made > maxUsers) {
      return { code: 'limit', message: `the limit of ${maxUsers} users is reached (--max-users)` };
    }
    if (isSpent || sent + kept + 1 + TO_REMOVE * creations.length > maxRequests) {
      isSpent = true;
      return { code: 'limit', message: `the limit of ${maxRequests} requests is reached (--max-requests)` };
    }
    sent += 1;
    users += made;
    kept += TO_REMOVE * creations.length;
    return undefined;
  };
  const tidy = (): Failure | undefined => {
    if (sent >= maxRequests) return { code: 'limit', message: `no request is left of ${maxRequests} (--max-requests)` };
    sent += 1;
    return undefined;
  };
  return {
    hop: tidying => async (request, next) => {
      const failure = forbidden(request) ?? (tidying ? tidy() : refusalOf(request));
      return failure ? keptBack(failure) : next(request);
    },
    repeat(tidying) {
      if (sent + (tidying ? 0 : kept) >= maxRequests) return false;
      sent += 1;
      return true;
    },
    note(event) {
      const place = `${event.endpoint} ${event.id}`;
      if (event.kind === 'created') present.add(place);
      if (event.kind === 'refused') {
        kept -= TO_REMOVE;
        if (isUser(event)) users -= 1;
      }
      if (event.kind === 'removed' && present.delete(place)) kept -= TO_REMOVE;
    },
  };
}

/** What stands for the answer to a request that was not sent. */
export const keptBack = (failure: Failure): HttpResponse => ({ headers: {}, text: '', failure });

/** Whether a rule is about the request, or about an operation of a bulk request. */
function isForbidden(rule: string, { method, path, json }: HttpRequest): boolean {
  const [, verb, place = ''] = /^([A-Z]+)?\s*(\/\S*)?$/.exec(rule) ?? [];
  const isMeant = (its: Json | undefined, at: Json | undefined) =>
    (verb === undefined || its === verb) &&
    typeof at === 'string' &&
    (place === '' || at === place || ['/', '?'].some(next => at.startsWith(`${place}${next}`)));
  const operations = isObject(json) && Array.isArray(json['Operations']) && path === '/Bulk' ? json['Operations'] : [];
  return isMeant(method, path) || operations.filter(isObject).some(one => isMeant(one['method'], one['path']));
}

/** True for a request that changes nothing on a right server (RFC 9110 section 9.2.1, RFC 7644 section 3.4.3). */
const isRead = ({ method, path }: HttpRequest): boolean =>
  ['GET', 'HEAD', 'OPTIONS'].includes(method) || (method === 'POST' && /\/\.search(?:\?|$)/.test(path));

const isUser = ({ endpoint, key }: LedgerEvent): boolean => /^\/users$/i.test(endpoint) || key === 'userName';
