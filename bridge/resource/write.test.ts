import { expect } from 'chai';
import { ENTERPRISE_USER, GROUP, USER } from '../../scim/message/urn.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import type { Resource } from './resource.ts';
import type { CompiledType } from './type.ts';
import { GADGET, WARRANTY, gadget, group, refusal, user } from './examples.test.ts';
import { readCreate, readReplace, type WriteSettings } from './write.ts';

const person = (more: JsonObject = {}): JsonObject => ({ schemas: [USER], userName: 'ada', ...more });
const thing = (more: JsonObject = {}): JsonObject => ({
  schemas: [GADGET, WARRANTY],
  label: 'l',
  [WARRANTY]: { months: 1 },
  ...more,
});
/** What JSON.parse makes of a text that an object literal cannot say. */
const parsed = (text: string): Json => JSON.parse(text) as Json;

describe('create', () => {
  const taken: readonly [string, CompiledType, Json, JsonObject][] = [
    ['keeps what the schema has', user, person({ title: 'T' }), { schemas: [USER], userName: 'ada', title: 'T' }],
    [
      'spells names as the schema does',
      user,
      { SCHEMAS: [USER], USERNAME: 'ada', Name: { GivenName: 'A' } },
      person({ name: { givenName: 'A' } }),
    ],
    ['ignores what is readOnly', user, person({ id: 'x', meta: { created: 'y' }, groups: [{ value: 'g' }] }), person()],
    ['ignores readOnly values of a wrong type', user, person({ id: 5, meta: 'x', groups: true }), person()],
    [
      'ignores unknown attributes at every level',
      user,
      person({ zz: 1, name: { zz: [[]], givenName: 'A' } }),
      person({ name: { givenName: 'A' } }),
    ],
    [
      'takes null, empty arrays and empty objects for unassigned',
      user,
      person({ title: null, emails: [], name: {}, phoneNumbers: [null], active: null }),
      person(),
    ],
    [
      'leaves out a complex value of which nothing is left',
      user,
      person({ name: { givenName: null }, emails: [{ zz: 1 }] }),
      person(),
    ],
    ['keeps an empty text apart from null', user, person({ title: '' }), person({ title: '' })],
    ['keeps text as it is', user, person({ displayName: 'é\u0301 😀 ß' }), person({ displayName: 'é\u0301 😀 ß' })],
    [
      'takes any canonical value',
      user,
      person({ emails: [{ value: 'a', type: 'zz' }] }),
      person({ emails: [{ value: 'a', type: 'zz' }] }),
    ],
    [
      'keeps one value under two types',
      user,
      person({
        emails: [
          { value: 'a', type: 'work' },
          { value: 'a', type: 'home' },
        ],
      }),
      person({
        emails: [
          { value: 'a', type: 'work' },
          { value: 'a', type: 'home' },
        ],
      }),
    ],
    [
      'keeps an element that is listed twice once',
      user,
      person({
        emails: [
          { value: 'a', type: 'work' },
          { value: 'A', type: 'WORK' },
          { value: 'b' },
          { value: 'b', display: 'B' },
        ],
      }),
      person({
        emails: [
          { value: 'a', type: 'work' },
          { value: 'b', display: 'B' },
        ],
      }),
    ],
    [
      'keeps elements without value once',
      user,
      person({ addresses: [{ locality: 'X', type: 'work' }, { type: 'work', locality: 'X' }, { locality: 'Y' }] }),
      person({ addresses: [{ locality: 'X', type: 'work' }, { locality: 'Y' }] }),
    ],
    [
      'puts extensions below their URN and names them in schemas',
      user,
      person({ [ENTERPRISE_USER.toUpperCase()]: { DEPARTMENT: 'D', manager: { value: '1', displayName: 'no' } } }),
      {
        schemas: [USER, ENTERPRISE_USER],
        userName: 'ada',
        [ENTERPRISE_USER]: { department: 'D', manager: { value: '1' } },
      },
    ],
    [
      'leaves schemas of an extension without data out',
      user,
      { ...person(), schemas: [ENTERPRISE_USER, USER, USER], [ENTERPRISE_USER]: {} },
      person(),
    ],
    ['leaves foreign schemas out', user, { ...person(), schemas: ['urn:x:y', USER.toUpperCase()] }, person()],
    ['takes no extension attribute at the top', user, person({ department: 'D' }), person()],
    [
      'drops a member without value',
      group,
      { schemas: [GROUP], displayName: 'G', members: [{ value: 'u', $ref: null }] },
      { schemas: [GROUP], displayName: 'G', members: [{ value: 'u' }] },
    ],
    [
      'takes every type',
      gadget,
      thing({
        count: -3,
        weight: 1.5,
        bought: '2020-02-29T24:00:00+01:00',
        key: 'YWI',
        page: '../x?y#z',
        enabled: false,
        tags: ['a', 'b', 'A'],
      }),
      thing({
        count: -3,
        weight: 1.5,
        bought: '2020-02-29T24:00:00+01:00',
        key: 'YWI',
        page: '../x?y#z',
        enabled: false,
        tags: ['a', 'b'],
      }),
    ],
    [
      'takes immutable and writeOnly values',
      gadget,
      thing({ serial: 's', pin: 'p', state: 'no' }),
      thing({ serial: 's', pin: 'p' }),
    ],
    [
      'is unmoved by names of object members',
      user,
      parsed(
        `{"schemas":["${USER}"],"userName":"ada","__proto__":{"active":true},"constructor":{"prototype":1},"name":{"__proto__":{"givenName":"x"}},"toString":"x"}`,
      ),
      person(),
    ],
  ];
  for (const [what, type, body, stored] of taken) {
    it(what, () => {
      expect(readCreate(type, body)).to.deep.equal(stored);
    });
  }

  const binary = ['', 'YQ==', 'YWI=', 'YWJj', 'YQ', '-_-_', '+/+/'];
  const dates = [
    '2011-08-01T18:29:49Z',
    '2011-08-01T18:29:49.123456-05:00',
    '-0044-03-15T12:00:00',
    '12011-01-01T00:00:00Z',
  ];
  for (const [name, values] of [
    ['key', binary],
    ['bought', dates],
  ] as const) {
    for (const value of values) {
      it(`takes ${JSON.stringify(value)} for ${name}`, () => {
        expect(readCreate(gadget, thing({ [name]: value }))[name]).to.equal(value);
      });
    }
  }

  const refused: readonly [string, CompiledType, Json, RegExp, Partial<WriteSettings>?][] = [
    ['no object', user, [], /^400 invalidSyntax: .*JSON object/],
    ['null', user, null, /^400 invalidSyntax: .*JSON object/],
    ['a text', user, 'x', /^400 invalidSyntax: .*JSON object/],
    ['no schemas', user, { userName: 'ada' }, /^400 invalidSyntax: "schemas" has to name "urn.*:User"/],
    ['empty schemas', user, { schemas: [], userName: 'ada' }, /^400 invalidSyntax: "schemas"/],
    [
      'schemas that leave out the base',
      user,
      { schemas: [ENTERPRISE_USER], userName: 'ada' },
      /^400 invalidSyntax: "schemas"/,
    ],
    ['schemas as text', user, { schemas: USER, userName: 'ada' }, /^400 invalidSyntax: "schemas" takes an array/],
    [
      'schemas with a number',
      user,
      { schemas: [USER, 1], userName: 'ada' },
      /^400 invalidSyntax: "schemas" takes an array/,
    ],
    ['a required attribute missing', user, { schemas: [USER] }, /^400 invalidValue: "userName" is required/],
    ['a required attribute null', user, person({ userName: null }), /^400 invalidValue: "userName" is required/],
    ['a required attribute empty', user, person({ userName: '' }), /^400 invalidValue: "userName" is required/],
    ['a group without name', group, { schemas: [GROUP] }, /^400 invalidValue: "displayName" is required/],
    ['an object for text', user, person({ userName: {} }), /^400 invalidValue: "userName" takes text, not an object/],
    ['a number for text', user, person({ title: 5 }), /"title" takes text, not this number/],
    ['an array for text', user, person({ title: ['x'] }), /"title" takes text, not an array/],
    [
      'text for a list',
      user,
      person({ emails: 'x' }),
      /^400 invalidValue: "emails" has several values and takes an array/,
    ],
    ['an object for a list', user, person({ emails: { value: 'x' } }), /"emails" has several values/],
    ['text in a list of objects', user, person({ emails: ['x'] }), /"emails" takes an object, not this text/],
    ['a list for an object', user, person({ name: [] }), /"name" takes an object, not an array/],
    ['text for an object', user, person({ name: 'x' }), /"name" takes an object, not this text/],
    ['a wrong value inside of an element', user, person({ emails: [{ value: 1 }] }), /"emails.value" takes text/],
    ['text for a boolean', user, person({ active: 'true' }), /"active" takes true or false/],
    ['a URI with a space', user, person({ profileUrl: 'not a url' }), /"profileUrl" takes a URI, not this text/],
    [
      'two primary elements',
      user,
      person({
        emails: [
          { value: 'a', primary: true },
          { value: 'b', primary: true },
        ],
      }),
      /^400 invalidValue: "emails" has more than one element with "primary" true/,
    ],
    [
      'one name in two spellings',
      user,
      person({ USERNAME: 'eve' }),
      /^400 invalidValue: "userName" is given more than once/,
    ],
    [
      'one sub-attribute in two spellings',
      user,
      person({ name: { givenName: 'a', GIVENNAME: null } }),
      /"givenName" is given more than once/,
    ],
    [
      'one extension in two spellings',
      user,
      person({ [ENTERPRISE_USER]: {}, [ENTERPRISE_USER.toUpperCase()]: {} }),
      /is given more than once/,
    ],
    ['text for an extension', user, person({ [ENTERPRISE_USER]: 'x' }), /enterprise:2.0:User" takes an object/],
    [
      'a wrong value in an extension',
      user,
      person({ [ENTERPRISE_USER]: { manager: 'x' } }),
      /User:manager" takes an object/,
    ],
    ['a fraction for an integer', gadget, thing({ count: 1.5 }), /"count" takes a whole number/],
    ['an integer past exactness', gadget, thing({ count: 2 ** 53 }), /"count" takes a whole number/],
    ['text for an integer', gadget, thing({ count: '1' }), /"count" takes a whole number/],
    ['text for a decimal', gadget, thing({ weight: 'abc' }), /"weight" takes a number/],
    [
      'a decimal past all numbers',
      gadget,
      parsed(`{"schemas":["${GADGET}"],"label":"l","weight":1e999}`),
      /"weight" takes a number/,
    ],
    [
      'a required extension missing',
      gadget,
      { schemas: [GADGET], label: 'l' },
      /^400 invalidValue: A Gadget needs the extension/,
    ],
    [
      'a required attribute of an extension missing',
      gadget,
      thing({ [WARRANTY]: { terms: 't' } }),
      /Warranty:months" is required/,
    ],
    ['a required sub-attribute missing', gadget, thing({ maker: { country: 'CH' } }), /"maker.name" is required/],
    [
      'a required sub-attribute of an element missing',
      gadget,
      thing({ parts: [{ note: 'n' }] }),
      /"parts.ref" is required/,
    ],
    [
      'an unknown attribute where that counts',
      user,
      person({ zz: 1 }),
      /A User has no attribute "zz"/,
      { unknownAttributes: 'refuse' },
    ],
    [
      'an unknown sub-attribute where that counts',
      user,
      person({ name: { zz: 1 } }),
      /"name" has no attribute "zz"/,
      { unknownAttributes: 'refuse' },
    ],
    [
      'a foreign schema where that counts',
      user,
      { ...person(), schemas: [USER, 'urn:x'] },
      /"schemas" names "urn:x"/,
      { unknownAttributes: 'refuse' },
    ],
  ];
  for (const [what, type, body, expected, settings] of refused) {
    it(`refuses ${what}`, () => {
      expect(refusal(() => readCreate(type, body, settings))).to.match(expected);
    });
  }

  const notDates = [
    '2020-13-45T00:00:00Z',
    '2020-02-30T00:00:00Z',
    '2020-01-01',
    '2020-01-01T25:00:00Z',
    '2020-01-01T00:60:00Z',
    '2020-01-01T00:00:00+15:00',
    '20-01-01T00:00:00Z',
    'x',
  ];
  for (const [name, values] of [
    ['key', ['%%%', 'Y', 'YQ=', 'YWJj=', 'Y Q=', 'YQ==\n']],
    ['bought', notDates],
  ] as const) {
    for (const value of values) {
      it(`refuses ${JSON.stringify(value)} for ${name}`, () => {
        expect(refusal(() => readCreate(gadget, thing({ [name]: value })))).to.match(
          /^400 invalidValue: "(key|bought)" takes/,
        );
      });
    }
  }

  it('repeats no value in a refusal', () => {
    expect(refusal(() => readCreate(gadget, thing({ key: 's3cret %' })))).not.to.contain('s3cret');
  });

  it('infers schemas and takes text for booleans where the settings say so', () => {
    const body = { userName: 'ada', active: 'True', emails: [{ value: 'a', primary: 'false' }] };
    expect(readCreate(user, body, { missingSchemas: 'accept', booleanText: 'accept' })).to.deep.equal(
      person({ active: true, emails: [{ value: 'a', primary: false }] }),
    );
  });

  it('drops repeated elements of a long list, whether values or types tell them apart', () => {
    const emails = Array.from({ length: 3000 }, (_, at) => ({ value: `a${at % 10}`, type: `t${at % 100}` }));
    expect(readCreate(user, person({ emails }))['emails']).to.have.length(100);
  });
});

describe('replace', () => {
  const stored = (type: 'user' | 'gadget', more: JsonObject): Resource => ({
    ...(type === 'user' ? person() : thing()),
    id: '1',
    meta: {},
    ...more,
  });
  const taken: readonly [string, CompiledType, Json, Resource, JsonObject][] = [
    ['clears what is left out', user, person(), stored('user', { title: 'T', emails: [{ value: 'a' }] }), person()],
    [
      'replaces lists whole',
      user,
      person({ emails: [{ value: 'b' }] }),
      stored('user', { emails: [{ value: 'a' }] }),
      person({ emails: [{ value: 'b' }] }),
    ],
    [
      'clears an extension that is left out',
      user,
      person(),
      stored('user', { [ENTERPRISE_USER]: { department: 'D' }, schemas: [USER, ENTERPRISE_USER] }),
      person(),
    ],
    [
      'keeps what is readOnly',
      gadget,
      thing({ state: 'new' }),
      stored('gadget', { state: 'old' }),
      thing({ state: 'old' }),
    ],
    ['keeps what is writeOnly and left out', gadget, thing(), stored('gadget', { pin: 'p' }), thing({ pin: 'p' })],
    ['replaces what is writeOnly', gadget, thing({ pin: 'q' }), stored('gadget', { pin: 'p' }), thing({ pin: 'q' })],
    ['clears what is writeOnly and null', gadget, thing({ PIN: null }), stored('gadget', { pin: 'p' }), thing()],
    ['sets what is immutable and unset', gadget, thing({ serial: 's' }), stored('gadget', {}), thing({ serial: 's' })],
    [
      'takes the immutable value that is there',
      gadget,
      thing({ serial: 'S' }),
      stored('gadget', { serial: 's' }),
      thing({ serial: 's' }),
    ],
    [
      'keeps an immutable value that is left out',
      gadget,
      thing(),
      stored('gadget', { serial: 's' }),
      thing({ serial: 's' }),
    ],
    [
      'keeps readOnly and immutable sub-attributes',
      gadget,
      thing({ maker: { name: 'n' } }),
      stored('gadget', { maker: { name: 'm', rating: 'A', country: 'CH' } }),
      thing({ maker: { name: 'n', rating: 'A', country: 'CH' } }),
    ],
    [
      'keeps what is immutable in an extension',
      gadget,
      thing({ [WARRANTY]: { months: 2 } }),
      stored('gadget', { [WARRANTY]: { months: 1, terms: 't' } }),
      thing({ [WARRANTY]: { months: 2, terms: 't' } }),
    ],
  ];
  for (const [what, type, body, current, next] of taken) {
    it(what, () => {
      const before = structuredClone(current);
      expect(readReplace(type, body, current)).to.deep.equal(next);
      expect(current).to.deep.equal(before);
    });
  }

  const refused: readonly [string, CompiledType, Json, Resource, RegExp][] = [
    [
      'another immutable value',
      gadget,
      thing({ serial: 'x' }),
      stored('gadget', { serial: 's' }),
      /^400 mutability: "serial" is immutable/,
    ],
    [
      'null for an immutable value',
      gadget,
      thing({ serial: null }),
      stored('gadget', { serial: 's' }),
      /^400 mutability: "serial"/,
    ],
    [
      'another immutable sub-attribute',
      gadget,
      thing({ maker: { name: 'n', country: 'DE' } }),
      stored('gadget', { maker: { name: 'n', country: 'CH' } }),
      /^400 mutability: "maker.country"/,
    ],
    [
      'another immutable value of an extension',
      gadget,
      thing({ [WARRANTY]: { months: 1, terms: 'x' } }),
      stored('gadget', { [WARRANTY]: { months: 1, terms: 't' } }),
      /^400 mutability: .*terms" is immutable/,
    ],
    ['a required attribute left out', user, { schemas: [USER] }, stored('user', {}), /^400 invalidValue: "userName"/],
    ['a wrong value', user, person({ active: 'x' }), stored('user', {}), /^400 invalidValue: "active"/],
  ];
  for (const [what, type, body, current, expected] of refused) {
    it(`refuses ${what}`, () => {
      expect(refusal(() => readReplace(type, body, current))).to.match(expected);
    });
  }
});
