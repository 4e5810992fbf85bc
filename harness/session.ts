import { randomBytes } from 'node:crypto';
import type { Exchange, RunEvent } from '../reports/record/index.ts';
import { authorize, type Credential } from '../scim/wire/credentials.ts';
import { ledger } from '../scim/wire/ledger.ts';
import { pipe, type Hop, type Send } from '../scim/wire/message.ts';
import { recorder } from '../scim/wire/recorder.ts';
import { createRedactor, type Redactor } from '../scim/wire/redact.ts';
import type { Scope, Session } from '../scim/wire/session.ts';

/** What a session is made of. */
export interface SessionOptions {
  /** The end of the pipe. */
  readonly transport: Send;
  readonly credential: Credential;
  readonly seed: number;
  /** Mark of the run; random by default. */
  readonly run?: string;
  /** Between recorder and transport: faults, then a defect or a variant. */
  readonly hops?: readonly Hop[];
  /** Gets every event, redacted, as it happens. */
  readonly onEvent: (event: RunEvent) => void;
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** Blanks secrets; give one to share it with other outputs. */
  readonly redactor?: Redactor;
}

/** A mark that is short enough for names and rare enough to be told from another run's: eight hex digits. */
export const newRunMark = (): string => randomBytes(4).toString('hex');

/**
 * Wires the pipe of one run: authorization, ledger, recorder, then the given hops and the transport. Whatever is emitted
 * is redacted here and nowhere else, so no output can forget it.
 */
export function createSession(options: SessionOptions): Session {
  const { transport, credential, seed, hops = [], onEvent, signal, now = Date.now } = options;
  const redactor = options.redactor ?? createRedactor();
  const emit = (event: RunEvent) => onEvent(redactor.value(event));
  const credentialed = authorize(credential, redactor, now);
  const names = new Set<string>();

  const open = (name: string): Scope => {
    if (names.has(name)) throw new Error(`the scope ${name} is in use`);
    names.add(name);
    const exchanges: Exchange[] = [];
    const onExchange = (exchange: Exchange) => insertInOrder(exchanges, exchange);
    const recorded = [ledger(name, emit), recorder({ scope: name, onExchange, now }), ...hops];
    return {
      name,
      exchanges,
      send: pipe([credentialed, ...recorded], transport),
      anonymous: pipe(recorded, transport),
    };
  };
  return { run: options.run ?? newRunMark(), seed, signal, open, emit, secret: value => redactor.add(value) };
}

/** Exchanges end in any order when a scope has several under way; they are kept in order of sending. */
function insertInOrder(exchanges: Exchange[], exchange: Exchange): void {
  let at = exchanges.length;
  while (at > 0 && (exchanges[at - 1]?.n ?? 0) > exchange.n) at -= 1;
  exchanges.splice(at, 0, exchange);
}
