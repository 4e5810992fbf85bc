import { expect } from 'chai';
import { account, creates, describeExpectation, group, proving, removesMember, wire } from './expectation.ts';
import { describeStep } from './describe.ts';
import type { Scenario } from './scenario.ts';
import * as steps from './step.ts';
import { ScenarioError, validate } from './validate.ts';

const { bind, createGroup, CROWD, deleteGroup, dismiss, expects, hire, join, suspend, sync } = steps;

const story = (...parts: readonly steps.Step[]): Scenario => ({
  id: 'story',
  title: 'A story',
  proves: ['JC-14'],
  steps: parts,
  expect: [wire.never(creates('ada'))],
});
const begun = [hire('ada'), createGroup('eng')];

describe('a story with a mistake', () => {
  const cases: readonly [string, Scenario, string, RegExp][] = [
    ['an id with blanks', { ...story(hire('ada')), id: 'My story' }, 'id', /^scenario My story: an id is made of/],
    ['no step', story(), 'empty', /at least one step/],
    ['nothing expected', { ...story(hire('ada')), expect: [] }, 'empty', /expects something/],
    [
      'a person nobody hired',
      story(hire('ada'), suspend('aad')),
      'unknown-person',
      /^scenario story, step 2, suspend: .*"aad".*did you mean "ada"\?$/,
    ],
    [
      'a person far from any',
      story(hire('ada'), hire('ben'), suspend('zacharias')),
      'unknown-person',
      /known: ada, ben$/,
    ],
    ['a person before anybody', story(suspend('ada')), 'unknown-person', /hire somebody first$/],
    [
      'a group nobody created',
      story(...begun, join('ada', 'eng', 'egn')),
      'unknown-group',
      /step 3, join: .*did you mean "eng"\?$/,
    ],
    ['a group before any', story(hire('ada'), bind('eng')), 'unknown-group', /create a group first$/],
    [
      'a person where a group belongs',
      story(...begun, bind('ada')),
      'wrong-kind',
      /"ada" is a person, and a group belongs here/,
    ],
    ['a group where a person belongs', story(...begun, join('eng', 'ada')), 'wrong-kind', /"eng" is a group/],
    ['a person hired twice', story(...begun, hire('ada')), 'taken', /"ada" is in use/],
    ['a group named like a person', story(...begun, createGroup('ada')), 'taken', /"ada" is in use/],
    ['somebody named like the crowd', story(hire(CROWD)), 'taken', /stands for the crowd/],
    ['a crowd that was not asked for', story(...begun, join(CROWD, 'eng')), 'unknown-person', /"crowd"/],
    [
      'a step on somebody dismissed',
      story(...begun, dismiss('ada'), suspend('ada')),
      'gone',
      /step 4, suspend: the person "ada" was deleted/,
    ],
    [
      'a step on a deleted group',
      story(...begun, deleteGroup('eng'), bind('eng')),
      'gone',
      /the group "eng" was deleted/,
    ],
    ['a join without group', story(...begun, join('ada')), 'empty', /at least one group/],
    [
      'an expectation too early',
      story(expects(account('ada').is('active')), hire('ada')),
      'unknown-person',
      /step 1, expectation 1/,
    ],
    [
      'an expectation at the end',
      { ...story(...begun), expect: [group('eng').exists(), group('eng').has('adda')] },
      'unknown-person',
      /^scenario story, expectation 2: .*"adda".*did you mean "ada"/,
    ],
    [
      'an alias inside a wire expectation',
      { ...story(...begun), expect: [wire.inOrder(creates('ada'), removesMember('ada', 'ops'))] },
      'unknown-group',
      /"ops"/,
    ],
    [
      'an expectation on the crowd',
      { ...story(hire('ada')), people: 3, expect: [account(CROWD).is('active')] },
      'wrong-kind',
      /crowd only fills groups/,
    ],
    [
      'a rule it does not prove',
      { ...story(hire('ada')), expect: [proving('JC-23', account('ada').is('active'))] },
      'rule',
      /JC-23.*"proves"/,
    ],
  ];
  for (const [what, scenario, code, message] of cases) {
    it(`is refused for ${what}`, () => {
      expect(() => validate(scenario))
        .to.throw(ScenarioError, message)
        .with.property('code', code);
    });
  }

  it('names the step by its number', () => {
    expect(() => validate(story(hire('ada'), bind('eng'))))
      .to.throw(ScenarioError)
      .with.property('step', 2);
  });
});

