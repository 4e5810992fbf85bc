import { expect } from 'chai';
import {
  activate,
  bind,
  change,
  createGroup,
  deleteGroup,
  dismiss,
  hire,
  join,
  leave,
  renameGroup,
  suspend,
  sync,
  type Step,
} from '../step.ts';
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

const base: readonly Step[] = [createGroup('eng'), hire('ada'), join('ada', 'eng'), bind('eng'), activate(), sync()];

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

  const milder: readonly (readonly [what: string, steps: readonly Step[], isShown: RegExp, verbs: string])[] = [
    [
      'has one person leave and come back in place of two of one address',
      [...base, dismiss('ada'), sync(), hire('ada-again', { email: 'ada' }), join('ada-again', 'eng'), sync()],
      /join.*(?:dismiss|leave).*join/,
      'create-group hire join leave join',
    ],
    [
      'keeps the first name of a group where only the name coming back counts',
      [...base, renameGroup('eng', 'Core'), sync(), deleteGroup('eng'), sync(), createGroup('new', 'Core'), sync()],
      /delete-group.*create-group/,
      'create-group delete-group create-group',
    ],
    [
      'goes on with one group where nothing takes a second',
      [createGroup('ops'), bind('ops'), ...base, leave('ada', 'eng'), join('ada', 'ops'), sync()],
      /join.*leave.*join/,
      'create-group hire join leave join',
    ],
    [
      'has people leave a group in place of one that is deleted and another that is made',
      [...base, deleteGroup('eng'), sync(), createGroup('new'), bind('new'), join('ada', 'new'), sync()],
      /join.*(?:delete-group|leave).*join/,
      'create-group hire join leave join',
    ],
  ];
  for (const [what, steps, isShown, verbs] of milder) {
    it(what, async () => {
      const shows = async (given: readonly Step[]): Promise<boolean> =>
        isShown.test(given.map(({ verb }) => verb).join(' '));
      const least = await shrink(steps, { habits: plainHabits, shows, most: 300 });
      expect(least.map(({ verb }) => verb).join(' ')).to.equal(verbs);
    });
  }

  it('has no sync left where each change is sent as it is made', async () => {
    const isSuspended = async (steps: readonly Step[]): Promise<boolean> =>
      historyOf(steps, plainHabits, true).facts.people.get('ada')?.user === 'inactive';
    const least = await shrink(long, { habits: plainHabits, shows: isSuspended, most: 300, atOnce: true });
    expect(
      least
        .map(({ verb }) => verb)
        .sort()
        .join(' '),
    ).to.equal('activate bind create-group hire join leave');
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
