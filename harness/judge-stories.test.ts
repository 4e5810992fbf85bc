import { expect } from 'chai';
import { rfc } from '../conformance/index.ts';
import type { RuleId } from '../conformance/clauses/index.ts';
import type { Finding } from '../scenarios/index.ts';
import { verdictOf } from './judge-stories.ts';
import { profileNamed } from './selection.ts';

const broken = (rule: RuleId): Finding => ({
  check: 'leaver:1',
  title: 'the account of ada is inactive or absent',
  rule,
  outcome: 'fail',
  expected: 'inactive or absent',
  actual: 'active',
  reason: '',
  blockedBy: '',
  exchanges: [],
});

describe('A broken expectation of a story', () => {
  for (const [rule, profile, outcome, severity] of [
    ['JC-21', 'jumpcloud', 'fail', 'failure'],
    ['JC-21', 'okta', 'fail', 'failure'],
    ['JC-21', 'entra', 'fail', 'failure'],
    ['OP-28a', 'okta', 'observed', 'none'],
    ['OP-28a', '1password-hosted', 'fail', 'failure'],
  ] as const) {
    it(`of ${rule} is ${outcome} in the profile ${profile}`, () => {
      expect(verdictOf(broken(rule), profileNamed(profile))).to.include({ outcome, severity });
    });
  }

  it('is observed where SCIM alone counts', () => {
    expect(verdictOf(broken('JC-21'), rfc)).to.include({ outcome: 'observed', severity: 'none' });
  });
});
