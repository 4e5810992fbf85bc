import { expect } from 'chai';
import { rules, type RuleId } from '../../../conformance/clauses/index.ts';
import { refusal } from '../sso/account.test.ts';
import { proveRules, type RuleTest } from '../sso/prove-rules.test.ts';
import { account, member, minute, owner } from './account.test.ts';
import { setUpProvisioning, type SetUp } from './index.ts';
import { migrationRules } from './migration-rules.test.ts';

const tests = [
  {
    rule: 'OP-5a',
    says: 'a token that was replaced is refused',
    run: setUp => {
      const here = account(setUp);
      const { token } = here.setUpBridge();
      expect(here.ask('bridge', token)).to.equal(200);
      here.regenerate();
      expect(here.ask('bridge', token)).to.equal(401);
      here.reload();
      expect(here.ask('bridge', token)).to.equal(401);
    },
  },
  {
    rule: 'OP-5b',
    says: 'a new token works once its session file is loaded',
    run: setUp => {
      const here = account(setUp);
      here.setUpBridge();
      const { token } = here.regenerate();
      expect(here.ask('bridge', token)).to.equal(401);
      here.reload();
      expect(here.ask('bridge', token)).to.equal(200);
    },
  },
  {
    rule: 'OP-6a',
    says: 'hosted credentials are not rotated',
    run: setUp => {
      const here = account(setUp);
      const { token } = here.setUpHosted();
      expect(refusal(() => here.regenerate())).to.equal('409 OP-6a');
      expect(here.ask('hosted', token)).to.equal(200);
    },
  },
  {
    rule: 'OP-6b',
    says: 'a hosted token works ten years later',
    run: setUp => {
      const here = account(setUp);
      const { token } = here.setUpHosted();
      here.pass(3653 * 24 * 60 * minute);
      expect(here.ask('hosted', token)).to.equal(200);
    },
  },
  {
    rule: 'OP-6c',
    says: 'off and set up again gives a new token, and only that works',
    run: setUp => {
      const here = account(setUp);
      const old = here.setUpHosted().token;
      here.turnOff();
      expect(here.ask('hosted', old)).to.equal(401);
      const { token } = here.setUpHosted();
      expect(here.ask('hosted', old)).to.equal(401);
      expect(here.ask('hosted', token)).to.equal(200);
    },
  },
  {
    rule: 'OP-7',
    says: 'owners and administrators alone set up and migrate',
    run: setUp => {
      for (const role of ['member', 'guest'] as const) {
        const by = { id: 'mallory', role };
        const here = account(setUp);
        expect(refusal(() => here.setUpHosted({ by }))).to.equal('403 OP-7');
        expect(refusal(() => here.setUpBridge({ by }))).to.equal('403 OP-7');
        here.setUpBridge();
        expect(refusal(() => here.migrate({ by }))).to.equal('403 OP-7');
      }
      for (const role of ['owner', 'administrator'] as const) {
        const here = account(setUp);
        here.setUpBridge({ by: { id: 'olga', role } });
        here.migrate({ by: { id: 'olga', role } });
        expect(here.state().hosted).to.equal('migrating');
      }
    },
  },
  {
    rule: 'OP-8a',
    says: 'each domain of a member has to be allowed, and the refusal names those that are not',
    run: setUp => {
      const people = ['ada@example.com', 'bob@B.example', 'eve@a.example', 'cyd@b.example'].map(one => member(one));
      for (const act of ['setUpHosted', 'migrate'] as const) {
        const here = account(setUp, { people });
        if (act === 'migrate') here.setUpBridge();
        expect(refusal(here[act])).to.equal('409 OP-8a');
        expect(here[act]).to.throw(/: a\.example, b\.example\.$/);
      }
      account(setUp, { people, domains: ['Example.com', 'b.example', 'a.example'] }).setUpHosted();
      account(setUp, { people, domains: 'any' }).setUpHosted();
      account(setUp, { people: [...people.slice(0, 1), member('gus@c.example', 'guest')] }).setUpHosted();
    },
  },
  {
    rule: 'OP-8b',
    says: 'a member of a public mail domain stops a set-up, also when the domain is allowed',
    run: setUp => {
      const people = [member('ada@example.com'), member('bob@Gmail.com')];
      for (const domains of [['example.com'], ['example.com', 'gmail.com'], 'any'] as const) {
        expect(refusal(() => account(setUp, { people, domains }).setUpHosted())).to.equal('409 OP-8b');
        const here = account(setUp, { people, domains });
        here.setUpBridge();
        expect(refusal(here.migrate)).to.equal('409 OP-8b');
      }
      account(setUp, { people, domains: 'any', publicDomains: [] }).setUpHosted();
    },
  },
  {
    rule: 'OP-9',
    says: 'the account of a managed service provider is refused',
    run: setUp => {
      const here = account(setUp, { plan: 'msp' });
      expect(refusal(here.setUpHosted)).to.equal('403 OP-9');
      here.setUpBridge();
      expect(refusal(here.migrate)).to.equal('403 OP-9');
    },
  },
  {
    rule: 'OP-45a',
    says: 'the group Provision Managers is made with the set-up, once',
    run: setUp => {
      const fresh = account(setUp);
      fresh.setUpHosted();
      const migrated = account(setUp);
      migrated.setUpBridge();
      migrated.migrate();
      expect(migrated.made()).to.deep.equal([]);
      migrated.pass(10 * minute);
      for (const here of [fresh, migrated]) {
        here.turnOff();
        here.setUpHosted();
        expect(here.made().map(({ name }) => name)).to.deep.equal(['Provision Managers']);
      }
    },
  },
  {
    rule: 'OP-45b',
    says: 'the group Provision Managers starts without members',
    run: setUp => {
      const here = account(setUp);
      here.setUpHosted();
      expect(here.made()[0]?.members).to.deep.equal([]);
    },
  },
  {
    rule: 'OP-51a',
    says: 'accounts on Entra ID and Okta migrate and are set up, no others migrate',
    run: setUp => {
      for (const identityProvider of ['entra', 'okta']) {
        const migrated = account(setUp);
        migrated.setUpBridge();
        migrated.migrate({ identityProvider });
        const fresh = account(setUp);
        fresh.setUpHosted({ identityProvider });
        for (const here of [migrated, fresh]) expect(here.state().beta).to.equal(false);
      }
      for (const identityProvider of ['jumpcloud', 'google', 'toString', '']) {
        const here = account(setUp);
        here.setUpBridge();
        expect(refusal(() => here.migrate({ identityProvider }))).to.equal('403 OP-51a');
      }
      expect(refusal(() => account(setUp).setUpHosted({ identityProvider: 'google' }))).to.equal('403 OP-51a');
    },
  },
  {
    rule: 'OP-51b',
    says: 'an account on JumpCloud is set up, as a beta',
    run: setUp => {
      const here = account(setUp);
      here.setUpHosted({ identityProvider: 'jumpcloud' });
      expect(here.state()).to.include({ hosted: 'on', beta: true });
    },
  },
  {
    rule: 'OP-52',
    says: 'the command-line tool manages nobody while hosted provisioning is on',
    run: setUp => {
      const here = account(setUp);
      here.checkCli();
      here.setUpHosted();
      expect(refusal(here.checkCli)).to.equal('403 OP-52');
      here.checkCli('allow');
      here.turnOff();
      here.checkCli();
    },
  },
  ...migrationRules,
] as const satisfies readonly RuleTest<SetUp>[];

