import { byKind, conclusion, countOf, type Kind } from '../writers/kind.ts';
import { visible } from '../writers/visible.ts';
import { lossOf } from './loss.ts';
import type { Model } from './model.ts';
import { hashOf, start } from './place.ts';
import { useView } from './view.ts';

const attention: ReadonlySet<Kind> = new Set(['failure', 'error', 'inconclusive', 'warning']);

/** ISO 8601 as a person reads it, in UTC: a report looks the same wherever it is opened. */
const readable = (time: string): string => time.replace('T', ' ').replace(/(?:\.\d+)?Z$/, ' UTC');

/** What needs attention, or that nothing does; the counters below have all numbers. */
function inShort({ report, causes }: Model): string {
  const parts = byKind(report.verdicts)
    .filter(([{ kind }]) => attention.has(kind))
    .map(([text, { length }]) => {
      const by = causes.filter(cause => cause.text.kind === text.kind).length;
      const share = by > 0 && by < length ? ` from ${countOf({ one: 'cause', many: 'causes' }, by)}` : '';
      return `${countOf(text, length)}${share}`;
    });
  if (parts.length > 0) return parts.join(', ');
  return report.verdicts.length === 0 ? 'No verdicts' : 'No failure, no warning, nothing left open';
}

/** How the run ended, and when and with what it was made. */
export function Summary() {
  const { model } = useView();
  const { report } = model;
  const { footer, shard } = report;
  const lost = lossOf(report);
  const seconds = footer && (Date.parse(footer.ended) - Date.parse(report.started)) / 1000;
  const facts: readonly (readonly [string, string])[] = [
    ['Profile', report.profile],
    ['Seed', String(report.seed)],
    ['Run', report.run + (shard ? ` (part ${shard.part} of ${shard.of})` : '')],
    ['Started', readable(report.started)],
    ['Took', seconds === null || Number.isNaN(seconds) ? 'not known' : `${seconds.toFixed(1)} s`],
    ['Requests', report.exchanges.length.toLocaleString('en-US')],
  ];
  return (
    <>
      <p class={`lead ${footer?.exitCode === 0 ? 'good' : 'bad'}`}>
        <strong>{conclusion(footer ?? undefined)}.</strong> {inShort(model)}.{lost !== '' && <> {visible(lost)}</>}
        {footer === null && <> The record ends before the run did.</>}
      </p>
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{visible(value)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

const looks = {
  yes: { kind: 'pass', mark: '✓', word: 'Yes' },
  no: { kind: 'failure', mark: '✕', word: 'No' },
  doubtful: { kind: 'warning', mark: '▲', word: 'Doubtful' },
  'not known': { kind: 'not-applicable', mark: '?', word: 'Not known' },
} as const;

/** One line for each identity provider, and one for each question of the profile. */
export function WorksWithList() {
  const { worksWith, rows } = useView().model;
  const asked = rows.filter(({ verdict }) => verdict.answers !== undefined).slice(0, 3);
  return (
    <ul class="works">
      {worksWith.map(({ provider, answer, sentence, points }) => {
        const { kind, mark, word } = looks[answer];
        return (
          <li key={provider.id} class={`kind-${kind}`}>
            <span class="name">Works with {provider.name}?</span>
            <span class="outcome">
              <span aria-hidden="true">{mark} </span>
              {word}
            </span>
            {points.length > 0 ? (
              <a href={hashOf({ ...start, view: 'providers', only: `idp:${provider.id}` })}>{sentence}</a>
            ) : (
              <span class="muted">{sentence}</span>
            )}
          </li>
        );
      })}
      {asked.map(({ key, verdict, text }) => (
        <li key={key} class={`asked kind-${text.kind}`}>
          <span class="name">{visible(verdict.answers ?? '')}</span>
          <span class="outcome">
            <span aria-hidden="true">{text.mark} </span>
            {answerOf(verdict.outcome)}
          </span>
          <a href={hashOf({ ...start, view: 'verdicts', verdict: key })}>{visible(verdict.title)}</a>
        </li>
      ))}
    </ul>
  );
}

/** The questions are such that a pass says no. */
const answerOf = (outcome: string): string => (outcome === 'pass' ? 'No' : outcome === 'fail' ? 'Yes' : 'Not known');
