import { activate, bind, createGroup, hire, join, manageGroups, sync, type Step } from '../step.ts';

const one: readonly Step[] = [createGroup('eng'), hire('ada'), join('ada', 'eng'), bind('eng'), activate()];
const two: readonly Step[] = [
  createGroup('eng'),
  createGroup('ops'),
  hire('ada'),
  hire('ben'),
  join('ada', 'eng', 'ops'),
  join('ben', 'eng'),
  bind('eng'),
  bind('ops'),
  activate(),
];

/** What histories begin with, each as often as it stands here: most of what can go wrong needs somebody who has access. */
export const openings: readonly (readonly Step[])[] = [
  [],
  one,
  [...one, sync()],
  [...two, sync()],
  [...two, sync()],
  [...one, createGroup('ops'), bind('ops'), sync()],
  [createGroup('eng'), createGroup('ops'), bind('eng'), bind('ops'), activate(), sync()],
  [manageGroups(false), ...two, sync()],
];
