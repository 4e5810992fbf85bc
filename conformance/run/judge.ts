import { exchangeId, type Exchange, type Verdict } from '../../reports/record/index.ts';
import { isThrottled } from '../../scim/wire/throttle.ts';
import type { Invariant } from './check.ts';
import type { Facts } from './facts.ts';
import type { Profile } from './profiles.ts';
import { severityOf } from './severity.ts';
import { verdictOf, type Finding } from './verdict.ts';
import { Violation } from './violation.ts';

/** Exchanges named in one verdict; more would bury the decisive one. */
const MOST_NAMED = 10;

/** Holds a list of invariants against exchanges, whatever caused them. */
export interface Judge {
  /** @param facts what is known of the target by now */
  see(exchange: Exchange, facts?: Facts): void;
  /** One verdict for each invariant, in the order of the list, about all that was seen so far. */
  verdicts(): Verdict[];
}

interface Account {
  readonly invariant: Invariant;
  judged: number;
  readonly seen: string[];
  readonly faulty: string[];
  readonly memory: Map<string, string>;
  first?: Violation;
  error?: unknown;
}

/** A judge for one run, or for one step of a scenario. Severities are those of the profile. */
export function createJudge(invariants: readonly Invariant[], profile: Profile): Judge {
  const accounts = invariants.map((invariant): Account => ({
    invariant,
    judged: 0,
    seen: [],
    faulty: [],
    memory: new Map(),
  }));
  return {
    see(exchange, facts) {
      if (saysNothing(exchange)) return;
      for (const account of accounts) look(account, exchange, facts);
    },
    verdicts: () =>
      accounts.map(account => {
        const { invariant } = account;
        return verdictOf(
          invariant,
          { name: '' },
          findingOf(account),
          severityOf(invariant.clause, profile, invariant.judges),
        );
      }),
  };
}

/** Cut short by us, or by a target that asked for less: no evidence for anything. */
const saysNothing = ({ response }: Exchange): boolean =>
  isThrottled(response) || response.failure?.code === 'interrupted' || response.failure?.code === 'too-large';

function look(account: Account, exchange: Exchange, facts: Facts | undefined): void {
  const { invariant, memory } = account;
  // The answer is the run's own; the request is still the client's.
  if (exchange.staged && invariant.judges === 'server') return;
  const around = { facts, memory };
  try {
    if (!invariant.when(exchange, around)) return;
    account.judged += 1;
    const id = exchangeId(exchange);
    if (account.seen.length < MOST_NAMED) account.seen.push(id);
    invariant.observe(exchange, around);
  } catch (error) {
    if (error instanceof Violation) {
      account.first ??= error;
      account.faulty.push(exchangeId(exchange));
    } else {
      account.error ??= error;
    }
  }
}

function findingOf({ judged, seen, faulty, first, error }: Account): Finding {
  if (error !== undefined) return { outcome: 'error', error, exchanges: seen };
  if (first) {
    const [decisive = '', ...others] = faulty;
    return {
      outcome: 'violation',
      violation: first,
      reason: `${faulty.length} of ${judged} judged exchanges`,
      exchanges: [...others.slice(0, MOST_NAMED - 1), decisive],
    };
  }
  if (judged === 0) return { outcome: 'not-applicable', reason: 'never provoked', exchanges: [] };
  return { outcome: 'pass', reason: `${judged} judged exchanges`, exchanges: seen };
}
