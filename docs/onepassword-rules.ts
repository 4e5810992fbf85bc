import { readdirSync, readFileSync } from 'node:fs';
import { profiles, settingChoices } from '../bridge/account/profiles.ts';
import { ruleHomes, rulesElsewhere, settingHomes } from '../bridge/account/rules.ts';
import { unseenRules } from '../conformance/checks/onepassword-unseen.ts';
import { rules, type RuleId } from '../conformance/clauses/index.ts';
import { checks } from '../conformance/index.ts';
import { scenarios } from '../scenarios/index.ts';
import { implementedRules } from '../simulator/rules/rules.ts';
import { MADE, table } from './page.ts';

const here = new URL('../', import.meta.url);

/** Files with the tests of rules: those that see themselves fail. */
const ruleTests = readdirSync(new URL('bridge/account/', here), { recursive: true, encoding: 'utf8' })
  .filter(file => /rules-?\w*\.test\.ts$/.test(file))
  .sort()
  .map(file => `bridge/account/${file}`);

/** What tests that nothing changes once nothing is asked any more. */
const silenceTests = ['test/account/disconnected.test.ts'];

const code = (names: Iterable<string>): string => [...new Set(names)].map(name => `\`${name}\``).join(' ');

const naming = (rule: RuleId, files: readonly string[]): readonly string[] =>
  files.filter(file => readFileSync(new URL(file, here), 'utf8').includes(`'${rule}'`));

/** Why no check judges a rule of the account. */
function unjudged(rule: RuleId): string {
  const reasons: Readonly<Record<string, string>> = unseenRules;
  const places: Readonly<Record<string, string>> = {
    control: 'only after acts on the account that no check does',
    directory: 'shows at the identity provider',
  };
  return `*${reasons[rule] ?? places[rules[rule].observable] ?? 'open'}*`;
}

/** The page of the rules that the simulated account keeps: where each lives, and what proves it. */
export function onePasswordRulesPage(): string {
  const judges = (id: RuleId) => checks.filter(({ clause, also = [] }) => clause === id || also.includes(id));
  const settings = Object.entries(settingHomes);
  const twins = (id: RuleId) => implementedRules.filter(({ id: twin }) => rules[id].related.split(',').includes(twin));
  const told = (id: RuleId) =>
    scenarios.filter(({ proves }) => proves.some(rule => rule === id)).map(story => story.id);
  const value = (one: unknown) => (Array.isArray(one) && one.length > 3 ? `a list of ${one.length}` : String(one));
  return [
    '# Rules of 1Password',
    MADE,
    '',
    `${ruleHomes.length} rules that the simulated account keeps, behind \`--profile self-hosted\` (s), \`--profile hosted\` (h) or both; Unlock with SSO is the same for each. Every rule has one home and a test that fails once the rule is off. The marks say how sure a rule is: documented by its maker, observed by somebody else, or inferred. \`black-box\` is what a check can see from outside; \`control\` takes a control of the account (\`--control-module\`, \`--control-url\`), as do the checks of such rules. Stories show a rule under \`play --account\`.`,
    '',
    ...table(
      [
        'rule',
        'what it says',
        'for',
        'mark',
        'seen by',
        'code',
        'test',
        'checks, or why there is none',
        'stories',
        'setting',
      ],
      ruleHomes.map(({ rule: id, home }) => [
        id,
        rules[id].title,
        profileLetters(rules[id].profiles),
        rules[id].mark,
        rules[id].observable,
        `\`bridge/${home}\``,
        code(naming(id, ruleTests)),
        code(judges(id).map(check => check.id)) || unjudged(id),
        code(told(id)),
        code(settings.filter(([, setting]) => setting.rules.includes(id)).map(([name]) => name)),
      ]),
    ),
    '',
    '## Settings',
    '',
    'A setting exists where sources conflict or both behaviours are met: `--set name=value`.',
    '',
    ...table(
      ['setting', 'what it decides', 'self-hosted', 'hosted', 'takes', 'rules'],
      settings.map(([name, { title, rules }]) => [
        `\`${name}\``,
        title,
        value(profiles['self-hosted'].settings[name as keyof typeof settingHomes]),
        value(profiles.hosted.settings[name as keyof typeof settingHomes]),
        Object.entries<readonly unknown[]>(settingChoices)
          .filter(([of]) => of === name)
          .map(([, words]) => words.join(', '))
          .join(''),
        rules.join(', '),
      ]),
    ),
    '',
    '## Rules that live elsewhere',
    '',
    'What the identity provider does is in the simulated JumpCloud, under the rules of [its own page](jumpcloud-rules.md).',
    '',
    ...table(
      ['rule', 'what it says', 'mark', 'why not here', 'rules of JumpCloud', 'code', 'test', 'stories'],
      Object.entries(rulesElsewhere).map(([id, why]) => {
        const rule = rules[id as keyof typeof rulesElsewhere];
        const of = twins(rule.id as RuleId);
        const homes = of.map(({ home }) => `simulator/${home}`);
        const tests = [
          ...of.map(({ proof }) => `simulator/rules/${proof}`),
          ...naming(rule.id as RuleId, silenceTests),
        ];
        const names = of.map(twin => twin.id).join(', ');
        return [id, rule.title, rule.mark, why, names, code(homes), code(tests), code(told(rule.id as RuleId))];
      }),
    ),
    '',
  ].join('\n');
}

const profileLetters = (names: string): string =>
  ['self-hosted', 'hosted', 'sso']
    .filter(name => names.split(',').includes(name))
    .map(name => (name === 'sso' ? 'SSO' : name.slice(0, 1)))
    .join(' ');
