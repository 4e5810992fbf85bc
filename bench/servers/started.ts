import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that listens in this process. */
export interface Started {
  /** Base URL of SCIM. */
  readonly url: string;
  /** Ids of the users it holds, in the order of creation. */
  readonly ids: readonly string[];
  /** Takes the answers of another server over; only the floor does. */
  readonly learn?: (answers: Readonly<Record<string, LearnedAnswer>>) => void;
}

/** An answer as it was on the wire, but for the headers that Node writes into every answer by itself. */
export interface LearnedAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly text: string;
}

/** Base URL of a server on a free loopback port. */
export async function urlOf(server: Server, path: string): Promise<string> {
  if (!server.listening) await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
}
