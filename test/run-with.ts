import { fileURLToPath } from 'node:url';
import type { AccountOptions } from '../bridge/index.ts';
import { DOMAIN } from '../conformance/index.ts';
import { declaredDeviations, type RunWith } from '../conformance/proof/index.ts';
import { createBaseline, type KnownDeviation } from '../harness/baseline.ts';
import { conform, withReferenceBridge } from '../harness/index.ts';
import { loadSchemas } from '../harness/load-schemas.ts';
import { withAccountBridge } from '../harness/reference-bridge.ts';
import type { Control } from '../scim/target.ts';
import type { TargetSettings } from '../harness/target.ts';

/** With the test type every characteristic of an attribute occurs, so every check can run. */
const types = loadSchemas(fileURLToPath(new URL('../schemas/test-type', import.meta.url)));

interface Right {
  readonly account: AccountOptions;
  readonly known: readonly KnownDeviation[];
}

const rightBehind = (profile: AccountOptions['profile']): Right => ({
  account: { profile, domains: [DOMAIN] },
  known: declaredDeviations[profile].normal,
});

/** The accounts that are right in a profile; in the others plain SCIM is. */
const accounts: Readonly<Record<string, Right>> = {
  '1password-self-hosted': rightBehind('self-hosted'),
  '1password-hosted': rightBehind('hosted'),
};

/** Does something with a provider of its own that is right in the profile. */
export async function withProvider<T>(
  profile: string,
  work: (target: TargetSettings, control?: Control) => Promise<T>,
): Promise<T> {
  const right = accounts[profile];
  return right ? withAccountBridge(right.account, work) : withReferenceBridge(work, types);
}

/**
 * The suite on a reference bridge over HTTP, behind whatever hop; a new bridge each time, for a defect may leave things
 * behind. What an account breaks of the RFC anyhow is left out.
 */
export const runWith: RunWith = async (hop, only, profile = 'rfc') =>
  withProvider(profile, async (target, control) => {
    const { run } = await conform(target, {
      hops: hop ? [hop] : [],
      ...(only && { only }),
      ...(control && { control }),
      profile,
      baseline: createBaseline(accounts[profile]?.known ?? [], ''),
    });
    return { ...run, verdicts: run.verdicts.filter(({ known }) => known === undefined) };
  });
