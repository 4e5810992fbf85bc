import { createSecrets } from '../../scim/wire/secret.ts';
import { ApiError } from './api-error.ts';

/** Lets a request pass or refuses it, by its `x-api-key` header. */
export type Authenticate = (key: string | undefined) => void;

/**
 * Makes the check (jumpcloud.md 3.1).
 * @throws ApiError 401 for a key that is missing or unknown
 */
export function createAuthenticate(keys: readonly string[]): Authenticate {
  const placeOf = createSecrets(keys);
  return key => {
    if (key === undefined || key === '') {
      throw new ApiError(401, 'Unauthorized: the request carries no API key; send it as x-api-key');
    }
    if (placeOf(key) < 0) throw new ApiError(401, 'Unauthorized: api key user not found');
  };
}
