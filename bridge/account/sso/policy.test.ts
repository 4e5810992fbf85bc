import { expect } from 'chai';
import { account, refusal, start } from './account.test.ts';
import { unlockWithSso } from './index.ts';

describe('unlock policy', () => {
  it('covers the whole team but owners, guests and excluded groups under the fifth value', () => {
    const here = account(unlockWithSso({ excludedGroups: true }));
    here.connect();
    here.person('in');
    here.person('out', { groups: ['contractors'] });
    here.person('owner', { role: 'owner' });
    here.person('guest', { role: 'guest' });
    here.choose('everyone-except-groups', { excluded: ['contractors'] });
    const covered = ['in', 'out', 'owner', 'guest'].filter(id => here.standing(id).covered);
    expect(covered).to.deep.equal(['in']);
    here.choose('everyone-except-groups', { excluded: [] });
    expect(here.standing('out').covered).to.equal(true);
    expect(here.deadline('in')).to.equal(5);
  });

  it('keeps those enrolled through a change of value, and releases whom it no longer covers', () => {
    const here = account();
    here.connect();
    here.choose('everyone');
    here.person('ada');
    here.person('guest', { role: 'guest' });
    here.switchOver('ada');
    here.switchOver('guest');
    here.day(2);
    here.choose('everyone-except-guests');
    expect(here.signIn('ada')).to.equal('sso');
    expect(here.signIn('guest')).to.equal('account-password');
    expect(here.steps('guest')).to.deep.equal(['asked-to-switch 0', 'enrolled 0', 'released 2']);
    here.choose('everyone');
    expect(here.signIn('guest'), 'switches again').to.equal('must-switch');
  });

  it('keeps its groups when selected groups are chosen again', () => {
    const here = account();
    here.connect();
    here.choose('selected-groups');
    here.addGroup('G1', 3);
    here.day(1);
    here.choose('selected-groups');
    here.person('ada', { groups: ['G1'] });
    expect(here.deadline('ada')).to.equal(3);
  });

  it('names the rules behind the standing of each person', () => {
    const here = account();
    here.connect();
    here.choose('selected-groups');
    here.addGroup('G1', 5);
    here.addGroup('G2', 30);
    here.person('one', { groups: ['G1'] });
    here.person('two', { groups: ['G1', 'G2'] });
    here.person('none');
    here.person('guest', { role: 'guest' });
    here.person('new', { groups: ['G1'], joined: false });
    here.person('switched', { groups: ['G2'] });
    here.switchOver('switched');
    const rules = (id: string) => here.standing(id).rules.join(' ');
    expect(rules('one')).to.equal('OP-74b OP-81a');
    expect(rules('two')).to.equal('OP-74b OP-81a OP-82');
    expect(rules('none')).to.equal('OP-71');
    expect(rules('guest')).to.equal('OP-73');
    expect(rules('new')).to.equal('OP-74a');
    expect(rules('switched')).to.equal('OP-74b');
    here.day(5);
    here.person('none', { groups: ['G1'] });
    expect(rules('one')).to.equal('OP-84b OP-81a');
    expect(rules('none'), 'at the very end').to.equal('OP-85 OP-81a');
    here.choose('everyone');
    expect(rules('one')).to.equal('OP-74b OP-81b');
    here.choose('no-one');
    expect(rules('one')).to.equal('OP-75');
  });

  it('has no deadline for people who are only invited', () => {
    const here = account();
    here.connect();
    here.choose('everyone');
    here.person('nora', { joined: false });
    expect(unlockWithSso().nextDue(here.state(), start)).to.equal(undefined);
    here.day(9);
    expect(here.signIn('nora')).to.equal('sso');
    expect(here.steps('nora')).to.deep.equal([]);
  });

  it('forgets people who are gone', () => {
    const here = account();
    here.connect();
    here.choose('everyone');
    here.person('ada');
    const { settle } = unlockWithSso();
    expect(settle(here.state(), [], start).state.people).to.deep.equal({});
  });

  it('is plain data', () => {
    const here = account();
    here.connect();
    here.choose('selected-groups');
    here.addGroup('G1');
    here.person('ada', { groups: ['G1'] });
    expect(JSON.parse(JSON.stringify(here.state()))).to.deep.equal(here.state());
  });

  const refused: readonly [string, string, (here: ReturnType<typeof account>) => void][] = [
    ['a second identity provider', '409 Q29', here => here.connect({ clientId: 'client-2' })],
    ['a group before there are selected groups', '409 -', here => here.addGroup('G1')],
    ['an edit while nobody is covered', '409 -', here => here.editGrace(3)],
    ['days of "no-one"', '400 -', here => here.choose('no-one', { days: 3 })],
    ['days of "selected-groups"', '400 -', here => here.choose('selected-groups', { days: 3 })],
    ['excluded groups of "everyone"', '400 -', here => here.choose('everyone', { excluded: ['G1'] })],
    [
      'a group twice',
      '409 -',
      here => {
        here.choose('selected-groups');
        here.addGroup('G1');
        here.addGroup('G1');
      },
    ],
    [
      'the removal of a group that is not set up',
      '404 -',
      here => {
        here.choose('selected-groups');
        here.act({ do: 'remove-group', group: 'G1' });
      },
    ],
    [
      'an edit of a group that is not set up',
      '404 -',
      here => {
        here.choose('selected-groups');
        here.editGrace(3, 'G1');
      },
    ],
    [
      'an edit for everyone of selected groups',
      '409 -',
      here => {
        here.choose('selected-groups');
        here.editGrace(3);
      },
    ],
    [
      'a switch of somebody who is not covered',
      '409 OP-75',
      here => {
        here.person('ada');
        here.switchOver('ada');
      },
    ],
  ];
  for (const [what, answer, act] of refused) {
    it(`refuses ${what}`, () => {
      const here = account();
      here.connect();
      expect(refusal(() => act(here))).to.equal(answer);
    });
  }
});
