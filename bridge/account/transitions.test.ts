import { expect } from 'chai';
import { createLaw } from './law.ts';
import type { Cause, PersonEvent, PersonState, ProfileId } from './model.ts';
import { settleAccount } from './profiles.ts';
import { createMachine, transitions } from './transitions.ts';
import { createWire } from './wire/index.ts';

const machineOf = (id: ProfileId, given = {}) => {
  const { profile, settings } = settleAccount({ profile: id, settings: given });
  return createMachine(createLaw(profile, settings, createWire('normal', profile.id, settings), new Set()));
};

describe('the transitions of a person', () => {
  /** The table of the research note, section 4, read off it apart from the code. */
  const noted: readonly [from: PersonState | 'none', event: PersonEvent, by: Cause, bridge: string, hosted: string][] =
    [
      ['none', 'create', 'provisioning', 'invited', 'invited'],
      ['invited', 'accept', 'person', 'pending', 'active'],
      ['pending', 'confirm', 'clock', 'active', 'active'],
      ['pending', 'confirm', 'administrator', 'active', 'active'],
      ['pending', 'reject', 'administrator', 'removed', 'removed'],
      ['invited', 'deprovision', 'provisioning', 'removed', 'transfer-suspended'],
      ['invited', 'delete', 'provisioning', 'removed', 'transfer-suspended'],
      ['pending', 'deprovision', 'provisioning', 'suspended', 'suspended'],
      ['pending', 'delete', 'provisioning', 'suspended', 'suspended'],
      ['active', 'deprovision', 'provisioning', 'suspended', 'suspended'],
      ['active', 'delete', 'provisioning', 'suspended', 'suspended'],
      ['suspended', 'activate', 'provisioning', 'active', 'active'],
      ['transfer-suspended', 'activate', 'provisioning', 'invited', 'invited'],
      ['suspended', 'deprovision', 'provisioning', '-', '-'],
      ['suspended', 'delete', 'provisioning', '-', '-'],
      ['active', 'delete-for-good', 'administrator', 'removed', 'removed'],
      ['suspended', 'delete-for-good', 'administrator', 'removed', 'removed'],
      ['suspended', 'reactivate', 'administrator', 'active', 'active'],
      ['suspended', 'accept', 'person', '-', '-'],
      ['transfer-suspended', 'accept', 'person', '-', '-'],
      ['invited', 'confirm', 'administrator', '-', '-'],
      ['active', 'activate', 'provisioning', '-', '-'],
      ['active', 'deprovision', 'person', '-', '-'],
      ['active', 'suspend', 'person', '-', '-'],
    ];
  for (const [from, event, by, bridge, hosted] of noted) {
    it(`lead from ${from} on ${event} by ${by} to ${bridge} or ${hosted}`, () => {
      const to = (id: ProfileId): string => machineOf(id)(from, event, by)?.to ?? '-';
      expect([to('self-hosted'), to('hosted')]).to.deep.equal([bridge, hosted]);
    });
  }

  it('follow the settings where sources differ', () => {
    const kept = machineOf('self-hosted', { invitedDeprovision: 'keep', deleteSemantics: 'remove' });
    expect(kept('invited', 'delete', 'provisioning')?.to).to.equal('transfer-suspended');
    expect(kept('active', 'delete', 'provisioning')?.to).to.equal('removed');
    expect(kept('suspended', 'delete', 'provisioning')?.to).to.equal('removed');
    expect(kept('active', 'deprovision', 'provisioning')?.to).to.equal('suspended');
  });

  it('lead out of every state but removal, and to an end from each', () => {
    const states = new Set(transitions.map(({ from }) => from));
    for (const { to } of transitions) if (to !== 'removed') expect(states, to).to.include(to);
    for (const from of states) {
      if (from !== 'none')
        expect(transitions.some(row => row.from === from && row.event === 'delete-for-good')).to.equal(true);
    }
  });

  it('are unambiguous in each profile', () => {
    for (const id of ['self-hosted', 'hosted'] as const) {
      const { profile, settings } = settleAccount({ profile: id });
      const values: Readonly<Record<string, unknown>> = { ...settings, afterSignUp: profile.afterSignUp };
      const rows = transitions.filter(({ when = {} }) =>
        Object.entries(when).every(([name, value]) => values[name] === value),
      );
      const keys = rows.map(({ from, event, by }) => `${from} ${event} ${by}`);
      expect(new Set(keys).size).to.equal(keys.length);
    }
  });
});
