import { expect } from 'chai';
import { jumpcloud } from '../dialects/index.ts';
import { createSimulator } from '../simulator.ts';

/** A directory whose events are looked at; nothing is ever sent. */
function setUp() {
  const admin = createSimulator({
    dialect: jumpcloud,
    now: () => 0,
    send: async () => ({ headers: {}, text: '', failure: { code: 'refused', message: 'nobody is there' } }),
  });
  const ada = admin.hire({ email: 'ada@orbital.example', firstname: 'Ada', lastname: 'Lovelace', state: 'STAGED' });
  const eng = admin.createGroup('Eng');
  const before = admin.insights.count();
  const events = () =>
    admin.insights
      .query({ skip: before })
      .map(({ id: _id, timestamp: _at, organization: _in, initiated_by: _by, service: _of, ...event }) => event);
  return { admin, ada: ada.id, eng: eng.id, events };
}

describe('events of what an admin does', () => {
  it('tell what changed about somebody, and a change of state apart from it', () => {
    const { admin, ada, events } = setUp();
    admin.change(ada, { lastname: 'King', state: 'ACTIVATED', phoneNumbers: [{ type: 'work', number: '1' }] });
    const resource = { type: 'user', id: ada, username: 'ada' };
    expect(events()).to.deep.equal([
      {
        event_type: 'user_update',
        success: true,
        resource,
        changes: [{ field: 'lastname', from: 'Lovelace', to: 'King' }, { field: 'phoneNumbers' }],
        '@version': '1',
      },
      { event_type: 'user_activated', success: true, resource, '@version': '1' },
    ]);
  });

  it('tell who joined what, and what was bound to which application', () => {
    const { admin, ada, eng, events } = setUp();
    admin.join(ada, eng);
    admin.bind(eng);
    admin.unbind(eng);
    admin.leave(ada, eng);
    const group = { type: 'user_group', object_id: eng, name: 'Eng' };
    const person = { type: 'user', object_id: ada, name: 'ada' };
    const application = { type: 'application', object_id: admin.application().id, name: '1Password' };
    expect(
      events().map(({ event_type, association }) => [event_type, association?.op, association?.connection]),
    ).to.deep.equal([
      ['association_change', 'add', { from: group, to: person }],
      ['association_change', 'add', { from: group, to: application }],
      ['association_change', 'remove', { from: group, to: application }],
      ['association_change', 'remove', { from: group, to: person }],
    ]);
  });

  it('tell of groups and applications that come, change and go', () => {
    const { admin, eng, events } = setUp();
    admin.renameGroup(eng, 'Engineers');
    admin.changeGroup(eng, { description: 'Builders' });
    admin.deleteGroup(eng);
    const { id } = admin.addApplication({ name: 'Second' });
    admin.changeApplication({ displayLabel: 'Other' }, id);
    admin.deleteApplication(id, 1);
    expect(events().map(({ event_type, resource }) => `${event_type} ${resource?.name}`)).to.deep.equal([
      'group_update Engineers',
      'group_update Engineers',
      'group_delete Engineers',
      'application_create Second',
      'application_update Second',
      'application_delete Second',
    ]);
  });

  it('are started by the admin', () => {
    const { admin } = setUp();
    expect(admin.insights.query().map(({ initiated_by }) => initiated_by.type)).to.deep.equal(['admin', 'admin']);
  });
});
