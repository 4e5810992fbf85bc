import { statusClass, statusClasses } from '../writers/wire-count.ts';
import { visible } from '../writers/visible.ts';
import { ExchangeLine, ExchangeSides } from './exchange-view.tsx';
import { Search } from './filters.tsx';
import { matchingExchanges } from './model.ts';
import { hashOf, start, toggled } from './place.ts';
import type { ReportExchange } from '../writers/report.ts';
import { useView } from './view.ts';
import { VirtualList } from './virtual-list.tsx';

/** Everything that went over the wire, in order. */
export function ExchangesView() {
  const { model, place } = useView();
  const found = matchingExchanges(model, place);
  const all = model.report.exchanges;
  const occurring = statusClasses.filter(name => all.some(({ response }) => statusClass(response.status) === name));
  return (
    <>
      {occurring.length > 1 && (
        <nav class="chips" aria-label="Exchanges by class of answer">
          {occurring.map(name => (
            <a
              key={name}
              href={hashOf({ ...place, statuses: toggled(place.statuses, name) })}
              aria-current={place.statuses.has(name) ? 'true' : undefined}
            >
              {name === 'none' ? 'no answer' : name}
            </a>
          ))}
        </nav>
      )}
      <Search hint="method, path, status, check" found={found.length} total={all.length} noun="exchanges" />
      {found.length === 0 ? (
        <p class="nothing">{all.length === 0 ? 'Nothing was sent.' : 'Nothing matches.'}</p>
      ) : (
        <VirtualList items={found} label="Exchanges" keyOf={({ id }) => id}>
          {exchange => (
            <a class="exchange" href={hashOf({ ...place, exchange: exchange.id })}>
              <ExchangeLine exchange={exchange} />
              <span class="id">{visible(exchange.id)}</span>
            </a>
          )}
        </VirtualList>
      )}
    </>
  );
}

/** One exchange, and the verdicts that rest on it. */
export function ExchangePage({ exchange }: { readonly exchange: ReportExchange }) {
  const { model, place } = useView();
  const { id, request, response } = exchange;
  const resting = model.rows.filter(({ verdict }) => verdict.exchanges.includes(id));
  const SHOWN = 20;
  return (
    <article>
      <nav class="neighbours" aria-label="Back">
        <a href={hashOf({ ...place, verdict: '', exchange: '' })} data-key="up">
          ‹ {place.view === 'scenarios' ? 'Scenarios' : 'Exchanges'}
        </a>
      </nav>
      <h2 id="place" tabIndex={-1}>
        {visible(request.method)} {visible(request.path)}
      </h2>
      <p class="badges">
        <span class={`status status-${statusClass(response.status)}`}>
          {response.status ?? `no answer: ${response.failure?.code ?? ''}`}
        </span>{' '}
        <span class="id">{visible(id)}</span>{' '}
        <span class="muted">
          {new Date(exchange.at).toISOString().replace('T', ' ').replace('Z', ' UTC')}, took{' '}
          {Math.round(exchange.ms).toLocaleString('en-US')} ms
        </span>
      </p>
      <ExchangeSides exchange={exchange} />
      {resting.length > 0 && (
        <section>
          <h3>Verdicts that rest on it</h3>
          <ul class="notes">
            {resting.slice(0, SHOWN).map(({ key, text, verdict }) => (
              <li key={key} class={`kind-${text.kind}`}>
                <span class="outcome">{text.word}</span>{' '}
                <a href={hashOf({ ...start, view: 'verdicts', verdict: key })}>{visible(verdict.title)}</a>{' '}
                <span class="id">{visible(key)}</span>
              </li>
            ))}
          </ul>
          {resting.length > SHOWN && <p>and {(resting.length - SHOWN).toLocaleString('en-US')} more</p>}
        </section>
      )}
    </article>
  );
}
