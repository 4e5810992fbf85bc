import { useState } from 'preact/hooks';
import type { ReportVerdict } from '../writers/report.ts';
import { decisive } from '../writers/cause.ts';
import { hintsOf } from '../writers/hints.ts';
import { visible } from '../writers/visible.ts';
import { ExchangeList } from './exchange-view.tsx';
import { marksOf } from './highlight.ts';
import { matching, rowOfCheck, type Row } from './model.ts';
import { documentName } from './outline.ts';
import { hashOf, start, views } from './place.ts';
import { reasonsOf, rerunOf, stakesOf } from './verdict-facts.ts';
import { useView } from './view.ts';

/** Everything about one verdict, on a page of its own. */
export function VerdictPage({ row }: { readonly row: Row }) {
  const { model } = useView();
  const { verdict, text } = row;
  const { exchanges, script } = verdict;
  return (
    <article class={`kind-${text.kind}`}>
      <Neighbours row={row} />
      <h2 id="place" tabIndex={-1}>
        {visible(verdict.title)}
      </h2>
      <p class="badges">
        <span class="outcome">
          <span aria-hidden="true">{text.mark} </span>
          {text.one}
        </span>{' '}
        <span class="id">
          {visible(verdict.check)}
          {verdict.case !== '' && ` [${visible(verdict.case)}]`}
        </span>
      </p>
      <Judgement verdict={verdict} observed={text.kind === 'observed'} />
      <Advice verdict={verdict} />
      <div class="pair">
        <section>
          <h3>{verdict.also.length > 0 ? 'Clauses' : 'Clause'}</h3>
          <Clauses verdict={verdict} />
          <p class="binding">{reasonsOf(verdict, model.report).map(visible).join(' ')}</p>
        </section>
        <WhyItMatters verdict={verdict} />
      </div>
      <section>
        <h3>Run it again</h3>
        <Command text={rerunOf(verdict, model.report)} label="command" />
        {script !== undefined && (
          <details class="script">
            <summary>Shell script that shows this again, with curl alone</summary>
            <Command text={script} label="script" />
          </details>
        )}
      </section>
      {exchanges.length > 0 && (
        <section>
          <h3>Exchanges</h3>
          <ExchangeList ids={exchanges} marks={marksOf(verdict)} scope={verdict.check} />
        </section>
      )}
    </article>
  );
}

/** The way back to the list, and to the verdicts before and after this one. */
function Neighbours({ row }: { readonly row: Row }) {
  const { model, place } = useView();
  const rows = matching(model, place);
  const at = rows.indexOf(row);
  const list = { ...place, verdict: '', exchange: '' };
  const [before, after] = at === -1 ? [] : [rows[at - 1], rows[at + 1]];
  return (
    <nav class="neighbours" aria-label="Back, and other verdicts">
      <a href={hashOf(list)} data-key="up">
        ‹ {views.find(({ view }) => view === place.view)?.title}
      </a>
      {at !== -1 && (
        <span class="muted">
          {(at + 1).toLocaleString('en-US')} of {rows.length.toLocaleString('en-US')}
        </span>
      )}
      {before && (
        <a href={hashOf({ ...place, verdict: before.key })} data-key="before">
          Previous
        </a>
      )}
      {after && (
        <a href={hashOf({ ...place, verdict: after.key })} data-key="after">
          Next
        </a>
      )}
    </nav>
  );
}

