import type { ComponentChildren } from 'preact';
import { countOf } from '../writers/kind.ts';
import { leftBehind } from '../writers/report.ts';
import { visible } from '../writers/visible.ts';
import { Counters } from './filters.tsx';
import type { Row } from './model.ts';
import { hashOf, start } from './place.ts';
import { Summary, WorksWithList } from './summary.tsx';
import { useView } from './view.ts';
import { Wire } from './wire.tsx';

/** Causes, disputed clauses and known deviations that are shown here; a link leads to all. */
const FIRST = 8;

/** The first screen: how it ended, what the target works with, what breaks, and what else somebody has to know. */
export function Overview() {
  const { model } = useView();
  const { report } = model;
  return (
    <>
      <Summary />
      <WorksWithList />
      <Counters />
      <Baseline problems={report.footer?.baseline ?? []} />
      <Causes />
      <Disputed />
      <KnownDeviations rows={model.rows.filter(({ text }) => text.kind === 'known')} />
      <Notes title="Left behind on the target" items={leftBehind(report)} />
      <Wire />
      <Notes title="About this run" items={report.notes} />
      <Notes title="Afterwards" items={report.footer?.notes ?? []} />
    </>
  );
}

function Baseline({ problems }: { readonly problems: readonly string[] }) {
  return <Notes title="The baseline is out of date" items={problems} />;
}

/** What failed, by cause, those that break most first. */
function Causes() {
  const { causes } = useView().model;
  if (causes.length === 0) return null;
  return (
    <section>
      <h2>What breaks</h2>
      <ol class="causes">
        {causes.slice(0, FIRST).map(cause => (
          <li key={cause.key}>
            <a
              class={`kind-${cause.text.kind}`}
              href={hashOf({ ...start, view: 'verdicts', only: `cause:${cause.key}` })}
            >
              <span class="mark" aria-hidden="true">
                {cause.text.mark}
              </span>
              <span class="what">{visible(cause.title)}</span>
              <span class="reach">
                {countOf(cause.text, cause.verdicts.length)}
                {cause.blocked.length > 0 && `, blocks ${cause.blocked.length.toLocaleString('en-US')} more`}
              </span>
            </a>
          </li>
        ))}
      </ol>
      {causes.length > FIRST && (
        <p class="all">
          <a href={hashOf({ ...start, view: 'verdicts', kinds: new Set(['failure', 'warning']) })}>
            All {causes.length.toLocaleString('en-US')} causes, verdict by verdict
          </a>
        </p>
      )}
    </section>
  );
}

function Disputed() {
  const { disputed, report } = useView().model;
  return (
    <RowsSection
      title="Disputed clauses"
      intro="What the documents leave open or say in more than one way: what this target does, and no accusation."
      rows={disputed}
      all={hashOf({ ...start, view: 'clauses', only: 'disputed' })}
    >
      {({ verdict }) => (
        <>
          {visible(verdict.actual === '' ? verdict.reason : verdict.actual)}{' '}
          <span class="muted">
            {verdict.clause}: {report.clauses[verdict.clause]?.softened ?? 'the document does not say'}
          </span>
        </>
      )}
    </RowsSection>
  );
}

function KnownDeviations({ rows }: { readonly rows: readonly Row[] }) {
  return (
    <RowsSection
      title="Known deviations"
      intro="The baseline of this target has them: they are reported and do not count."
      rows={rows}
      all={hashOf({ ...start, view: 'verdicts', kinds: new Set(['known']) })}
    >
      {({ verdict: { known } }) =>
        known && (
          <>
            {visible(known.reason)}{' '}
            <span class="muted">
              {visible(known.owner ?? 'nobody answers for it')},{' '}
              {known.expires === undefined ? 'without an end' : `until ${visible(known.expires)}`}
            </span>
          </>
        )
      }
    </RowsSection>
  );
}

/** The first row of each check, with the number of its other cases. */
function byCheck(rows: readonly Row[]): readonly (readonly [row: Row, more: number])[] {
  const checks = new Map<string, readonly [Row, number]>();
  for (const row of rows) {
    const [first, more] = checks.get(row.verdict.check) ?? [row, -1];
    checks.set(row.verdict.check, [first, more + 1]);
  }
  return [...checks.values()];
}

interface RowsSectionProps {
  readonly title: string;
  readonly intro: string;
  readonly rows: readonly Row[];
  /** Where all of them are. */
  readonly all: string;
  readonly children: (row: Row) => ComponentChildren;
}

function RowsSection({ title, intro, rows, all, children }: RowsSectionProps) {
  if (rows.length === 0) return null;
  const shown = byCheck(rows).slice(0, FIRST);
  return (
    <section>
      <h2>{title}</h2>
      <p class="intro">{intro}</p>
      <ul class="remarks">
        {shown.map(([row, more]) => (
          <li key={row.key} class={`kind-${row.text.kind}`}>
            <a href={hashOf({ ...start, view: 'verdicts', verdict: row.key })}>{visible(row.verdict.title)}</a>{' '}
            {row.verdict.case !== '' && <span class="id">[{visible(row.verdict.case)}]</span>}
            {more > 0 && <span class="muted"> and {countOf({ one: 'case', many: 'cases' }, more)} more</span>}
            <p>{children(row)}</p>
          </li>
        ))}
      </ul>
      {rows.length > shown.length && (
        <p class="all">
          <a href={all}>All {rows.length.toLocaleString('en-US')}</a>
        </p>
      )}
    </section>
  );
}

/** Lines of notes that are shown; more of them are the same with other names. */
const NOTES = 20;

function Notes({ title, items }: { readonly title: string; readonly items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul class="notes">
        {items.slice(0, NOTES).map(item => (
          <li key={item}>{visible(item)}</li>
        ))}
      </ul>
      {items.length > NOTES && <p class="muted">and {(items.length - NOTES).toLocaleString('en-US')} more</p>}
    </section>
  );
}
