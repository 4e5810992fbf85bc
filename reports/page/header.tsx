import { byKind, conclusion, countOf, type Kind } from '../writers/kind.ts';
import { visible } from '../writers/visible.ts';
import type { Model } from './model.ts';
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

export function Header() {
  const { model } = useView();
  const { report } = model;
  const { footer } = report;
  const seconds = footer && (Date.parse(footer.ended) - Date.parse(report.started)) / 1000;
  const facts: readonly (readonly [string, string])[] = [
    ['Profile', report.profile],
    ['Seed', String(report.seed)],
    ['Run', report.run],
    ['Started', readable(report.started)],
    ['Took', seconds === null || Number.isNaN(seconds) ? 'not known' : `${seconds.toFixed(1)} s`],
    ['Requests', report.exchanges.length.toLocaleString('en-US')],
  ];
  return (
    <header>
      <p class="eyebrow">
        {report.tool} {report.command}
      </p>
      <h1>
        {visible(report.target)
          .split(/(?<=\/)(?!\/)/)
          .map((part, index) => (
            <span key={index}>
              {part}
              <wbr />
            </span>
          ))}
      </h1>
      <p class={`lead ${footer?.exitCode === 0 ? 'good' : 'bad'}`}>
        <strong>{conclusion(footer ?? undefined)}.</strong> {inShort(model)}.
        {footer !== null && footer.lostSince !== '' && <> The target stopped answering at {footer.lostSince}.</>}
        {footer === null && <> The record ends before the run did.</>}
      </p>
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
}
