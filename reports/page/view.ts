import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Model } from './model.ts';

/** What every view may use. */
export interface View {
  readonly model: Model;
  /** Unfolds the verdict of a check and goes there; undefined when the run has none. */
  readonly goTo: (check: string) => (() => void) | undefined;
}

/** Carries the view down from the page to its parts. */
export const Current = createContext<View | undefined>(undefined);

/** The view above a component. @throws Error outside of the page. */
export function useView(): View {
  const view = useContext(Current);
  if (!view) throw new Error('used outside of the page');
  return view;
}
