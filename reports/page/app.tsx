import { useEffect, useState } from 'preact/hooks';
import { visible } from '../writers/visible.ts';
import { ExchangePage, ExchangesView } from './exchanges.tsx';
import { Header } from './header.tsx';
import type { Model } from './model.ts';
import { usePlace } from './navigation.ts';
import { Overview } from './overview.tsx';
import { views, type Place } from './place.ts';
import { PrintedReport } from './print.tsx';
import { StoriesView } from './stories.tsx';
import { ProvidersView, TreeView, VerdictsView } from './verdict-lists.tsx';
import { VerdictPage } from './verdict-page.tsx';
import { Current } from './view.ts';

interface Props {
  readonly model: Model;
  /** Whether the page is about to be printed. */
  readonly printing: boolean;
}

export function App({ model, printing }: Props) {
  const [place, adjust] = usePlace();
  const [folds, setFolds] = useState<ReadonlyMap<string, boolean>>(new Map());
  const fold = (key: string, open: boolean): void => setFolds(new Map([...folds, [key, open]]));
  useEffect(() => {
    document.title = `${titleOf(model, place)} · ${visible(model.report.target)}`;
  }, [model, place]);
  useEffect(() => {
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  return (
    <Current.Provider value={{ model, place, adjust, folds, fold }}>
      <Header />
      <main>{printing && place.view === 'overview' ? <PrintedReport /> : <Content model={model} place={place} />}</main>
    </Current.Provider>
  );
}

/** `/` searches; on a page of one verdict Escape leads back to the list, n and p to its neighbours. */
function press(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target instanceof HTMLInputElement;
  if (event.key === '/' && !typing) {
    document.querySelector<HTMLElement>('#query')?.focus();
    event.preventDefault();
  }
  const to = { Escape: 'up', n: 'after', p: 'before' }[event.key];
  if (to !== undefined && !typing) document.querySelector<HTMLElement>(`.neighbours a[data-key=${to}]`)?.click();
}

const titleOf = ({ byKey }: Model, { view, verdict, exchange }: Place): string =>
  visible(byKey.get(verdict)?.verdict.title ?? '') ||
  visible(exchange) ||
  (views.find(each => each.view === view)?.title ?? '');

function Content({ model, place }: { readonly model: Model; readonly place: Place }) {
  const { verdict, exchange, view } = place;
  if (verdict !== '') {
    const row = model.byKey.get(verdict);
    return row ? <VerdictPage key={verdict} row={row} /> : <Missing what={`verdict ${verdict}`} />;
  }
  if (exchange !== '') {
    const found = model.report.exchanges.find(({ id }) => id === exchange);
    return found ? <ExchangePage key={exchange} exchange={found} /> : <Missing what={`exchange ${exchange}`} />;
  }
  return (
    <>
      <h2 id="place" class="view-title" tabIndex={-1}>
        {views.find(each => each.view === view)?.title}
      </h2>
      {contents[view]()}
    </>
  );
}

const contents = {
  overview: () => <Overview />,
  verdicts: () => <VerdictsView />,
  topics: () => <TreeView key="topics" view="topics" />,
  clauses: () => <TreeView key="clauses" view="clauses" />,
  rules: () => <TreeView key="rules" view="rules" />,
  providers: () => <ProvidersView />,
  scenarios: () => <StoriesView />,
  exchanges: () => <ExchangesView />,
} as const;

const Missing = ({ what }: { readonly what: string }) => (
  <>
    <h2 id="place" tabIndex={-1}>
      Not in this report
    </h2>
    <p>There is no {visible(what)} in this run.</p>
  </>
);
