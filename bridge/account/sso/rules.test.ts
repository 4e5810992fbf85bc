import { expect } from 'chai';
import { rules, type RuleId } from '../../../conformance/clauses/index.ts';
import { unlockWithSso, type UnlockWithSso } from './index.ts';
import { proveRules, type RuleTest } from './prove-rules.test.ts';
import { account, connected, refusal } from './account.test.ts';
import { graceRules } from './grace-rules.test.ts';

/** Rows of the same profile whose subject is the OpenID Connect exchange, the identity provider or the app. */
const elsewhere = new Set(['OP-10', 'OP-61', 'OP-62b', 'OP-65', 'OP-67', 'OP-68']);

const tests = [
  {
    rule: 'OP-60',
    says: 'no protocol but OpenID Connect is taken',
    run: sso => {
      const here = account(sso);
      expect(refusal(() => here.connect({ protocol: 'saml' }))).to.equal('400 OP-60');
      here.connect();
      expect(here.state().provider?.clientId).to.equal('client-1');
    },
  },
  {
    rule: 'OP-62a',
    says: 'the web page and the apps are where sign-in returns to',
    run: sso =>
      expect(sso.redirectAddresses({ domain: 'example', region: 'com' })).to.deep.equal([
        'https://example.1password.com/sso/oidc/redirect/',
        'onepassword://sso/oidc/redirect',
        'https://example.1password.com/sso/oidc/redirect',
      ]),
  },
  {
    rule: 'OP-63',
    says: 'the region is the end of the host name',
    run: sso => {
      for (const region of ['com', 'ca', 'eu'] as const) {
        const [web] = sso.redirectAddresses({ domain: 'example', region });
        expect(web).to.equal(`https://example.1password.${region}/sso/oidc/redirect/`);
      }
    },
  },
  {
    rule: 'OP-64',
    says: 'a client id and a discovery address are needed',
    run: sso => {
      const discovery = 'http://127.0.0.1:8080/.well-known/openid-configuration';
      const wrong = [
        { clientId: ' ' },
        { discovery: '' },
        { discovery: 'oauth.id.jumpcloud.com' },
        { discovery: 'https://oauth.id.jumpcloud.com/' },
        { discovery: discovery.replace('127.0.0.1', 'idp.example.com') },
      ];
      for (const part of wrong) {
        expect(
          refusal(() => account(sso).connect(part)),
          JSON.stringify(part),
        ).to.equal('400 OP-64');
      }
      const here = account(sso);
      here.connect({ discovery });
      expect(here.state().provider?.discovery).to.equal(discovery);
    },
  },
  {
    rule: 'OP-66',
    says: 'a round trip that fails saves nothing',
    run: sso => {
      const here = account(sso);
      expect(refusal(() => here.connect({ roundTrip: 'failed' }))).to.equal('409 OP-66');
      expect(here.state()).not.to.have.property('provider');
      expect(refusal(() => here.choose('everyone'))).to.equal('409 OP-66');
    },
  },
  {
    rule: 'OP-70',
    says: 'nobody unlocks with SSO until somebody says so',
    run: sso => expect(connected(sso).state().policy).to.deep.equal({ value: 'no-one' }),
  },
  {
    rule: 'OP-71',
    says: 'the policy has four values',
    run: sso => {
      expect(sso.values).to.deep.equal(['no-one', 'selected-groups', 'everyone-except-guests', 'everyone']);
      expect(refusal(() => connected(sso, 'everyone-except-groups'))).to.equal('400 OP-71');
    },
  },
  {
    rule: 'OP-72',
    says: 'owners keep account password and Secret Key under any value',
    run: sso => {
      for (const value of ['selected-groups', 'everyone-except-guests', 'everyone']) {
        const here = connected(sso, value);
        here.person('olga', { role: 'owner', groups: ['G1'] });
        if (value === 'selected-groups') here.addGroup('G1');
        expect(here.standing('olga'), value).to.include({ covered: false, signIn: 'account-password' });
        expect(here.standing('olga').rules).to.deep.equal(['OP-72']);
      }
    },
  },
  {
    rule: 'OP-73',
    says: 'guests are covered under "everyone" alone',
    run: sso => {
      const covered = ['selected-groups', 'everyone-except-guests', 'everyone'].filter(value => {
        const here = connected(sso, value);
        here.person('gus', { role: 'guest', groups: ['G1'] });
        if (value === 'selected-groups') here.addGroup('G1');
        return here.standing('gus').covered;
      });
      expect(covered).to.deep.equal(['everyone']);
    },
  },
  {
    rule: 'OP-74a',
    says: 'who joins under the policy begins with SSO, also after the period for others',
    run: sso => {
      for (const day of [1, 9]) {
        const here = connected(sso, 'selected-groups');
        here.addGroup('G1');
        here.person('nora', { joined: false, groups: ['G1'] });
        here.day(day);
        here.join('nora');
        expect(here.standing('nora')).to.include({ covered: true, signIn: 'sso' });
        expect(here.standing('nora')).not.to.have.property('deadline');
        expect(here.steps('nora')).to.deep.equal([`enrolled ${day}`]);
        here.person('otto', { joined: false, groups: ['G2'] });
        here.join('otto');
        expect(here.signIn('otto'), 'not covered').to.equal('account-password');
        expect(here.steps('otto')).to.deep.equal([]);
      }
    },
  },
  {
    rule: 'OP-74b',
    says: 'who has an account is asked to switch within the period, and can',
    run: sso => {
      const here = connected(sso);
      here.person('ada');
      here.choose('everyone-except-guests');
      expect(here.standing('ada')).to.include({ covered: true, signIn: 'must-switch' });
      expect(here.deadline('ada')).to.equal(5);
      here.day(4);
      here.switchOver('ada');
      here.day(9);
      expect(here.signIn('ada')).to.equal('sso');
      expect(here.steps('ada')).to.deep.equal(['asked-to-switch 0', 'enrolled 4']);
    },
  },
  {
    rule: 'OP-75',
    says: '"no one" turns it off for all',
    run: sso => {
      const here = connected(sso, 'everyone');
      here.person('ada');
      here.person('bob');
      here.switchOver('ada');
      here.day(6);
      here.choose('no-one');
      for (const id of ['ada', 'bob']) {
        expect(here.standing(id)).to.include({ covered: false, signIn: 'account-password' });
        expect(here.steps(id).at(-1)).to.equal('released 6');
      }
    },
  },
  ...graceRules,
] as const satisfies readonly RuleTest<UnlockWithSso>[];

describe('rules of Unlock with SSO', () => {
  proveRules<UnlockWithSso>(tests, without => unlockWithSso({ without }));

  it('each have a test here, but for those about others', () => {
    const ofProfile = Object.values(rules).filter(({ profiles }) => profiles.split(',').includes('sso'));
    const tested: readonly RuleId[] = tests.map(({ rule }) => rule);
    expect(ofProfile.map(({ id }) => id).filter(id => !elsewhere.has(id))).to.deep.equal(tested);
  });
});
