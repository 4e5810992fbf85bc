import { bulkAndVersionFixes } from './bulk-and-versions.ts';
import { changingStakes } from './changing-stakes.ts';
import { clientFixes } from './clients.ts';
import { discoveryFixes } from './discovery.ts';
import type { Fix } from './fix.ts';
import { filterFixes } from './filters.ts';
import { patchFixes } from './patches.ts';
import { queryFixes } from './queries.ts';
import { replacementFixes } from './replacements.ts';
import { resourceFixes } from './resources.ts';
import { serviceFixes } from './service.ts';
import { readingStakes } from './reading-stakes.ts';
import type { Stakes, StakeRow } from './stake.ts';
import { vendorFixes } from './vendors.ts';

/** What to change, one line for each family of checks. */
export const fixes: readonly Fix[] = [
  ...discoveryFixes,
  ...queryFixes,
  ...filterFixes,
  ...resourceFixes,
  ...replacementFixes,
  ...patchFixes,
  ...bulkAndVersionFixes,
  ...serviceFixes,
  ...clientFixes,
  ...vendorFixes,
];

/** What hangs on checks, one line for each family. */
export const stakes: readonly StakeRow[] = [...readingStakes, ...changingStakes];

const fixByFamily = new Map(fixes);
const stakesByFamily = new Map(stakes);

/** The entry whose key a check id begins with, the longest one, up to a `.` or `-`. */
function ofFamily<T>(table: ReadonlyMap<string, T>, check: string): T | undefined {
  for (let family = check; family !== ''; family = family.replace(/(?:^|[.-])[^.-]*$/, '')) {
    const found = table.get(family);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What to change in whoever fails a check; undefined for an id that is that of no check. */
export const fixOf = (check: string): string | undefined => ofFamily(fixByFamily, check);

/** What hangs on a check for each identity provider; undefined for an id that is that of no check. */
export const mattersTo = (check: string): Stakes | undefined => ofFamily(stakesByFamily, check);
