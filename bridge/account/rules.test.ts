import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { rules, type RuleId } from '../../conformance/clauses/index.ts';
import type { ProfileId } from './model.ts';
import type { RuleTest } from './rule-test.test.ts';
import { addressRules } from './rules-addresses.test.ts';
import { attributeRules } from './rules-attributes.test.ts';
import { groupRules } from './rules-groups.test.ts';
import { peopleRules } from './rules-people.test.ts';
import { serviceRules } from './rules-service.test.ts';
import { ruleHomes, rulesElsewhere } from './rules.ts';
import { inWorld } from './world.test.ts';

const tests: readonly RuleTest[] = [...serviceRules, ...peopleRules, ...attributeRules, ...addressRules, ...groupRules];
const everyProfile: readonly ProfileId[] = ['self-hosted', 'hosted'];

/** Profiles in which the catalogue has a rule. */
const profilesOf = (rule: RuleId): readonly ProfileId[] => {
  const named = rules[rule].profiles.split(',');
  return everyProfile.filter(profile => named.includes(profile));
};

describe('rules of the account', () => {
  for (const { rule, prove, profiles = profilesOf(rule), account, off } of tests) {
    for (const profile of profiles) {
      const options = { ...account, profile };
      it(`${rule}: ${rules[rule].title} (${profile})`, () =>
        inWorld({ account: options }, world => prove(world, profile)));

      it(`${rule}: is noticed when it is off (${profile})`, async () => {
        const making = off ? { account: options, hop: off } : { account: options, without: new Set([rule]) };
        const fails = await inWorld(making, world => prove(world, profile)).then(
          () => false,
          () => true,
        );
        expect(fails, 'the test passes without the rule').to.equal(true);
      });
    }
  }

  it('are all there, each in one home or elsewhere for a reason', () => {
    const all = Object.keys(rules).filter(id => id.startsWith('OP-'));
    const known = [...ruleHomes.map(({ rule }) => rule), ...Object.keys(rulesElsewhere)];
    expect(known.toSorted()).to.deep.equal(all.toSorted());
  });

  it('are named in the files that they live in', () => {
    const text = new Map(
      ruleHomes.map(({ home }) => [home, readFileSync(new URL(`../${home}`, import.meta.url), 'utf8')]),
    );
    const unnamed = ruleHomes.filter(({ rule, home }) => !new RegExp(`\\b${rule}\\b`).test(text.get(home) ?? ''));
    expect(unnamed).to.deep.equal([]);
  });

  it('each have a test that is seen to fail', () => {
    const named = new Set<string>(tests.map(({ rule }) => rule));
    for (const file of ['sso/rules', 'sso/grace-rules', 'set-up/rules', 'set-up/migration-rules']) {
      const text = readFileSync(new URL(`./${file}.test.ts`, import.meta.url), 'utf8');
      for (const [, rule = ''] of text.matchAll(/\brule: '(OP-\w+)'/g)) named.add(rule);
    }
    expect(ruleHomes.filter(({ rule }) => !named.has(rule)).map(({ rule }) => rule)).to.deep.equal([]);
  });
});
