import type { RuleId } from '../clauses/index.ts';

/** Rules that show from outside in principle and that no check of the suite can see, each with the reason. */
export const unseenRules = {
  'OP-2':
    "a target is one base URL, and nothing that it answers names the host that people sign in at; a guess might be somebody else's host",
} as const satisfies Partial<Readonly<Record<RuleId, string>>>;