/** What was expected and what came, or why nothing was judged. */
export function Judgement({ verdict, observed }: { readonly verdict: ReportVerdict; readonly observed: boolean }) {
  const { expected, actual, reason, known, answers } = verdict;
  return (
    <>
      {answers !== undefined && <p class="question">It answers: {visible(answers)}</p>}
      {(expected !== '' || actual !== '') && (
        <dl class={expected === '' ? 'compare single' : 'compare'}>
          {expected !== '' && (
            <div>
              <dt>Expected</dt>
              <dd>{visible(expected)}</dd>
            </div>
          )}
          <div class="actual">
            <dt>{observed ? 'Observed' : 'Actual'}</dt>
            <dd>{actual === '' ? '(nothing)' : visible(actual)}</dd>
          </div>
        </dl>
      )}
      {reason !== '' && <p class="reason">{visible(reason)}</p>}
      {known && (
        <p class="reason">
          Known: {visible(known.reason)}
          {known.owner !== undefined && `, ${visible(known.owner)} answers for it`}
          {known.expires !== undefined && `, until ${visible(known.expires)}`}
        </p>
      )}
      <Blocked by={verdict.blockedBy} />
    </>
  );
}

/** What to change, and what the decisive exchange tells about where. */
export function Advice({ verdict }: { readonly verdict: ReportVerdict }) {
  const { exchanges } = useView().model;
  const hints = hintsOf(verdict, decisive(verdict, exchanges));
  if (verdict.fix === undefined && hints.length === 0) return null;
  return (
    <section class="advice">
      <h3>How to fix</h3>
      {verdict.fix !== undefined && <p>{visible(verdict.fix)}</p>}
      {hints.map(hint => (
        <p key={hint} class="hint">
          {hint}
        </p>
      ))}
    </section>
  );
}

const weights: Readonly<Record<string, { readonly kind: string; readonly words: string }>> = {
  failure: { kind: 'failure', words: 'counts on it' },
  warning: { kind: 'warning', words: 'would rather have it' },
  observation: { kind: 'not-applicable', words: 'goes on without' },
  none: { kind: 'not-applicable', words: '' },
};

/** What hangs on it for each identity provider. */
function WhyItMatters({ verdict }: { readonly verdict: ReportVerdict }) {
  const stakes = stakesOf(verdict, useView().model.report);
  if (stakes.length === 0) return null;
  return (
    <section>
      <h3>Why it matters</h3>
      <dl class="stakes">
        {stakes.map(({ id, name, weight, source, sentence }) => {
          const { kind, words } = weights[weight] ?? { kind: 'noted', words: weight };
          return (
            <div key={id} class={`kind-${kind}`}>
              <dt>
                <a href={hashOf({ ...start, view: 'providers', only: `idp:${id}` })}>{visible(name)}</a>{' '}
                {words !== '' && <span class="outcome">{visible(words)}</span>}
              </dt>
              <dd>
                {sentence !== '' && `It ${visible(sentence)}.`}{' '}
                {source !== '' && <span class="muted">{visible(source)}</span>}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

function Blocked({ by }: { readonly by: string }) {
  const { model, place } = useView();
  if (by === '') return null;
  if (by === 'target') return <p>Not judged because the target was lost.</p>;
  const row = rowOfCheck(model.rows, by);
  return (
    <p>
      Blocked by{' '}
      {row ? (
        <a class="id" href={hashOf({ ...place, verdict: row.key })}>
          {visible(by)}
        </a>
      ) : (
        <span class="id">{visible(by)}</span>
      )}
    </p>
  );
}

function Clauses({ verdict }: { readonly verdict: ReportVerdict }) {
  const { clauses } = useView().model.report;
  return (
    <ul class="clauses">
      {[verdict.clause, ...verdict.also].map(id => {
        const clause = clauses[id];
        return (
          <li key={id}>
            <span class="id">{visible(id)}</span>{' '}
            {clause && (
              <>
                <span class="level">
                  {clause.level}, {documentName(clause.document)} section {clause.section}
                </span>
                <blockquote>{clause.sentence}</blockquote>
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** A text for the shell with a button that copies it. */
function Command({ text, label }: { readonly text: string; readonly label: string }) {
  const [said, setSaid] = useState(`Copy ${label}`);
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setSaid('Copied'),
      () => setSaid('The browser does not allow it'),
    );
  };
  return (
    <div class="command">
      <button type="button" class="copy" onClick={copy} aria-live="polite">
        {said}
      </button>
      <pre>{visible(text)}</pre>
    </div>
  );
}
