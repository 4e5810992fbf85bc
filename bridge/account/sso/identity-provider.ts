import { ControlError } from '../../../scim/target.ts';
import type { Holds } from './state.ts';

/** The one identity provider of an account, as the wizard keeps it. */
export interface IdentityProvider {
  readonly clientId: string;
  /** Address of the OpenID Connect discovery document. */
  readonly discovery: string;
  /** In milliseconds. */
  readonly configuredAt: number;
}

/** What an administrator enters in the wizard, and how the trip to the identity provider and back ended. */
export interface ProviderRequest {
  readonly protocol: string;
  readonly clientId: string;
  readonly discovery: string;
  readonly roundTrip: 'succeeded' | 'failed';
}

/** Where people sign in: `example` and `eu` for `https://example.1password.eu`. */
export interface SignInAddress {
  readonly domain: string;
  readonly region: 'com' | 'ca' | 'eu';
}

const discoveryPath = '/.well-known/openid-configuration';
const loopback = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** The web page that sign-in returns to, the apps, and the web page without its last slash (OP-62a, OP-63). */
export function redirectAddresses({ domain, region }: SignInAddress, holds: Holds): readonly string[] {
  const web = `https://${domain}.1password.${holds('OP-63') ? region : 'com'}/sso/oidc/redirect`;
  // An older page of the vendor has the form without the slash: 1password.md Q22 registers both.
  return holds('OP-62a') ? [`${web}/`, 'onepassword://sso/oidc/redirect', web] : [web];
}

/**
 * Reads what the wizard was given; the round trip has the last word (OP-60, OP-64, OP-66).
 * @throws {ControlError} 400 for another protocol, an empty client id or no discovery address; 409 for a failed trip
 */
export function readProvider(request: ProviderRequest, now: number, holds: Holds): IdentityProvider {
  const { protocol, clientId, discovery, roundTrip } = request;
  if (holds('OP-60') && protocol !== 'oidc') {
    throw new ControlError(400, `Unlock with SSO takes "oidc" (OpenID Connect) alone, not "${protocol}".`, 'OP-60');
  }
  if (holds('OP-64')) {
    if (clientId.trim() === '') throw new ControlError(400, 'Unlock with SSO needs a client id.', 'OP-64');
    if (!isDiscovery(discovery)) {
      const form = `https://<identity provider>${discoveryPath}`;
      throw new ControlError(400, `"${discovery}" is no discovery address; give one like ${form}.`, 'OP-64');
    }
  }
  if (holds('OP-66') && roundTrip !== 'succeeded') {
    throw new ControlError(409, 'The trip to the identity provider and back failed, so nothing was saved.', 'OP-66');
  }
  return { clientId, discovery, configuredAt: now };
}

/** Plain HTTP is taken from the own machine alone, where a simulated identity provider may listen. */
function isDiscovery(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname } = new URL(text);
  return (
    (protocol === 'https:' || (protocol === 'http:' && loopback.has(hostname))) && pathname.endsWith(discoveryPath)
  );
}
