import type { Step } from '../step.ts';

/** What somebody or something is called that takes the place of one who was there before. */
export const again = (alias: string): string => `${alias}-again`;

/** Whoever was there first. */
const first = (alias: string): string => alias.replace(/(?:-again)+$/, '');

/** Deeds before a step that tell its trail from another. */
const LENGTH = 2;

/**
 * What happened last to each whom a step is about, with what it does: a person, whoever had the address before included,
 * and a group. Whether others were part of it is told, and who they were is not.
 */
export function trailsOf(steps: readonly Step[], step: Step): readonly string[] {
  const { person, groups } = aboutOf(step);
  return [
    ...(person === '' ? [] : [trail(steps, step, about => about.person === person)]),
    ...groups.map(group => trail(steps, step, about => about.groups.includes(group))),
  ];
}

interface About {
  readonly person: string;
  readonly groups: readonly string[];
}

function aboutOf(step: Step): About {
  const person = 'person' in step ? (step.person ?? '') : step.verb === 'account' ? step.of : '';
  const groups = 'groups' in step ? step.groups : 'group' in step ? [step.group] : [];
  return { person: first(person), groups: groups.map(first) };
}

function trail(steps: readonly Step[], step: Step, isPart: (about: About) => boolean): string {
  const here = aboutOf(step);
  const deeds: string[] = [];
  for (let at = steps.length - 1; at >= 0 && deeds.length < LENGTH; at -= 1) {
    const before = steps[at];
    const about = before && aboutOf(before);
    if (before && about && isPart(about)) deeds.unshift(`${deedOf(before)}${apartFrom(about, here)}`);
  }
  return [...deeds, deedOf(step)].join(', ');
}

/** Whether a deed was about somebody else, or about other groups. */
const apartFrom = (about: About, here: About): string => {
  const isOther = about.person !== '' && here.person !== '' && about.person !== here.person;
  const isElsewhere =
    about.groups.length > 0 && here.groups.length > 0 && !here.groups.some(group => about.groups.includes(group));
  return `${isOther ? ' of another' : ''}${isElsewhere ? ' elsewhere' : ''}`;
};

/** A step as trails tell steps apart: by what is changed too. */
function deedOf(step: Step): string {
  const isAgain =
    ('person' in step && step.person?.endsWith(again(''))) || ('group' in step && step.group.endsWith(again('')));
  const name = step.verb === 'account' ? step.act : step.verb;
  if (step.verb === 'hire' || step.verb === 'create-group') return isAgain ? `${name} again` : name;
  if (step.verb !== 'change') return name;
  const { email, state, passwordExpired } = step.details;
  return email !== undefined
    ? 'move'
    : state !== undefined
      ? 'unstage'
      : passwordExpired === undefined
        ? 'edit'
        : 'expire';
}
