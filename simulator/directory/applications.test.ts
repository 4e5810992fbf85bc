import { expect } from 'chai';
import type { Change } from './change.ts';
import { createDirectory } from './directory.ts';
import { idSource } from './ids.ts';

function setUp() {
  const changes: Change[] = [];
  const directory = createDirectory({
    newId: idSource('applications', 0),
    applicationName: '1Password',
    onChange: change => changes.push(change),
  });
  const first = directory.application();
  const second = directory.addApplication({ name: 'Custom SCIM', displayLabel: 'Wiki', manageGroups: true });
  const eng = directory.addGroup('Engineering', '');
  const told = () =>
    changes.splice(0).map(change => {
      const about = 'application' in change ? change.application : undefined;
      return `${change.kind} ${typeof about === 'string' ? about : (about?.id ?? '')}`.trim();
    });
  told();
  return { directory, told, first, second, eng };
}

describe('applications of a directory', () => {
  it('stand beside each other, in the order of adding', () => {
    const { directory, first, second } = setUp();
    expect(directory.applications()).to.deep.equal([first, second]);
    expect(first).to.include({
      name: '1Password',
      displayLabel: '1Password',
      ssoUrl: 'https://sso.jumpcloud.com/saml2/1password',
      active: false,
      manageGroups: false,
    });
    expect(second).to.include({ displayLabel: 'Wiki', ssoUrl: 'https://sso.jumpcloud.com/saml2/customscim' });
    expect(directory.application(second.id)).to.deep.equal(second);
    expect(directory.application()).to.deep.equal(first);
  });

  it('are each bound, switched on and told about on their own; without a name the first is meant', () => {
    const { directory, told, first, second, eng } = setUp();
    directory.bind(eng.id);
    directory.bind(eng.id, second.id);
    directory.setActive(true, second.id);
    directory.setManageGroups(true);
    directory.unbind(eng.id);
    expect(told()).to.deep.equal([
      `group-bound ${first.id}`,
      `group-bound ${second.id}`,
      `activated ${second.id}`,
      `group-management ${first.id}`,
      `group-unbound ${first.id}`,
    ]);
    expect([directory.isBound(eng.id), directory.isBound(eng.id, second.id)]).to.deep.equal([false, true]);
    expect(directory.boundTo(eng.id)).to.deep.equal([second.id]);
    expect(directory.application(first.id)).to.include({ active: false, manageGroups: true });
    expect(directory.application(second.id)).to.include({ active: true, manageGroups: true });
  });

  it('are told of a deleted group that was bound to them', () => {
    const { directory, first, second, eng } = setUp();
    directory.bind(eng.id, second.id);
    directory.bind(eng.id, first.id);
    directory.deleteGroup(eng.id);
    expect(directory.applications().flatMap(({ boundGroups }) => boundGroups)).to.deep.equal([]);
  });

  it('go when they are deleted, with their bindings, and the next one is the first (JC-8a)', () => {
    const { directory, told, first, second, eng } = setUp();
    directory.bind(eng.id);
    directory.deleteApplication(undefined, 1);
    expect(told()).to.deep.equal([`group-bound ${first.id}`, `application-deleted ${first.id}`]);
    expect(directory.application()).to.deep.equal(second);
    expect(directory.isBound(eng.id, first.id)).to.equal(false);
    expect(directory.boundTo(eng.id)).to.deep.equal([]);
  });

  it('take another label, and group management with it', () => {
    const { directory, told, first } = setUp();
    directory.changeApplication({ displayLabel: 'Passwords', manageGroups: true, ssoUrl: first.ssoUrl });
    directory.changeApplication({ displayLabel: 'Passwords' });
    expect(told()).to.deep.equal([`application-changed ${first.id}`, `group-management ${first.id}`]);
    expect(directory.application()).to.include({ displayLabel: 'Passwords', manageGroups: true });
  });
});
