import { expect } from 'chai';
import { refusal } from '../sso/account.test.ts';
import type { RuleTest } from '../sso/prove-rules.test.ts';
import { account, minute } from './account.test.ts';
import type { SetUp } from './index.ts';

/** An account that has moved to hosted provisioning, with what its identity provider was given before and after. */
function migrated(setUp: SetUp) {
  const here = account(setUp);
  const before = here.setUpBridge();
  const after = here.migrate();
  here.pass(10 * minute);
  return { here, before, after };
}

/** The rules of the way from a bridge to hosted provisioning. */
export const migrationRules = [
  {
    rule: 'OP-48a',
    says: 'a bridge fails at an account that has hosted provisioning',
    run: setUp => {
      const { here, before } = migrated(setUp);
      expect(here.admit('bridge', before.token)).to.include({ served: false, status: 500, rule: 'OP-48a' });
      expect(here.admit('bridge', before.token)).to.have.property('detail').that.is.not.empty;
      expect(refusal(here.setUpBridge)).to.equal('409 OP-48a');
      const fresh = account(setUp);
      fresh.setUpHosted();
      expect(refusal(fresh.setUpBridge)).to.equal('409 OP-48a');
    },
  },
  {
    rule: 'OP-48b',
    says: 'turning hosted provisioning off does not bring the bridge back',
    run: setUp => {
      const { here, before } = migrated(setUp);
      here.turnOff();
      expect(here.admit('bridge', before.token)).to.include({ served: false, status: 500, rule: 'OP-48b' });
      expect(refusal(here.setUpBridge)).to.equal('409 OP-48b');
    },
  },
  {
    rule: 'OP-49a',
    says: 'a migration changes address and token',
    run: setUp => {
      const { here, before, after } = migrated(setUp);
      expect(after.url).to.equal('https://provisioning.1password.com/scim/v2').and.not.to.equal(before.url);
      expect(after.token).not.to.equal(before.token);
      expect(here.ask('hosted', after.token)).to.equal(200);
    },
  },
  {
    rule: 'OP-49b',
    says: 'the token of the bridge is refused by the hosted service',
    run: setUp => {
      const { here, before } = migrated(setUp);
      expect(here.ask('hosted', before.token)).to.equal(401);
    },
  },
  {
    rule: 'OP-50a',
    says: 'a migration goes on to its end when nobody watches, and after a restore',
    run: setUp => {
      const here = account(setUp);
      here.setUpBridge();
      const { token } = here.migrate();
      here.pass(minute);
      here.leavePage();
      expect(here.state()).to.deep.include({ hosted: 'migrating' });
      expect(here.state().migration?.page).to.equal('left');
      here.put(JSON.parse(JSON.stringify(here.state())));
      expect(here.nextDue()).to.equal(10 * minute);
      const { at } = here.pass(60 * minute);
      expect(here.nextDue()).to.equal(undefined);
      expect(at).to.equal(10 * minute);
      expect(here.state().hosted).to.equal('on');
      expect(here.ask('hosted', token)).to.equal(200);
      expect(here.notes().map(note => note.kind === 'account' && note.step)).to.deep.equal([
        'set-up',
        'migration-started',
        'migration-done',
      ]);
    },
  },
  {
    rule: 'OP-50b',
    says: 'calls during a migration are put off until it is done',
    run: setUp => {
      const here = account(setUp);
      const before = here.setUpBridge();
      const after = here.migrate();
      here.pass(9 * minute + 500);
      expect(here.admit('hosted', after.token)).to.include({ served: false, status: 503, retryAfter: 60 });
      expect(here.admit('bridge', before.token)).to.include({ served: false, status: 503, retryAfter: 60 });
      expect(here.ask('hosted', 'wrong')).to.equal(401);
      here.pass(minute - 501);
      expect(here.admit('hosted', after.token)).to.include({ status: 503, retryAfter: 1 });
      here.pass(1);
      expect(here.ask('hosted', after.token)).to.equal(200);
    },
  },
  {
    rule: 'OP-53',
    says: 'the bridge may go after a migration',
    run: setUp => {
      const { here, after } = migrated(setUp);
      const made = here.made().length;
      here.removeBridge();
      expect(here.ask('hosted', after.token)).to.equal(200);
      expect(here.state().hosted).to.equal('on');
      expect(here.made()).to.have.length(made);
    },
  },
] as const satisfies readonly RuleTest<SetUp>[];
