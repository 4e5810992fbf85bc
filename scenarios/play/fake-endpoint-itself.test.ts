import { expect } from 'chai';
import { createClient } from '../../scim/client.ts';
import { createFakeEndpoint } from './fake-endpoint.test.ts';

describe('the fake endpoint of these tests', () => {
  it('filters by name, pages, and changes members one by one', async () => {
    const { send, groups } = createFakeEndpoint();
    const client = createClient(send);
    for (const displayName of ['a', 'b', 'c']) await client.create('/Groups', { displayName });
    const member = (op: 'add' | 'remove', value: string) =>
      client.patch('/Groups', 'Groups-1', [{ op, path: 'members', value: [{ value }] }]);
    await member('add', 'x');
    await member('add', 'y');
    await member('remove', 'x');
    expect(groups.get('Groups-1')?.['members']).to.deep.equal([{ value: 'y' }]);
    const filtered = await client.list('/Groups', { filter: 'displayName eq "b"' });
    expect(filtered.json).to.include({ totalResults: 1 });
    const paged = await client.list('/Groups', { startIndex: 3, count: 2 });
    expect(paged.json).to.deep.include({ totalResults: 3, itemsPerPage: 1 });
  });
});
