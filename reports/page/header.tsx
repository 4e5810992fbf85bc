import { visible } from '../writers/visible.ts';
import { hashOf, start, views } from './place.ts';
import { useView } from './view.ts';

/** What was judged, and the ways to look at it. */
export function Header() {
  const { model, place } = useView();
  const { tool, command, target } = model.report;
  return (
    <header>
      <p class="eyebrow">
        {visible(tool)} {visible(command)}
      </p>
      <h1>
        {visible(target)
          .split(/(?<=\/)(?!\/)/)
          .map((part, index) => (
            <span key={index}>
              {part}
              <wbr />
            </span>
          ))}
      </h1>
      <nav class="menu" aria-label="Views">
        {views
          .filter(({ view }) => view !== 'scenarios' || model.stories.length > 0)
          .map(({ view, title }) => (
            <a key={view} href={hashOf({ ...start, view })} aria-current={place.view === view ? 'page' : undefined}>
              {title}
            </a>
          ))}
      </nav>
    </header>
  );
}
