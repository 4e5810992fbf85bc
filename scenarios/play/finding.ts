import type { RuleId } from '../../conformance/clauses/index.ts';
import { exchangeId, type Exchange } from '../../reports/record/exchange.ts';
import type { Operation, OperationResult } from '../../simulator/admin.ts';
import { describeExpectation, type Expectation } from '../expectation.ts';
import { subjectsOf } from '../validate.ts';
import type { Cast } from './cast.ts';
import type { Judgement } from './judge-wire.ts';
import { mentions } from './wire.ts';

/** What a story says about one expectation, or about trouble on the way to it. Severity is for whoever makes a verdict of it. */
export interface Finding {
  /** `<scenario>:<number of the expectation in the story>`; for trouble with a step `<scenario>:<nn>-<verb>` or `….<k>`. */
  readonly check: string;
  readonly title: string;
  readonly rule: RuleId;
  /** `not-applicable`: it is no story for this identity provider, or this target, and `reason` says why. */
  readonly outcome: 'pass' | 'fail' | 'inconclusive' | 'not-applicable' | 'error';
  /** Empty where nothing went wrong, as is `actual`. */
  readonly expected: string;
  readonly actual: string;
  readonly reason: string;
  /** The `check` of the finding that holds the cause; empty where the cause is here, or outside the story. */
  readonly blockedBy: string;
  /** Ids of the exchanges it rests on, the decisive one last. */
  readonly exchanges: readonly string[];
}

/** A finding about an expectation that nothing has been said about. */
export const unreached = (
  check: string,
  expectation: Expectation,
  rule: RuleId,
  because: Pick<Finding, 'reason' | 'blockedBy'> & Partial<Pick<Finding, 'outcome'>>,
): Finding => ({
  check,
  title: describeExpectation(expectation),
  rule: expectation.rule ?? rule,
  outcome: 'inconclusive',
  expected: '',
  actual: '',
  exchanges: [],
  ...because,
});

interface Failure {
  readonly result: OperationResult;
  /** The failed requests of its step, those about the same person or group where there are any. */
  readonly exchanges: readonly string[];
}

/** Whether a story made the trouble of an operation itself. */
type Meant = (failed: readonly Exchange[], person: string | undefined) => boolean;

/** Operations of one step that failed in the same way. */
interface Trouble {
  readonly check: string;
  readonly first: Failure;
  /** The story meant it to happen: it is no news, and nothing is open for it. */
  readonly isMeant: boolean;
  /** It stood when the story began to look: nothing that came later is anybody's fault. */
  isEarly: boolean;
  /** Those that no later operation has made good. */
  readonly standing: Failure[];
}

/**
 * The failed operations of a story. A refusal by the service provider proves no rule broken: a service provider may refuse
 * for reasons of its own. It leaves open whatever depends on it, and is named there as the cause.
 */
export class Troubles {
  readonly #all: Trouble[] = [];
  readonly #cast: Cast;

  constructor(cast: Cast) {
    this.#cast = cast;
  }

  /**
   * Takes in the results of one step, in the order of the operations.
   * @param isMeant whether the story made the trouble of an operation itself, told by its failed requests and its person
   */
  add(step: string, results: readonly OperationResult[], sent: readonly Exchange[], isMeant: Meant): void {
    const ofStep = new Map<string, Trouble>();
    for (const result of results) {
      const { operation, outcome, reason } = result;
      // Nothing left to do is as good as done, unless it is so because nobody is there to do it to.
      const evidence = outcome === 'failed' ? this.#evidence(result, sent) : [];
      const meant = outcome === 'failed' && isMeant(evidence, operation.person);
      const isLinked = this.#cast.isLinked(operation.person ?? operation.group);
      const wasEarly = !meant && (outcome !== 'unchanged' || isLinked) && this.#forget(operation);
      if (outcome !== 'failed') continue;
      const failure = { result, exchanges: evidence.map(exchangeId) };
      const key = `${operation.kind} ${reason} ${String(meant)}`;
      const known = ofStep.get(key);
      if (known) {
        known.standing.push(failure);
        continue;
      }
      const trouble = {
        check: `${step}.${ofStep.size + 1}`,
        first: failure,
        standing: [failure],
        isMeant: meant,
        isEarly: wasEarly,
      };
      ofStep.set(key, trouble);
      this.#all.push(trouble);
    }
  }

