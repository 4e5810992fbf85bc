import type { HttpResponse } from '../../scim/wire/message.ts';
import type { Severity } from '../../reports/record/index.ts';

/** The target broke the clause of the check that throws this. */
export class Violation extends Error {
  readonly code = 'violation';
  readonly expected: string;
  readonly actual: string;
  /** The decisive exchange, where there is one. */
  readonly exchange: string | undefined;
  /** What it weighs at most, where a clause forgives part of what it covers. */
  readonly atMost: Severity;
  constructor(
    expected: string,
    actual: string,
    response?: Pick<HttpResponse, 'exchange'>,
    atMost: Severity = 'failure',
  ) {
    super(`expected ${expected}, got ${actual}`);
    this.name = 'Violation';
    this.expected = expected;
    this.actual = actual;
    this.exchange = response?.exchange;
    this.atMost = atMost;
  }
}

/** The way to the judgement was blocked: the verdict is `inconclusive` and names the check that reports the cause. */
export class Blocked extends Error {
  readonly code = 'blocked';
  /** Id of the check whose verdict holds the cause; `target` when the target is gone, `control` when an act on the account failed. */
  readonly by: string;
  /** The exchange in which the operation of that check did not work. */
  readonly exchange: string | undefined;
  constructor(by: string, reason: string, response?: Pick<HttpResponse, 'exchange'>) {
    super(reason);
    this.name = 'Blocked';
    this.by = by;
    this.exchange = response?.exchange;
  }
}

/** What the check wants to see cannot occur here, and the RFC lets it: the verdict is `not-applicable`. */
export class NotApplicable extends Error {
  readonly code = 'not-applicable';
  constructor(reason: string) {
    super(reason);
    this.name = 'NotApplicable';
  }
}
