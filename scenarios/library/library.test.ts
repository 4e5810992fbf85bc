import { expect } from 'chai';
import { rules, type RuleId } from '../../conformance/clauses/index.ts';
import type { Hop } from '../../scim/wire/message.ts';
import { jumpcloud, plain } from '../../simulator/dialects/index.ts';
import { breaksOf, breaksOfStory, played, quietly } from './breaks.test.ts';
import { scenarios } from './index.ts';
import { reasons, unproved } from './unproved.ts';
import { becauses } from '../scenario.ts';
import { validate } from '../validate.ts';

/** Outcomes that keep a run from being green. */
const RED = new Set(['fail', 'inconclusive']);
/** Rules that the account behind the service provider keeps; the tests of the whole prove them there. */
const bindsAccount = (rule: RuleId): boolean => rules[rule].side === 'sp';

describe('the library', () => {
  it('holds stories that are valid, plain data, and of different names', () => {
    for (const scenario of scenarios) {
      validate(scenario);
      expect(JSON.parse(JSON.stringify(scenario))).to.deep.equal(scenario);
    }
    expect(new Set(scenarios.map(({ id }) => id)).size).to.equal(scenarios.length);
  });

  it('says of whom a story is, and why of nobody else, in reasons that are all given', () => {
    const named = scenarios.filter(({ idp }) => idp !== undefined);
    for (const { id, because } of scenarios) {
      expect(because !== undefined, id).to.equal(named.some(story => story.id === id));
    }
    expect(new Set(named.map(({ because }) => because))).to.deep.equal(new Set(Object.keys(becauses)));
  });

  it('proves every rule, but for those that have a reason why no story can', () => {
    const ids = Object.keys(rules) as readonly RuleId[];
    const proved = new Set<RuleId>(scenarios.flatMap(({ proves }) => proves));
    expect(ids.filter(id => !proved.has(id) && unproved[id] === undefined)).to.deep.equal([]);
    expect(ids.filter(id => proved.has(id) && unproved[id] !== undefined)).to.deep.equal([]);
    expect(new Set(Object.values(unproved))).to.deep.equal(new Set(Object.keys(reasons)));
  });

  for (const scenario of scenarios.filter(({ proves }) => !proves.some(bindsAccount))) {
    for (const dialect of [jumpcloud, plain]) {
      it(`passes whole: ${scenario.id}, ${dialect.id}`, async () => {
        const findings = await played(scenario, { dialect });
        if (scenario.idp?.includes(dialect.id) === false) {
          expect(new Set(findings.map(({ outcome }) => outcome))).to.deep.equal(new Set(['not-applicable']));
          return;
        }
        expect(findings.filter(({ outcome }) => outcome !== 'pass')).to.deep.equal([]);
        expect(new Set(findings.map(({ rule }) => rule))).to.deep.equal(new Set(scenario.proves));
        for (const { exchanges } of findings) expect(exchanges).not.to.be.empty;
      });
    }

    for (const rule of scenario.proves) {
      it(`turns red when ${rule} is broken: ${scenario.id}, ${rules[rule].title}`, async () => {
        for (const setting of breaksOf(rule, scenario)) {
          const findings = await played(scenario, setting);
          expect(findings.filter(finding => finding.rule === rule && RED.has(finding.outcome))).not.to.be.empty;
        }
      });
    }

    const refusals: readonly [string, Hop][] = [
      [
        'refuses every write',
        (request, next) => (request.method === 'GET' ? next(request) : quietly(403, {})(request, next)),
      ],
      [
        'fails on every write',
        (request, next) => (request.method === 'GET' ? next(request) : quietly(500, {})(request, next)),
      ],
      ['answers everything with an empty object', quietly(200, {})],
      ['answers everything with 404', quietly(404, {})],
      ['answers nothing', async () => ({ headers: {}, text: '', failure: { code: 'timeout', message: 'silence' } })],
    ];
    for (const [what, sp] of refusals) {
      it(`accuses nobody, and is not green, where a service provider ${what}: ${scenario.id}`, async () => {
        const findings = await played(scenario, { sp });
        expect(findings.filter(({ outcome }) => outcome === 'fail' || outcome === 'error')).to.deep.equal([]);
        if (SATISFIED_BY_REFUSAL.has(scenario.id)) return;
        expect(findings.some(({ outcome }) => outcome === 'inconclusive' || outcome === 'not-applicable')).to.equal(
          true,
        );
      });
    }
  }
});

/** Stories whose requests leave whatever the answer is. */
const SATISFIED_BY_REFUSAL: ReadonlySet<string> = new Set([
  'conflict-unresolved',
  'create-fails',
  'integration-logged',
  'number-for-an-id',
]);

describe('the ways to break rules', () => {
  it('break rules that some story proves', () => {
    for (const [story, rule] of breaksOfStory) expect(story.proves, rule).to.include(rule);
  });
});
