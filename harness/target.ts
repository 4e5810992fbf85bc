import type { Credential } from '../scim/wire/credentials.ts';
import type { Send } from '../scim/wire/message.ts';
import type { SecondKind } from '../scim/wire/session.ts';
import { createTransport, parseBaseUrl, type Transport, type TransportOptions } from '../scim/wire/transport.ts';

/** A credential as a user gives it: an OAuth token endpoint is still a URL. */
export type CredentialSettings =
  StaticCredential | (Omit<Extract<Credential, { kind: 'oauth' }>, 'token'> & { readonly tokenUrl: string });

/** A SCIM endpoint and how to reach it. */
export interface TargetSettings extends Omit<TransportOptions, 'signal'> {
  readonly credential: CredentialSettings;
  /** Further credentials, by what they may do; checks that need one are not applicable without it. */
  readonly second?: Readonly<Partial<Record<SecondKind, StaticCredential>>>;
}

/** A credential that needs no token endpoint. */
export type StaticCredential = Exclude<Credential, { kind: 'oauth' }>;

/** A target with its connections open. */
export interface Connection {
  readonly send: Send;
  readonly credential: Credential;
  readonly second: Readonly<Partial<Record<SecondKind, Credential>>>;
  close(): Promise<void>;
}

/**
 * Opens the end of a pipe to a target.
 * @throws BaseUrlError when the base URL, or the token URL, is none.
 */
export function connect({ credential, second = {}, ...target }: TargetSettings, signal?: AbortSignal): Connection {
  const stop = signal && { signal };
  const transport = createTransport({ ...target, ...stop });
  if (credential.kind !== 'oauth') return { send: transport.send, credential, second, close: transport.close };
  const { tokenUrl, ...oauth } = credential;
  const tokens: Transport = createTransport({ ...target, ...stop, baseUrl: tokenUrl });
  return {
    send: transport.send,
    credential: { ...oauth, token: tokens.send },
    second,
    close: async () => void (await Promise.all([transport.close(), tokens.close()])),
  };
}

/** True when a URL leads to this machine and no further: no consent is asked for there. */
export function isLoopback(url: string): boolean {
  const { hostname } = parseBaseUrl(url);
  return (
    hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || hostname.startsWith('127.')
  );
}
