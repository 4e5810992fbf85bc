import { expect } from 'chai';
import { activate, bind, change, createGroup, hire, join, leave, suspend, sync, type Step } from '../step.ts';
import { historyOf } from './build.ts';
import { plainHabits } from './habits.ts';
import { shrink } from './shrink.ts';

const long: readonly Step[] = [
  createGroup('eng'),
  createGroup('ops'),
  hire('ada', { lastname: 'Byron' }),
  hire('ben'),
  join('ada', 'eng'),
  join('ada', 'ops'),
  join('ben', 'eng'),
  bind('eng'),
  bind('ops'),
  activate(),
  sync(),
  change('ben', { jobTitle: 'Analyst', lastname: 'King' }),
  leave('ada', 'ops'),
  sync(),
  suspend('ada'),
  sync(),
];

/** Whether somebody who is in a bound group is suspended while it is on. */
const suspendsSomebody = async (steps: readonly Step[]): Promise<boolean> =>
  [...historyOf(steps, plainHabits).facts.people.values()].some(({ user }) => user === 'inactive');

describe('shrinking a history', () => {
  it('leaves what it takes and no more', async () => {
    const least = await shrink(long, { habits: plainHabits, shows: suspendsSomebody, most: 300 });
    expect(await suspendsSomebody(least)).to.equal(true);
    expect(least.map(({ verb }) => verb)).to.have.lengthOf(8);
    expect(least.find(({ verb }) => verb === 'hire')).to.deep.include({ details: {} });
  });

  it('gives back what nothing shorter shows', async () => {
    const shows = async (steps: readonly Step[]): Promise<boolean> => steps.length === long.length;
    expect(await shrink(long, { habits: plainHabits, shows, most: 300 })).to.have.lengthOf(long.length);
  });

  it('stops when so many were tried', async () => {
    let tries = 0;
    const shows = async (): Promise<boolean> => {
      tries += 1;
      return true;
    };
    await shrink(long, { habits: plainHabits, shows, most: 5 });
    expect(tries).to.be.at.most(5);
  });
});
