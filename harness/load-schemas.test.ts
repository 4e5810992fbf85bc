import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createBridge } from '../bridge/index.ts';
import { RESOURCE_TYPE, SCHEMA, USER } from '../scim/message/urn.ts';
import type { Attribute } from '../scim/schema/index.ts';
import { loadSchemas, SchemaFileError } from './load-schemas.ts';

const SHIPPED = new URL('../schemas/test-type', import.meta.url).pathname;
const ID = 'urn:example:Thing';

const attribute = (members: object = {}) => ({ name: 'code', type: 'string', ...members });
const schema = (members: object = {}) => ({
  schemas: [SCHEMA],
  id: ID,
  name: 'Thing',
  attributes: [attribute()],
  ...members,
});
const type = (members: object = {}) => ({
  schemas: [RESOURCE_TYPE],
  name: 'Thing',
  endpoint: '/Things',
  schema: ID,
  ...members,
});

describe('schemas of a folder', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'schemas-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const load = (...resources: readonly unknown[]) => {
    writeFileSync(join(folder, 'things.json'), JSON.stringify(resources));
    return loadSchemas(folder);
  };

  it('become resource types beside the core types, with defaults for what is left out', () => {
    const types = load(type(), schema());
    expect(types.map(({ name, endpoint }) => `${name} ${endpoint}`)).to.deep.equal([
      'User /Users',
      'Group /Groups',
      'Thing /Things',
    ]);
    expect(types[2]?.schema.attributes).to.deep.equal([
      {
        name: 'code',
        type: 'string',
        multiValued: false,
        required: false,
        caseExact: false,
        mutability: 'readWrite',
        returned: 'default',
        uniqueness: 'none',
        description: '',
      } satisfies Attribute,
    ]);
  });

  it('become extensions of a core type that a file names', () => {
    const user = type({ name: 'User', endpoint: '/Users', schema: USER, schemaExtensions: [{ schema: ID }] });
    const [extended] = load(schema(), user);
    expect(extended?.extensions.map(({ schema, required }) => [schema.name, required])).to.deep.equal([
      ['EnterpriseUser', false],
      ['Thing', false],
    ]);
  });

  const mistakes: readonly [what: string, resources: readonly unknown[], message: RegExp][] = [
    ['a resource of another kind', [{ schemas: [USER] }], /things\.json: \[0\]schemas has to hold urn:ietf/],
    ['a schema without id', [schema({ id: undefined })], /: id is missing/],
    ['an id that is no URN', [schema({ id: 'Thing' })], /: id is "Thing"; give a URN/],
    ['a schema without attributes', [schema({ attributes: [] })], /: attributes has to be an array/],
    ['an attribute without name', [schema({ attributes: [{ type: 'string' }] })], /attributes\[0\]\.name is missing/],
    [
      'an unknown type',
      [schema({ attributes: [attribute({ type: 'text' })] })],
      /attributes\[0\] "code"\.type is "text"; allowed are string, boolean/,
    ],
    [
      'a complex attribute inside a complex one',
      [schema({ attributes: [attribute({ type: 'complex', subAttributes: [attribute({ type: 'complex' })] })] })],
      /"code"\.subAttributes\[0\] "code"\.type is "complex"; allowed are/,
    ],
    [
      'sub-attributes of a text',
      [schema({ attributes: [attribute({ subAttributes: [attribute()] })] })],
      /only complex attributes/,
    ],
    [
      'a flag that is a text',
      [schema({ attributes: [attribute({ required: 'true' })] })],
      /required is "true"; allowed/,
    ],
    [
      'an unknown mutability',
      [schema({ attributes: [attribute({ mutability: 'fixed' })] })],
      /mutability is "fixed"; allowed are readWrite/,
    ],
    ['two attributes of one name', [schema({ attributes: [attribute(), attribute({ name: 'Code' })] })], /there twice/],
    ['a name with a blank', [schema({ attributes: [attribute({ name: 'a b' })] })], /has to start with a letter/],
    ['a dangerous name', [schema({ attributes: [attribute({ name: 'constructor' })] })], /has to start with a letter/],
    ['a common attribute', [schema({ attributes: [attribute({ name: 'id' })] })], /an attribute of every resource/],
    [
      'a reference to nothing',
      [schema({ attributes: [attribute({ type: 'reference' })] })],
      /referenceTypes is missing/,
    ],
    ['a schema that is there already', [schema(), schema()], /defined already/],
    ['an unknown schema', [type()], /: schema names urn:example:Thing, which no file defines; known are/],
    ['two types of one name', [schema(), type(), type()], /two resource types Thing/],
    ['an endpoint of a core type', [schema(), type({ endpoint: '/users' })], /\/users is that of User/],
    ['an endpoint that is taken', [schema(), type({ endpoint: '/Bulk' })], /give one segment that is not taken/],
    ['another schema for users', [schema(), type({ name: 'User', endpoint: '/Users' })], /schema has to be urn:ietf/],
  ];
  for (const [what, resources, message] of mistakes) {
    it(`are refused with the place of ${what}`, () => {
      expect(() => load(...resources)).to.throw(SchemaFileError, message);
    });
  }

  it('are refused where the folder is missing, is empty, or holds what is no JSON', () => {
    expect(() => loadSchemas(join(folder, 'none'))).to.throw(SchemaFileError, /is no folder/);
    expect(() => loadSchemas(folder)).to.throw(SchemaFileError, /holds no \.json file/);
    writeFileSync(join(folder, 'a.json'), '{');
    expect(() => loadSchemas(folder)).to.throw(SchemaFileError, /a\.json is no JSON|a\.json: is no JSON/);
  });
});

describe('the test type', () => {
  const types = loadSchemas(SHIPPED);
  const all = types
    .flatMap(({ schema, extensions }) => [schema, ...extensions.map(each => each.schema)])
    .filter(({ id }) => id.startsWith('urn:scimulator:'))
    .flatMap(({ attributes }) => attributes);

  it('has an attribute of every type and of every characteristic', () => {
    const values = (member: keyof Attribute) => [...new Set(all.map(each => each[member]))];
    expect(values('type')).to.have.members([
      'string',
      'integer',
      'decimal',
      'binary',
      'dateTime',
      'boolean',
      'reference',
      'complex',
    ]);
    expect(values('mutability')).to.have.members(['readWrite', 'readOnly', 'immutable', 'writeOnly']);
    expect(values('returned')).to.have.members(['default', 'always', 'never', 'request']);
    expect(values('uniqueness')).to.have.members(['none', 'server', 'global']);
    for (const member of ['multiValued', 'required', 'caseExact'] as const) {
      expect(values(member), member).to.have.members([true, false]);
    }
  });

  it('is served by the bridge', () => {
    expect(() => createBridge({ anonymous: true, resourceTypes: types })).not.to.throw();
  });
});
