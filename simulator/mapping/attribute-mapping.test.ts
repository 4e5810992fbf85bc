import { expect } from 'chai';
import { ENTERPRISE_USER } from '../../scim/message/urn.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import { EMPTY_PERSON, type Person } from '../directory/model.ts';
import { mapPerson, mappingMistake, type AttributeMapping } from './attribute-mapping.ts';
import { defaultMapping } from './default.ts';
import { MappingError, readMappings } from './read-mappings.ts';

const ADA: Person = {
  id: '65a0f2c4aa11bb22cc33dd44',
  ...EMPTY_PERSON,
  email: 'ada@orbital.example',
  firstname: 'Ada',
  jobTitle: 'Analyst',
  manager: '65a0f2c4aa11bb22cc33dd45',
  attributes: [{ name: 'badge', value: '7' }],
  state: 'SUSPENDED',
  created: '2023-08-14T10:11:12.000Z',
};

const map = (mapping: AttributeMapping, providerUser: JsonObject = {}) =>
  mapPerson([mapping], ADA, providerUser, () => Date.UTC(2026, 0, 2));
const computed = (expression: string, providerUser: JsonObject = {}) =>
  map({ target: 'title', kind: 'expression', expression }, providerUser);

describe('attribute mapping', () => {
  const rows: readonly [what: string, mapping: AttributeMapping, path: readonly string[], value: Json][] = [
    ['a field', { target: 'title', kind: 'direct', source: 'jobtitle' }, ['title'], 'Analyst'],
    ['a field under its other name', { target: 'title', kind: 'direct', source: 'jobTitle' }, ['title'], 'Analyst'],
    [
      'the manager',
      { target: '$enterpriseUser.manager.value', kind: 'direct', source: 'manager' },
      [ENTERPRISE_USER, 'manager', 'value'],
      ADA.manager,
    ],
    ['a list', { target: 'x', kind: 'direct', source: 'attributes' }, ['x'], [{ name: 'badge', value: '7' }]],
    [
      'a custom attribute (JC-34)',
      { target: 'name.honorificSuffix', kind: 'custom', source: 'badge' },
      ['name', 'honorificSuffix'],
      '7',
    ],
    ['a constant (JC-33c)', { target: 'userType', kind: 'constant', value: 'staff ✓' }, ['userType'], 'staff ✓'],
    [
      'an expression (JC-33b)',
      { target: 'nickName', kind: 'expression', expression: 'upper(jcUser.firstname)' },
      ['nickName'],
      'ADA',
    ],
  ];
  for (const [what, mapping, path, value] of rows) {
    it(`takes ${what}`, () => {
      expect(map(mapping)).to.deep.equal({ values: [{ path, value }], problems: [] });
    });
  }

  const expressions: readonly [expression: string, value: Json][] = [
    ['find(jcUser.attributes, .name == "badge")?.value ?? "none"', '7'],
    ['find(jcUser.attributes, .name == "team")?.value ?? "none"', 'none'],
    ['jcUser.suspended ? "away" : "here"', 'away'],
    ['date(jcUser.created).Format("02.01.2006")', '14.08.2023'],
    ['now().Year()', 2026],
    ['jcUser._id == jcUser.id', true],
    ['toScimEmails([jcUser.email, ""])', [{ value: 'ada@orbital.example', type: 'work', primary: true }]],
    ['toScimPhoneNumbers({number: "1", type: ""})', [{ value: '1' }]],
    ['toScimAddresses({type: "work", poBox: "7", country: "GB"})', [{ type: 'work', country: 'GB' }]],
    ['{b: 1, a: [2.5, nil]}', { b: 1, a: [2.5, null] }],
    ['duration("1h")', 3_600_000_000_000],
  ];
  for (const [expression, value] of expressions) {
    it(`evaluates ${expression}`, () => {
      expect(computed(expression)).to.deep.equal({ values: [{ path: ['title'], value }], problems: [] });
    });
  }

  const empty = [
    'jcUser.lastname',
    'nil',
    '[]',
    '{}',
    'first(jcUser.addresses)',
    'toScimEmails(nil)',
    'toScimEmails("")',
    'toScimPhoneNumbers({type: "work"})',
    'toScimAddresses(first(jcUser.addresses))',
    'providerUser.locale',
  ];
  for (const expression of empty) {
    it(`leaves out ${expression}, which is empty (JC-Q31)`, () => {
      expect(computed(expression)).to.deep.equal({ values: [], problems: [] });
    });
  }

  it('leaves out a custom attribute whose name differs in case alone (JC-34)', () => {
    expect(map({ target: 'title', kind: 'custom', source: 'Badge' }).values).to.deep.equal([]);
  });

  it('leaves out what an expression cannot make, says why, and goes on (JC-Q33a)', () => {
    const { values, problems } = mapPerson(
      [
        { target: 'nickName', kind: 'expression', expression: "split(jcUser.firstname, 'x')[7]" },
        { target: 'title', kind: 'expression', expression: '1 / 0' },
        { target: 'userType', kind: 'expression', expression: 'jcUser.firstnam' },
        { target: 'userName', kind: 'direct', source: 'email' },
      ],
      ADA,
      {},
      () => 0,
    );
    expect(values).to.deep.equal([{ path: ['userName'], value: 'ada@orbital.example' }]);
    expect(problems).to.deep.equal([
      'nickName: there is no element 7: the length is 1 (line 1, column 29)',
      'title: JSON has no number Infinity (line 1, column 3)',
      'userType: there is no firstnam (did you mean firstname?) (line 1, column 8)',
    ]);
  });

  it("gives no member of the service provider's user but its own", () => {
    expect(computed('providerUser.constructor').values).to.deep.equal([]);
  });

  it('finds a mistake when it is saved', () => {
    const mistakes: readonly [AttributeMapping, RegExp][] = [
      [
        { target: 'title', kind: 'direct', source: 'jobTitel' },
        /^title: a user has no field jobTitel \(did you mean jobTitle/i,
      ],
      [
        { target: 'title', kind: 'expression', expression: 'jcUser.departmnt' },
        /^title: there is no departmnt .*department/,
      ],
      [{ target: 'title', kind: 'expression', expression: 'jcuser.department' }, /there is no jcuser .*jcUser/],
      [{ target: 'title', kind: 'expression', expression: 'map(jcUser.addresses, .street)' }, /there is no street\b/],
      [{ target: 'title', kind: 'expression', expression: 'notNulOrEmpty(1)' }, /did you mean notNullOrEmpty/],
      [{ target: 'title', kind: 'expression', expression: 'jcUser.suspended + "!"' }, /cannot take bool and string/],
      [{ target: 'title', kind: 'expression', expression: 'toScimEmails(jcUser.addresses[0]' }, /unexpected end/],
      [{ target: 'first name', kind: 'constant', value: '' }, /no SCIM attribute/],
    ];
    for (const [mapping, said] of mistakes) expect(mappingMistake(mapping)).to.match(said);
    for (const mapping of defaultMapping) expect(mappingMistake(mapping), mapping.target).to.equal(undefined);
  });
});

describe('rows of mappings', () => {
  it('are read from JSON', () => {
    expect(readMappings(JSON.parse(JSON.stringify(defaultMapping)))).to.deep.equal(defaultMapping);
  });

  const refused: readonly [what: string, json: Json, said: RegExp][] = [
    ['something else than a list', {}, /^mappings are a list of rows/],
    ['a row that is no object', [1], /^row 1: a row is an object/],
    ['a row without target', [{ kind: 'direct' }], /^row 1: target is missing/],
    ['a kind that is none', [{ target: 'title', kind: 'expresion' }], /did you mean expression/],
    ['a row without its member', [{ target: 'title', kind: 'constant', value: 1 }], /^row 1: title: .*needs value/],
    [
      'a target twice',
      [
        { target: 'title', kind: 'constant', value: 'a' },
        { target: 'Title', kind: 'constant', value: 'b' },
      ],
      /mapped twice/,
    ],
    [
      'mistakes, all of them,',
      [
        { target: 'title', kind: 'direct', source: 'x' },
        { target: 'nickName', kind: 'expression', expression: '1 +' },
      ],
      /^row 1: .*\nrow 2: nickName: unexpected end/,
    ],
  ];
  for (const [what, json, said] of refused) {
    it(`are refused with ${what}`, () => {
      expect(() => readMappings(json)).to.throw(MappingError, said);
    });
  }
});
