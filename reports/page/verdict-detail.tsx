import { useState } from 'preact/hooks';
import type { Kind } from '../writers/kind.ts';
import type { ReportVerdict } from '../writers/report.ts';
import { visible } from '../writers/visible.ts';
import { useView } from './view.ts';
import { ExchangeList } from './exchange-list.tsx';

interface Props {
  readonly verdict: ReportVerdict;
  readonly kind: Kind;
}

/** Everything about one verdict: made only when its row is unfolded. */
export function VerdictDetail({ verdict, kind }: Props) {
  const { model, goTo } = useView();
  const { clauses } = model.report;
  const { expected, actual, reason, blockedBy, exchanges } = verdict;
  const go = goTo(blockedBy);
  return (
    <div class="detail">
      {(expected !== '' || actual !== '') && (
        <dl class={expected === '' ? 'compare single' : 'compare'}>
          {expected !== '' && (
            <div>
              <dt>Expected</dt>
              <dd>{visible(expected)}</dd>
            </div>
          )}
          <div class="actual">
            <dt>{kind === 'observed' ? 'Observed' : 'Actual'}</dt>
            <dd>{actual === '' ? '(nothing)' : visible(actual)}</dd>
          </div>
        </dl>
      )}
      {reason !== '' && <p class="reason">{visible(reason)}</p>}
      {blockedBy !== '' && (
        <p>
          {blockedBy === 'target' ? (
            'Not judged because the target was lost.'
          ) : (
            <>
              Blocked by{' '}
              {go ? (
                <button type="button" class="plain id" onClick={go}>
                  {blockedBy}
                </button>
              ) : (
                <span class="id">{blockedBy}</span>
              )}
            </>
          )}
        </p>
      )}
      <ul class="clauses">
        {[verdict.clause, ...verdict.also].map(id => {
          const clause = clauses[id];
          return (
            <li key={id}>
              <span class="id">{id}</span>{' '}
              {clause && (
                <>
                  <span class="level">
                    {clause.level}, {clause.document.replace(/^RFC(?=\d)/, 'RFC ')} section {clause.section}
                  </span>
                  <blockquote>{clause.sentence}</blockquote>
                </>
              )}
            </li>
          );
        })}
      </ul>
      <ExchangeList ids={exchanges} unfoldLast={kind === 'failure' || kind === 'warning'} />
      {verdict.script !== undefined && <Script text={verdict.script} />}
    </div>
  );
}

/** The script that shows the fault again, folded. */
function Script({ text }: { readonly text: string }) {
  const [said, setSaid] = useState('Copy');
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setSaid('Copied'),
      () => setSaid('The browser does not allow it'),
    );
  };
  return (
    <details class="script">
      <summary>Shell script that shows this again</summary>
      <button type="button" class="plain" onClick={copy}>
        {said}
      </button>
      <pre>{visible(text)}</pre>
    </details>
  );
}