  /** From here on the story looks: what stands now stands in the way of everything. */
  closeOpening(): void {
    for (const trouble of this.#all) trouble.isEarly = !trouble.isMeant && trouble.standing.length > 0;
  }

  /** The failure that spoilt the opening of the story, where it still stands. */
  early(): (Failure & Pick<Trouble, 'check'>) | undefined {
    const trouble = this.#all.find(({ isEarly, standing }) => isEarly && standing.length > 0);
    const [failure] = trouble?.standing ?? [];
    return trouble && failure && { ...failure, check: trouble.check };
  }

  /**
   * The failure that an expectation depends on, with the check that reports it: everything the operation is about is part
   * of the expectation.
   */
  blocking(expectation: Expectation): (Failure & Pick<Trouble, 'check'>) | undefined {
    const involved = new Set(subjectsOf(expectation).flatMap(({ name }) => this.#cast.ids(name)));
    const within = (id: string | undefined) => id === undefined || involved.has(id);
    for (const { check, standing, isMeant } of this.#all) {
      if (isMeant) continue;
      const failure = standing.find(({ result: { operation } }) => within(operation.person) && within(operation.group));
      if (failure) return { ...failure, check };
    }
    return undefined;
  }

  /** One finding for each trouble that stands, or that another finding names as its cause. */
  findings(others: readonly Finding[], rule: RuleId): readonly Finding[] {
    const named = new Set(others.map(({ blockedBy }) => blockedBy));
    return this.#all
      .filter(({ check, standing, isMeant }) => (standing.length > 0 && !isMeant) || named.has(check))
      .map(({ check, standing, first: { result, exchanges } }) => ({
        check,
        title: result.operation.summary + (standing.length > 1 ? ` (and ${standing.length - 1} more like it)` : ''),
        rule: result.operation.rules[0] ?? rule,
        outcome: 'inconclusive' as const,
        expected: 'the service provider does what it is asked to',
        actual: result.reason,
        reason: `the operation failed: ${result.reason}`,
        blockedBy: '',
        exchanges,
      }));
  }

  /** What was made good, or failed anew, stands no longer; tells whether it stood from the opening on. */
  #forget(operation: Operation): boolean {
    let wasEarly = false;
    for (const { standing, isEarly } of this.#all) {
      const healed = standing.findIndex(({ result }) => sameTask(result.operation, operation));
      if (healed < 0) continue;
      standing.splice(healed, 1);
      wasEarly ||= isEarly;
    }
    return wasEarly;
  }

  #evidence({ operation, isUnsent }: OperationResult, sent: readonly Exchange[]): readonly Exchange[] {
    if (isUnsent) return [];
    const failed = sent.filter(({ response: { status, failure } }) => failure || status === undefined || status >= 400);
    const names = [operation.person, operation.group].flatMap(id => (id === undefined ? [] : this.#cast.calledBy(id)));
    const own = failed.filter(exchange => mentions(exchange, names));
    return own.length > 0 ? own : failed;
  }
}

const sameTask = (a: Operation, b: Operation): boolean =>
  a.kind === b.kind && a.person === b.person && a.group === b.group;

/** Weighs a judgement against what went wrong before. */
export function weigh(
  check: string,
  expectation: Expectation,
  judgement: Judgement,
  { rule, troubles }: { readonly rule: RuleId; readonly troubles: Troubles },
): Finding {
  const { result, actual, exchanges, final } = judgement;
  const sentence = describeExpectation(expectation);
  const finding = { check, title: sentence, rule: expectation.rule ?? rule, exchanges };
  const early = result === 'missed' ? troubles.early() : undefined;
  const cause = early ?? (final ? undefined : troubles.blocking(expectation));
  if (cause) {
    return {
      ...finding,
      outcome: 'inconclusive',
      expected: sentence,
      actual,
      reason: `${cause.result.operation.summary}: ${cause.result.reason}`,
      blockedBy: cause.check,
      exchanges: [...exchanges, ...cause.exchanges],
    };
  }
  const open = { ...finding, expected: sentence, reason: '', blockedBy: '' };
  switch (result) {
    case 'met':
      return { ...open, outcome: 'pass', expected: '', actual: '' };
    case 'missed':
      return { ...open, outcome: 'fail', actual };
    case 'unclear':
      return { ...open, outcome: 'inconclusive', actual: '', reason: actual };
  }
}
