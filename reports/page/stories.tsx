import { useMemo } from 'preact/hooks';
import { visible } from '../writers/visible.ts';
import { countOf } from '../writers/kind.ts';
import { sidesOf, type BothSides } from './both-sides.ts';
import { ExchangeLine } from './exchange-view.tsx';
import type { Story } from './model.ts';
import { countsOf } from './outline.ts';
import { hashOf, start } from './place.ts';
import { StoryState } from './story-state.tsx';
import { useView } from './view.ts';
import { VirtualList } from './virtual-list.tsx';

/** Steps and requests of one scenario that are shown at most; the rest is in the list of exchanges. */
const STEPS = 60;
const REQUESTS = 80;

/** All scenarios, or the one that is open as a time line. */
export function StoriesView() {
  const { model, place } = useView();
  const { stories } = model;
  const open = stories.length === 1 ? stories[0] : stories.find(({ scenario }) => scenario === place.part);
  if (stories.length === 0) return <p class="nothing">The run played no scenario.</p>;
  if (open) return <StoryView story={open} alone={stories.length === 1} />;
  return (
    <VirtualList items={stories} label="Scenarios" keyOf={({ scenario }) => scenario}>
      {({ scenario, steps, rows }) => (
        <a class="heading" href={hashOf({ ...place, part: scenario })}>
          <span class="label">{visible(scenario)}</span>
          <span class="note">
            {countOf({ one: 'step', many: 'steps' }, steps.length)},{' '}
            {countOf(
              { one: 'request', many: 'requests' },
              steps.reduce((sum, { exchanges }) => sum + exchanges.length, 0),
            )}
          </span>
          <span class="counts">
            {countsOf(rows).map(({ text, count }) => (
              <span key={text.kind} class={`kind-${text.kind}`}>
                {text.mark} {count}
                <span class="unseen"> {count === 1 ? text.one : text.many} </span>
              </span>
            ))}
          </span>
        </a>
      )}
    </VirtualList>
  );
}

/** What the admin did step by step, below each what that sent, and at the end what was expected. */
function StoryView({ story, alone }: { readonly story: Story; readonly alone: boolean }) {
  const { place, model } = useView();
  const { scenario, rows } = story;
  const states = useMemo(
    () =>
      sidesOf(
        story.steps.map(({ step, exchanges }) => ({
          step,
          exchanges: exchanges.flatMap(id => model.exchanges.get(id) ?? []),
        })),
      ),
    [story],
  );
  const steps = story.steps.slice(0, STEPS);
  const share = Math.max(3, Math.floor(REQUESTS / Math.max(1, steps.length)));
  return (
    <article>
      {!alone && (
        <nav class="neighbours" aria-label="Back">
          <a href={hashOf({ ...place, part: '' })} data-key="up">
            ‹ Scenarios
          </a>
        </nav>
      )}
      <h3 class="story-name">{visible(scenario)}</h3>
      <ol class="steps">
        {steps.map(({ step, exchanges }, index) => (
          <li key={step.scope} value={step.n}>
            <span class="n" aria-hidden="true">
              {step.n}
            </span>
            <div>
              <StoryState title={step.title} state={states[index] ?? NO_STATE} />
              <Requests ids={exchanges} share={share} scope={step.scope} />
            </div>
          </li>
        ))}
      </ol>
      {story.steps.length > steps.length && (
        <p>and {(story.steps.length - steps.length).toLocaleString('en-US')} steps more</p>
      )}
      {rows.length > 0 && <h3>What was expected</h3>}
      <ul class="expectations">
        {rows.slice(0, STEPS).map(({ key, verdict, text }) => (
          <li key={key} class={`kind-${text.kind}`}>
            <span class="outcome">
              <span aria-hidden="true">{text.mark} </span>
              {text.word}
            </span>{' '}
            <a href={hashOf({ ...place, verdict: key })}>{visible(verdict.title)}</a>
          </li>
        ))}
      </ul>
    </article>
  );
}

const NO_STATE: BothSides = { rows: [], directory: '', endpoint: '' };

interface RequestsProps {
  readonly ids: readonly string[];
  readonly share: number;
  readonly scope: string;
}

function Requests({ ids, share, scope }: RequestsProps) {
  const { model, place } = useView();
  const shown = ids.slice(0, share);
  if (ids.length === 0) return null;
  return (
    <div class="requests">
      {shown.map(id => {
        const exchange = model.exchanges.get(id);
        return (
          exchange && (
            <a key={id} class="line" href={hashOf({ ...place, exchange: id })}>
              <ExchangeLine exchange={exchange} />
            </a>
          )
        );
      })}
      {shown.length < ids.length && (
        <a href={hashOf({ ...start, view: 'exchanges', query: `${scope}#` })}>
          All {ids.length.toLocaleString('en-US')} requests
        </a>
      )}
    </div>
  );
}
