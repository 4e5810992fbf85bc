import type { Step } from '../step.ts';
import { historyOf } from './build.ts';
import type { Habits } from './habits.ts';

/** Says whether a history still shows the fault. */
export type Shows = (steps: readonly Step[]) => Promise<boolean>;

/**
 * A shortest history that still shows a fault: whatever can be left out is left out, alone or with all that is about the
 * same person or group, and what is left says as little as it can.
 * @param most how many histories are tried at most
 */
export async function shrink(
  given: readonly Step[],
  { habits, shows, most }: { readonly habits: Habits; readonly shows: Shows; readonly most: number },
): Promise<readonly Step[]> {
  let best = given;
  let tries = 0;
  const tried = new Set<string>([JSON.stringify(given)]);
  const attempt = async (steps: readonly Step[]): Promise<boolean> => {
    const possible = historyOf(steps, habits).steps;
    const key = JSON.stringify(possible);
    if (possible.length === 0 || tried.has(key) || tries >= most || costOf(possible) >= costOf(best)) return false;
    tried.add(key);
    tries += 1;
    if (!(await shows(possible))) return false;
    best = possible;
    return true;
  };
  const any = async (pass: (steps: readonly Step[]) => readonly (readonly Step[])[]): Promise<void> => {
    // What was left out once changes what can be left out next.
    for (let candidates = pass(best), index = 0; index < candidates.length; index += 1) {
      const candidate = candidates[index];
      if (candidate && (await attempt(candidate))) [candidates, index] = [pass(best), -1];
    }
  };
  for (let before; before !== best;) {
    before = best;
    await any(withoutSubjects);
    // Halves, quarters and so on down to single steps left out, the latest first.
    for (let size = Math.ceil(best.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
      for (let to = best.length; to > 0; to = Math.min(to - size, best.length)) {
        await attempt(without(best, Math.max(0, to - size), to));
      }
    }
    await any(withoutPairs);
    await any(withLess);
  }
  return best;
}

/** Steps count most; then what they say. */
const costOf = (steps: readonly Step[]): number => steps.length * 10_000 + JSON.stringify(steps).length;

const without = (steps: readonly Step[], from: number, to: number): readonly Step[] => [
  ...steps.slice(0, from),
  ...steps.slice(to),
];

/** Everything about one person or group left out. */
function withoutSubjects(steps: readonly Step[]): readonly (readonly Step[])[] {
  const aliases = new Set(
    steps.flatMap(step => ('person' in step ? [step.person] : 'group' in step ? [step.group] : [])),
  );
  return [...aliases].map(alias =>
    steps.flatMap((step): readonly Step[] => {
      if ('person' in step && step.person === alias) return [];
      if ('group' in step && step.group === alias) return [];
      if (step.verb === 'account' && step.of === alias) return [];
      if (!('groups' in step) || !step.groups.includes(alias)) return [step];
      const groups = step.groups.filter(group => group !== alias);
      return groups.length > 0 ? [{ ...step, groups }] : [];
    }),
  );
}

/** Two steps left out that undo each other. */
function withoutPairs(steps: readonly Step[]): readonly (readonly Step[])[] {
  return steps.flatMap((one, first) =>
    steps.flatMap((other, second) =>
      second > first && subjectOf(one) === subjectOf(other) && subjectOf(one) !== ''
        ? [steps.filter((_, index) => index !== first && index !== second)]
        : [],
    ),
  );
}

const subjectOf = (step: Step): string =>
  'person' in step ? step.person : 'group' in step ? step.group : step.verb === 'sync' ? '' : 'integration';

/** Steps that say less, or one in place of two. */
function withLess(steps: readonly Step[]): readonly (readonly Step[])[] {
  return steps.flatMap((step, index) => {
    const replaced = (...by: readonly Step[]): readonly Step[] => [
      ...steps.slice(0, index),
      ...by,
      ...steps.slice(index + 1),
    ];
    const candidates: (readonly Step[])[] = [];
    if ('groups' in step) {
      for (const group of step.groups)
        candidates.push(replaced({ ...step, groups: step.groups.filter(each => each !== group) }));
      const later = steps.findIndex(
        (other, at) => at > index && other.verb === step.verb && 'groups' in other && other.person === step.person,
      );
      const other = steps[later];
      if (other && 'groups' in other) {
        const merged = { ...step, groups: [...step.groups, ...other.groups] };
        candidates.push(replaced(merged).filter((_, at) => at !== later));
        candidates.push(
          steps
            .map((each, at) => (at === later ? { ...other, groups: merged.groups } : each))
            .filter((_, at) => at !== index),
        );
      }
    }
    if ('details' in step) {
      for (const name of Object.keys(step.details)) {
        const details = Object.fromEntries(Object.entries(step.details).filter(([each]) => each !== name));
        if (step.verb === 'hire' || Object.keys(details).length > 0) candidates.push(replaced({ ...step, details }));
        const plainer = { ...step.details, [name]: 'X' };
        const value: unknown = Object.entries(step.details).find(([each]) => each === name)?.[1];
        if (typeof value === 'string' && value.length > 1 && name !== 'state' && name !== 'email') {
          candidates.push(replaced({ ...step, details: plainer }));
        }
      }
    }
    return candidates;
  });
}
