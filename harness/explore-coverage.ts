import { implementedRules } from '../simulator/rules/rules.ts';
import type { Exploration, Habits } from '../scenarios/explore/index.ts';

/** How many names one line holds. */
const MOST_NAMED = 12;

/** What an exploration went through, for the end of a run. */
export function coverageLines(
  { histories, steps, again, violations, coverage }: Exploration,
  { unkept }: Habits,
): readonly string[] {
  const { rules, moves, shapes } = coverage;
  const missed = implementedRules.map(({ id }) => id).filter(id => !rules.has(id));
  return [
    `${steps} steps in ${histories} histories: ${rules.size} rules, ${moves.size} moves from one state to another and ${shapes.size} shapes of requests were met`,
    `Rules met least: ${named([...rules].sort(byCount))}`,
    `Shapes of requests met least: ${named([...shapes].sort(byCount))}`,
    `${missed.length} of ${implementedRules.length} rules of the identity provider were not met: ${listed(missed)}`,
    ...(unkept.size > 0
      ? [`Not held against the directory, as the target does not keep it: ${[...unkept].join(', ')}`]
      : []),
    ...(violations.length > 0 && again > 0 ? [`What is reported showed again in ${again} histories`] : []),
  ];
}

const byCount = ([a, one]: [string, number], [b, other]: [string, number]): number => one - other || (a < b ? -1 : 1);

const named = (counted: readonly [string, number][]): string =>
  counted
    .slice(0, MOST_NAMED)
    .map(([name, count]) => `${name} (${count})`)
    .join(', ');

const listed = (names: readonly string[]): string =>
  names.slice(0, 3 * MOST_NAMED).join(', ') + (names.length > 3 * MOST_NAMED ? ' and more' : '');
