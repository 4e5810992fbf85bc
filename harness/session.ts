import { randomBytes } from 'node:crypto';
import type { Exchange, LedgerEvent, RecordedRequest, RunEvent } from '../reports/record/index.ts';
import { authorize, type Credential } from '../scim/wire/credentials.ts';
import { ledger } from '../scim/wire/ledger.ts';
import { createAllowance, type Limits } from '../scim/wire/limits.ts';
import { pipe, type Hop, type Send } from '../scim/wire/message.ts';
import { recorder } from '../scim/wire/recorder.ts';
import { createRedactor, type Redactor } from '../scim/wire/redact.ts';
import type { Control } from '../scim/target.ts';
import type { Scope, SecondKind, Session } from '../scim/wire/session.ts';
import { createThrottle, systemClock, type Clock } from '../scim/wire/throttle.ts';
import { createMask } from './mask.ts';

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
  /** Told the scope of every request when it is sent; events come when what they are about is settled. */
  readonly onSend?: (scope: string) => void;
  readonly signal: AbortSignal;
  readonly clock?: Clock;
  /** Blanks secrets; give one to share it with other outputs. */
  readonly redactor?: Redactor;
  /** Further credentials, for checks of who may do what. */
  readonly second?: Readonly<Partial<Record<SecondKind, Credential>>>;
  readonly limits?: Limits;
  /** Paces the run, and slows it down when the target asks for that; otherwise 429 is an answer like any other. */
  readonly pace?: { readonly rate?: number };
  /** Domain of the addresses and URLs that the run makes up. */
  readonly domain?: string;
  /** Whether hundreds of resources may be made at a time. */
  readonly large?: boolean;
  /** Acts on the account behind the target. */
  readonly control?: Control;
}

/** A body up to here is recorded whole whatever came before; longer ones share an allowance. In characters. */
const ALWAYS_KEPT = 65_536;
const KEPT_OF_LONG = 48 * 1024 * 1024;

/** A mark that is short enough for names and rare enough to be told from another run's: eight hex digits. */
export const newRunMark = (): string => randomBytes(4).toString('hex');

/**
 * Wires the pipe of one run: limits, authorization, ledger, throttle, recorder, then the given hops and the transport.
 * Whatever is emitted is masked and redacted here and nowhere else, so no output can forget it.
 */
export function createSession(options: SessionOptions): Session {
  const { transport, credential, second = {}, seed, hops = [], signal, clock = systemClock, limits = {} } = options;
  const { run = newRunMark(), redactor = createRedactor(), domain, large, pace, control } = options;
  const masked = createMask(run);
  const emit = (event: RunEvent) => options.onEvent(redactor.value(masked(event)));
  const allowance = createAllowance(limits);
  const note = (event: LedgerEvent) => {
    allowance.note(event);
    emit(event);
  };
  const throttle = pace && createThrottle({ ...pace, clock, signal, mayRepeat: allowance.repeat });
  const credentialed = authorize(credential, redactor, clock.now);
  const others = Object.entries(second).map(([kind, one]) => [kind, authorize(one, redactor, clock.now)] as const);
  const names = new Set<string>();
  // The recorder keeps the headers object as it is, so that is what tells whose request it was.
  const bearers = new WeakMap<object, Pick<RecordedRequest, 'presented' | 'as'>>();
  const marked =
    (as: SecondKind | undefined, credentials: readonly Hop[]): Hop =>
    async (request, next) => {
      const { authorization } = request.headers;
      if (as !== undefined) bearers.set(request.headers, { as });
      else if (credentials.length === 0 && authorization !== undefined) {
        bearers.set(request.headers, { presented: authorization });
      }
      return next(request);
    };
  const withBearer = (exchange: Exchange): Exchange => {
    const bearer = bearers.get(exchange.request.headers);
    return bearer ? { ...exchange, request: { ...exchange.request, ...bearer } } : exchange;
  };
  let room = KEPT_OF_LONG;
  const keeps = (length: number): boolean => {
    if (length <= ALWAYS_KEPT) return true;
    if (length > room) return false;
    room -= length;
    return true;
  };

  const open = (name: string): Scope => {
    if (names.has(name)) throw new Error(`the scope ${name} is in use`);
    names.add(name);
    const exchanges: Exchange[] = [];
    const onExchange = (exchange: Exchange) => insertInOrder(exchanges, withBearer(exchange));
    const tidying = /^cleanup(?:\/|$)/.test(name);
    const record = recorder({ scope: name, onExchange, now: clock.now, keeps });
    const told: Hop = async (request, next) => {
      options.onSend?.(name);
      return next(request);
    };
    const outer = [...(throttle ? [throttle(tidying)] : []), told, record, ...hops];
    const sender = (as: SecondKind | undefined, ...credentials: readonly Hop[]) =>
      pipe(
        [allowance.hop(tidying), ...credentials, marked(as, credentials), ledger(name, note, as), ...outer],
        transport,
      );
    return {
      name,
      exchanges,
      send: sender(undefined, credentialed),
      anonymous: sender(undefined),
      second: Object.fromEntries(others.map(([kind, hop]) => [kind, sender(kind as SecondKind, hop)])),
    };
  };
  const secret = (value: string) => redactor.add(value);
  const { readOnly } = limits;
  const choices = {
    ...(domain !== undefined && { domain }),
    ...(large !== undefined && { large }),
    ...(readOnly !== undefined && { readOnly }),
    ...(control && { control }),
  };
  return { run, seed, ...choices, signal, open, emit, secret };
}

/** Exchanges end in any order when a scope has several under way; they are kept in order of sending. */
function insertInOrder(exchanges: Exchange[], exchange: Exchange): void {
  let at = exchanges.length;
  while (at > 0 && (exchanges[at - 1]?.n ?? 0) > exchange.n) at -= 1;
  exchanges.splice(at, 0, exchange);
}
