import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface PlainServer {
  readonly url: string;
  close(): Promise<void>;
}

/** A node HTTP server on a free loopback port. */
export async function startServer(listener: RequestListener): Promise<PlainServer> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim/v2`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const answer =
  (status: number, type: string, body: string) => (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, { 'content-type': type }).end(body);
  };
const scimError = (status: number) =>
  JSON.stringify({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    detail: 'always',
  });

/** Servers that give every request the same answer, or none. Nothing may pass on any of them. */
export const deadServers: Readonly<Record<string, RequestListener>> = {
  '200 {}': answer(200, 'application/json', '{}'),
  '200 {} as SCIM': answer(200, 'application/scim+json', '{}'),
  '404': answer(404, 'text/plain', 'not found'),
  '404 as SCIM error': answer(404, 'application/scim+json', scimError(404)),
  '500': answer(500, 'text/plain', 'boom'),
  '500 as SCIM error': answer(500, 'application/scim+json', scimError(500)),
  '401 as SCIM error': answer(401, 'application/scim+json', scimError(401)),
  '204': answer(204, 'application/scim+json', ''),
  HTML: answer(200, 'text/html; charset=utf-8', '<!doctype html><title>Sign in</title><script>alert(1)</script>'),
  silence: () => undefined,
};
