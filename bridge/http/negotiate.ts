import { ScimError } from '../../scim/message/error.ts';
import { SCIM_JSON } from '../../scim/message/urn.ts';

const JSON_TYPE = 'application/json';

/** Media ranges that take a SCIM answer, and the type each is answered with. */
const answers: ReadonlyMap<string, string> = new Map([
  [SCIM_JSON, SCIM_JSON],
  ['*/*', SCIM_JSON],
  ['application/*', SCIM_JSON],
  [JSON_TYPE, JSON_TYPE],
]);

/**
 * Settles the media type of the answer from the Accept header (RFC 7644 section 3.8): `application/json` for a client
 * that prefers it, else `application/scim+json`.
 *
 * @throws ScimError 406 when the client takes no JSON
 */
export function negotiate(accept: string | undefined): string {
  if (accept === undefined || accept === SCIM_JSON || accept === '*/*') return SCIM_JSON;
  let best: string | undefined;
  let weight = 0;
  for (const range of accept.split(',')) {
    const [media = '', ...parameters] = range.toLowerCase().split(';');
    const type = answers.get(media.trim());
    const quality = Number(parameters.map(text => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1]).find(Boolean) ?? 1);
    if (type === undefined || !(quality > 0)) continue;
    // At equal weight the type of the protocol goes first.
    if (quality > weight || (quality === weight && type === SCIM_JSON)) [best, weight] = [type, quality];
  }
  if (best === undefined) {
    throw new ScimError(406, undefined, `answers are ${SCIM_JSON} or ${JSON_TYPE}; accept one of them`);
  }
  return best;
}
