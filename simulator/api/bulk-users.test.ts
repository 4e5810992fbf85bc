import { expect } from 'chai';
import { expectRefusal, setUp } from './client.test.ts';

const path = '/api/v2/bulk/users';
type Result = { status: string; statusMsg: string; meta: { systemUser: Record<string, unknown> } };

describe('people in bulk', () => {
  it('are created and changed row by row, whatever becomes of the others', async () => {
    const api = setUp();
    const resultsOf = async (answer: { status: number; body: unknown }) => {
      expect(answer.status).to.equal(201);
      const { jobId } = answer.body as { jobId: string };
      return (await api.get(`${path}/${jobId}/results`)).body as Result[];
    };
    const created = await resultsOf(
      await api
        .ask('post', path)
        .set('creation-source', 'jumpcloud:workday')
        .set('content-type', 'application/json')
        .send([
          { username: 'ada', email: 'ada@orbital.example' },
          { username: 'ada', email: 'ada2@orbital.example' },
          'nobody',
          { username: 'bob', email: 'bob@orbital.example', lastname: 'B' },
        ] as never),
    );
    expect(created.map(({ status }) => status)).to.deep.equal(['finished', 'failed', 'failed', 'finished']);
    expect(created[1]?.statusMsg).to.match(/user name "ada"/);
    const [ada, bob] = api.admin.people();
    expect(ada).to.include({ username: 'ada', creationSource: 'jumpcloud:workday' });
    expect(created[3]?.meta.systemUser).to.deep.equal({ id: bob?.id, username: 'bob', email: 'bob@orbital.example' });

    const changed = await resultsOf(
      await api.ask('patch', path, [
        { id: bob?.id, lastname: 'King' },
        { id: 'nobody', lastname: 'x' },
        { lastname: 'x' },
      ]),
    );
    expect(changed.map(({ status }) => status)).to.deep.equal(['finished', 'failed', 'failed']);
    expect(changed.map(({ statusMsg }) => statusMsg).join()).to.match(/no system user.*id is required/);
    expect(api.admin.people()[1]).to.include({ username: 'bob', lastname: 'King' });
  });

  it('do not hide a fault of the server in a row', async () => {
    const api = setUp();
    Object.assign(api.admin, {
      hire: () => {
        throw new Error('broken');
      },
    });
    expectRefusal(await api.post(path, [{ username: 'ada', email: 'a@b.example' }]), 500, /the server failed/);
    expect(api.faults).to.have.length(1);
  });

  it('are refused as a whole where nothing can be made of the request', async () => {
    const api = setUp();
    expectRefusal(await api.post(path, {}), 400, /JSON list/);
    expectRefusal(
      await api.ask('post', path, []).set('creation-source', 'jumpcloud:scm'),
      400,
      /did you mean jumpcloud:scim\?/,
    );
    expectRefusal(await api.get(`${path}/x/results`), 404, /no job/);
  });
});
