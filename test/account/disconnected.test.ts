import { expect } from 'chai';
import { accountProfiles, type AccountOptions } from '../../bridge/index.ts';
import { DAY, inWorld, TOKEN, type World } from '../../bridge/account/world.test.ts';
import { rules, type RuleId } from '../../conformance/clauses/index.ts';
import { createTransport } from '../../scim/wire/transport.ts';
import { createSimulator, jumpcloud, type Simulator } from '../../simulator/index.ts';

/** How the identity provider goes away. */
interface Farewell {
  readonly rule: RuleId;
  readonly goes: (admin: Simulator) => unknown;
}

const farewells: readonly Farewell[] = [
  {
    rule: 'OP-27a',
    goes(admin) {
      const { id } = admin.application();
      admin.addApplication({ name: 'Another' });
      admin.deleteApplication(id);
    },
  },
  { rule: 'OP-27b', goes: admin => admin.deactivate() },
];

/**
 * Ada has joined and Ben is invited, both in a group; the identity provider goes away, and whatever happens there or in a year
 * reaches neither of them.
 *
 * @param breaks what the identity provider does in spite of the rule
 */
async function prove({ goes }: Farewell, world: World, breaks?: (world: World) => Promise<unknown>): Promise<void> {
  const { control, origin } = world;
  const { send, close } = createTransport({ baseUrl: `${origin}/scim/v2` });
  const authorization = `Bearer ${TOKEN}`;
  try {
    const admin = createSimulator({
      dialect: jumpcloud,
      send: request => send({ ...request, headers: { ...request.headers, authorization } }),
      manageGroups: true,
      now: () => 0,
    });
    const [ada, ben] = ['ada', 'ben'].map(
      name => admin.hire({ email: `${name}@x.example`, firstname: name, lastname: 'X' }).id,
    );
    const { id: club } = admin.createGroup('Club');
    for (const person of [ada, ben]) admin.join(person ?? '', club);
    admin.bind(club);
    admin.activate();
    await admin.sync();
    const { state } = await control.accept({ person: 'ada@x.example' });
    if (state === 'pending') await control.confirm({ person: 'ada@x.example' });
    const look = async () => {
      const people = (await control.people()).map(({ id, address, name, state }) => ({ id, address, name, state }));
      return [people, await control.groups()];
    };
    const before = await look();
    expect(await world.state('ada@x.example')).to.equal('active');
    expect(await world.state('ben@x.example')).to.equal('invited');
    const told = (await control.journal()).length;

    goes(admin);
    await breaks?.(world);
    admin.suspend(ada ?? '');
    admin.renameGroup(club, 'Circle');
    admin.dismiss(ben ?? '');
    await admin.sync();
    await control.advance({ ms: 365 * DAY });

    expect(await look()).to.deep.equal(before);
    const since = (await control.journal()).slice(told);
    expect(since.filter(({ cause }) => cause !== 'clock')).to.deep.equal([]);
  } finally {
    await close();
  }
}

/** Whoever is provisioned is deactivated on the way out. */
async function deactivateAll({ control, patch }: World): Promise<void> {
  for (const { id, role } of await control.people()) {
    if (role === 'member') await patch('/Users', id, { op: 'replace', path: 'active', value: false });
  }
}

describe('people whose identity provider goes away', () => {
  for (const farewell of farewells) {
    for (const profile of Object.keys(accountProfiles) as AccountOptions['profile'][]) {
      const { rule } = farewell;
      it(`stay as they are, ${rule}: ${rules[rule].title} (${profile})`, () =>
        inWorld({ account: { profile } }, world => prove(farewell, world)));

      it(`would be seen to change without ${rule} (${profile})`, async () => {
        const account = { profile };
        const failure = await inWorld({ account }, world => prove(farewell, world, deactivateAll)).catch(
          error => error as unknown,
        );
        expect(failure).to.have.property('name', 'AssertionError');
      });
    }
  }
});
