import { createSecrets } from '../../scim/wire/secret.ts';
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

const realm = 'Bearer realm="scim"';

/** Settles who calls by the Authorization header (RFC 7644 section 2, RFC 6750 sections 2.1 and 3). */
export type Authenticate = (authorization: string | undefined) => Caller;

/** Makes the check. */
export function createAuthenticate({ tokens, readOnlyTokens, anonymous, me }: Credentials): Authenticate {
  const known = [
    ...tokens.map(token => ({ token, mayWrite: true })),
    ...readOnlyTokens.map(token => ({ token, mayWrite: false })),
  ];
  const placeOf = createSecrets(known.map(({ token }) => token));
  const callers = known.map(({ token, mayWrite }, index): Caller => ({
    name: String(index),
    mayWrite,
    me: Object.hasOwn(me, token) ? me[token] : undefined,
  }));
  const nobody: Caller = { name: '', mayWrite: true, me: undefined };

  return authorization => {
    if (authorization === undefined) {
      if (anonymous) return nobody;
      throw new Refusal(401, 'the request carries no bearer token', { headers: { 'WWW-Authenticate': realm } });
    }
    const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1];
    const caller = token === undefined ? undefined : callers[placeOf(token)];
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
