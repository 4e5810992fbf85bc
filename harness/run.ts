import type { ClauseId } from '../conformance/clauses/index.ts';
import { fold, leftovers, type LedgerEvent, type Run, type RunEvent, type Verdict } from '../reports/record/index.ts';
import type { Limits } from '../scim/wire/limits.ts';
import type { Control } from '../scim/target.ts';
import type { Hop, Send } from '../scim/wire/message.ts';
import { createRedactor, type Redactor } from '../scim/wire/redact.ts';
import type { Session } from '../scim/wire/session.ts';
import type { Clock } from '../scim/wire/throttle.ts';
import { advising } from './advice.ts';
import { marking, type Baseline } from './baseline.ts';
import type { Shard } from './choice.ts';
import { catalogueOf, snapshotOf } from './clause-snapshot.ts';
import { cleanUp, nameOf } from './clean-up.ts';
import { exitCodeOf, type Ending, type FailOn } from './exit-code.ts';
import { openRecord } from './record-file.ts';
import { createSession, newRunMark } from './session.ts';
import { connect, isLoopback, type TargetSettings } from './target.ts';
import { VERSION } from './version.ts';

/** What every kind of run takes. */
export interface RunOptions {
  readonly seed?: number;
  /** Mark of the run; random by default and apart from the seed. */
  readonly run?: string;
  /** Path of the record; without one the run is kept in memory only. */
  readonly record?: string;
  /** The lightest deviation that turns the exit code red; `failure` by default. */
  readonly failOn?: FailOn;
  /** Deviations that are known, and so do not count. */
  readonly baseline?: Baseline;
  readonly signal?: AbortSignal;
  /** Faults, and one defect or variant, between recorder and transport. */
  readonly hops?: readonly Hop[];
  /** Acts on the account behind the target; without one, checks and stories that need it are not applicable. */
  readonly control?: Control;
  /** Sees each event, redacted, as it happens. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Told the scope of every request when it is sent: what is running now. */
  readonly onSend?: (scope: string) => void;
  readonly redactor?: Redactor;
  readonly clock?: Clock;
}

/** How a run treats a target that is in use. */
export interface Care extends Limits {
  /** Requests a second at most. */
  readonly rate?: number;
  /** Domain of the addresses and URLs that the run makes up; a reserved one by default. */
  readonly emailDomain?: string;
  /** Whether groups of hundreds of members are made; by default only on this machine. */
  readonly large?: boolean;
}

/** What stands in the header of a run. */
export interface RunTitle {
  readonly command: string;
  readonly profile: string;
  readonly clauses: readonly ClauseId[];
  readonly notes: readonly string[];
  /** Which part of a run it is, where several go on apart. */
  readonly shard?: Shard;
  /** Limits, and patience with a target that throttles; what plays a client takes 429 as that client would. */
  readonly care?: Care;
}

/** What the body of a run hands back. */
export interface RunBody {
  readonly verdicts: readonly Verdict[];
  /** Id of the first exchange that got nothing back, when the target was lost; otherwise empty. */
  readonly lostSince: string;
  readonly notes?: readonly string[];
  /** What the run amounts to, where that is not a matter of verdicts. */
  readonly exitCode?: number;
}

/** A finished run. */
export interface Finished {
  readonly run: Run;
  readonly exitCode: number;
}

export const DEFAULT_SEED = 1;

/** How long clean-up may take once a run was interrupted, in milliseconds. */
const GRACE_MS = 10_000;

/**
 * Runs `body` on a session to the target, between the header and the footer of a record, and removes afterwards what it
 * left on the target, also when it was interrupted or threw.
 * @throws BaseUrlError for a URL that is none, what the file system throws for the record, and what `body` throws.
 */
