import { expect } from 'chai';
import fc from 'fast-check';
import { createAdminApi, createSimulator, generateOrganisation, jumpcloud } from '../simulator/index.ts';
import { routes } from '../simulator/api/routes.ts';
import { fetchFrom } from './fetch-listener.ts';

/** Words that mean something somewhere, so that requests get past the first refusal. */
const WORDS: readonly string[] = [
  'op add remove type user user_group application id username email a@b.example state SUSPENDED suspended manager',
  'addresses attributes mfa password name description filter searchFilter searchTerm fields sort limit skip and or not',
  'name:eq:x username:$eq:x service all start_time 2020-01-01T00:00:00Z search_term search_after field interval_unit m',
  'held count applications token baseUrl manageGroups target kind expression jcUser. __proto__ constructor toString %',
].flatMap(line => line.split(' '));
const ODD = ['', '\u0000', 'Ж', 'x'.repeat(1500)];

describe('admin API, whatever it is sent', () => {
  it('never blames itself', async () => {
    const faults: unknown[] = [];
    const ids: string[] = [];
    const admin = createSimulator({
      dialect: jumpcloud,
      send: async () => ({ status: 200, headers: {}, text: '', json: { totalResults: 0, Resources: [] } }),
      organisation: generateOrganisation({ people: 8, seed: 1 }),
      retry: { attempts: 1 },
    });
    const { app, idle } = createAdminApi({ admin, apiKeys: ['key'], onFault: fault => faults.push(fault) });
    const answer = fetchFrom(app);
    const { people, groups, applications } = admin.directory;
    for (const record of [...people().slice(0, 4), ...groups().slice(0, 3), ...applications()]) ids.push(record.id);
    for (const { id } of groups()) admin.bind(id);
    admin.activate();

    const word = fc.oneof(fc.constantFrom(...WORDS, ...ODD), fc.constantFrom(...ids), fc.string());
    const { value } = fc.letrec(tie => ({
      value: fc.oneof(
        { maxDepth: 4 },
        { weight: 4, arbitrary: fc.oneof(word, fc.integer(), fc.double(), fc.boolean(), fc.constant(null)) },
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(word, tie('value'), { maxKeys: 5, noNullPrototype: true }),
      ),
    }));
    const parts = fc.record({
      route: fc.constantFrom(...routes),
      id: fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...ids) }, word),
      query: fc.array(fc.tuple(word, word), { maxLength: 3 }),
      body: fc.oneof(
        { weight: 4, arbitrary: fc.dictionary(word, value as fc.Arbitrary<unknown>, { noNullPrototype: true }) },
        value as fc.Arbitrary<unknown>,
      ),
      cut: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, fc.nat(20)),
    });
    const property = fc.asyncProperty(parts, async ({ route: { method, path }, id, query, body, cut }) => {
      const address = path.replaceAll(/:\w+/g, () => encodeURIComponent(id) || 'x');
      const url = `http://h${address}?${new URLSearchParams(query).toString()}`;
      const sent = method === 'GET' ? {} : { body: JSON.stringify(body).slice(0, cut) };
      const response = await answer(new Request(url, { method, headers: { 'x-api-key': 'key' }, ...sent }));
      const text = await response.text();
      expect(response.status, text).to.be.oneOf([200, 201, 204, 400, 404, 405, 409, 502]);
      if (response.status >= 400) expect(JSON.parse(text)).to.have.property('message').that.matches(/\w/);
    });
    await fc.assert(property, { numRuns: 250, seed: 1 });
    await idle();
    expect(faults).to.deep.equal([]);
  });
});
