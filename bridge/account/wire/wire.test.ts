import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { GROUP, SCHEMA, USER } from '../../../scim/message/urn.ts';
import { isObject, resourcesOf } from '../../../scim/message/list.ts';
import type { Json, JsonObject } from '../../../scim/wire/message.ts';
import { profiles } from '../profiles.ts';
import type { AccountSettings, ProfileId } from '../model.ts';
import { inWorld, type World } from '../world.test.ts';
import { createWire, wireIds, type WireId } from './index.ts';

const inWire = async <T>(
  profile: ProfileId,
  work: (world: World) => Promise<T>,
  settings: Partial<AccountSettings> = {},
) => inWorld({ account: { profile, wire: 'observed', settings } }, work);

const read = async ({ scim }: World, path: string): Promise<JsonObject> => {
  const { status, json } = await scim.list(path);
  expect(status, path).to.equal(200);
  return isObject(json) ? json : {};
};

/** The value of an attribute of a published schema, by names. */
const described = (schema: JsonObject | undefined, ...names: readonly string[]): JsonObject | undefined =>
  names.reduce<JsonObject | undefined>((level, name) => {
    const inner: Json | undefined = level?.['attributes'] ?? level?.['subAttributes'];
    return Array.isArray(inner) ? inner.filter(isObject).find(one => one['name'] === name) : undefined;
  }, schema);

describe('the observed wire of hosted', () => {
  it('shows a user as recorded', () =>
    inWire('hosted', async world => {
      const id = await world.hire('ada@x.example', { emails: [{ value: 'ada@x.example', type: 'work' }] });
      expect(id).to.match(/^[A-Z2-7]{26}$/);
      expect(await world.user(id)).to.deep.equal({
        schemas: [USER],
        id,
        userName: 'ada@x.example',
        displayName: 'Ada Byron',
        name: { givenName: 'Ada', familyName: 'Byron', formatted: 'Ada Byron' },
        emails: [{ value: 'ada@x.example', primary: true }],
        active: true,
        preferredLanguage: 'en',
        meta: { resourceType: 'User' },
      });
    }));

  it('leaves nothing for the family name of one word', () =>
    inWire('hosted', async world => {
      const id = await world.hire('ada@x.example', { displayName: 'Ada' });
      expect((await world.user(id))['name']).to.deep.equal({ givenName: 'Ada', familyName: '', formatted: 'Ada' });
    }));

  it('shows a group without members, whole seconds, and a change before the creation', () =>
    inWire('hosted', async world => {
      await world.control.advance({ ms: 1500 });
      const id = await world.push('team');
      expect(id).to.match(/^[a-z2-7]{26}$/);
      const [created, lastModified] = ['2026-01-01T00:00:02Z', '2026-01-01T00:00:01Z'];
      const meta = { resourceType: 'Group', created, lastModified };
      expect(await world.group(id)).to.deep.equal({ schemas: [GROUP], id, displayName: 'team', meta });
      await world.control.advance({ ms: 10_000 });
      await world.patch('/Groups', id, { op: 'replace', path: 'displayName', value: 'crew' });
      expect((await world.group(id))['meta']).to.include({ created, lastModified: '2026-01-01T00:00:12Z' });
    }));

  it('shows both ends of a membership with the members that the schema has', () =>
    inWire('hosted', async world => {
      const person = await world.hire('ada@x.example');
      const id = await world.push('team', [person]);
      const [member] = (await world.group(id))['members'] as readonly JsonObject[];
      expect(member).to.have.all.keys('value', '$ref', 'type');
      const [group] = (await world.user(person))['groups'] as readonly JsonObject[];
      expect(group).to.have.all.keys('value', '$ref', 'display');
    }));

  it('shows an empty list from 1', () =>
    inWire('hosted', async world => {
      const list = await read(world, '/Groups');
      expect(list).to.deep.include({ totalResults: 0, itemsPerPage: 0, startIndex: 1, Resources: [] });
    }));

  it('keeps to the attributes that are asked for', () =>
    inWire('hosted', async world => {
      const id = await world.hire('ada@x.example', { displayName: 'Ada' });
      const user = await read(world, `/Users/${id}?attributes=name.givenName`);
      expect(user['name']).to.deep.equal({ givenName: 'Ada' });
    }));
});

