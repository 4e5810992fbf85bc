import type { Step } from './step.ts';

/** What is sent without delay once provisioning is on (JC-Q41), and what comes due as time passes. */
const SENT: ReadonlySet<Step['verb']> = new Set<Step['verb']>([
  ...(['hire', 'change', 'join', 'leave', 'suspend', 'reactivate', 'dismiss'] as const),
  ...(['create-group', 'rename-group', 'delete-group', 'touch-group', 'bind', 'unbind', 'manage-groups'] as const),
  ...(['activate', 'reauthenticate', 'map', 'unmap', 'restore-mapping', 'wait'] as const),
]);

/** Whether a sync follows a step by itself in a story that sends at once. */
export const isSentAtOnce = ({ verb }: Step): boolean => SENT.has(verb);
