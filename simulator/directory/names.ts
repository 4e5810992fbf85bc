import type { Draws } from './draw.ts';
import { chance, locales, type Locale, type Name } from './locales.ts';
import type { GeneratorProfile } from './profile.ts';

/** Namesakes are at most so many people apart. */
const APART = 50;
/** Longest part before the @ that mail systems take is 64 (RFC 5321); a tag and a number still fit behind this. */
const LOCAL_PART = 50;

/** Name and country of a person by their number; the same however often it is asked. */
export function createNames(
  { locales: weights }: GeneratorProfile,
  draws: Draws,
): (index: number) => { readonly name: Name; readonly locale: Locale } {
  const choices = locales
    .map(value => ({ value, weight: weights[value.code] ?? 0 }))
    .filter(({ weight }) => weight > 0);
  /** Whose name it is: a namesake has that of somebody before, who may have it from somebody else. */
  const origin = (index: number): number => {
    let at = index;
    while (at > 0 && (draws.is(at, 'namesake') || draws.is(at, 'dotTwin'))) {
      at -= 1 + Math.floor(draws.spread(at, 'apart') * Math.min(at, APART));
    }
    return at;
  };
  return index => {
    const owner = origin(index);
    draws.begin(owner, 'name');
    const locale = chance.helpers.weightedArrayElement(choices);
    const sex = chance.helpers.arrayElement(['female', 'male'] as const);
    const name = locale.name(sex);
    if (draws.is(owner, 'oneName')) return { locale, name: { ...name, family: '', asciiFamily: '' } };
    if (!draws.is(owner, 'longValues')) return { locale, name };
    const all = [name, locale.name(sex), locale.name(sex), locale.name(sex)];
    const given = all.map(each => each.given).join(' ');
    const family = all.map(each => each.family).join('-');
    return { locale, name: { ...name, given, family } };
  };
}

/** Local parts of addresses, each given once. */
export function createLocalParts(): { readonly take: (name: Name, separator: string) => string } {
  // By each one in use: the number to try next for somebody who would have the same.
  const next = new Map<string, number>();
  return {
    take({ asciiGiven, asciiFamily }, separator) {
      const wanted = [asciiGiven, asciiFamily].filter(Boolean).join(separator).slice(0, LOCAL_PART) || 'user';
      let free = wanted;
      for (let number = next.get(wanted) ?? 2; next.has(free); number++) {
        free = `${wanted}${number}`;
        next.set(wanted, number + 1);
      }
      next.set(free, 2);
      return free;
    },
  };
}