describe('the observed wire of self-hosted', () => {
  it('shows a user as recorded, empty where it has no value', () =>
    inWire('self-hosted', async world => {
      const id = await world.hire('ada@x.example');
      expect(id).to.match(/^[A-Z2-7]{26}$/);
      expect(await world.user(id)).to.deep.equal({
        schemas: [USER],
        id,
        externalId: 'ada',
        userName: 'ada@x.example',
        displayName: 'Ada Byron',
        name: {
          givenName: 'Ada',
          familyName: 'Byron',
          formatted: 'Ada Byron',
          middleName: '',
          honorificPrefix: '',
          honorificSuffix: '',
        },
        emails: [{ value: 'ada@x.example', primary: true, type: '' }],
        active: true,
        meta: { resourceType: 'User', created: '', lastModified: '', location: '', version: '' },
      });
    }));

  it('names addresses of groups and members ref, below the path that was asked', () =>
    inWire('self-hosted', async world => {
      const person = await world.hire('ada@x.example');
      const group = await world.push('team', [person]);
      const { json } = await world.at('/').read('/Users', person);
      expect(json).to.deep.include({ groups: [{ value: group, ref: `${world.origin}/Groups/${group}` }] });
      const ref = `${world.origin}/scim/v2/Users/${person}`;
      expect((await world.group(group))['members']).to.deep.equal([{ value: person, ref }]);
    }));

  for (const [query, shown] of [
    ['attributes=emails', { emails: [{ value: 'ada@x.example', primary: true, type: '' }] }],
    ['attributes=emails.type', { emails: [{ type: '' }] }],
    ['attributes=name.middleName', { name: { middleName: '' } }],
    ['attributes=userName', { userName: 'ada@x.example' }],
  ] as const) {
    it(`keeps to the attributes that are asked for: ${query}`, () =>
      inWire('self-hosted', async world => {
        const id = await world.hire('ada@x.example');
        expect(await read(world, `/Users/${id}?${query}`)).to.deep.equal({ schemas: [USER], id, ...shown });
      }));
  }

  it('shows no empty text where that is left out', () =>
    inWire(
      'self-hosted',
      async world => {
        const id = await world.hire('ada@x.example');
        expect(JSON.stringify(await world.user(id))).not.to.include('""');
      },
      { emptyFieldStyle: 'absent' },
    ));

  it('shows an externalId that is empty by policy', () =>
    inWire(
      'self-hosted',
      async world => expect((await world.user(await world.hire('ada@x.example')))['externalId']).to.equal(''),
      { externalIdPolicy: 'empty' },
    ));
});

describe('the observed discovery documents', () => {
  it('give addresses from the root of the host, one of them wrong', () =>
    inWire('hosted', async world => {
      const config = await read(world, '/ServiceProviderConfig');
      expect(config['meta']).to.deep.include({ location: '/scim/v2/ServiceProviderConfig' });
      expect(config['bulk']).to.deep.equal({ supported: false, maxOperations: 0, maxPayloadSize: 0 });
      expect(config).not.to.have.any.keys('pagination', 'documentationUri');
      const [scheme] = config['authenticationSchemes'] as readonly JsonObject[];
      expect(scheme).to.include({ type: 'oauthbearertoken', documentationUri: '' }).and.not.to.have.property('primary');
      const types = await read(world, '/ResourceTypes');
      expect(types).to.include({ totalResults: 2, startIndex: 0, itemsPerPage: 2 });
      expect(resourcesOf(types).map(({ endpoint }) => endpoint)).to.deep.equal(['/scim/v2/User', '/scim/v2/Groups']);
      expect((await world.scim.list('/User')).status).to.equal(404);
    }));

  it('describe users without active and displayName, and themselves not at all', () =>
    inWire('self-hosted', async world => {
      const list = await read(world, '/Schemas');
      expect(list).to.include({ totalResults: 2, startIndex: 0 });
      const [user, group] = resourcesOf(list);
      expect([user?.['id'], group?.['id'], user?.['schemas']]).to.deep.equal([USER, GROUP, undefined]);
      expect(described(user, 'userName')).to.include({ required: true, uniqueness: 'server', returned: 'always' });
      expect(described(user, 'name', 'formatted')).to.include({ required: true });
      expect([described(user, 'active'), described(user, 'displayName')]).to.deep.equal([undefined, undefined]);
      expect(described(group, 'members', 'value')).to.include({ mutability: 'immutable' });
      expect((await world.scim.read('/Schemas', SCHEMA)).status).to.equal(404);
      expect((await world.scim.read('/Schemas', GROUP)).status).to.equal(200);
    }));
});

describe('the normal wire', () => {
  it('leaves ids and bodies alone', () => {
    const { idOf, shape } = createWire('normal', 'hosted', profiles.hosted.settings);
    const body = { schemas: [USER], meta: { location: 'x' } };
    expect([idOf('User', 'one'), shape(body, () => true)]).to.deep.equal(['one', body]);
  });

  it('is one of those that there are', () => {
    expect(wireIds).to.deep.equal(['normal', 'observed']);
    expect(() => createWire('odd' as WireId, 'hosted', profiles.hosted.settings)).to.throw(
      RangeError,
      'there is no wire odd; the wires are normal and observed',
    );
  });

  it('is told from the other in this folder alone', () => {
    const root = new URL('../../../', import.meta.url);
    const files = ['bridge', 'cli'].flatMap(folder =>
      readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }).map(file => `${folder}/${file}`),
    );
    const compares = (file: string) =>
      /(?:[!=]==|\bcase) '(?:normal|observed)'/.test(readFileSync(new URL(file, root), 'utf8'));
    const code = files.filter(file => file.endsWith('.ts') && !/\.test\.ts$|^bridge\/account\/wire\//.test(file));
    expect(code.length).to.be.greaterThan(50);
    expect(code.filter(compares)).to.deep.equal([]);
  });
});
