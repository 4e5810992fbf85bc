export { checks } from './checks/index.ts';
export { defects, missedDefects, reddenedByVariants, variants, type RunWith } from './proof/index.ts';
export { clausesOf, isInvariant, isProbe, type Check } from './run/check.ts';
export { createJudge, type Judge } from './run/judge.ts';
export { profileOf, profiles, rfc, type Profile, type ProfileId } from './run/profiles.ts';
export { runConformance, type ConformanceOptions, type ConformanceResult } from './run/run.ts';
export { severityOf, type Side } from './run/severity.ts';
