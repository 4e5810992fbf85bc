import { pino } from 'pino';
import type { LogEntry } from '../bridge/index.ts';

/** Levels of the bridge's log: `info` has a line for each request, `error` only those that failed inside. */
export const logLevels = ['info', 'error'] as const;

/**
 * A structured log on standard error, one JSON line each. Entries hold method, path without its query, status and time; no
 * header and no body ever reaches it.
 */
export function createBridgeLog(level: (typeof logLevels)[number]): (entry: LogEntry) => void {
  const log = pino({ name: 'scimulator-bridge', level }, pino.destination({ dest: 2, sync: true }));
  return ({ fault, ...entry }) => {
    if (fault === undefined) log.info(entry, 'request');
    else log.error({ ...entry, err: fault }, 'request failed inside the bridge');
  };
}
