import { authorize } from '../scim/wire/credentials.ts';
import { pipe, type Send } from '../scim/wire/message.ts';
import { createRedactor } from '../scim/wire/redact.ts';
import { createTransport, type Transport } from '../scim/wire/transport.ts';
import type { SendTo } from '../simulator/index.ts';
import { connect, type TargetSettings } from './target.ts';

/** The ways from a simulated directory to service providers. */
export interface ProvisioningPipe {
  readonly send: SendTo;
  close(): Promise<void>;
}

/**
 * Opens the way to a target, for the application that has no Base URL of its own. Where an admin typed one, requests go
 * there, with the token that was typed and nothing of the target's credential.
 * @throws BaseUrlError when the base URL of the target is none
 */
export function openPipe(target: TargetSettings, signal: AbortSignal): ProvisioningPipe {
  const { credential, second: _second, baseUrl: _baseUrl, ...reach } = target;
  const { send, credential: proof, close } = connect({ ...target, credential }, signal);
  const authorised: Send = pipe([authorize(proof, createRedactor())], send);
  const others = new Map<string, Transport>();
  const other = (baseUrl: string): Transport => {
    const known = others.get(baseUrl) ?? createTransport({ ...reach, baseUrl, signal });
    others.set(baseUrl, known);
    return known;
  };
  return {
    send: (request, { baseUrl }) => {
      if (baseUrl !== undefined) return other(baseUrl).send(request);
      return request.headers['authorization'] === undefined ? authorised(request) : send(request);
    },
    close: async () => void (await Promise.all([close(), ...[...others.values()].map(each => each.close())])),
  };
}
