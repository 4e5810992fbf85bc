import {
  leftovers,
  tally,
  type DirectoryState,
  type Exchange,
  type FooterEvent,
  type HeaderEvent,
  type LedgerEvent,
  type Run,
  type StepEvent,
  type Tally,
  type Verdict,
} from '../record/index.ts';
import { scriptsOf } from './scripts.ts';

/** Version of the JSON report; a renamed or removed member raises it, a new one does not. */
export const REPORT_FORMAT = 1;

/** A run as one JSON value: what the JSON report holds and what the page reads. */
export interface Report extends Omit<HeaderEvent, 'kind' | 'format'> {
  readonly format: typeof REPORT_FORMAT;
  readonly tally: Tally;
  readonly verdicts: readonly ReportVerdict[];
  readonly exchanges: readonly ReportExchange[];
  readonly steps: readonly ReportStep[];
  /** Created and not removed by the ledger alone, newest first; a footer's `leftBehind` knows better. */
  readonly leftovers: readonly Omit<LedgerEvent, 'kind'>[];
  /** Null when the run was cut off. */
  readonly footer: Omit<FooterEvent, 'kind'> | null;
}

export interface ReportVerdict extends Verdict {
  /** For failures and warnings: a POSIX shell script that shows the fault again. */
  readonly script?: string;
}

/** A step of a scenario, with what it made of the directory where it changed it. */
export interface ReportStep extends Omit<StepEvent, 'kind'> {
  readonly directory?: DirectoryState;
}

export interface ReportExchange extends Exchange {
  /** What `verdicts[].exchanges` refer to. */
  readonly id: string;
}

export function toReport(run: Run): Report {
  const { kind: _header, format: _recordFormat, ...header } = run.header;
  const scripts = scriptsOf(run);
  const states = new Map(run.states?.map(({ scope, directory }) => [scope, directory]));
  return {
    format: REPORT_FORMAT,
    ...header,
    tally: tally(run.verdicts),
    verdicts: run.verdicts.map(verdict => {
      const script = scripts.get(verdict);
      return script ? { ...verdict, script: script.text } : verdict;
    }),
    exchanges: Array.from(run.exchanges, ([id, exchange]) => Object.assign({ id }, exchange)),
    steps: run.steps.map(({ kind: _step, ...step }) => {
      const directory = states.get(step.scope);
      return directory ? { ...step, directory } : step;
    }),
    leftovers: leftovers(run.ledger).map(({ scope, endpoint, key, value, id }) => ({
      scope,
      endpoint,
      key,
      value,
      id,
    })),
    footer: run.footer ? footerOf(run.footer) : null,
  };
}

function footerOf(event: FooterEvent): Report['footer'] {
  const { kind: _footer, ...footer } = event;
  return footer;
}

/** What may still be on the target, one line each: what clean-up told, or the ledger where the run ended before it. */
export const leftBehind = ({ footer, leftovers }: Pick<Report, 'footer' | 'leftovers'>): readonly string[] =>
  footer?.leftBehind ??
  leftovers.map(({ endpoint, key, value, id }) => (id === '' ? `${endpoint} ${key}=${value}` : `${endpoint}/${id}`));
