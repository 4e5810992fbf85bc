import { expect } from 'chai';
import { describeExpectation } from '../expectation.ts';
import {
  activate,
  attempt,
  bind,
  change,
  createGroup,
  deactivate,
  deleteGroup,
  dismiss,
  fault,
  hire,
  join,
  leave,
  manageGroups,
  reactivate,
  renameGroup,
  suspend,
  sync,
  unbind,
  vanish,
  type Step,
} from '../step.ts';
import { historyOf, storyOf } from './build.ts';
import { plainHabits } from './habits.ts';
import { look } from './look.ts';

const opened = [createGroup('eng'), hire('ada'), join('ada', 'eng'), bind('eng'), activate(), sync()] as const;
const seenAfter = (...steps: readonly Step[]): readonly string[] =>
  look(historyOf(steps, plainHabits).facts, plainHabits, true).map(describeExpectation);

const ROWS: readonly (readonly [string, readonly Step[], string])[] = [
  ['nobody without a bound group is there', [hire('ada'), activate(), sync()], 'the account of ada is absent'],
  ['a member of a bound group is active', opened, 'the account of ada is active'],
  ['a member is in the group', opened, 'ada is a member of eng'],
  ['whoever is suspended is inactive', [...opened, suspend('ada'), sync()], 'the account of ada is inactive'],
  ['a suspension leaves memberships alone', [...opened, suspend('ada'), sync()], 'ada is a member of eng'],
  [
    'whoever comes back is active',
    [...opened, suspend('ada'), sync(), reactivate('ada'), sync()],
    'the account of ada is active',
  ],
  ['whoever leaves is in the group no more', [...opened, leave('ada', 'eng'), sync()], 'ada is no member of eng'],
  ['whoever is deleted is inactive', [...opened, dismiss('ada'), sync()], 'the account of ada is inactive'],
  ['members of an unbound group lose access', [...opened, unbind('eng'), sync()], 'the account of ada is inactive'],
  ['an unbound group is left as it was', [...opened, unbind('eng'), sync()], 'ada is a member of eng'],
  ['a deleted group is gone', [...opened, deleteGroup('eng'), sync()], 'there is no group eng'],
  ['a rename arrives', [...opened, renameGroup('eng', 'Core'), sync()], 'the group eng has the name of the directory'],
  ['an empty group is not made', [createGroup('eng'), bind('eng'), activate(), sync()], 'there is no group eng'],
  [
    'nothing changes while it is off',
    [...opened, deactivate(), suspend('ada'), sync()],
    'the account of ada is active',
  ],
  ['a group that is not managed is not made', [manageGroups(false), ...opened], 'there is no group eng'],
  [
    'a value that was cleared stays',
    [...opened, change('ada', { jobTitle: 'Analyst' }), sync(), change('ada', { jobTitle: '' }), sync()],
    'title "Analyst"',
  ],
];

