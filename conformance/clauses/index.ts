import { requirements, type RequirementId } from './scim-requirements.ts';
import { rules, type RuleId } from './provisioning-rules.ts';
import type { RequirementRow, RuleRow } from './row.ts';

export type { Level, Mark, RequirementRow, RuleRow, Stance, Subject } from './row.ts';
export { requirements, type RequirementId } from './scim-requirements.ts';
export { rules, type RuleId } from './provisioning-rules.ts';

/** Whatever a check may name as the source of its judgement: an RFC row or a documented provisioning rule. */
export type ClauseId = RequirementId | RuleId;

/** True for the id of an RFC row, false for a provisioning rule. */
export const isRequirement = (id: ClauseId): id is RequirementId => id in requirements;

/** The keyword or mark of a clause: how strongly its source says it. */
export const levelOf = (id: ClauseId): RequirementRow['level'] | RuleRow['mark'] =>
  isRequirement(id) ? requirements[id].level : rules[id].mark;

/** The clause in one sentence, in our own words. */
export const sentenceOf = (id: ClauseId): string =>
  isRequirement(id) ? requirements[id].requirement : `${rules[id].given}; ${rules[id].when}: ${rules[id].then}`;
