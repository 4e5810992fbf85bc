import { expect } from 'chai';
import { ENTERPRISE_USER, GROUP, USER } from '../../scim/message/urn.ts';
import { attribute, complex, string, type ResourceType } from '../../scim/schema/index.ts';
import { BASE, createClient } from './client.test.ts';
import type { BridgeSettings } from './settings.ts';

const CORE = 'urn:ietf:params:scim:schemas:core:2.0';
const ids = (body: object): unknown => (body as { Resources: { id: string }[] }).Resources.map(({ id }) => id);

const thing: ResourceType = {
  name: 'Thing',
  endpoint: '/Things',
  description: 'A thing.',
  schema: {
    id: 'urn:example:Thing',
    name: 'Thing',
    description: 'A thing.',
    attributes: [
      string('label', 'Its label.', { required: true, returned: 'always' }),
      attribute('serial', 'integer', 'Its number.', { uniqueness: 'global' }),
      string('note', 'Shown when asked for.', { returned: 'request' }),
      string('pin', 'Never shown.', { mutability: 'writeOnly', returned: 'never', required: true }),
    ],
  },
  extensions: [],
};

describe('Discovery', () => {
  it('announces what the settings say', async () => {
    const settings: Partial<BridgeSettings> = {
      patch: false,
      bulk: true,
      bulkMaxOperations: 7,
      bulkMaxPayloadSize: 7000,
      filterMaxResults: 50,
      sort: false,
      etag: false,
      changePassword: false,
      cursorTimeout: 60,
    };
    const { headers, body } = await createClient({ settings }).get('/ServiceProviderConfig');
    expect(headers['location']).to.equal(`${BASE}/ServiceProviderConfig`);
    expect(body).to.deep.include({
      schemas: [`${CORE}:ServiceProviderConfig`],
      patch: { supported: false },
      bulk: { supported: true, maxOperations: 7, maxPayloadSize: 7000 },
      filter: { supported: true, maxResults: 50 },
      changePassword: { supported: false },
      sort: { supported: false },
      etag: { supported: false },
      pagination: {
        cursor: true,
        index: true,
        defaultPaginationMethod: 'index',
        defaultPageSize: 50,
        maxPageSize: 50,
        cursorTimeout: 60,
      },
      meta: { resourceType: 'ServiceProviderConfig', location: `${BASE}/ServiceProviderConfig` },
    });
  });

  it('lists resource types and gives each by its id', async () => {
    const client = createClient();
    const { body } = await client.get('/ResourceTypes');
    expect(ids(body)).to.deep.equal(['User', 'Group']);
    const user = await client.get('/ResourceTypes/User');
    expect(user.body).to.deep.equal({
      schemas: [`${CORE}:ResourceType`],
      id: 'User',
      name: 'User',
      description: 'User Account',
      endpoint: '/Users',
      schema: USER,
      schemaExtensions: [{ schema: ENTERPRISE_USER, required: false }],
      meta: { resourceType: 'ResourceType', location: `${BASE}/ResourceTypes/User` },
    });
    expect(user.headers['location']).to.equal(`${BASE}/ResourceTypes/User`);
    expect(await client.get('/ResourceTypes/Users')).to.include({ status: 404 });
  });

  it('lists the schemas in use and those of discovery, and gives each by its URN in any case', async () => {
    const client = createClient();
    const { body } = await client.get('/Schemas');
    const discovery = ['ServiceProviderConfig', 'ResourceType', 'Schema'].map(name => `${CORE}:${name}`);
    expect(ids(body)).to.deep.equal([USER, ENTERPRISE_USER, GROUP, ...discovery]);
    expect(body).to.include({ totalResults: 6 });
    for (const path of [USER, encodeURIComponent(USER), USER.toUpperCase()]) {
      const { status, body } = await client.get(`/Schemas/${path}`);
      expect(status, path).to.equal(200);
      expect(body).to.include({ id: USER, name: 'User' });
      expect(body).to.have.nested.property('attributes[0].uniqueness', 'server');
      expect(body).to.have.nested.property('meta.location', `${BASE}/Schemas/${USER}`);
    }
    expect(await client.get('/Schemas/urn:none')).to.include({ status: 404 });
  });

  it('ignores paging, sorting and projection', async () => {
    const client = createClient();
    const plain = await client.get('/Schemas');
    const asked = await client.get('/Schemas?startIndex=2&count=1&sortBy=id&attributes=name');
    expect(asked.body).to.deep.equal(plain.body);
  });
});

describe('A resource type of its own', () => {
  const client = () => createClient({ resourceTypes: [thing] });
  const body = { schemas: ['urn:example:Thing'], label: 'L', serial: 7, note: 'N', pin: '1234' };

  it('is announced and served, and only it', async () => {
    const { get } = client();
    expect(ids((await get('/ResourceTypes')).body)).to.deep.equal(['Thing']);
    expect(await get('/Things')).to.include({ status: 200 });
    expect(await get('/Users')).to.include({ status: 404 });
  });

  it('shows attributes by their characteristics', async () => {
    const { post, get, patch } = client();
    const made = await post('/Things', body);
    expect(made.body).to.include({ label: 'L', serial: 7, note: 'N' }).and.not.have.property('pin');
    const path = `/Things/${String(made.body['id'])}`;
    expect((await get(path)).body).to.not.have.any.keys('note', 'pin');
    expect((await get(`${path}?attributes=note,pin`)).body).to.include({ label: 'L', note: 'N' });
    expect((await get(`${path}?attributes=note,pin`)).body).to.not.have.any.keys('serial', 'pin');
    expect(await patch(path, [{ op: 'replace', path: 'label', value: 'M' }])).to.include({ status: 200 });
  });

  it('is linked by whatever attribute its schema says, which is shown whole where it is always shown', async () => {
    const owner = complex('owner', 'Who has it.', [
      string('value', 'Id.'),
      attribute('$ref', 'reference', 'Address.', { referenceTypes: ['Thing'] }),
      string('display', 'Name.'),
    ]);
    const attributes = [...thing.schema.attributes, { ...owner, returned: 'always' as const }];
    const { post, get } = createClient({ resourceTypes: [{ ...thing, schema: { ...thing.schema, attributes } }] });
    const first = await post('/Things', body);
    const second = await post('/Things', { ...body, serial: 8, owner: { value: first.body['id'] ?? '' } });
    const shown = await get(`/Things/${String(second.body['id'])}?attributes=serial`);
    expect(shown.body).to.deep.include({ owner: { value: first.body['id'], $ref: first.headers['location'] } });
  });

  it('keeps a number unique', async () => {
    const { post } = client();
    await post('/Things', body);
    expect(await post('/Things', body)).to.include({ status: 409 });
    expect(await post('/Things', { ...body, serial: 8 })).to.include({ status: 201 });
  });
});
