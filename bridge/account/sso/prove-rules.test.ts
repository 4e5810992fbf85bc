import { expect } from 'chai';
import type { RuleId } from '../../../conformance/clauses/index.ts';

/** A test of one rule, written against whatever `make` gives with or without that rule. */
export interface RuleTest<Subject> {
  readonly rule: RuleId;
  readonly says: string;
  readonly run: (subject: Subject) => void;
}

/** Runs each test twice: with all rules it passes, without its own rule it fails. */
export function proveRules<Subject>(
  tests: readonly RuleTest<Subject>[],
  make: (without: ReadonlySet<RuleId>) => Subject,
): void {
  for (const { rule, says, run } of tests) {
    it(`${rule}: ${says}`, () => run(make(new Set())));
    it(`${rule}: is noticed when it is off`, () => expect(() => run(make(new Set([rule])))).to.throw());
  }
}
