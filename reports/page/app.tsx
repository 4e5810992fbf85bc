import { useEffect, useRef, useState } from 'preact/hooks';
import { leftBehind } from '../writers/report.ts';
import { visible } from '../writers/visible.ts';
import { Causes } from './causes.tsx';
import { Counters } from './counters.tsx';
import { Header } from './header.tsx';
import { matching, noFilter, rowOfCheck, type Filter, type Model } from './model.ts';
import { Stories } from './stories.tsx';
import { VerdictTable } from './verdict-table.tsx';
import { Current } from './view.ts';
import { Wire } from './wire.tsx';

/** A copy of a set with one member put in or taken out. */
function toggled<T>(set: ReadonlySet<T>, member: T): ReadonlySet<T> {
  const copy = new Set(set);
  if (!copy.delete(member)) copy.add(member);
  return copy;
}

export function App({ model }: { readonly model: Model }) {
  const [filter, setFilter] = useState<Filter>(noFilter);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const destination = useRef('');
  const rows = matching(model.rows, filter);

  useEffect(() => {
    if (destination.current === '') return;
    const button = document.querySelector<HTMLElement>(`#${destination.current} button`);
    destination.current = '';
    button?.focus({ preventScroll: true });
    button?.scrollIntoView({ block: 'center' });
  });

  useEffect(() => {
    const unfoldFailures = (): void =>
      setOpen(
        open => new Set([...open, ...model.rows.filter(({ text }) => text.kind === 'failure').map(row => row.key)]),
      );
    addEventListener('beforeprint', unfoldFailures);
    return () => removeEventListener('beforeprint', unfoldFailures);
  }, [model]);

  const goTo = (check: string): (() => void) | undefined => {
    const row = rowOfCheck(model.rows, check);
    if (!row) return undefined;
    return () => {
      destination.current = row.key;
      if (!rows.includes(row)) setFilter(noFilter);
      setOpen(open => new Set([...open, row.key]));
    };
  };

  const left = leftBehind(model.report);
  const { notes } = model.report;
  const afterwards = model.report.footer?.notes ?? [];
  return (
    <Current.Provider value={{ model, goTo }}>
      <Header />
      <Counters
        selected={filter.kinds}
        onToggle={kind => setFilter({ ...filter, kinds: toggled(filter.kinds, kind) })}
      />
      <Causes selected={filter.cause} onSelect={cause => setFilter({ ...noFilter, cause })} />
      <Notes title="Left behind on the target" items={left} />
      <VerdictTable
        rows={rows}
        filter={filter}
        onFilter={setFilter}
        open={open}
        onToggle={key => setOpen(toggled(open, key))}
      />
      <Stories />
      <Wire />
      <Notes title="About this run" items={notes} />
      <Notes title="Afterwards" items={afterwards} />
    </Current.Provider>
  );
}

function Notes({ title, items }: { readonly title: string; readonly items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul class="notes">
        {items.map(item => (
          <li key={item}>{visible(item)}</li>
        ))}
      </ul>
    </section>
  );
}
