import type { RuleId } from '../../conformance/clauses/index.ts';
import type { Hop } from '../../scim/wire/message.ts';
import type { SimulatorSeams } from '../../simulator/simulator.ts';
import { accountGroupDefects } from './account-groups.ts';
import { accountDefects } from './account.ts';
import type { ProvisioningDefect } from './defect.ts';
import { omitting } from './in-the-plan.ts';
import { flawed } from './on-the-way.ts';
import { planDefects } from './plan.ts';
import { wireDefects } from './wire.ts';

export type { ProvisioningDefect } from './defect.ts';

/** Everything that can be wrong with provisioning here. */
export const provisioningDefects: readonly ProvisioningDefect[] = [
  ...accountDefects,
  ...accountGroupDefects,
  ...planDefects,
  ...wireDefects,
];

/** Steps that it takes at least to see a defect, where two groups are bound and provisioning is on; syncs do not count. */
export const needs = ({ shownBy }: ProvisioningDefect): number => shownBy.length;

/** A defect in its place. What it remembers begins anew with each of these, so make one for each history. */
export interface Applied {
  /** Second argument of `createSimulator`. */
  readonly seams: SimulatorSeams;
  /** Second argument of `assembleBridge`. */
  readonly accountWithout: ReadonlySet<RuleId>;
  /** Goes before the recorder: what the identity provider sends. */
  readonly sent: Hop;
  /** Goes behind the recorder, next to the transport: what the endpoint does. */
  readonly served: Hop;
}

const passed: Hop = (request, next) => next(request);

/** Puts a defect in its place; without one everything is sound. */
export function applied(defect?: ProvisioningDefect): Applied {
  const sound = { seams: {}, accountWithout: new Set<RuleId>(), sent: passed, served: passed };
  if (!defect) return sound;
  const { does } = defect;
  if ('accountWithout' in does) return { ...sound, accountWithout: new Set(does.accountWithout) };
  if ('simulatorWithout' in does) return { ...sound, seams: { without: new Set(does.simulatorWithout) } };
  if ('omits' in does) return { ...sound, seams: { revise: omitting(does.omits) } };
  return 'sent' in does ? { ...sound, sent: flawed(does.sent) } : { ...sound, served: flawed(does.served) };
}
