import { checks, clausesOf, createJudge, isInvariant, type Profile, type Side } from '../conformance/index.ts';
import { fold, type Exchange, type RunEvent, type Verdict } from '../reports/record/index.ts';
import { createRedactor } from '../scim/wire/redact.ts';
import { advised } from './advice.ts';
import { exitCodeOf } from './exit-code.ts';
import { openRecord } from './record-file.ts';
import { DEFAULT_SEED, headerOf, type Finished, type RunOptions } from './run.ts';
import { newRunMark } from './session.ts';

/** What a run is about that sends nothing itself. */
export interface Observed {
  readonly command: string;
  readonly baseUrl: string;
  readonly profile: Profile;
  readonly notes: readonly string[];
}

/** Requests and answers of others, judged as they are shown. */
export interface Observation {
  /** @param sides whose part of the exchange is known and can be judged */
  see(exchange: Exchange, sides: readonly Side[]): void;
  /** The run as it stands. */
  soFar(): Finished;
  /** Verdicts and footer go into the record, which is closed. */
  end(interrupted?: boolean): Finished;
}

const invariants = checks.filter(isInvariant);

/** Starts a record of its own about the traffic of others. What the file system throws passes through. */
export function observe({ command, baseUrl, profile, notes }: Observed, options: RunOptions = {}): Observation {
  const {
    run = newRunMark(),
    redactor = createRedactor(),
    failOn = 'failure',
    seed = DEFAULT_SEED,
    baseline,
  } = options;
  const judges = (['client', 'server'] as const).map(side => ({
    side,
    judge: createJudge(
      invariants.filter(({ judges }) => judges === side),
      profile,
    ),
  }));
  const record = options.record === undefined ? undefined : openRecord(options.record);
  const events: RunEvent[] = [];
  const emit = (event: RunEvent) => {
    const shown = redactor.value(event);
    events.push(shown);
    record?.append(shown);
    options.onEvent?.(shown);
  };
  const title = { command, profile: profile.id, clauses: invariants.flatMap(clausesOf), notes };
  emit(headerOf({ baseUrl, credential: { kind: 'none' } }, title, { run, seed }));

  const conclusion = (interrupted: boolean): readonly RunEvent[] => {
    const judged: readonly Verdict[] = judges.flatMap(({ judge }) => judge.verdicts()).map(advised);
    const verdicts = baseline ? judged.map(baseline.mark) : judged;
    const problems = baseline?.problems(verdicts);
    return [
      ...verdicts.map(verdict => ({ kind: 'verdict' as const, verdict })),
      {
        kind: 'footer',
        ended: new Date().toISOString(),
        exitCode: exitCodeOf(verdicts, { interrupted, lost: false, failOn, baseline: problems ?? [] }),
        lostSince: '',
        leftBehind: [],
        notes: [],
        ...(problems && { baseline: problems }),
      },
    ];
  };
  const finished = (all: readonly RunEvent[]): Finished => {
    const folded = fold(all);
    return { run: folded, exitCode: folded.footer?.exitCode ?? 0 };
  };
  return {
    see(exchange, sides) {
      for (const { side, judge } of judges) if (sides.includes(side)) judge.see(exchange);
      emit({ kind: 'exchange', exchange });
    },
    soFar: () => finished([...events, ...conclusion(false).map(event => redactor.value(event))]),
    end(interrupted = false) {
      for (const event of conclusion(interrupted)) emit(event);
      record?.close();
      return finished(events);
    },
  };
}
