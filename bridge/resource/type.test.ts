import { expect } from 'chai';
import { complex, groupType, string, type Attribute } from '../../scim/schema/index.ts';
import { ENTERPRISE_USER, GROUP, USER } from '../../scim/message/urn.ts';
import { compileType, findExtension, resolvePath } from './type.ts';

import { user } from './examples.test.ts';

describe('compiled resource type', () => {
  const paths: readonly [string, string | undefined][] = [
    ['userName', 'userName'],
    ['USERNAME', 'userName'],
    ['name.givenName', 'name.givenName'],
    ['Name.GIVENNAME', 'name.givenName'],
    [`${USER}:userName`, 'userName'],
    [`${USER.toUpperCase()}:NAME.familyname`, 'name.familyName'],
    [`${ENTERPRISE_USER}:department`, `${ENTERPRISE_USER}:department`],
    [`${ENTERPRISE_USER.toLowerCase()}:MANAGER.VALUE`, `${ENTERPRISE_USER}:manager.value`],
    ['emails.value', 'emails.value'],
    ['groups.$REF', 'groups.$ref'],
    ['id', 'id'],
    [`${USER}:id`, 'id'],
    ['externalID', 'externalId'],
    ['meta.lastModified', 'meta.lastModified'],
    ['schemas', 'schemas'],
    ['department', undefined],
    [ENTERPRISE_USER, undefined],
    [`${GROUP}:displayName`, undefined],
    ['name.nope', undefined],
    ['name.givenName.more', undefined],
    ['', undefined],
    ['__proto__', undefined],
    ['constructor', undefined],
    ['toString', undefined],
    ['name.constructor', undefined],
  ];
  for (const [path, found] of paths) {
    it(`resolves ${path || 'an empty path'} to ${found ?? 'nothing'}`, () => {
      const target = resolvePath(user, path);
      expect((target?.sub ?? target?.attribute)?.path).to.equal(found);
    });
  }

  it('finds an extension by its URN in any case', () => {
    expect(findExtension(user, ENTERPRISE_USER.toUpperCase())?.urn).to.equal(ENTERPRISE_USER);
    expect(findExtension(user, USER)).to.equal(undefined);
  });

  it('lets the attributes of every resource outrank those a schema lists', () => {
    const listed = compileType({
      ...groupType,
      schema: { ...groupType.schema, attributes: [string('ID', 'Own.', { mutability: 'readWrite' })] },
    });
    expect(resolvePath(listed, 'id')?.attribute).to.include({ name: 'id', mutability: 'readOnly', returned: 'always' });
  });

  it('compares references and binaries with case whatever the schema prints', () => {
    expect(resolvePath(user, 'profileUrl')?.attribute.exact).to.equal(true);
    expect(resolvePath(user, 'x509Certificates.value')?.sub?.exact).to.equal(true);
    expect(resolvePath(user, 'userName')?.attribute.exact).to.equal(false);
  });

  it('refuses an extension with an id that objects answer to', () => {
    const schema = { ...groupType.schema, id: 'constructor' };
    expect(() => compileType({ ...groupType, extensions: [{ schema, required: false }] })).to.throw(TypeError);
  });

  const broken: readonly [string, readonly Attribute[]][] = [
    ['two attributes of one name', [string('a', ''), string('A', '')]],
    ['a name that objects answer to', [string('constructor', '')]],
    ['a name that reaches the prototype', [string('__proto__', '')]],
    ['a name outside the grammar', [string('a b', '')]],
    ['a broken sub-attribute', [complex('a', '', [string('1b', '')])]],
  ];
  for (const [what, attributes] of broken) {
    it(`refuses a schema with ${what}`, () => {
      expect(() => compileType({ ...groupType, schema: { ...groupType.schema, attributes } })).to.throw(TypeError);
    });
  }
});