describe('rules of set-up', () => {
  const make = (without?: ReadonlySet<RuleId>): SetUp => {
    let count = 0;
    return setUpProvisioning({ issue: () => `token-${(count += 1)}`, ...(without && { without }) });
  };
  proveRules<SetUp>(tests, make);

  it('each have a test here', () => {
    const ids = Object.keys(rules).filter(id => /^OP-(?:[5-9]|45[ab]|48|49|5[0-3])[ab]?c?$/.test(id));
    expect(tests.map(({ rule }) => rule).toSorted()).to.deep.equal(ids.toSorted());
  });

  const refused: readonly [string, string, (here: ReturnType<typeof account>) => void][] = [
    ['a second set-up', '409 -', here => void (here.setUpHosted(), here.setUpHosted())],
    ['a set-up in place of a migration', '409 -', here => void (here.setUpBridge(), here.setUpHosted())],
    ['a set-up during a migration', '409 -', here => void (here.setUpBridge(), here.migrate(), here.setUpHosted())],
    ['a second bridge', '409 -', here => void (here.setUpBridge(), here.setUpBridge())],
    ['a bridge during a migration', '409 -', here => void (here.setUpBridge(), here.migrate(), here.setUpBridge())],
    ['new credentials of no bridge', '409 -', here => void here.regenerate()],
    ['turning off what is not on', '409 -', here => here.turnOff()],
    ['a migration without a bridge', '409 OP-48a', here => void here.migrate()],
    ['a second migration', '409 OP-48a', here => void (here.setUpBridge(), here.migrate(), here.migrate())],
  ];
  for (const [what, answer, act] of refused) {
    it(`do not admit ${what}`, () => {
      expect(refusal(() => act(account(make())))).to.equal(answer);
    });
  }

  it('are named when a token is refused', () => {
    const here = account(make());
    const old = here.setUpBridge().token;
    expect(here.admit('bridge', 'wrong')).to.include({ served: false, rule: 'OP-3b' });
    here.regenerate();
    expect(here.admit('bridge', old)).to.include({ served: false, rule: 'OP-5a' });
    here.removeBridge();
    expect(here.admit('bridge', old)).to.include({ served: false, rule: 'OP-3b' });
    const { token } = here.setUpHosted();
    expect(here.admit('hosted', 'wrong')).to.include({ served: false, rule: 'OP-3b' });
    here.turnOff();
    expect(here.admit('hosted', token)).to.include({ served: false, rule: 'OP-6c' });
  });

  it('let hosted provisioning follow a bridge that was removed', () => {
    const here = account(make());
    const { token } = here.setUpBridge();
    here.removeBridge();
    expect(here.ask('bridge', token)).to.equal(401);
    here.setUpHosted({ by: owner });
    expect(here.ask('bridge', token)).to.equal(500);
  });
});
