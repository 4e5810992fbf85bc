import { ScimError } from '../../scim/message/error.ts';

/** The conditional headers of a request, or the `version` of a bulk operation as If-Match. */
export interface Conditions {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
}

/**
 * True when the client holds this version already: answer 304. Comparison is weak for both headers: the figures of
 * RFC 7644 section 3.14 guard writes with weak tags, which a strong comparison would never let through.
 */
export const isCurrent = ({ ifNoneMatch }: Conditions, version: string): boolean =>
  ifNoneMatch !== undefined && names(ifNoneMatch, version);

/** @throws ScimError 412 when a write is not meant for this version (RFC 9110 section 13.2.2) */
export function requireMatch({ ifMatch, ifNoneMatch }: Conditions, version: string): void {
  if (ifMatch !== undefined && !names(ifMatch, version)) {
    throw new ScimError(412, undefined, `the resource has changed; its version is ${version}`);
  }
  if (ifNoneMatch !== undefined && names(ifNoneMatch, version)) {
    throw new ScimError(412, undefined, `the resource still has version ${version}`);
  }
}

function names(header: string, version: string): boolean {
  if (header === version || header.trim() === '*') return true;
  const opaque = version.replace(/^W\//, '');
  return (header.match(/(?:W\/)?"[^"]*"/g) ?? []).some(tag => tag.replace(/^W\//, '') === opaque);
}
