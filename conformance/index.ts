export { checks } from './checks/index.ts';
export { defects, missedDefects, proveDefects, reddenedByVariants, variants, type RunWith } from './proof/index.ts';
export { clausesOf, isInvariant, isProbe, type Check } from './run/check.ts';
export { createJudge } from './run/judge.ts';
export { profileOf, profiles, type Profile } from './run/profiles.ts';
export { runConformance } from './run/run.ts';
export { severityOf, type Side } from './run/severity.ts';
