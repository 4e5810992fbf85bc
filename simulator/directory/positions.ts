import type { Department } from './departments.ts';
import type { Draws } from './draw.ts';
import { chance } from './locales.ts';

/** Somebody's place in the organisation. */
export interface Position {
  readonly department: Department;
  /** How many were in the department before; its head has 0. */
  readonly place: number;
  /** Whether they lead a team, the head aside. */
  readonly leads: boolean;
  /** Number of the person who is their manager; the one who leads the organisation has none. */
  readonly manager: number | undefined;
}

/** A department opens for each so many people, up to all: few people are not spread over many departments. */
const PEOPLE_PER_DEPARTMENT = 4;
/** People of a team, its lead among them, and leads under one lead. */
const SPAN = 8;

/**
 * Gives places to people in turn. Everybody's manager came before them, so the way up always ends at the first: a
 * department has a head, under it teams, and from the ninth on the leads of teams report to those of earlier ones.
 */
export function createPositions(
  departments: readonly Department[],
  draws: Draws,
): { readonly next: (index: number) => Position } {
  const open: { readonly department: Department; readonly staff: number[] }[] = [];
  const choose = (index: number) => {
    const opening = index % PEOPLE_PER_DEPARTMENT === 0 ? departments[index / PEOPLE_PER_DEPARTMENT] : undefined;
    if (opening) {
      const opened = { department: opening, staff: [] };
      open.push(opened);
      return opened;
    }
    draws.begin(index, 'place');
    return chance.helpers.weightedArrayElement(open.map(value => ({ value, weight: value.department.weight })));
  };
  return {
    next(index) {
      const { department, staff } = choose(index);
      const place = staff.push(index) - 1;
      if (place === 0) return { department, place, leads: false, manager: index === 0 ? undefined : 0 };
      const team = Math.floor((place - 1) / SPAN);
      const leads = (place - 1) % SPAN === 0;
      const above = leads ? Math.floor(team / SPAN) - 1 : team;
      return { department, place, leads, manager: staff[above < 0 ? 0 : above * SPAN + 1] };
    },
  };
}