describe('a story without mistakes', () => {
  it('may look back at the dismissed, and use the crowd it asks for', () => {
    const parts = [...begun, join(CROWD, 'eng'), join('ada', 'eng'), dismiss('ada'), sync()];
    expect(() => validate({ ...story(...parts), people: 0, expect: [account('ada').is('absent')] })).not.to.throw();
  });
});

describe('a step', () => {
  const told: readonly [steps.Step, string][] = [
    [hire('ada', { lastname: 'King' }), 'ada is hired: lastname "King"'],
    [join('ada', 'eng', 'ops', 'all'), 'ada joins eng, ops and all'],
    [steps.leave('ada', 'eng', 'ops'), 'ada leaves eng and ops'],
    [steps.change('ada', { lastname: 'King' }), 'the record of ada is edited: lastname "King"'],
    [suspend('ada'), 'ada is suspended'],
    [steps.reactivate('ada'), 'ada is reactivated'],
    [dismiss('ada'), 'ada is deleted from the directory'],
    [createGroup('eng'), 'the group eng is created as "Eng"'],
    [steps.renameGroup('eng', 'Core'), 'the group eng is renamed to "Core"'],
    [deleteGroup('eng'), 'the group eng is deleted'],
    [bind('eng'), 'the group eng is bound to the application'],
    [steps.unbind('eng'), 'the group eng is unbound from the application'],
    [steps.manageGroups(false), 'management of groups is switched off'],
    [steps.activate(), 'provisioning is switched on'],
    [steps.deactivate(), 'provisioning is switched off'],
    [sync(), 'the changes are sent'],
  ];
  for (const [step, sentence] of told) {
    it(`is plain data and told as "${sentence}"`, () => {
      expect(JSON.parse(JSON.stringify(step))).to.deep.equal(step);
      expect(describeStep(step)).to.equal(sentence);
    });
  }
});

describe('an expectation', () => {
  const told: readonly [Parameters<typeof describeExpectation>[0], string][] = [
    [account('ada').is('inactive', 'absent'), 'the account of ada is inactive or absent'],
    [account('ada').has({ title: 'Dr', nickName: null }), 'the account of ada has title "Dr" and no nickName'],
    [account('ada').mirrors({ userName: 'email' }), 'the account of ada has userName equal to email of the directory'],
    [group('eng').has('ada'), 'ada is a member of eng'],
    [group('eng').lacks('ada'), 'ada is no member of eng'],
    [group('eng').exists(), 'the group eng exists'],
    [group('eng').absent(), 'there is no group eng'],
    [wire.never(removesMember('ada', 'eng')), 'no request removes ada from eng'],
    [
      wire.sends(creates('ada', { title: 'jobTitle' }, { password: null })),
      'a request creates ada with title equal to jobTitle of the directory and no password',
    ],
    [wire.count(creates('ada'), 1), 'a request creates ada exactly once'],
    [wire.count(creates('ada'), 0), 'a request creates ada exactly 0 times'],
    [
      wire.inOrder(creates('ada'), removesMember('ada', 'eng')),
      'in this order, a request creates ada, then one removes ada from eng',
    ],
  ];
  for (const [expectation, sentence] of told) {
    it(`is plain data and told as "${sentence}"`, () => {
      expect(JSON.parse(JSON.stringify(expectation))).to.deep.equal(expectation);
      expect(describeExpectation(expectation)).to.equal(sentence);
    });
  }
});
