import { withEndpoint } from '../harness/start-command.ts';
import type { StartFlags } from './start-options.ts';

/** Seconds that a started endpoint has to come up, where nobody says. */
const DEFAULT_WAIT = 30;

/**
 * Does something with the endpoint once it is up, where a flag says to start it or to wait for it; otherwise at once.
 * @throws StartError when it does not come up
 */
export function withStarted<T>(url: string, { start, wait }: StartFlags, work: () => Promise<T>): Promise<T> {
  const seconds = wait ?? (start === undefined ? undefined : DEFAULT_WAIT);
  return seconds === undefined ? work() : withEndpoint(url, start, seconds * 1000, work);
}
