import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { hashOf, placeOf, type Place } from './place.ts';

/**
 * The place in the address. A link leads to the top of its place, the back button to where the reader had been, with the
 * link that was followed in focus.
 */
export function usePlace(): readonly [Place, (place: Place) => void] {
  const [place, setPlace] = useState(() => placeOf(location.hash));
  const arrival = useRef<{ readonly top: number; readonly from: string } | undefined>(undefined);

  useEffect(() => {
    history.scrollRestoration = 'manual';
    const seen = new Map<string, number>();
    let followed = false;
    const click = (event: MouseEvent): void => {
      followed = event.target instanceof Element && event.target.closest('a') !== null;
    };
    const arrive = ({ oldURL, newURL }: HashChangeEvent): void => {
      seen.set(oldURL, scrollY);
      arrival.current = { top: followed ? 0 : (seen.get(newURL) ?? 0), from: new URL(oldURL).hash };
      followed = false;
      setPlace(placeOf(location.hash));
    };
    addEventListener('click', click);
    addEventListener('hashchange', arrive);
    return () => {
      removeEventListener('click', click);
      removeEventListener('hashchange', arrive);
    };
  }, []);

  useLayoutEffect(() => {
    const { top, from } = arrival.current ?? {};
    if (top === undefined) return;
    arrival.current = undefined;
    scrollTo(0, top);
    // The lines of a list come with the scroll event, so the link of the way back is there one frame later.
    requestAnimationFrame(() => {
      const links = [...document.querySelectorAll('a')];
      const link = links.find(link => link.getAttribute('href') === from);
      const heading = document.querySelector<HTMLElement>('#place');
      (top > 0 || heading === null ? (link ?? heading) : heading)?.focus({ preventScroll: true });
    });
  }, [place]);

  const adjust = (place: Place): void => {
    history.replaceState(null, '', hashOf(place));
    setPlace(place);
  };
  return [place, adjust];
}
