import { expect } from 'chai';
import { account, dayLength } from './account.test.ts';

describe('grace period', () => {
  /** The table of 1password.md section 1.8, with what the account is asked on which day. */
  const table: readonly {
    readonly id: string;
    readonly setUp: (here: ReturnType<typeof account>) => void;
    readonly day: number;
    readonly deadline: number | undefined;
    readonly signIn: string;
  }[] = [
    {
      id: 'a: one group of 5 days',
      setUp: here => {
        here.person('ada', { groups: ['G1'] });
        here.addGroup('G1', 5);
      },
      day: 4,
      deadline: 5,
      signIn: 'must-switch',
    },
    {
      id: 'b: a later, longer group changes nothing',
      setUp: here => {
        here.person('ada', { groups: ['G2', 'G1'] });
        here.addGroup('G1', 5);
        here.day(1);
        here.addGroup('G2', 30);
      },
      day: 4,
      deadline: 5,
      signIn: 'must-switch',
    },
    {
      id: 'c: nor does a later, shorter one',
      setUp: here => {
        here.person('ada', { groups: ['G2', 'G1'] });
        here.addGroup('G1', 30);
        here.day(1);
        here.addGroup('G2', 1);
      },
      day: 29,
      deadline: 30,
      signIn: 'must-switch',
    },
    {
      id: 'd: 5 days, edited to 10 on day 3',
      setUp: here => {
        here.person('ada', { groups: ['G1'] });
        here.addGroup('G1', 5);
        here.day(3);
        here.editGrace(10, 'G1');
      },
      day: 9,
      deadline: 10,
      signIn: 'must-switch',
    },
    {
      id: 'e: 10 days, edited to 2 on day 4',
      setUp: here => {
        here.person('ada', { groups: ['G1'] });
        here.addGroup('G1', 10);
        here.day(4);
        here.editGrace(2, 'G1');
      },
      day: 4,
      deadline: 2,
      signIn: 'needs-recovery',
    },
    {
      id: 'f: into a group whose period is over',
      setUp: here => {
        here.person('ada');
        here.addGroup('G1', 5);
        here.day(6);
        here.person('ada', { groups: ['G1'] });
      },
      day: 6,
      deadline: 5,
      signIn: 'needs-recovery',
    },
    {
      id: 'g: into a fresh group only',
      setUp: here => {
        here.person('ada');
        here.addGroup('G1', 5);
        here.day(6);
        here.addGroup('G2', 5);
        here.person('ada', { groups: ['G2'] });
      },
      day: 10,
      deadline: 11,
      signIn: 'must-switch',
    },
    {
      id: 'h: an owner under everyone',
      setUp: here => {
        here.person('ada', { role: 'owner' });
        here.choose('everyone');
      },
      day: 31,
      deadline: undefined,
      signIn: 'account-password',
    },
    {
      id: 'i: a guest under everyone except guests',
      setUp: here => {
        here.person('ada', { role: 'guest' });
        here.choose('everyone-except-guests');
      },
      day: 31,
      deadline: undefined,
      signIn: 'account-password',
    },
  ];
  for (const { id, setUp, day, deadline, signIn } of table) {
    it(id, () => {
      const here = account();
      here.connect();
      here.choose('selected-groups');
      setUp(here);
      here.day(day);
      expect(here.deadline('ada')).to.equal(deadline);
      expect(here.signIn('ada')).to.equal(signIn);
    });
  }

  it('is over at the very end of its last day', () => {
    const here = account();
    here.connect();
    here.choose('everyone', { days: 1 });
    here.person('ada');
    here.day(1 - 1 / dayLength);
    expect(here.signIn('ada')).to.equal('must-switch');
    here.day(1);
    expect(here.signIn('ada')).to.equal('needs-recovery');
  });

  it('runs in steps of 24 hours, whatever the clocks on the wall do', () => {
    const here = account();
    here.connect();
    here.day(86.5); // Two days before the clocks change in Europe
    here.choose('everyone', { days: 3 });
    here.person('ada');
    expect(here.deadline('ada')).to.equal(89.5);
  });

  it('starts again for a group that is removed and added again', () => {
    const here = account();
    here.person('ada', { groups: ['G1'] });
    here.connect();
    here.choose('selected-groups');
    here.addGroup('G1', 5);
    here.day(6);
    expect(here.signIn('ada')).to.equal('needs-recovery');
    here.act({ do: 'remove-group', group: 'G1' });
    expect(here.signIn('ada')).to.equal('account-password');
    here.addGroup('G1', 5);
    expect(here.deadline('ada')).to.equal(11);
    expect(here.steps('ada')).to.deep.equal(['asked-to-switch 0', 'signed-out 5', 'released 6', 'asked-to-switch 6']);
  });

  it('is that of the earliest remaining group once a person leaves the first', () => {
    const here = account();
    here.connect();
    here.choose('selected-groups');
    for (const [day, group, days] of [
      [0, 'G1', 5],
      [1, 'G2', 30],
      [2, 'G3', 3],
    ] as const) {
      here.day(day);
      here.addGroup(group, days);
    }
    here.person('ada', { groups: ['G3', 'G2', 'G1'] });
    expect(here.deadline('ada')).to.equal(5);
    here.person('ada', { groups: ['G3', 'G2'] });
    expect(here.deadline('ada')).to.equal(31);
    here.person('ada', { groups: ['G3'] });
    expect(here.deadline('ada')).to.equal(5);
  });

  it('lets people switch again when it is prolonged after its end', () => {
    const here = account();
    here.connect();
    here.choose('everyone', { days: 5 });
    here.person('ada');
    here.day(6);
    here.editGrace(10);
    expect(here.signIn('ada')).to.equal('must-switch');
    here.day(12);
    expect(here.steps('ada')).to.deep.equal([
      'asked-to-switch 0',
      'signed-out 5',
      'asked-to-switch 6',
      'signed-out 10',
    ]);
  });
});
