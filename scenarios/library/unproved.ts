import type { RuleId } from '../../conformance/clauses/index.ts';

/** Why no story can prove a rule. */
export const reasons = {
  console: 'a form or a list of the console: nothing is sent, logged or answered for it',
  'shape-of-events': 'the shape of events, which the log keeps for all of them; the tests of the log hold it',
  'how-it-was-made': 'follows from how the account was made, which no story can change',
  'another-host': 'about another name of the server, which no client of this endpoint uses',
  'open-id-connect': 'sign-in between people, apps and the identity provider: no part of provisioning',
  suite: 'a kind of request that checks of the conformance suite send and judge',
} as const;

/** Ids of reasons: no others are given. */
export type Reason = keyof typeof reasons;

const because = (reason: Reason, ...rules: readonly RuleId[]) => rules.map(rule => [rule, reason] as const);

/** Rules that no story proves, each with its reason. */
export const unproved: Readonly<Partial<Record<string, Reason>>> = Object.fromEntries([
  ...because('console', 'JC-1a', 'JC-8a', 'JC-9a', 'JC-9b', 'JC-Q45'),
  ...because('shape-of-events', 'JC-Q40'),
  ...because('how-it-was-made', 'OP-9'),
  ...because('another-host', 'OP-2'),
  ...because('open-id-connect', 'OP-10', 'OP-61', 'OP-62a', 'OP-62b', 'OP-63', 'OP-65', 'OP-67', 'OP-68'),
  ...because('suite', 'IDP-1', 'IDP-2', 'IDP-3', 'IDP-4', 'IDP-5', 'IDP-6', 'IDP-7', 'IDP-8', 'IDP-9'),
  ...because('suite', 'IDP-10', 'IDP-11', 'IDP-12', 'IDP-13', 'IDP-14', 'IDP-15', 'IDP-16', 'IDP-17', 'IDP-18'),
]);

/** Why no story proves a rule, for a reader; empty where one does. */
export function unprovedBecause(rule: string): string {
  const reason = unproved[rule];
  return reason === undefined ? '' : reasons[reason];
}
