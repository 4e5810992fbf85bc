import type { Redactor } from './redact.ts';
import type { Failure, Headers, Hop, HttpResponse, Send } from './message.ts';

/** How a client proves who it is. */
export type Credential =
  | { readonly kind: 'none' }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'header'; readonly name: string; readonly value: string }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  | {
      readonly kind: 'oauth';
      /** Sends to the token endpoint; its base URL is the token URL itself. */
      readonly token: Send;
      readonly clientId: string;
      readonly clientSecret: string;
      readonly scope?: string;
    };

/** A token is fetched anew this long before it ends, so that none expires on the way. */
const EARLY_MS = 30_000;

/**
 * The hop that puts the credential on each request. Every secret, fetched tokens included, is made known to the redactor
 * before it is used. When no token can be had (RFC 6749 section 4.4) the request is not sent and the answer is the failure
 * `no-token`.
 */
export function authorize(credential: Credential, redactor: Redactor, now: () => number = Date.now): Hop {
  const header = headerSource(credential, redactor, now);
  return async (request, next) => {
    const fields = await header();
    if ('failure' in fields) return fields;
    return next({ ...request, headers: { ...request.headers, ...fields.headers } });
  };
}

type Fields = { readonly headers: Headers } | (HttpResponse & { readonly failure: Failure });
type HeaderSource = () => Fields | Promise<Fields>;

function headerSource(credential: Credential, redactor: Redactor, now: () => number): HeaderSource {
  switch (credential.kind) {
    case 'none':
      return () => ({ headers: {} });
    case 'bearer':
      redactor.add(credential.token);
      return () => ({ headers: { authorization: `Bearer ${credential.token}` } });
    case 'header':
      redactor.add(credential.value);
      return () => ({ headers: { [credential.name.toLowerCase()]: credential.value } });
    case 'basic': {
      const encoded = Buffer.from(`${credential.user}:${credential.password}`, 'utf8').toString('base64');
      redactor.add(credential.password);
      redactor.add(encoded);
      return () => ({ headers: { authorization: `Basic ${encoded}` } });
    }
    case 'oauth':
      return oauthSource(credential, redactor, now);
  }
}

function oauthSource(credential: Credential & { kind: 'oauth' }, redactor: Redactor, now: () => number): HeaderSource {
  redactor.add(credential.clientSecret);
  let current: { token: string; until: number } | undefined;
  let underWay: Promise<Fields> | undefined;

  const fetchToken = async (): Promise<Fields> => {
    const form = new URLSearchParams({ grant_type: 'client_credentials' });
    if (credential.scope) form.set('scope', credential.scope);
    const encode = (part: string) => new URLSearchParams({ p: part }).toString().slice(2);
    const basic = Buffer.from(`${encode(credential.clientId)}:${encode(credential.clientSecret)}`).toString('base64');
    redactor.add(basic);
    const response = await credential.token({
      method: 'POST',
      path: '',
      headers: {
        authorization: `Basic ${basic}`,
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
      },
      text: form.toString(),
    });
    const body = response.json as { access_token?: unknown; expires_in?: unknown; error?: unknown } | undefined;
    if (response.status !== 200 || typeof body?.access_token !== 'string') {
      const why =
        response.failure?.message ?? `status ${response.status}, error ${JSON.stringify(body?.error ?? 'none given')}`;
      const failure: Failure = { code: 'no-token', message: `the token endpoint gave no access token: ${why}` };
      return { headers: {}, text: '', failure };
    }
    redactor.add(body.access_token);
    const lifetime = typeof body.expires_in === 'number' ? body.expires_in * 1000 : Infinity;
    current = { token: body.access_token, until: now() + lifetime - EARLY_MS };
    return bearer(current.token);
  };
  return async () => {
    if (current && now() < current.until) return bearer(current.token);
    underWay ??= fetchToken().finally(() => (underWay = undefined));
    return underWay;
  };
}

const bearer = (token: string): Fields => ({ headers: { authorization: `Bearer ${token}` } });
