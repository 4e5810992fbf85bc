import { isObject } from '../scim/message/list.ts';
import { authorize } from '../scim/wire/credentials.ts';
import { isJsonMediaType, pipe, type HttpRequest, type HttpResponse } from '../scim/wire/message.ts';
import type { Redactor } from '../scim/wire/redact.ts';
import { parseBaseUrl } from '../scim/wire/transport.ts';
import { connect, isLoopback, type TargetSettings } from './target.ts';

/** One thing that was looked at. */
export interface Symptom {
  readonly state: 'well' | 'odd' | 'ill';
  /** What was looked at, and what was found. */
  readonly finding: string;
  /** What to do about it; empty where nothing is to be done. */
  readonly advice: string;
}

const well = (finding: string): Symptom => ({ state: 'well', finding, advice: '' });
const odd = (finding: string, advice: string): Symptom => ({ state: 'odd', finding, advice });
const ill = (finding: string, advice: string): Symptom => ({ state: 'ill', finding, advice });

/** Places below which SCIM is often served. */
const USUAL = ['/scim/v2', '/scim', '/v2', '/api/scim/v2', '/api/scim', '/provisioning/scim/v2', ''];

/** What to do about an answer that never came, by what went wrong. */
const troubles: Readonly<Record<string, string>> = {
  unresolved: 'look for a typing error, and whether a VPN or a hosts entry is needed',
  refused: 'start the server, and look at the port',
  tls: 'the certificate is not trusted: name its authority with --ca, or mend the chain that the server sends',
  timeout: 'the connection is swallowed: a firewall or a proxy stands between (--proxy), or the server hangs',
  cut: 'the connection ends before the answer does: a proxy or the server closes it',
  malformed: 'what comes back is not HTTP: the port belongs to another service, or wants https://',
  'no-token': 'the token endpoint gives no access token: look at --oauth-token-url, the client and its secret',
};

/**
 * Finds out why a SCIM endpoint cannot be used: address, network, TLS, credential, base path, and whether it is SCIM at all.
 * Only GET requests are sent, and the credential only to the address that was named.
 * @param redactor learns every secret that is used
 * @throws BaseUrlError for a URL that is none
 */
export async function* diagnose(target: TargetSettings, redactor: Redactor): AsyncGenerator<Symptom> {
  const url = parseBaseUrl(target.baseUrl);
  yield* ofAddress(target.baseUrl, url);
  const connection = connect(target);
  const bare = (path: string) => connection.send(get(path));
  const credentialed = pipe([authorize(connection.credential, redactor)], connection.send);
  try {
    const config = await bare('/ServiceProviderConfig');
    if (config.status === undefined) {
      yield ofFailure(config);
      return;
    }
    yield well(`${url.host} answers HTTP`);
    const users = await credentialed(get('/Users?count=1'));
    if (users.status === undefined) {
      yield ofFailure(users);
      return;
    }
    yield ofUsers(users, target);
    if (!isList(users)) {
      yield* elsewhere(target, url, users);
      return;
    }
    const groups = await credentialed(get('/Groups?count=1'));
    yield isList(groups)
      ? well('GET /Groups lists groups')
      : odd(
          `GET /Groups is answered with ${groups.status ?? 'nothing'}`,
          'group checks will not apply; that is right for a provider without groups',
        );
    yield ofDiscovery(isObject(config.json) ? config : await credentialed(get('/ServiceProviderConfig')));
    yield ofClock(users);
  } finally {
    await connection.close();
  }
}

const get = (path: string): HttpRequest => ({ method: 'GET', path, headers: { accept: 'application/scim+json' } });

function* ofAddress(text: string, url: URL): Generator<Symptom> {
  if (text.endsWith('/') && url.pathname !== '/') {
    yield odd(
      'the base URL ends in a slash',
      'it is left out here; identity providers that keep it ask for //Users, which most servers do not know',
    );
  }
  if (url.protocol === 'http:' && !isLoopback(text)) {
    yield odd(
      'the base URL is not https',
      'the credential travels in the clear; JumpCloud, Okta and Entra ID refuse such an address',
    );
  }
  if (/\/(?:Users|Groups|ServiceProviderConfig|Schemas)$/i.test(url.pathname)) {
    yield ill(
      `the base URL ends in ${url.pathname.slice(url.pathname.lastIndexOf('/'))}`,
      'leave that out: the base URL is what stands before it',
    );
  }
}

/** What OpenSSL says, and what to do about it. */
const tlsTroubles: readonly (readonly [said: RegExp, advice: string])[] = [
  [
    /wrong version number|packet length too long/,
    'the other side speaks no TLS at this port: write http:// if that is meant',
  ],
  [/has expired|not yet valid/, 'renew the certificate of the server, and look at the clocks of both machines'],
  [/altname|does not match/i, 'the certificate is for another name: use that name, or have this one added'],
  [
    /certificate required|bad certificate|handshake failure/,
    'the server may want a client certificate: --cert and --key',
  ],
];

