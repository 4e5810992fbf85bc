import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Lines above and below what can be seen, so that the keyboard always finds the next one. */
const MARGIN = 12;

/** However tall the window is, no more lines than this are made. */
const MOST = 120;

/** Height of a line in pixels: the style sheet sets it in rem, by the width of the window. */
function lineHeight(): number {
  const root = getComputedStyle(document.documentElement);
  return Number.parseFloat(root.getPropertyValue('--row')) * Number.parseFloat(root.fontSize);
}

interface Props<T> {
  readonly items: readonly T[];
  readonly label: string;
  readonly keyOf: (item: T) => string;
  readonly children: (item: T) => ComponentChildren;
}

/** A list of which only the lines around the window are in the document; arrow keys go from line to line. */
export function VirtualList<T>({ items, label, keyOf, children }: Props<T>) {
  const list = useRef<HTMLUListElement>(null);
  const [height, setHeight] = useState(lineHeight);
  const [first, setFirst] = useState(0);

  const measure = (): void => {
    const line = lineHeight();
    const above = -(list.current?.getBoundingClientRect().top ?? 0);
    setHeight(line);
    setFirst(Math.max(0, Math.floor(above / line) - MARGIN));
  };
  useLayoutEffect(() => {
    measure();
    addEventListener('scroll', measure, { passive: true });
    addEventListener('resize', measure);
    return () => {
      removeEventListener('scroll', measure);
      removeEventListener('resize', measure);
    };
  }, []);

  const from = Math.min(first, Math.max(0, items.length - MARGIN));
  const shown = Math.min(MOST, Math.ceil(innerHeight / height) + 2 * MARGIN);
  const step = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
    const line = event.target instanceof Element ? event.target.closest('li') : null;
    if (by === undefined || !line || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = by === 1 ? line.nextElementSibling : line.previousElementSibling;
    next?.querySelector<HTMLElement>('a, button')?.focus();
    // The event of the scrolling comes with the next frame, which a key that is held down does not wait for.
    measure();
    event.preventDefault();
  };
  return (
    <ul ref={list} class="lines" aria-label={label} style={{ height: `${items.length * height}px` }} onKeyDown={step}>
      {items.slice(from, from + shown).map((item, index) => (
        <li
          key={keyOf(item)}
          aria-setsize={items.length}
          aria-posinset={from + index + 1}
          style={{ top: `${(from + index) * height}px`, height: `${height}px` }}
        >
          {children(item)}
        </li>
      ))}
    </ul>
  );
}
