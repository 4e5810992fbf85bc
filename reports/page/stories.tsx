import { useState } from 'preact/hooks';
import { visible } from '../writers/visible.ts';
import { useView } from './view.ts';
import { ExchangeList } from './exchange-list.tsx';
import type { Story } from './model.ts';

/** Each scenario as a time line: what the admin did, and below it what that sent. */
export function Stories() {
  const { stories } = useView().model;
  if (stories.length === 0) return null;
  return (
    <section>
      <h2>Scenarios</h2>
      {stories.map(story => (
        <StoryView key={story.scenario} story={story} />
      ))}
    </section>
  );
}

function StoryView({ story: { scenario, steps, rows } }: { readonly story: Story }) {
  const { goTo } = useView();
  return (
    <div class="story">
      <h3>{scenario}</h3>
      <ol class="steps">
        {steps.map(({ step, exchanges }) => (
          <StepView key={step.scope} title={step.title} n={step.n} exchanges={exchanges} />
        ))}
      </ol>
      {rows.length > 0 && (
        <ul class="expectations">
          {rows.map(({ key, verdict, text }) => (
            <li key={key} class={`kind-${text.kind}`}>
              <span class="outcome">
                <span aria-hidden="true">{text.mark} </span>
                {verdict.outcome}
              </span>{' '}
              <button type="button" class="plain" onClick={goTo(verdict.check)}>
                {visible(verdict.title)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

interface StepProps {
  readonly n: number;
  readonly title: string;
  readonly exchanges: readonly string[];
}

function StepView({ n, title, exchanges }: StepProps) {
  const [open, setOpen] = useState(false);
  const { length } = exchanges;
  return (
    <li value={n}>
      <span class="n" aria-hidden="true">
        {n}
      </span>
      <div>
        {visible(title)}{' '}
        {length === 0 ? (
          <span class="muted">nothing sent</span>
        ) : (
          <button type="button" class="plain" aria-expanded={open} onClick={() => setOpen(!open)}>
            {length.toLocaleString('en-US')} {length === 1 ? 'request' : 'requests'}
          </button>
        )}
        {open && <ExchangeList ids={exchanges} />}
      </div>
    </li>
  );
}
