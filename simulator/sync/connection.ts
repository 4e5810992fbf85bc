import type { ClientDefaults } from '../../scim/client.ts';
import type { HttpResponse, HttpRequest, Hop } from '../../scim/wire/message.ts';
import type { Dialect } from '../dialects/index.ts';
import type { Follows } from './access.ts';
import type { Connection } from './connector.ts';
import { IntegrationError } from './error.ts';
import type { JumpCloudSettings } from './settings.ts';

/** Where a request goes: the pipe may lead each application elsewhere. */
export interface Destination {
  /** Id of the application. */
  readonly application: string;
  /** As typed; undefined for the application whose way the pipe knows. */
  readonly baseUrl: string | undefined;
}

/** Sends one request of an application; the path is below its Base URL. It always answers. */
export type SendTo = (request: HttpRequest, destination: Destination) => Promise<HttpResponse>;

/**
 * What an activation looks at before anything is sent.
 * @throws IntegrationError for a Base URL that is none or lacks https (JC-3), and for SCIM 1.1 (JC-Q43)
 */
export function refuseConnection(
  { baseUrl, scimVersion = '2.0' }: Connection,
  { plainHttp }: Pick<JumpCloudSettings, 'plainHttp'>,
  follows: Follows,
): void {
  if (scimVersion !== '2.0' && follows('JC-Q43')) {
    throw new IntegrationError('scim-version', `SCIM ${scimVersion} is not supported; choose SCIM 2.0`);
  }
  if (baseUrl === undefined) return;
  if (!URL.canParse(baseUrl)) {
    const example = 'write it whole, for example https://host.example/scim/v2';
    throw new IntegrationError('base-url', `the Base URL "${baseUrl}" is not a URL; ${example}`);
  }
  const { protocol, username, password } = new URL(baseUrl);
  if (username !== '' || password !== '') {
    throw new IntegrationError('base-url', 'credentials do not belong in the Base URL; give them as the token');
  }
  const isTaken = protocol === 'https:' || (protocol === 'http:' && (plainHttp === 'allow' || !follows('JC-3')));
  if (!isTaken) throw new IntegrationError('base-url', `the Base URL "${baseUrl}" has to begin with https://`);
}

/** Headers of every request in a dialect. */
export const clientDefaults = ({
  headers: { accept, contentType, acceptCharset, userAgent },
}: Pick<Dialect, 'headers'>): ClientDefaults => ({
  accept,
  contentType,
  headers: {
    ...(acceptCharset !== undefined && { 'accept-charset': acceptCharset }),
    ...(userAgent !== undefined && { 'user-agent': userAgent }),
  },
});

/** A request with its query escaped as in a dialect. */
export function encoded(request: HttpRequest, { encoding }: Pick<Dialect, 'encoding'>): HttpRequest {
  if (encoding === 'percent') return request;
  const [path = '', query] = request.path.split(/\?(.*)/s, 2);
  if (query === undefined) return request;
  return { ...request, path: `${path}?${new URLSearchParams(query).toString()}` };
}

/**
 * The hop that brings in what the form of an integration holds: the token as bearer credential (JC-1b), and a slash at the
 * end of the Base URL, which stays and makes every path wrong (JC-2b).
 */
export function connected(
  connection: () => Connection,
  { slashAfterBaseUrl }: Pick<JumpCloudSettings, 'slashAfterBaseUrl'>,
  follows: Follows,
): Hop {
  return (request, next) => {
    const { baseUrl = '', token } = connection();
    const slash = slashAfterBaseUrl === 'keep' && follows('JC-2b') ? (/\/+$/.exec(baseUrl)?.[0] ?? '') : '';
    const authorization = token !== undefined && follows('JC-1b') ? { authorization: `Bearer ${token}` } : {};
    return next({ ...request, path: slash + request.path, headers: { ...request.headers, ...authorization } });
  };
}
