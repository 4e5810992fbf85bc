import { expect } from 'chai';
import { ENTERPRISE_USER, GROUP } from '../../scim/message/urn.ts';
import { createClient, type Made } from './client.test.ts';

type Client = ReturnType<typeof createClient>;

const groupsOf = async (client: Client, { id }: Made): Promise<[unknown, unknown][]> => {
  const { groups = [] } = (await client.get(`/Users/${id}`)).body;
  return (groups as { display: string; type: string }[]).map(({ display, type }) => [display, type]);
};
const membersOf = async (client: Client, { id }: Made): Promise<unknown[]> => {
  const { members = [] } = (await client.get(`/Groups/${id}`)).body;
  return (members as { value: string }[]).map(({ value }) => value);
};

describe('Group membership', () => {
  it('is seen from both ends, with address, type and name', async () => {
    const client = createClient();
    const ada = await client.user('ada', { displayName: 'Ada' });
    const group = await client.group('Engineers', [ada]);
    expect(group['members']).to.deep.equal([
      { value: ada.id, type: 'User', $ref: ada.meta['location'], display: 'Ada' },
    ]);
    expect((await client.get(`/Users/${ada.id}`)).body['groups']).to.deep.equal([
      { value: group.id, $ref: group.meta['location'], display: 'Engineers', type: 'direct' },
    ]);
  });

  const changes: [string, (client: Client, group: Made, user: Made) => Promise<unknown>, string[]][] = [
    ['DELETE of the user', (client, _group, user) => client.delete(`/Users/${user.id}`), []],
    ['DELETE of the group', (client, group) => client.delete(`/Groups/${group.id}`), []],
    [
      'PATCH that removes the member',
      (client, group, user) =>
        client.patch(`/Groups/${group.id}`, [{ op: 'remove', path: `members[value eq "${user.id}"]` }]),
      [],
    ],
    [
      'PUT without members',
      (client, group) => client.put(`/Groups/${group.id}`, { schemas: [GROUP], displayName: 'Engineers' }),
      [],
    ],
  ];
  for (const [what, change] of changes) {
    it(`ends at both ends with a ${what}`, async () => {
      const client = createClient();
      const [ada, bob] = [await client.user('ada'), await client.user('bob')];
      const group = await client.group('Engineers', [ada]);
      const other = await client.group('Others', [ada, bob]);
      await change(client, group, ada);
      expect(await membersOf(client, group)).to.deep.equal([]);
      expect(
        (await client.find('/Groups', `members.value eq "${ada.id}" and displayName eq "Engineers"`)).body,
      ).to.include({
        totalResults: 0,
      });
      const isGone = what === 'DELETE of the user';
      expect(await groupsOf(client, ada)).to.deep.equal(isGone ? [] : [['Others', 'direct']]);
      expect(await membersOf(client, other)).to.deep.equal(isGone ? [bob.id] : [ada.id, bob.id]);
    });
  }

  it('counts a member once, however often and in whatever shape it is added', async () => {
    const client = createClient();
    const ada = await client.user('ada');
    const group = await client.group('Engineers', [ada, ada]);
    client.advance(1000);
    for (const value of [
      { value: ada.id },
      { value: ada.id, type: 'User', display: 'X' },
      { $ref: ada.meta['location'] },
    ]) {
      const { status } = await client.patch(`/Groups/${group.id}`, [{ op: 'add', path: 'members', value: [value] }]);
      expect(status, JSON.stringify(value)).to.equal(204);
    }
    const { body } = await client.get(`/Groups/${group.id}`);
    expect(body).to.deep.equal(group);
  });

  it('changes nothing when a group is put back as it was read, in another order too', async () => {
    const client = createClient();
    const [ada, bob] = [await client.user('ada'), await client.user('bob')];
    const group = await client.group('Engineers', [ada, bob]);
    client.advance(1000);
    const reversed = { ...group, members: [...(group['members'] as unknown[])].reverse() };
    expect((await client.put(`/Groups/${group.id}`, reversed)).body).to.deep.equal(group);
  });

  it('refuses a member that does not exist, and leaves the group as it was', async () => {
    const client = createClient();
    const ada = await client.user('ada');
    const group = await client.group('Engineers', [ada]);
    const members = [{ value: 'nobody' }];
    for (const answer of [
      await client.post('/Groups', { schemas: [GROUP], displayName: 'X', members }),
      await client.put(`/Groups/${group.id}`, { schemas: [GROUP], displayName: 'X', members }),
      await client.patch(`/Groups/${group.id}`, [{ op: 'add', path: 'members', value: members }]),
    ]) {
      expect(answer).to.include({ status: 400 });
      expect(answer.body).to.include({ scimType: 'invalidValue' });
    }
    expect((await client.get(`/Groups/${group.id}`)).body).to.deep.equal(group);
    expect((await client.get('/Groups')).body).to.include({ totalResults: 1 });
  });

  it('reaches through groups in groups, also in circles', async () => {
    const client = createClient();
    const ada = await client.user('ada');
    const inner = await client.group('Inner', [ada]);
    const outer = await client.group('Outer', [inner]);
    await client.patch(`/Groups/${inner.id}`, [{ op: 'add', path: 'members', value: [{ value: outer.id }] }]);
    expect(await groupsOf(client, ada)).to.deep.equal([
      ['Inner', 'direct'],
      ['Outer', 'indirect'],
    ]);
    expect((await client.find('/Users', 'groups.display eq "outer"')).body).to.include({ totalResults: 1 });
  });

  it('goes up through many layers of groups once, not once for every way there is', async () => {
    const client = createClient();
    const ada = await client.user('ada');
    let layer: readonly Made[] = [ada];
    for (let depth = 0; depth < 8; depth += 1) {
      const held = layer;
      layer = await Promise.all(Array.from({ length: 8 }, (_, at) => client.group(`${depth}-${at}`, held)));
    }
    expect(await groupsOf(client, ada)).to.have.length(64);
  });

  const touching: [string, (client: Client, outer: Made) => Promise<unknown>][] = [
    [
      'sees its group renamed',
      (client, outer) => client.patch(`/Groups/${outer.id}`, [{ op: 'replace', path: 'displayName', value: 'N' }]),
    ],
    ['loses its group', (client, outer) => client.delete(`/Groups/${outer.id}`)],
    [
      'is taken out with its group',
      (client, outer) => client.patch(`/Groups/${outer.id}`, [{ op: 'remove', path: 'members' }]),
    ],
    [
      'joins a new group',
      async (client, outer) =>
        client.post('/Groups', { schemas: [GROUP], displayName: 'New', members: [{ value: outer.id }] }),
    ],
  ];
  for (const [what, change] of touching) {
    it(`gives a user a new version, and no new lastModified, when it ${what}`, async () => {
      const client = createClient();
      const ada = await client.user('ada');
      const inner = await client.group('Inner', [ada]);
      const outer = await client.group('Outer', [inner]);
      const before = (await client.get(`/Users/${ada.id}`)).body as Made;
      client.advance(1000);
      await change(client, outer);
      const after = (await client.get(`/Users/${ada.id}`)).body as Made;
      expect(after['groups']).to.not.deep.equal(before['groups']);
      expect(after.meta['version']).to.not.equal(before.meta['version']);
      expect(after.meta['lastModified']).to.equal(before.meta['lastModified']);
    });
  }

  it('gives a group a new version when a member is renamed', async () => {
    const client = createClient();
    const ada = await client.user('ada', { displayName: 'Ada' });
    const group = await client.group('Engineers', [ada]);
    await client.patch(`/Users/${ada.id}`, [{ op: 'replace', path: 'displayName', value: 'Augusta' }]);
    const { body } = await client.get(`/Groups/${group.id}`);
    expect(body).to.have.nested.property('members[0].display', 'Augusta');
    expect((body as Made).meta['version']).to.not.equal(group.meta['version']);
  });

  it('is not worked out for lists that leave it out', async () => {
    const client = createClient();
    await client.group('Engineers', [await client.user('ada')]);
    const { body } = await client.get('/Groups?excludedAttributes=members');
    expect(body).to.have.nested.property('Resources[0].displayName', 'Engineers');
    expect(body).to.not.have.nested.property('Resources[0].members');
    const part = (await client.get('/Groups?excludedAttributes=members.type')).body;
    expect(part).to.have.nested.property('Resources[0].members[0].display', 'ada');
    expect((await client.get('/Groups?attributes=members.display')).body).to.have.nested.property(
      'Resources[0].members[0].display',
      'ada',
    );
  });
});

describe('A manager', () => {
  it('is shown with address and name once known, and kept as sent when not', async () => {
    const client = createClient();
    const boss = await client.user('boss', { displayName: 'The Boss' });
    const known = await client.user('ada', { [ENTERPRISE_USER]: { manager: { value: boss.id } } });
    const unknown = await client.user('bob', { [ENTERPRISE_USER]: { manager: { value: 'elsewhere' } } });
    expect(known[ENTERPRISE_USER]).to.deep.equal({
      manager: { value: boss.id, $ref: boss.meta['location'], displayName: 'The Boss' },
    });
    expect(unknown[ENTERPRISE_USER]).to.deep.equal({ manager: { value: 'elsewhere' } });
    client.advance(1000);
    expect((await client.put(`/Users/${known.id}`, known)).body).to.deep.equal(known);
    await client.patch(`/Users/${boss.id}`, [{ op: 'replace', path: 'displayName', value: 'Chief' }]);
    const { body } = await client.get(`/Users/${known.id}`);
    expect(body).to.have.property(ENTERPRISE_USER).that.has.nested.property('manager.displayName', 'Chief');
    expect((body as Made).meta['version']).to.not.equal(known.meta['version']);
  });
});
