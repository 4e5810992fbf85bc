import type { Exchange } from '../record/index.ts';

/** Why a script cannot show every fault of its kind: it says so in its header, and ends with 3 where it shows nothing. */
export const LIMITS = {
  bytes: 'bytes beyond the end of an answer are nothing that curl shows',
  acts: 'acts on the account behind the target are nothing that curl does',
  race: 'of requests at the same time it is chance which comes first',
} as const;

export type Limit = (typeof LIMITS)[keyof typeof LIMITS];

/**
 * What stands in the way of showing the fault with curl; undefined where nothing does.
 * @param together groups of requests that went out at the same time
 */
export function limitOf(decisive: Exchange | undefined, together: readonly (readonly number[])[]): Limit | undefined {
  if (decisive?.response.failure?.code === 'stray-bytes') return LIMITS.bytes;
  return together.length > 0 ? LIMITS.race : undefined;
}
