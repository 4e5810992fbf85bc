import { expect } from 'chai';
import { rules, type RuleId } from '../clauses/index.ts';
import { clausesOf } from '../run/check.ts';
import { profileOf, rfc, type Profile } from '../run/profiles.ts';
import { severityOf } from '../run/severity.ts';
import { checks } from './index.ts';
import { unseenRules } from './onepassword-unseen.ts';

const mine = checks.filter(({ id }) => id.startsWith('onepassword.'));
const kinds = ['self-hosted', 'hosted'] as const;
const of = (kind: string): Profile => profileOf(`1password-${kind}`) ?? rfc;

describe('the checks of 1Password', () => {
  it('settle every rule of the service provider that can be seen from outside, but for what has a reason', () => {
    const seen = Object.values(rules).filter(
      ({ id, side, observable }) => id.startsWith('OP-') && side === 'sp' && observable === 'black-box',
    );
    const settled = new Set<string>(mine.flatMap(clausesOf));
    const open = seen.map(({ id }) => id).filter(id => !settled.has(id));
    expect(open).to.have.members(Object.keys(unseenRules));
  });

  it('count in the profiles that their rule is of, and in no other', () => {
    for (const { id, clause } of mine) {
      const named = rules[clause as RuleId].profiles.split(',');
      expect(severityOf(clause, rfc), id).to.equal('none');
      const counting = kinds.filter(kind => severityOf(clause, of(kind)) !== 'none');
      expect(counting, id).to.deep.equal(kinds.filter(kind => named.includes(kind)));
      const isCommon = severityOf(clause, profileOf('1password') ?? rfc) !== 'none';
      expect(isCommon, id).to.equal(counting.length === kinds.length);
    }
  });

  it('take a control where the catalogue says so, and nowhere else', () => {
    for (const check of mine) {
      if (!('applies' in check)) continue;
      const isControlled = check.applies.some(({ name }) => name.startsWith('control of the account'));
      expect(isControlled, check.id).to.equal(rules[check.clause as RuleId].observable === 'control');
    }
  });
});
