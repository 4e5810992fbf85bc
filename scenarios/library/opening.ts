import { activate, bind, createGroup, hire, ifOffered, join, manageGroups, onAccount, sync, wait } from '../step.ts';

/** Ada and Ben are in one bound group; they and the group have been provisioned. */
export const opened = [
  manageGroups(true),
  createGroup('eng', 'Engineering'),
  hire('ada'),
  hire('ben'),
  join('ada', 'eng'),
  join('ben', 'eng'),
  bind('eng'),
  activate(),
  sync(),
] as const;

/** Ada is in two bound groups, Ben in the first; all of it has been provisioned. */
export const openedWithTwoGroups = [
  manageGroups(true),
  createGroup('eng', 'Engineering'),
  createGroup('ops', 'Operations'),
  hire('ada'),
  hire('ben'),
  join('ada', 'eng', 'ops'),
  join('ben', 'eng'),
  bind('eng'),
  bind('ops'),
  activate(),
  sync(),
] as const;

/** Both have accepted and been confirmed, where people are invited: from there on a suspension takes nobody out of the account. */
export const openedAndAccepted = [
  ...opened,
  ifOffered(onAccount('accept', 'ada')),
  ifOffered(onAccount('accept', 'ben')),
  ifOffered(wait('1 hour')),
] as const;

/** A bound group that is not managed, and nobody yet who would have access by it. */
export const boundUnmanaged = [
  manageGroups(false),
  createGroup('eng', 'Engineering'),
  bind('eng'),
  activate(),
] as const;
