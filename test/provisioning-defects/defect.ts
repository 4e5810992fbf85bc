import type { ClauseId, RuleId } from '../../conformance/clauses/index.ts';
import type { Step } from '../../scenarios/step.ts';
import type { Omission } from './in-the-plan.ts';
import type { Flaw } from './on-the-way.ts';

/** One behaviour of provisioning that is wrong, seen only in a history that leads there. */
export interface ProvisioningDefect {
  readonly id: string;
  readonly title: string;
  /** What is wrong: the account behind the endpoint, what the identity provider plans, or what goes over the wire. */
  readonly where: 'account' | 'plan' | 'wire';
  /** The rule or clause that it breaks. */
  readonly breaks: ClauseId;
  /**
   * A shortest history that shows it, with a sync behind each step: from where two groups, `eng` and `ops`, are bound,
   * groups are managed and provisioning is on.
   */
  readonly shownBy: readonly Step[];
  /** Profile of the account that has to be behind the endpoint; without it none is needed. */
  readonly account?: 'hosted' | 'self-hosted';
  /** How it is wrong: rules that account or identity provider is made without, plans that lack something, requests changed. */
  readonly does:
    | { readonly accountWithout: readonly RuleId[] }
    | { readonly simulatorWithout: readonly RuleId[] }
    | { readonly omits: readonly Omission[] }
    /** Before the record, or behind it. */
    | { readonly sent: readonly Flaw[] }
    | { readonly served: readonly Flaw[] };
}
