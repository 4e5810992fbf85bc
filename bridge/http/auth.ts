import { hash, timingSafeEqual } from 'node:crypto';
import { Refusal } from './refusal.ts';

/** Whoever sent a request, as far as the credential tells. */
export interface Caller {
  /** Tells one credential from another without holding it. */
  readonly name: string;
  readonly mayWrite: boolean;
  /** Id of the resource that `/Me` stands for. */
  readonly me: string | undefined;
}

/** Credentials a service provider accepts. */
export interface Credentials {
  readonly tokens: readonly string[];
  /** Tokens that may read but not write. */
  readonly readOnlyTokens: readonly string[];
  readonly anonymous: boolean;
  readonly me: Readonly<Record<string, string>>;
}

const digest = (token: string): Buffer => hash('sha256', token, 'buffer');

const realm = 'Bearer realm="scim"';

/** Settles who calls by the Authorization header (RFC 7644 section 2, RFC 6750 sections 2.1 and 3). */
export type Authenticate = (authorization: string | undefined) => Caller;

/**
 * Makes the check. Tokens are compared through digests of one length and every known token is looked at, so the time
 * taken tells nothing about how much of a guess was right.
 */
export function createAuthenticate({ tokens, readOnlyTokens, anonymous, me }: Credentials): Authenticate {
  const known = [
    ...tokens.map(token => ({ token, mayWrite: true })),
    ...readOnlyTokens.map(token => ({ token, mayWrite: false })),
  ].map(({ token, mayWrite }, index) => ({
    digest: digest(token),
    caller: { name: String(index), mayWrite, me: Object.hasOwn(me, token) ? me[token] : undefined } satisfies Caller,
  }));
  const nobody: Caller = { name: '', mayWrite: true, me: undefined };

  return authorization => {
    if (authorization === undefined) {
      if (anonymous) return nobody;
      throw new Refusal(401, 'the request carries no bearer token', { headers: { 'WWW-Authenticate': realm } });
    }
    const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
    let caller: Caller | undefined;
    if (token !== undefined) {
      const given = digest(token);
      for (const candidate of known) if (timingSafeEqual(candidate.digest, given)) caller = candidate.caller;
    }
    if (caller) return caller;
    if (anonymous) return nobody;
    throw new Refusal(401, 'the bearer token is not accepted', {
      headers: { 'WWW-Authenticate': `${realm}, error="invalid_token", error_description="unknown token"` },
    });
  };
}

/** @throws Refusal when the caller may only read (RFC 6750 section 3.1) */
export function requireWrite(caller: Caller): void {
  if (caller.mayWrite) return;
  throw new Refusal(403, 'this credential may read but not write', {
    headers: { 'WWW-Authenticate': `${realm}, error="insufficient_scope"` },
  });
}
