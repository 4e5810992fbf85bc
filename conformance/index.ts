export { checks } from './checks/index.ts';
export { fixOf, mattersTo } from './fixes/index.ts';
export { DOMAIN } from './run/template.ts';
export { clausesOf, isInvariant, isProbe, type Check } from './run/check.ts';
export { createJudge } from './run/judge.ts';
export { profileOf, profiles, rfc, type Profile } from './run/profiles.ts';
export { runConformance } from './run/run.ts';
export { severityOf, type Side } from './run/severity.ts';
export type { Facts } from './run/facts.ts';
