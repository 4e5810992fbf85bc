import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Model } from './model.ts';
import type { Place } from './place.ts';

/** What every part of the page may use. */
export interface View {
  readonly model: Model;
  readonly place: Place;
  /** Goes to a place without a new entry in the history, while somebody types for example. */
  readonly adjust: (place: Place) => void;
  /** Headings that the reader folded or unfolded, by key. */
  readonly folds: ReadonlyMap<string, boolean>;
  readonly fold: (key: string, open: boolean) => void;
}

/** Carries the view down from the page to its parts. */
export const Current = createContext<View | undefined>(undefined);

/** The view above a component. @throws Error outside of the page. */
export function useView(): View {
  const view = useContext(Current);
  if (!view) throw new Error('used outside of the page');
  return view;
}
