import { expect } from 'chai';
import { refuseWith, type Instead } from '../provider.test.ts';
import { active, doing, expectInOrder, provisioned, prove, type Proof, type World } from './proof.test.ts';

const joinEng = ({ admin, ada, eng }: World) => admin.join(ada, eng);
const custom = {
  connector: 'custom' as const,
  connection: { baseUrl: 'https://sp.example', testEmail: 'test@orbital.example' },
};
const has =
  (...events: readonly string[]) =>
  async (world: World) =>
    expect(await world.events()).to.include.members([...events]);
const refusing =
  (method: string, path: string): Instead =>
  request =>
    request.method === method && request.path === path ? refuseWith(500, 'broken') : undefined;

const proofs: readonly Proof[] = [
  {
    rule: 'JC-53b',
    given: active,
    act: doing(joinEng),
    then: has('user_create_provision'),
  },
  {
    rule: 'JC-53c',
    given: provisioned,
    act: doing(({ admin, ada }) => admin.change(ada, { lastname: 'King' })),
    then: has('user_update_provision'),
  },
  {
    rule: 'JC-53d',
    given: provisioned,
    act: doing(({ admin, ada }) => admin.suspend(ada)),
    then: has('user_deprovision'),
  },
  { rule: 'JC-53e', options: custom, act: active, then: has('user_delete_provision') },
  {
    rule: 'JC-53f',
    given: active,
    instead: ({ path }) => (path.includes('filter=userName') ? refuseWith(404) : undefined),
    act: doing(joinEng),
    then: has('user_lookup_provision failed'),
  },
  { rule: 'JC-53g', given: active, act: doing(joinEng), then: has('group_create_provision') },
  {
    rule: 'JC-53h',
    given: provisioned,
    act: doing(({ admin, eng }) => admin.renameGroup(eng, 'Engineers')),
    then: has('group_update_provision'),
  },
  {
    rule: 'JC-53i',
    given: provisioned,
    act: doing(({ admin, eng }) => admin.deleteGroup(eng)),
    then: has('group_delete_provision'),
  },
  {
    rule: 'JC-54a',
    given: active,
    instead: refusing('POST', '/Users'),
    act: doing(joinEng),
    then: async world => {
      expectInOrder(world, 'POST /Users');
      await has('user_create_provision failed')(world);
    },
  },
  {
    rule: 'JC-54b',
    given: active,
    instead: refusing('POST', '/Groups'),
    act: doing(joinEng),
    then: async ({ told }) => {
      const event = (await told()).find(({ event_type }) => event_type === 'group_create_provision');
      expect(event).to.deep.include({
        success: false,
        error_message: 'the group could not be created: answered 500, broken',
        message_chain: {
          response_code: 500,
          response_message: 'the group could not be created: answered 500, broken',
        },
      });
      expect(event?.resource).to.include({ type: 'user_group', name: 'Eng' });
      expect(event?.application).to.include({ name: '1Password' });
    },
  },
  {
    rule: 'JC-55',
    given: active,
    act: doing(joinEng, async ({ admin, hire, eng }) => admin.join(await hire('Ben'), eng)),
    then: async ({ events }) => expect((await events()).join()).not.to.contain('user_lookup_provision'),
  },
];

/** What an admin does to an integration, and in the directory, with the events it leaves. */
const deeds: Proof = {
  rule: 'JC-53a',
  options: { connection: { baseUrl: 'https://sp.example', token: 'first' } },
  act: async ({ admin, hire }) => {
    await admin.activate();
    await admin.configure({ baseUrl: 'https://other.example' });
    await admin.reauthenticate('second');
    await admin.deactivate();
    const cleo = await hire('Cleo');
    await admin.suspend(cleo);
    await admin.reactivate(cleo);
    await admin.change(cleo, { lastname: 'King' });
    await admin.dismiss(cleo);
  },
  then: async ({ events }) =>
    expect(await events()).to.deep.equal([
      'idm_integration_activate',
      'idm_integration_update',
      'idm_integration_reauth',
      'idm_integration_delete',
      'user_create',
      'user_suspended',
      'user_unsuspended',
      'user_update',
      'user_delete',
    ]),
};

describe('rules of Directory Insights', () => prove([...proofs, deeds]));
