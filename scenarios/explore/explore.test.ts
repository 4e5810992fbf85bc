import { expect } from 'chai';
import * as fc from 'fast-check';
import type { Finding } from '../play/finding.ts';
import type { Scenario } from '../scenario.ts';
import { explore } from './explore.ts';
import { plainHabits } from './habits.ts';
import type { Performance } from './performance.ts';

/** A service provider on which the last look at an account fails where a story shows what is wrong. */
const performing =
  (isShown: (scenario: Scenario) => boolean) =>
  async (scenario: Scenario): Promise<Performance> => {
    const looks = [
      ...scenario.steps.flatMap(step => (step.verb === 'expect' ? step.expectations : [])),
      ...scenario.expect,
    ];
    const place = looks.findLastIndex(({ kind }) => kind === 'account-is');
    const finding: Finding = {
      check: `${scenario.id}:${place + 1}`,
      rule: 'JC-11',
      title: 'The account is as it has to be',
      outcome: 'fail',
      expected: '',
      actual: '',
      reason: '',
      blockedBy: '',
      exchanges: [],
    };
    return { scenario, played: [], findings: place >= 0 && isShown(scenario) ? [finding] : [], wire: () => [] };
  };

const shortest = async (isShown: (scenario: Scenario) => boolean): Promise<Scenario | undefined> => {
  const { violations } = await explore({
    fc,
    seed: 1,
    steps: 500,
    isOver: () => false,
    concurrency: 1,
    faults: 1,
    habits: plainHabits,
    means: { acts: [], clock: false, way: false },
    perform: performing(isShown),
  });
  return violations[0]?.story;
};

const has = ({ steps }: Scenario, ...verbs: readonly string[]): boolean =>
  verbs.every(verb => steps.some(step => step.verb === verb));

describe('the story of a fault', () => {
  it('says nothing of syncs where each change can be sent as it is made', async () => {
    const story = await shortest(scenario => has(scenario, 'activate', 'suspend'));
    expect(story?.atOnce).to.equal(true);
    expect(story?.steps.map(({ verb }) => verb).sort()).to.deep.equal(['activate', 'hire', 'suspend']);
  });

  it('has syncs where the fault takes changes sent together', async () => {
    const story = await shortest(scenario => has(scenario, 'activate', 'suspend', 'sync'));
    expect(story?.atOnce).to.equal(undefined);
    expect(story?.steps.map(({ verb }) => verb).sort()).to.deep.equal(['activate', 'hire', 'suspend', 'sync']);
  });

  it('sends the last change before it looks', async () => {
    const story = await shortest(scenario => !scenario.atOnce && has(scenario, 'activate', 'suspend'));
    expect(story?.steps.at(-1)?.verb).to.equal('sync');
  });

  it('does without syncs where the whole history does not, and the shortest does', async () => {
    const story = await shortest(
      scenario => has(scenario, 'activate') && (!scenario.atOnce || scenario.steps.length < 4),
    );
    expect(story?.atOnce).to.equal(true);
  });

  it('looks on the way where that shows the fault, and once', async () => {
    const story = await shortest(scenario =>
      has(scenario, 'activate', 'join', 'bind', 'suspend', 'reactivate', 'expect'),
    );
    expect(story?.steps.filter(({ verb }) => verb === 'expect')).to.have.lengthOf(1);
  });
});