describe('the model of an exploration', () => {
  for (const [what, steps, expected] of ROWS) {
    it(`expects that ${what}`, () => {
      expect(
        seenAfter(...steps).some(sentence => sentence.includes(expected)),
        seenAfter(...steps).join('\n'),
      ).to.equal(true);
    });
  }

  it('gives an address or a name to somebody else once the service provider has let it go, and not before', () => {
    const verbsOf = (...steps: readonly Step[]): readonly string[] =>
      historyOf([...opened, hire('ben'), join('ben', 'eng'), ...steps], plainHabits)
        .steps.slice(8)
        .map(({ verb }) => verb);
    const [away, taken] = [change('ada', { email: 'countess' }), change('ben', { email: 'ada' })];
    expect(verbsOf(sync(), away, sync(), taken)).to.deep.equal(['sync', 'change', 'sync', 'change']);
    expect(verbsOf(sync(), away, taken)).to.deep.equal(['sync', 'change']);
    // Nothing of somebody suspended is sent.
    expect(verbsOf(suspend('ada'), sync(), away, sync(), taken)).to.deep.equal(['suspend', 'sync', 'change', 'sync']);
    const [renamed, made] = [renameGroup('eng', 'Core'), createGroup('new', 'Eng')];
    expect(verbsOf(sync(), renamed, sync(), made)).to.deep.equal(['sync', 'rename-group', 'sync', 'create-group']);
    expect(verbsOf(sync(), renamed, made)).to.deep.equal(['sync', 'rename-group']);
  });

  it('expects that a group of a name that was deleted has nobody of before', () => {
    const again = [createGroup('again', 'Eng'), bind('again'), hire('ben'), join('ben', 'again')];
    const seen = seenAfter(...opened, deleteGroup('eng'), sync(), ...again, sync());
    expect(seen).to.include('ada is no member of again');
  });

  it('looks at everybody in a group that somebody leaves', () => {
    const two = [...opened, hire('ben'), join('ben', 'eng'), sync(), leave('ben', 'eng'), sync()];
    const { facts } = historyOf(two, plainHabits);
    expect(look(facts, plainHabits, false).map(describeExpectation)).to.include('ada is a member of eng');
  });

  it('expects nothing of whom no rule says anything', () => {
    const seen = seenAfter(...opened, deactivate(), suspend('ada'), activate(), sync());
    expect(seen.filter(sentence => sentence.startsWith('the account of ada'))).to.deep.equal([]);
  });

  it('expects nothing of whose creation was refused once access is lost', () => {
    const troubled = [...opened.slice(0, -1), fault('refused', 'POST /Users'), sync(), leave('ada', 'eng'), sync()];
    const { steps } = historyOf(troubled, plainHabits);
    expect(steps).to.have.lengthOf(troubled.length);
    expect(seenAfter(...troubled).filter(sentence => sentence.startsWith('the account of ada'))).to.deep.equal([]);
  });

  it('leaves out what cannot happen', () => {
    const { steps } = historyOf([join('ada', 'eng'), hire('ada'), reactivate('ada'), suspend('ada')], plainHabits);
    expect(steps.map(({ verb }) => verb)).to.deep.equal(['hire', 'suspend']);
  });

  it('expects the same where each change is sent as it is made, and knows which of them may fail', () => {
    const given = [...opened, vanish('ada'), change('ada', { jobTitle: 'Analyst' }), hire('ben'), join('ben', 'eng')];
    const { steps, facts } = historyOf(given, plainHabits, true);
    expect(steps.filter(({ attempt }) => attempt)).to.deep.equal([attempt(change('ada', { jobTitle: 'Analyst' }))]);
    expect(steps.map(({ verb }) => verb)).not.to.include('sync');
    const seen = look(facts, plainHabits, true).map(describeExpectation);
    expect(seen).to.include.members(['the account of ben is active', 'ben is a member of eng']);
  });

  it('knows that nothing is dropped where nothing ever waits', () => {
    const { steps } = historyOf([...opened, deactivate(), activate(), suspend('ada')], plainHabits, true);
    expect(steps.filter(({ attempt }) => attempt)).to.deep.equal([]);
  });

  it('looks behind each change that is sent as it is made', () => {
    const { steps, atOnce } = storyOf('history', [...opened, suspend('ada')], plainHabits, true);
    expect(atOnce).to.equal(true);
    const [switchedOn, ...others] = steps.map(({ verb }) => verb).slice(-3);
    expect([switchedOn, ...others]).to.deep.equal(['activate', 'expect', 'suspend']);
  });

  it('looks behind each sync at those whom it was about, and at everybody in the end', () => {
    const { steps, expect: end } = storyOf('history', [...opened, hire('ben'), suspend('ada'), sync()], plainHabits);
    const looks = steps.flatMap(step => (step.verb === 'expect' ? [step.expectations.map(describeExpectation)] : []));
    expect(looks).to.have.lengthOf(1);
    expect(end.map(describeExpectation)).to.include('the account of ben is absent');
  });
});
