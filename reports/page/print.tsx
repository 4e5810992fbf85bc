import { visible } from '../writers/visible.ts';
import { ExchangeList } from './exchange-view.tsx';
import { marksOf } from './highlight.ts';
import { Overview } from './overview.tsx';
import { useView } from './view.ts';
import { Advice, Judgement } from './verdict-page.tsx';

/** Verdicts that are printed with all they rest on. */
const PRINTED = 200;

/** The overview as it is printed: below it each failure with what it rests on, as paper unfolds nothing. */
export function PrintedReport() {
  const { rows } = useView().model;
  const failed = rows.filter(({ text }) => text.kind === 'failure');
  return (
    <>
      <Overview />
      {failed.slice(0, PRINTED).map(({ key, verdict, text }) => (
        <article key={key} class={`printed kind-${text.kind}`}>
          <h2>{visible(verdict.title)}</h2>
          <p class="badges">
            <span class="outcome">{text.word}</span> <span class="id">{visible(key)}</span> {verdict.clause}
          </p>
          <Judgement verdict={verdict} observed={false} />
          <Advice verdict={verdict} />
          <ExchangeList ids={verdict.exchanges.slice(-1)} marks={marksOf(verdict)} />
        </article>
      ))}
      {failed.length > PRINTED && <p>and {(failed.length - PRINTED).toLocaleString('en-US')} failures more</p>}
    </>
  );
}
