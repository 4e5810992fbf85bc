import type { Hop, HttpRequest } from '../../scim/wire/message.ts';
import type { Clock } from '../../scim/wire/throttle.ts';

/** Keeps queries back until what they may be about is in the lists of a target that takes its time with that. */
export interface Settling {
  /**
   * For one scope: a query waits until the lag has passed since the scope's last write.
   * @param after further instants to wait for, on the same clock: the last write of a fixture, or of the whole run
   */
  scope(after?: () => number): Hop;
  /** When anything was last written in the run; before the first write the start of time. */
  readonly lastWrite: number;
  /** Lets so many requests through at a time: whoever waits for the lag is in nobody's way. */
  gate(width: number): Hop;
}

/** @param lagMs how long lists stay behind writes, in milliseconds; with zero nothing ever waits */
export function createSettling(lagMs: number, clock: Clock): Settling {
  let lastWrite = -Infinity;
  return {
    get lastWrite() {
      return lastWrite;
    },
    scope(after = () => -Infinity) {
      const own = { any: -Infinity, groups: -Infinity };
      return async (request, next) => {
        if (lagMs === 0) return next(request);
        const since = Math.max(after(), isQuery(request) ? own.any : isUser(request) ? own.groups : -Infinity);
        const wait = isQuery(request) || isUser(request) ? since + lagMs - clock.now() : 0;
        if (wait > 0) await clock.sleep(wait);
        const response = await next(request);
        if (isWrite(request)) {
          lastWrite = own.any = clock.now();
          if (/^\/(?:Groups|Bulk)/.test(request.path)) own.groups = lastWrite;
        }
        return response;
      };
    },
    gate(width) {
      let free = width;
      const waiting: (() => void)[] = [];
      return async (request, next) => {
        if (free > 0) free -= 1;
        else await new Promise<void>(resolve => void waiting.push(resolve));
        try {
          return await next(request);
        } finally {
          const first = waiting.shift();
          if (first) first();
          else free += 1;
        }
      };
    },
  };
}

const isSearch = ({ path }: HttpRequest): boolean => /\/\.search(?:\?|$)/.test(path);
const isWrite = (request: HttpRequest): boolean => request.method !== 'GET' && !isSearch(request);
const isQuery = (request: HttpRequest): boolean =>
  (request.method === 'GET' && /^\/[A-Za-z]*(?:\?|$)/.test(request.path)) || isSearch(request);

/** A user shows the groups it is in, and those come from an index like that of lists. */
const isUser = ({ method, path }: HttpRequest): boolean => method === 'GET' && /^\/Users\/[^/?]+/.test(path);
