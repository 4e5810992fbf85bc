import type { Defect } from './defect.ts';
import { createDefects } from './defects/create.ts';
import { discoveryDefects } from './defects/discovery.ts';
import { queryDefects } from './defects/query.ts';
import { wireDefects } from './defects/wire.ts';
import { writeDefects } from './defects/write.ts';

export type { Defect } from './defect.ts';
export type { Variant } from './variant.ts';
export { variants } from './variants.ts';
export { missedDefects, reddenedByVariants, type RunWith } from './prove.ts';

/** Every defect, in the order of the checks that have to notice. */
export const defects: readonly Defect[] = [
  ...discoveryDefects,
  ...createDefects,
  ...queryDefects,
  ...writeDefects,
  ...wireDefects,
];