function ofFailure({ failure }: HttpResponse): Symptom {
  const { code = '', message = 'for no known reason' } = failure ?? {};
  // OpenSSL puts addresses and places in its own sources around the one phrase that says something.
  const told = message.replace(/[0-9A-F]+:error:[^:]*:[^:]*:[^:]*:([^:]*):.*$/s, '$1').trim();
  const [, special] = (code === 'tls' && tlsTroubles.find(([said]) => said.test(message))) || [];
  return ill(`no answer: ${told}`, special ?? troubles[code] ?? 'try again, and look at the log of the server');
}

function ofUsers(response: HttpResponse, { credential }: TargetSettings): Symptom {
  const { status = 0, headers } = response;
  if (isList(response)) return well('GET /Users lists users with this credential');
  const asked = `GET /Users is answered with ${status}`;
  if (status === 401) {
    return credential.kind === 'none'
      ? ill(asked, 'a credential is wanted: --token-env, --header-env or --basic-user')
      : ill(
          asked,
          'the credential is refused: look for blanks or a line end in it, whether it has expired, and whether it belongs to this endpoint',
        );
  }
  if (status === 403)
    return ill(asked, 'the credential is known and may not read users: give it the right to, or take another');
  if (status >= 300 && status < 400) {
    return ill(
      `${asked}, to ${headers['location'] ?? 'nowhere'}`,
      'name the address it leads to; the credential is not sent after a redirect',
    );
  }
  if (isHtml(response))
    return ill(
      `${asked} and an HTML page`,
      'that is a web page, most often a sign-in page: the base URL is wrong, or a gateway wants a session',
    );
  if (status === 404) return ill(asked, 'there is nothing SCIM below this base URL');
  if (status >= 500) return ill(asked, 'the server is in trouble: look at its log');
  return ill(`${asked}, which is no SCIM list`, 'look at the answer; a list has schemas, totalResults and Resources');
}

/** Looks for SCIM where it usually is. Nothing but the address is sent: the credential belongs to the one that was named. */
async function* elsewhere(target: TargetSettings, url: URL, { status = 0 }: HttpResponse): AsyncGenerator<Symptom> {
  if (status === 401 || status === 403 || status >= 500) return;
  for (const place of USUAL) {
    if (place === url.pathname) continue;
    const { send, close } = connect({ ...target, baseUrl: `${url.origin}${place}`, credential: { kind: 'none' } });
    const [config, users] = [await send(get('/ServiceProviderConfig')), await send(get('/Users?count=1'))];
    await close();
    if (isScim(config) || isScim(users)) {
      yield odd(`${url.origin}${place} speaks SCIM`, 'try that as the base URL');
      return;
    }
  }
  yield odd(
    'SCIM is at none of the usual places of this host',
    'ask whoever runs it for the SCIM base URL (Okta calls it so, Entra ID Tenant URL)',
  );
}

const isList = ({ status, json }: HttpResponse): boolean =>
  status === 200 && isObject(json) && typeof json['totalResults'] === 'number';

const isScim = ({ json }: HttpResponse): boolean =>
  isObject(json) && Array.isArray(json['schemas']) && JSON.stringify(json['schemas']).includes('urn:ietf:params:scim:');

const isHtml = ({ headers, text }: HttpResponse): boolean =>
  /html/i.test(headers['content-type'] ?? '') || /^\s*<(?:!doctype|html)/i.test(text);

function ofDiscovery(config: HttpResponse): Symptom {
  const { status, json, headers } = config;
  if (status === 200 && isObject(json) && isScim(config)) {
    return isJsonMediaType(headers['content-type'])
      ? well('GET /ServiceProviderConfig describes the provider')
      : odd(
          `ServiceProviderConfig is ${headers['content-type'] ?? 'of no media type'}`,
          'strict clients want application/scim+json',
        );
  }
  return odd(
    `GET /ServiceProviderConfig is answered with ${status ?? 'nothing'}`,
    'the suite goes on with what the RFC takes for granted, and reports it',
  );
}

/** Seconds that two clocks may differ before tokens and caches notice. */
const MOST_SKEW = 60;

function ofClock({ headers }: HttpResponse): Symptom {
  const theirs = Date.parse(headers['date'] ?? '');
  const skew = Math.round(Math.abs(theirs - Date.now()) / 1000);
  if (Number.isNaN(skew)) return well('the answers carry no date');
  return skew <= MOST_SKEW
    ? well('the clocks agree')
    : odd(`the clocks differ by ${skew} s`, 'tokens with a time of validity may be refused; set the clocks');
}
