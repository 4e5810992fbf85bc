import { sync, type Step } from '../step.ts';
import { historyOf } from './build.ts';
import type { Habits } from './habits.ts';

/** Says whether a history still shows the fault. */
export type Shows = (steps: readonly Step[]) => Promise<boolean>;

/**
 * A shortest history that still shows a fault: whatever can be left out is left out, alone or with all that is about the
 * same person or group, and what is left says as little as it can.
 * @param most how many histories are tried at most
 * @param atOnce whether each change is sent as it is made; otherwise syncs send what waits
 */
export async function shrink(
  given: readonly Step[],
  {
    habits,
    shows,
    most,
    atOnce = false,
  }: { readonly habits: Habits; readonly shows: Shows; readonly most: number; readonly atOnce?: boolean },
): Promise<readonly Step[]> {
  let best = given;
  let tries = 0;
  const tried = new Set<string>([JSON.stringify(given)]);
  const attempt = async (steps: readonly Step[]): Promise<boolean> => {
    const possible = historyOf(steps, habits, atOnce).steps;
    const key = JSON.stringify(possible);
    if (possible.length === 0 || tried.has(key) || tries >= most || costOf(possible) >= costOf(best)) return false;
    tried.add(key);
    tries += 1;
    if (!(await shows(possible))) return false;
    best = possible;
    return true;
  };
  const any = async (pass: (steps: readonly Step[]) => readonly (readonly Step[])[]): Promise<void> => {
    // What was left out once changes what can be left out next; what could not be before has its turn in the next round.
    for (let candidates = pass(best), index = 0; index < candidates.length; index += 1) {
      const candidate = candidates[index];
      if (candidate && (await attempt(candidate))) [candidates, index] = [pass(best), index - 1];
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
    await any(withoutOneApart);
    await any(withoutRenames);
    await any(withoutSuccessors);
    await any(withLeavers);
    await any(withOneGroup);
    await any(withLess);
  }
  return best;
}

/** Deeds count most, those that cannot be undone more than others; then syncs, and what is said. */
const costOf = (steps: readonly Step[]): number =>
  steps.reduce((sum, { verb }) => sum + (COSTS[verb] ?? 10_000), JSON.stringify(steps).length);

const COSTS: { readonly [Verb in Step['verb']]?: number } = { sync: 500, dismiss: 14_000 };

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

/** Somebody, something or one step left out, with everything else sent step by step: what was sent at once took more. */
function withoutOneApart(steps: readonly Step[]): readonly (readonly Step[])[] {
  const begun = steps.findIndex(({ verb }) => verb === 'activate');
  const apart = steps.flatMap((step, at) =>
    at < begun || step.verb === 'sync' || steps[at + 1]?.verb === 'sync' ? [step] : [step, sync()],
  );
  if (apart.length === steps.length) return [];
  return [...withoutSubjects(apart), ...apart.map((_, at) => without(apart, at, at + 1))];
}

/** Two steps left out that undo each other, or one plain edit in place of two changes. */
function withoutPairs(steps: readonly Step[]): readonly (readonly Step[])[] {
  return steps.flatMap((one, first) =>
    steps.flatMap((other, second) =>
      second > first && subjectOf(one) === subjectOf(other) && subjectOf(one) !== ''
        ? [steps.filter((_, index) => index !== first && index !== second), ...withOneEdit(steps, first, second)]
        : [],
    ),
  );
}

/** A group that keeps the name it was made with, and whatever takes that name afterwards. */
function withoutRenames(steps: readonly Step[]): readonly (readonly Step[])[] {
  return steps.flatMap((renamed, at) => {
    if (renamed.verb !== 'rename-group') return [];
    const named = steps.slice(0, at).findLast(step => 'name' in step && step.group === renamed.group);
    if (!named || !('name' in named)) return [];
    const { name } = named;
    const later = steps
      .slice(at + 1)
      .map((step): Step => ('name' in step && step.name === renamed.name ? { ...step, name } : step));
    return [[...steps.slice(0, at), ...later]];
  });
}

/** One person who leaves and comes back in place of one who is deleted and another of the same address. */
function withoutSuccessors(steps: readonly Step[]): readonly (readonly Step[])[] {
  return steps.flatMap((hired, at) => {
    if (hired.verb !== 'hire' || hired.details.email === undefined) return [];
    const gone = steps.findLastIndex((step, index) => index < at && step.verb === 'dismiss');
    const dismissed = steps[gone];
    if (dismissed?.verb !== 'dismiss') return [];
    const { person } = dismissed;
    const groups = groupsOf(steps.slice(0, gone), person);
    const left: readonly Step[] = groups.length > 0 ? [{ verb: 'leave', person, groups }] : [];
    const later = steps.slice(at + 1).map((step): Step => {
      if (step.verb === 'account' && step.of === hired.person) return { ...step, of: person };
      return 'person' in step && step.person === hired.person ? { ...step, person } : step;
    });
    return [[...steps.slice(0, gone), ...left, ...steps.slice(gone + 1, at), ...later]];
  });
}

/** Somebody who leaves in place of being deleted. */
function withLeavers(steps: readonly Step[]): readonly (readonly Step[])[] {
  return steps.flatMap((step, at) => {
    if (step.verb !== 'dismiss') return [];
    const { person } = step;
    const groups = groupsOf(steps.slice(0, at), person);
    const sets = groups.length > 1 ? [groups, ...groups.map(group => [group])] : [groups];
    return sets.flatMap(each => {
      const leave: Step = { verb: 'leave', person, groups: each };
      const [before, after] = [steps.slice(0, at), steps.slice(at + 1)];
      // What came before has to be sent for them to leave what they are in.
      return [
        [...before, leave, ...after],
        [...before, sync(), leave, ...after],
      ];
    });
  });
}

/** One group in place of two; everybody leaves it where it was deleted. */
function withOneGroup(steps: readonly Step[]): readonly (readonly Step[])[] {
  const groups = steps.flatMap(step => (step.verb === 'create-group' ? [step.group] : []));
  return groups.flatMap(kept =>
    groups.filter(group => group !== kept).map(other => withoutOther(steps, { kept, other })),
  );
}

function withoutOther(steps: readonly Step[], { kept, other }: { readonly kept: string; readonly other: string }) {
  const named = (alias: string): string => (alias === other ? kept : alias);
  const made: Step[] = [];
  for (const step of steps) {
    if ((step.verb === 'create-group' || step.verb === 'bind') && step.group === other) continue;
    if (step.verb === 'delete-group' && step.group === kept) {
      const people = made.flatMap(before => (before.verb === 'hire' ? [before.person] : []));
      const members = people.filter(person => groupsOf(made, person).includes(kept));
      made.push(...members.map((person): Step => ({ verb: 'leave', person, groups: [kept] })));
    } else if ('groups' in step) made.push({ ...step, groups: [...new Set(step.groups.map(named))] });
    else made.push('group' in step ? { ...step, group: named(step.group) } : step);
  }
  return made;
}

/** Groups that somebody is in once these steps are done. */
function groupsOf(steps: readonly Step[], person: string): readonly string[] {
  const groups = new Set<string>();
  for (const step of steps) {
    if (!('groups' in step) || step.person !== person) continue;
    for (const group of step.groups) {
      if (step.verb === 'join') groups.add(group);
      else groups.delete(group);
    }
  }
  return [...groups];
}

function withOneEdit(steps: readonly Step[], first: number, second: number): readonly (readonly Step[])[] {
  const [one, other] = [steps[first], steps[second]];
  if (one?.verb !== 'change' || other?.verb !== 'change') return [];
  const edit: Step = { ...one, details: { lastname: 'X' } };
  return [steps.map((step, at) => (at === first ? edit : step)).filter((_, at) => at !== second)];
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
