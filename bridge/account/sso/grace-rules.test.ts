import { expect } from 'chai';
import { connected, refusal } from './account.test.ts';
import type { UnlockWithSso } from './index.ts';
import type { RuleTest } from './prove-rules.test.ts';

/** The rules of the grace period and of what follows it. */
export const graceRules = [
  {
    rule: 'OP-80a',
    says: 'a period lasts five days unless something else is chosen',
    run: sso => {
      const all = connected(sso, 'everyone');
      const some = connected(sso, 'selected-groups');
      some.addGroup('G1');
      for (const here of [all, some]) {
        here.person('ada', { groups: ['G1'] });
        expect(here.deadline('ada')).to.equal(5);
      }
    },
  },
  {
    rule: 'OP-80b',
    says: 'a period lasts 1 to 30 whole days',
    run: sso => {
      for (const days of [0, 31, -1, 1.5, NaN, Infinity]) {
        expect(
          refusal(() => connected(sso, 'everyone', days)),
          `${days} for everyone`,
        ).to.equal('400 OP-80b');
        const here = connected(sso, 'selected-groups');
        expect(
          refusal(() => here.addGroup('G1', days)),
          `${days} for a group`,
        ).to.equal('400 OP-80b');
        here.addGroup('G1');
        expect(
          refusal(() => here.editGrace(days, 'G1')),
          `${days} as an edit`,
        ).to.equal('400 OP-80b');
      }
      for (const days of [1, 30]) {
        const here = connected(sso, 'everyone', days);
        here.person('ada');
        expect(here.deadline('ada')).to.equal(days);
      }
    },
  },
  {
    rule: 'OP-81a',
    says: 'the period of a group starts when the group is added',
    run: sso => {
      const here = connected(sso, 'selected-groups');
      here.person('ada', { groups: ['G1'] });
      here.day(2);
      here.addGroup('G1', 5);
      expect(here.deadline('ada')).to.equal(7);
    },
  },
  {
    rule: 'OP-81b',
    says: 'the period of everyone starts when that is configured',
    run: sso => {
      const here = connected(sso);
      here.person('ada');
      here.day(2);
      here.choose('everyone-except-guests', { days: 5 });
      expect(here.deadline('ada')).to.equal(7);
    },
  },
  {
    rule: 'OP-82',
    says: 'the group that was set up first decides, longer or not',
    run: sso => {
      for (const [first, second] of [
        [5, 30],
        [30, 1],
      ] as const) {
        const here = connected(sso, 'selected-groups');
        here.person('ada', { groups: ['G2', 'G1'] });
        here.addGroup('G1', first);
        here.day(1);
        here.addGroup('G2', second);
        expect(here.deadline('ada')).to.equal(first);
        expect(here.standing('ada').rules).to.include('OP-82');
      }
    },
  },
  {
    rule: 'OP-83',
    says: 'an edited length counts from the first configuration',
    run: sso => {
      for (const [days, day, edited] of [
        [5, 3, 10],
        [10, 4, 2],
      ] as const) {
        const some = connected(sso, 'selected-groups');
        some.addGroup('G1', days);
        some.day(day);
        some.editGrace(edited, 'G1');
        const all = connected(sso, 'everyone', days);
        all.day(day);
        all.editGrace(edited);
        const chosenAgain = connected(sso, 'everyone', days);
        chosenAgain.day(day);
        chosenAgain.choose('everyone', { days: edited });
        for (const here of [some, all, chosenAgain]) {
          here.person('ada', { groups: ['G1'] });
          expect(here.deadline('ada')).to.equal(edited);
        }
      }
    },
  },
  {
    rule: 'OP-84a',
    says: 'a missed deadline signs out everywhere, once, at its time',
    run: sso => {
      const here = connected(sso, 'everyone');
      here.person('ada');
      here.person('bob');
      here.switchOver('bob');
      here.day(12);
      here.day(13);
      expect(here.steps('ada')).to.deep.equal(['asked-to-switch 0', 'signed-out 5']);
      expect(here.changes().at(-1)?.rules[0]).to.equal('OP-84a');
      expect(here.steps('bob')).not.to.include('signed-out 5');
      here.editGrace(2);
      expect(here.steps('ada')).to.have.length(2);
    },
  },
  {
    rule: 'OP-84b',
    says: 'after a missed deadline only recovery leads back',
    run: sso => {
      const here = connected(sso, 'everyone');
      here.person('ada');
      here.day(5);
      expect(here.signIn('ada')).to.equal('needs-recovery');
      expect(here.standing('ada').rules).to.include('OP-84b');
      expect(refusal(() => here.switchOver('ada'))).to.equal('403 OP-84b');
    },
  },
  {
    rule: 'OP-85',
    says: 'who comes into a group whose period is over needs recovery before SSO',
    run: sso => {
      const here = connected(sso, 'selected-groups');
      here.addGroup('G1', 5);
      here.addGroup('G2', 30);
      here.person('ada');
      here.person('bob', { groups: ['G2'] });
      here.day(6);
      for (const id of ['ada', 'bob']) {
        here.person(id, { groups: ['G2', 'G1'] });
        expect(here.signIn(id)).to.equal('needs-recovery');
        expect(here.standing(id).rules).to.include('OP-85');
        expect(refusal(() => here.switchOver(id))).to.equal('403 OP-85');
        expect(here.steps(id).at(-1)).to.equal('signed-out 6');
        expect(here.changes().at(-1)?.rules, 'the person missed nothing').not.to.include('OP-84a');
      }
    },
  },
  {
    rule: 'OP-86',
    says: 'a fresh group with a period of its own spares later joiners the recovery',
    run: sso => {
      const here = connected(sso, 'selected-groups');
      here.addGroup('G1', 5);
      here.person('ada');
      here.day(6);
      here.addGroup('G2', 5);
      here.person('ada', { groups: ['G2'] });
      expect(here.signIn('ada')).to.equal('must-switch');
      expect(here.deadline('ada')).to.equal(11);
      here.person('ada', { groups: ['G1', 'G2'] });
      expect(here.signIn('ada'), 'an earlier group covers the person').to.equal('needs-recovery');
    },
  },
  {
    rule: 'OP-87',
    says: 'recovery leads into SSO, and devices are added again',
    run: sso => {
      const here = connected(sso, 'everyone');
      here.person('ada');
      here.day(6);
      here.completeRecovery('ada');
      here.day(40);
      expect(here.standing('ada')).to.include({ covered: true, signIn: 'sso' });
      expect(here.standing('ada').rules).to.deep.equal(['OP-87']);
      expect(here.changes().at(-1)).to.include({ person: 'ada', step: 'enrolled', devices: 'add-again' });
      const other = connected(sso, 'everyone');
      other.person('bob');
      other.completeRecovery('bob');
      expect(other.signIn('bob'), 'a recovery for another reason').to.equal('must-switch');
      other.choose('no-one');
      other.completeRecovery('bob');
      expect(other.signIn('bob'), 'a recovery without the policy').to.equal('account-password');
    },
  },
] as const satisfies readonly RuleTest<UnlockWithSso>[];
