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
  readonly outcome: 'pass' | 'fail' | 'inconclusive' | 'error';
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
  because: { readonly reason: string; readonly blockedBy: string },
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

/** Operations of one step that failed in the same way. */
interface Trouble {
  readonly check: string;
  readonly first: Failure;
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

  /** Takes in the results of one step, in the order of the operations. */
  add(step: string, results: readonly OperationResult[], sent: readonly Exchange[]): void {
    const ofStep = new Map<string, Trouble>();
    for (const result of results) {
      const { operation, outcome, reason } = result;
      // Nothing left to do is as good as done, unless it is so because nobody is there to do it to.
      if (outcome !== 'unchanged' || this.#cast.isLinked(operation.person ?? operation.group)) this.#forget(operation);
      if (outcome !== 'failed') continue;
      const failure = { result, exchanges: this.#evidence(result, sent) };
      const key = `${operation.kind} ${reason}`;
      const known = ofStep.get(key);
      if (known) {
        known.standing.push(failure);
        continue;
      }
      const trouble = { check: `${step}.${ofStep.size + 1}`, first: failure, standing: [failure] };
      ofStep.set(key, trouble);
      this.#all.push(trouble);
    }
  }

  /**
   * The failure that an expectation depends on, with the check that reports it: everything the operation is about is part
   * of the expectation.
   */
  blocking(expectation: Expectation): (Failure & Pick<Trouble, 'check'>) | undefined {
    const involved = new Set(subjectsOf(expectation).flatMap(({ name }) => this.#cast.ids(name)));
    const within = (id: string | undefined) => id === undefined || involved.has(id);
    for (const { check, standing } of this.#all) {
      const failure = standing.find(({ result: { operation } }) => within(operation.person) && within(operation.group));
      if (failure) return { ...failure, check };
    }
    return undefined;
  }

  /** One finding for each trouble that stands, or that another finding names as its cause. */
  findings(others: readonly Finding[], rule: RuleId): readonly Finding[] {
    const named = new Set(others.map(({ blockedBy }) => blockedBy));
    return this.#all
      .filter(({ check, standing }) => standing.length > 0 || named.has(check))
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

  #forget(operation: Operation): void {
    for (const { standing } of this.#all) {
      const healed = standing.findIndex(({ result }) => sameTask(result.operation, operation));
      if (healed >= 0) standing.splice(healed, 1);
    }
  }

  #evidence({ operation }: OperationResult, sent: readonly Exchange[]): readonly string[] {
    const failed = sent.filter(({ response: { status, failure } }) => failure || status === undefined || status >= 400);
    const names = [operation.person, operation.group].flatMap(id => (id === undefined ? [] : this.#cast.calledBy(id)));
    const own = failed.filter(exchange => mentions(exchange, names));
    return (own.length > 0 ? own : failed).map(exchangeId);
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
  const cause = final ? undefined : troubles.blocking(expectation);
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