export async function withSession(
  target: TargetSettings,
  title: RunTitle,
  options: RunOptions,
  body: (session: Session) => Promise<RunBody>,
): Promise<Finished> {
  const signal = options.signal ?? new AbortController().signal;
  const redactor = options.redactor ?? createRedactor();
  const seed = options.seed ?? DEFAULT_SEED;
  const run = options.run ?? newRunMark();
  const connection = connect(target, signal);
  const record = options.record === undefined ? undefined : openRecord(options.record);
  const events: RunEvent[] = [];
  const onEvent = (event: RunEvent) => {
    events.push(event);
    record?.append(event);
    options.onEvent?.(event);
  };
  let send = connection.send;
  const { credential, second } = connection;
  const transport: Send = request => send(request);
  const bare = createSession({
    transport,
    credential,
    seed,
    run,
    onEvent,
    ...(options.onSend && { onSend: options.onSend }),
    redactor,
    signal,
    hops: options.hops ?? [],
    second,
    ...(options.clock && { clock: options.clock }),
    ...(options.control && { control: options.control }),
    ...careful(target, title.care),
  });
  const { baseline } = options;
  const session = advising(baseline ? marking(bare, baseline) : bare);
  session.emit(headerOf(target, title, { run, seed }));

  let result: RunBody = { verdicts: [], lostSince: '' };
  try {
    const told = await body(session);
    result = baseline ? { ...told, verdicts: told.verdicts.map(baseline.mark) } : told;
  } finally {
    // The interrupted connection answers nothing any more; clean-up gets one of its own, for a bounded time.
    const late = signal.aborted ? connect(target, AbortSignal.timeout(GRACE_MS)) : undefined;
    if (late) send = late.send;
    const lost = result.lostSince !== '';
    const entries = events.filter((event): event is LedgerEvent => 'endpoint' in event);
    const leftBehind = lost ? leftovers(entries).map(nameOf) : (await cleanUp(session, entries)).leftBehind;
    const ending = { interrupted: signal.aborted, lost, failOn: options.failOn ?? ('failure' as const) };
    session.emit(footerOf(result, leftBehind, ending, baseline));
    record?.close();
    await Promise.all([connection.close(), late?.close()]);
  }
  const folded = fold(events);
  return { run: folded, exitCode: folded.footer?.exitCode ?? 0 };
}

/** The last event of a record. */
function footerOf(
  { verdicts, lostSince, notes = [], exitCode }: RunBody,
  leftBehind: readonly string[],
  ending: Omit<Ending, 'baseline'>,
  baseline: Baseline | undefined,
): RunEvent {
  const problems = baseline?.problems(verdicts);
  const own = ending.interrupted ? undefined : exitCode;
  return {
    kind: 'footer',
    ended: new Date().toISOString(),
    exitCode: own ?? exitCodeOf(verdicts, { ...ending, baseline: problems ?? [] }),
    lostSince,
    leftBehind,
    notes,
    ...(problems && { baseline: problems }),
  };
}

/** What a session needs to know to treat the target with care. */
function careful({ baseUrl }: TargetSettings, care?: Care) {
  const { rate, emailDomain, large = isLoopback(baseUrl), maxRequests, maxUsers, readOnly, forbid, stop } = care ?? {};
  return {
    large,
    limits: {
      ...(maxRequests !== undefined && { maxRequests }),
      ...(maxUsers !== undefined && { maxUsers }),
      ...(readOnly !== undefined && { readOnly }),
      ...(forbid && { forbid }),
      ...(stop && { stop }),
    },
    ...(emailDomain !== undefined && { domain: emailDomain }),
    ...(care && { pace: rate === undefined ? {} : { rate } }),
  };
}

/** The first event of a record. */
export function headerOf(
  target: TargetSettings,
  title: RunTitle,
  { run, seed }: { run: string; seed: number },
): RunEvent {
  return {
    kind: 'header',
    format: 1,
    run,
    seed,
    tool: `scimulator ${VERSION}`,
    command: title.command,
    target: target.baseUrl,
    profile: title.profile,
    started: new Date().toISOString(),
    clauses: Object.fromEntries([...new Set(title.clauses)].map(id => [id, snapshotOf(id)])),
    catalogue: catalogueOf(title.clauses),
    notes: title.notes,
    ...(title.shard && { shard: title.shard }),
  };
}
