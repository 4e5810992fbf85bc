import { hash, timingSafeEqual } from 'node:crypto';
import { ApiError } from './api-error.ts';

/** Lets a request pass or refuses it, by its `x-api-key` header. */
export type Authenticate = (key: string | undefined) => void;

const digest = (key: string): Buffer => hash('sha256', key, 'buffer');

/**
 * Makes the check (jumpcloud.md 3.1). Keys are compared through digests of one length and every known key is looked at,
 * so the time taken tells nothing about how much of a guess was right.
 * @throws ApiError 401 for a key that is missing or unknown
 */
export function createAuthenticate(keys: readonly string[]): Authenticate {
  const known = keys.map(digest);
  return key => {
    if (key === undefined || key === '') {
      throw new ApiError(401, 'Unauthorized: the request carries no API key; send it as x-api-key');
    }
    const given = digest(key);
    // Not `some`, which would stop at the first hit.
    const hits = known.filter(candidate => timingSafeEqual(candidate, given));
    if (hits.length === 0) throw new ApiError(401, 'Unauthorized: api key user not found');
  };
}
