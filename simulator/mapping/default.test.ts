import { expect } from 'chai';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import type { Person } from '../directory/model.ts';
import { completePerson } from '../directory/validate.ts';
import { mapPerson, type AttributeMapping } from './attribute-mapping.ts';
import { defaultMapping } from './default.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const ID = '65a0f2c4aa11bb22cc33dd44';
const person = (fields: Partial<Person> = {}): Person =>
  completePerson(ID, { email: 'ada@orbital.example', firstname: 'Ada', lastname: 'Lovelace', ...fields });

const mapped = (
  fields: Partial<Person> = {},
  providerUser: JsonObject = {},
  mappings: readonly AttributeMapping[] = defaultMapping,
): Record<string, Json> =>
  Object.fromEntries(
    mapPerson(mappings, person(fields), providerUser, () => 0).values.map(({ path, value }) => [path.join(' '), value]),
  );

describe('default attribute mapping', () => {
  it('gives the sixteen attributes of the table for a person with everything (JC-26)', () => {
    const everything = mapped({
      company: 'Orbital',
      costCenter: 'CC-1',
      department: 'Engineering',
      employeeIdentifier: 'E1',
      employeeType: 'FTE',
      jobTitle: 'Engineer',
      manager: '65a0f2c4aa11bb22cc33dd45',
      location: 'London',
      middlename: 'King',
      addresses: [{ type: 'work', streetAddress: 'Quay 1', locality: 'London', country: 'GB' }],
      phoneNumbers: [{ type: 'work', number: '+44 20 7946 0001' }],
      attributes: [{ name: 'badge', value: '7' }],
    });
    expect(everything).to.deep.equal({
      userName: 'ada@orbital.example',
      [`${ENTERPRISE} organization`]: 'Orbital',
      [`${ENTERPRISE} costCenter`]: 'CC-1',
      [`${ENTERPRISE} department`]: 'Engineering',
      [`${ENTERPRISE} employeeNumber`]: 'E1',
      userType: 'FTE',
      'name givenName': 'Ada',
      title: 'Engineer',
      'name familyName': 'Lovelace',
      displayName: 'Ada Lovelace',
      externalId: ID,
      locale: 'en-US',
      preferredLanguage: 'en-US',
      addresses: [{ type: 'work', streetAddress: 'Quay 1', locality: 'London', country: 'GB' }],
      emails: [{ value: 'ada@orbital.example', type: 'work', primary: true }],
      phoneNumbers: [{ value: '+44 20 7946 0001', type: 'work' }],
    });
    expect(defaultMapping).to.have.length(16);
  });

  it('leaves out what is empty (JC-32e, JC-Q31)', () => {
    expect(Object.keys(mapped({ lastname: '' }))).to.have.members([
      'userName',
      'name givenName',
      'displayName',
      'externalId',
      'locale',
      'preferredLanguage',
      'emails',
    ]);
  });

  const home = { type: 'home', locality: 'Leeds' };
  const work = { type: 'work', locality: 'London' };
  const phones = [
    { type: 'mobile', number: '1' },
    { type: 'work', number: '2' },
  ];
  const values: readonly [rule: string, attribute: string, fields: Partial<Person>, user: JsonObject, value: Json][] = [
    ['JC-29a', 'displayName', { displayname: 'Countess' }, {}, 'Countess'],
    ['JC-29b', 'displayName', {}, {}, 'Ada Lovelace'],
    ['JC-29b', 'displayName', { firstname: '' }, {}, ' Lovelace'],
    ['JC-29c', 'displayName', { lastname: '' }, {}, 'Ada'],
    ['JC-30a', 'externalId', {}, { externalId: 'theirs' }, 'theirs'],
    ['JC-30b', 'externalId', {}, { externalId: '' }, ID],
    ['JC-31a', 'locale', {}, { locale: 'de-CH' }, 'de-CH'],
    ['JC-31b', 'locale', {}, { locale: null }, 'en-US'],
    ['JC-31c', 'preferredLanguage', {}, { preferredLanguage: 'en' }, 'en'],
    ['JC-32a', 'addresses', { addresses: [home, work] }, {}, [work]],
    ['JC-32b', 'addresses', { addresses: [home, { ...home, type: 'other' }] }, {}, [home]],
    ['JC-32c', 'phoneNumbers', { phoneNumbers: phones }, {}, [{ value: '2', type: 'work' }]],
    ['JC-32d', 'phoneNumbers', { phoneNumbers: phones.slice(0, 1) }, {}, [{ value: '1', type: 'mobile' }]],
  ];
  for (const [rule, attribute, fields, user, value] of values) {
    it(`${rule}: ${attribute} is ${JSON.stringify(value)}`, () => {
      expect(mapped(fields, user)[attribute]).to.deep.equal(value);
    });
  }

  it('takes a constant for everyone (JC-33c), whatever the kinds beside it', () => {
    const mappings: readonly AttributeMapping[] = [
      { target: 'nickName', kind: 'constant', value: 'x' },
      { target: 'name.middleName', kind: 'direct', source: 'middlename' },
    ];
    expect(mapped({ middlename: 'King' }, {}, mappings)).to.deep.equal({ nickName: 'x', 'name middleName': 'King' });
  });
});
