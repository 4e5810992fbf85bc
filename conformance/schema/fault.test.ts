import { expect } from 'chai';
import { ENTERPRISE_USER, USER } from '../../scim/message/urn.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import { declaredType } from '../run/declared.ts';
import type { Facts } from '../run/facts.ts';
import { faultsOf } from './fault.ts';

const attribute = (name: string, members: JsonObject = {}): JsonObject => ({ name, type: 'string', ...members });
const value = attribute('value');

const facts = (attributes?: readonly JsonObject[], extended?: readonly JsonObject[]): Facts => ({
  serviceProviderConfig: undefined,
  resourceTypes: [{ name: 'User', endpoint: '/Users', schema: USER, schemaExtensions: [{ schema: ENTERPRISE_USER }] }],
  schemas: attributes && [
    { id: USER, attributes },
    ...(extended ? [{ id: ENTERPRISE_USER, attributes: extended }] : []),
  ],
  credentialed: true,
  refused: {},
  kept: undefined,
});

const published = facts(
  [
    attribute('userName', { required: true }),
    attribute('active', { type: 'boolean' }),
    attribute('emails', { type: 'complex', multiValued: true, subAttributes: [value] }),
    attribute('name', { type: 'complex', subAttributes: [attribute('givenName')] }),
    attribute('badge', { type: 'complex' }),
  ],
  [attribute('department')],
);
const otherwise = facts([
  attribute('userName', { required: true }),
  attribute('active'),
  attribute('roles', { type: 'complex', multiValued: true }),
]);
const nothing = facts();

/** Kind and path of every fault of a user. */
const found = (known: Facts, user: JsonObject): readonly string[] => {
  const type = declaredType(known, 'User');
  if (!type) throw new Error('there is no type User');
  return faultsOf({ id: '1', userName: 'ada', ...user }, type, known).map(
    ({ kind, path }) => `${kind}: ${path.join('/')}`,
  );
};

describe('the faults of a resource by its JSON Schemas', () => {
  const cases: readonly [known: Facts, user: Record<string, Json>, faults: readonly string[], when: string][] = [
    [published, { active: true, emails: [{ value: 'a' }] }, [], 'all is published'],
    [published, { ACTIVE: true, Emails: [{ VALUE: 'a' }] }, [], 'names come in another case'],
    [
      published,
      { emails: [{ value: 'a', display: 'A', type: 'work', primary: true, $ref: '../x' }] },
      [],
      'predefined parts are not listed',
    ],
    [published, { nickName: null, ims: [], title: {} }, [], 'undeclared attributes have no value'],
    [published, { badge: { number: 7 } }, [], 'a complex attribute is published without parts'],
    [published, { department: 'x' }, [], 'an attribute of an extension stands at the top, which another check judges'],
    [published, { 'urn:example:other': { a: 1 } }, [], 'a schema is foreign, which another check judges'],
    [published, { active: 'true' }, [], 'a published form is missed, which other checks judge'],
    [
      published,
      { externalId: 'e', meta: { location: '/Users/1', version: 'W/"1"' }, schemas: [USER] },
      [],
      'common attributes are not listed',
    ],
    [published, { shoeSize: 44 }, ['undeclared: shoeSize'], 'an attribute is not published'],
    [
      published,
      { [ENTERPRISE_USER]: { payGrade: 'A' } },
      [`undeclared: ${ENTERPRISE_USER}/payGrade`],
      'an extension holds one that is not published',
    ],
    [
      published,
      { [ENTERPRISE_USER.toUpperCase()]: { Department: 'x' } },
      [],
      'the URI of an extension comes in another case',
    ],
    [
      published,
      { emails: [{ value: 'a', since: 1 }] },
      ['undeclared part: emails/since'],
      'a sub-attribute is not published',
    ],
    [published, { userName: null }, ['missing: userName'], 'a required attribute has no value'],
    [published, { externalId: 5 }, ['common form: externalId'], 'externalId is a number'],
    [
      published,
      { meta: { created: 'yesterday', version: 3 } },
      ['common form: meta/created', 'common form: meta/version'],
      'meta has other forms',
    ],
    [published, { [ENTERPRISE_USER]: 'x' }, [`standard form: ${ENTERPRISE_USER}`], 'an extension is a text'],
    [otherwise, { active: 'true' }, ['standard form: active'], 'a form of the RFC is published otherwise'],
    [
      otherwise,
      { roles: [{ value: 'r', primary: 'yes' }] },
      ['standard form: roles/primary'],
      'parts of the RFC are not published',
    ],
    [
      nothing,
      { active: 'true', emails: { value: 'a' } },
      ['standard form: active', 'standard form: emails'],
      'nothing is published',
    ],
    [nothing, { shoeSize: 44, name: { nick: 'x' } }, [], 'nothing is published, so nothing is undeclared'],
    [nothing, { userName: null }, ['missing: userName'], 'nothing is published, and the RFC requires it'],
    [facts([]), { shoeSize: 44 }, [], 'the published schema lists nothing'],
  ];
  for (const [known, user, faults, when] of cases) {
    it(`are ${faults.length === 0 ? 'none' : faults.join(' and ')} when ${when}`, () => {
      expect(found(known, user)).to.have.members(faults);
    });
  }
});
