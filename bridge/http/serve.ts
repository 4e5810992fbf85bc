import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ScimError } from '../../scim/message/error.ts';
import { BASE_PATH, type Bridge } from './app.ts';
import { SCIM_JSON } from '../../scim/message/urn.ts';

/** A bridge that listens. */
export interface ServedBridge {
  /** Address of the service provider: `http://127.0.0.1:<port>/scim/v2`. */
  readonly url: string;
  /** Takes no further connection, finishes what was accepted, then resolves. */
  close(): Promise<void>;
}

/** A port or an address that cannot be listened on; the message says what to do. */
export class ListenError extends Error {
  readonly code = 'port';
  constructor(message: string, options: ErrorOptions) {
    super(message, options);
    this.name = 'ListenError';
  }
}

/** Where to listen. */
export interface ListenOptions {
  /** The default is a free one. */
  readonly port?: number;
  /** The default is the loopback address. */
  readonly host?: string;
}

/**
 * Serves a bridge on a port of its own.
 * @throws ListenError when the port is busy or may not be used.
 */
export async function serveBridge(
  {
    app,
    settings,
    basePath = BASE_PATH,
  }: Pick<Bridge, 'settings'> & Partial<Pick<Bridge, 'basePath'>> & { readonly app: RequestListener },
  options: ListenOptions = {},
): Promise<ServedBridge> {
  const { origin, close } = await listen(app, settings, options);
  return { url: `${origin}${basePath}`, close };
}

/** A server on a port of its own. */
export interface Listening {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** Takes no further connection, finishes what was accepted, then resolves. */
  close(): Promise<void>;
}

/**
 * Serves an app; what is no HTTP is answered in SCIM's form.
 * @throws ListenError when the port is busy or may not be used.
 */
export async function listen(
  app: RequestListener,
  limits: Pick<Bridge['settings'], 'maxHeaderSize' | 'requestTimeout' | 'keepAliveTimeout'>,
  { port = 0, host = '127.0.0.1' }: ListenOptions = {},
): Promise<Listening> {
  const pending = new Set<ServerResponse>();
  let isClosing = false;
  const server = createServer(
    {
      maxHeaderSize: limits.maxHeaderSize,
      requestTimeout: limits.requestTimeout,
      headersTimeout: limits.requestTimeout,
      keepAliveTimeout: limits.keepAliveTimeout,
    },
    (request, response) => {
      if (isClosing) response.shouldKeepAlive = false;
      pending.add(response);
      response.once('close', () => pending.delete(response));
      app(request, response);
    },
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (socket.writable && error.code !== 'ECONNRESET') socket.end(answerTo(error.code));
    else socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new ListenError(explain(error, host, port), { cause: error })),
    );
    server.listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;

  return {
    origin: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    close: () =>
      new Promise((resolve, reject) => {
        isClosing = true;
        for (const response of pending) response.shouldKeepAlive = false;
        server.close(error =>
          error && (error as NodeJS.ErrnoException).code !== 'ERR_SERVER_NOT_RUNNING' ? reject(error) : resolve(),
        );
      }),
  };
}

const broken: Readonly<Record<string, readonly [number, string, string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'the request headers are too large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'the request took too long to arrive'],
};

/** What a client gets for bytes that are no HTTP request. */
function answerTo(code: string | undefined): string {
  const [status, reason, detail] = broken[code ?? ''] ?? [400, 'Bad Request', 'this is no HTTP request'];
  const body = JSON.stringify(new ScimError(status, undefined, detail).toMessage());
  const head = `Content-Type: ${SCIM_JSON}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close`;
  return `HTTP/1.1 ${status} ${reason}\r\n${head}\r\n\r\n${body}`;
}

function explain({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  switch (code) {
    case 'EADDRINUSE':
      return `port ${port} of ${host} is in use; choose another port, or 0 for any that is free`;
    case 'EACCES':
      return `port ${port} of ${host} may not be used by this account; choose one above 1023`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is no address of this machine; choose one of its addresses, such as 127.0.0.1`;
    default:
      return `cannot listen on port ${port} of ${host}: ${message}`;
  }
}
