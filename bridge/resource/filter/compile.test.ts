import { expect } from 'chai';
import { ENTERPRISE_USER, GROUP, USER } from '../../../scim/message/urn.ts';
import type { JsonObject } from '../../../scim/wire/message.ts';
import type { CompiledType } from '../type.ts';
import { GADGET, gadget, group, refusal, user } from '../examples.test.ts';
import { compileFilter } from './compile.ts';
import { parseFilter } from './parse.ts';

const ada: JsonObject = {
  schemas: [USER, ENTERPRISE_USER],
  id: 'Id-1',
  externalId: 'Ext-1',
  userName: 'Ada@Example.com',
  displayName: 'O"Malley\\é😀',
  nickName: '',
  name: { givenName: 'Ada', familyName: 'Lovelace' },
  active: true,
  profileUrl: 'https://x/Ada',
  emails: [
    { value: 'ada@work.org', type: 'work', primary: true },
    { value: 'ada@home.net', type: 'home' },
  ],
  addresses: [{ locality: 'London' }],
  x509Certificates: [{ value: 'AbCd' }],
  password: 'secret',
  meta: { resourceType: 'User', created: '2020-01-01T10:00:00Z', lastModified: '2020-01-01T12:30:00.250+02:00' },
  [ENTERPRISE_USER]: { department: 'R&D', manager: { value: 'm1' } },
};
const team: JsonObject = {
  schemas: [GROUP],
  id: 'g',
  displayName: 'Team',
  members: [
    { value: 'u1', $ref: 'https://x/Users/u1', type: 'User' },
    { value: 'u2', $ref: 'https://x/Users/u2', type: 'User' },
  ],
};
const thing: JsonObject = {
  schemas: [GADGET],
  id: 't',
  label: 'L',
  code: 'AbC',
  count: 10,
  weight: 1.5,
  bought: '2020-01-01T00:00:00Z',
  enabled: false,
  tags: ['Red', 'green'],
  maker: { name: 'M', aliases: ['One', 'Two'] },
  ports: [{ value: 80 }, { value: 443, type: 'tls' }],
};

const matches = (type: CompiledType, resource: JsonObject, text: string): boolean =>
  compileFilter(parseFilter(text), type)(resource);

describe('filter', () => {
  const table: readonly [CompiledType, JsonObject, readonly string[], readonly string[]][] = [
    [
      user,
      ada,
      [
        'userName eq "ada@example.COM"',
        'USERNAME Eq "ada@example.com"',
        `${USER}:userName eq "ada@example.com"`,
        `${USER.toUpperCase()}:USERNAME sw "ADA"`,
        'userName ne "x"',
        'userName co "EXAMPLE"',
        'userName co ""',
        'userName sw "ada@example.com"',
        'userName ew ".COM"',
        'userName gt "ADA"',
        'userName ge "ADA@EXAMPLE.COM"',
        'userName lt "b"',
        'userName le "ada@example.com"',
        'id eq "Id-1"',
        'externalId sw "Ext"',
        'displayName eq "O\\"Malley\\\\\\u00e9\\ud83d\\ude00"',
        'name.givenName eq "ada"',
        'name.FAMILYNAME pr',
        'name pr',
        'emails pr',
        'emails.value eq "ADA@home.net"',
        'emails.type eq "work" and emails.value co "@home"',
        'emails eq "ada@home.net"',
        'emails co "@WORK"',
        'emails.value ne "ada@work.org"',
        'emails[type eq "work" and value co "@work"]',
        'emails[type eq "home" and not (primary eq true)]',
        'emails[type eq "x" or (value ew ".net" and type pr)]',
        'EMAILS[TYPE EQ "work"] and active eq true',
        'emails[primary pr]',
        'emails[display eq null and type eq "home"]',
        'addresses.locality eq "london"',
        'addresses[locality sw "lon"]',
        'active eq true',
        'active ne false',
        'active eq "True"',
        'profileUrl eq "https://x/Ada"',
        'profileUrl co "Ada"',
        'x509Certificates.value eq "AbCd"',
        'schemas eq "URN:ietf:params:scim:schemas:extension:enterprise:2.0:User"',
        'meta.resourceType eq "User"',
        'meta.created eq "2020-01-01T11:00:00+01:00"',
        'meta.created eq "2020-01-01T10:00:00.000Z"',
        'meta.created ne "2020-01-01T10:00:01Z"',
        'meta.created ge "2020-01-01T10:00:00Z" and meta.created le "2020-01-01T10:00:00"',
        'meta.lastModified gt "2020-01-01T10:30:00.2Z"',
        'meta.lastModified lt "2020-01-01T10:30:00.2501Z"',
        `${ENTERPRISE_USER}:department eq "r&d"`,
        `${ENTERPRISE_USER}:manager.value eq "m1"`,
        `${ENTERPRISE_USER}:manager eq "m1"`,
        `${ENTERPRISE_USER}:manager[value eq "m1"]`,
        `${ENTERPRISE_USER} pr`,
        'title eq null',
        'title ne "x"',
        'name ne null',
        'emails ne null',
        'phoneNumbers eq null',
        'not (title pr)',
        'nickName eq null',
        'noSuch eq null',
        'not (noSuch pr)',
        'not (department eq "R&D")',
        'userName eq "x" or userName sw "ada" and active eq true',
        '(userName eq "x" or userName sw "ada") and active eq true',
        'not (userName eq "x") and active eq true',
      ],
      [
        'userName eq "ada@example.com "',
        'userName eq "ada"',
        'userName ne "ada@example.com"',
        'userName sw "example"',
        'userName ew "ada"',
        'userName gt "ada@example.com"',
        'userName lt "ada@example.com"',
        'id eq "id-1"',
        'externalId co "ext"',
        'externalId ne "Ext-1"',
        'meta.resourceType eq "user"',
        'emails.value eq "ada"',
        'emails[type eq "work" and value co "@home"]',
        'emails[primary eq true and type eq "home"]',
        'emails ew "ada"',
        'active eq false',
        'active ne true',
        'active eq "FALSE"',
        'profileUrl eq "https://x/ada"',
        'x509Certificates.value eq "abcd"',
        'schemas eq "urn:x"',
        'meta.created ne "2020-01-01T11:00:00+01:00"',
        'meta.created gt "2020-01-01T10:00:00Z"',
        'meta.lastModified lt "2020-01-01T10:30:00.25Z"',
        'title pr',
        'title eq "x"',
        'title gt ""',
        'title ne null',
        'emails eq null',
        'name eq null',
        'nickName pr',
        'name.middleName pr',
        'phoneNumbers pr',
        'phoneNumbers[type pr]',
        'phoneNumbers[not (type pr)]',
        'noSuch eq "x"',
        'noSuch pr',
        'noSuch[a pr]',
        'name.noSuch eq "x"',
        'department eq "R&D"',
        `${ENTERPRISE_USER}:division pr`,
        `${GROUP} pr`,
        'constructor pr',
        'toString pr',
        'name.constructor pr',
        'userName sw "ada" and active eq false or userName eq "x"',
        'userName eq "x" or userName sw "ada" and active eq false',
        'not (userName sw "ada" or title pr)',
      ],
    ],
    [
      group,
      team,
      [
        'members.value eq "u2"',
        'members[value eq "U1"]',
        'members eq "u1"',
        'members.$ref eq "https://x/Users/u1"',
        'members.$REF ew "u2"',
        'members[$ref co "Users" and type eq "user"]',
        'displayName eq "TEAM" and members[value eq "u1"]',
      ],
      ['members eq "u3"', 'members.$ref eq "https://x/users/u1"', 'userName pr', 'userName eq "x"'],
    ],
    [
      gadget,
      thing,
      [
        'count gt 9',
        'count ge 10',
        'count eq 10.0',
        'count eq 1e1',
        'count lt 100',
        'weight le 1.5',
        'weight ne 1',
        'code eq "AbC"',
        'code lt "a"',
        'bought lt "2020-01-01T00:00:00.001Z"',
        'enabled eq false',
        'tags eq "red"',
        'tags[value eq "GREEN"]',
        'tags[value sw "r" or value sw "x"]',
        'maker.aliases eq "two"',
        'maker[name eq "m"]',
        'ports eq 443',
        'ports.value gt 400',
        'ports[value lt 100 and type eq null]',
      ],
      [
        'count gt 10',
        'count eq 1',
        'code eq "abc"',
        'tags eq "blue"',
        'tags[value eq "red" and value eq "green"]',
        'maker.aliases eq "three"',
        'ports[value gt 100 and type eq null]',
        'ports gt 443',
      ],
    ],
  ];
  for (const [type, resource, holding, failing] of table) {
    for (const text of holding) {
      it(`holds: ${text}`, () => {
        expect(matches(type, resource, text)).to.equal(true);
      });
    }
    for (const text of failing) {
      it(`does not hold: ${text}`, () => {
        expect(matches(type, resource, text)).to.equal(false);
      });
    }
  }

  type Refused = [CompiledType, string, RegExp];
  const active = (operator: string): Refused => [
    user,
    `active ${operator} true`,
    /^400 invalidFilter: ".." does not go with "active"/,
  ];
  const certificate = (operator: string): Refused => [
    user,
    `x509Certificates.value ${operator} "AA=="`,
    /^400 invalidFilter: .*type binary/,
  ];
  const refused: readonly Refused[] = [
    ...['gt', 'ge', 'lt', 'le', 'co', 'sw', 'ew'].map(operator => active(operator)),
    ...['gt', 'ge', 'lt', 'le', 'co'].map(operator => certificate(operator)),
    [gadget, 'count co 1', /type integer/],
    [gadget, 'bought sw "2020"', /type dateTime/],
    [user, 'userName gt null', /"gt null" compares nothing/],
    [user, 'userName eq 5', /^400 invalidFilter: "userName" compares with text, not this number/],
    [user, 'userName eq true', /"userName" compares with text, not a boolean/],
    [user, 'active eq "maybe"', /"active" compares with true or false/],
    [user, 'active eq 1', /"active" compares with true or false/],
    [user, 'meta.created gt "notadate"', /"meta.created" compares with a date/],
    [user, 'meta.created gt 5', /"meta.created" compares with a date/],
    [gadget, 'count eq "10"', /"count" compares with a whole number/],
    [user, 'name eq "x"', /"name" has sub-attributes; name the one/],
    [user, 'addresses co "x"', /"addresses" has sub-attributes/],
    [user, 'emails[zz eq "x"]', /"emails" has no sub-attribute "zz"/],
    [user, 'emails[userName eq "x"]', /has no sub-attribute "userName"/],
    [user, 'emails[constructor pr]', /has no sub-attribute "constructor"/],
    [user, 'userName[value eq "x"]', /"userName" has no elements/],
    [user, 'name.givenName[value eq "x"]', /has no elements/],
    [gadget, 'tags[type eq "x"]', /"tags" has no sub-attribute "type"/],
    [user, 'password eq "secret"', /^403 sensitive: "password" is never returned/],
    [user, 'password pr', /^403 sensitive/],
    [user, 'userName eq "x" or not (PASSWORD sw "s")', /^403 sensitive/],
    [gadget, 'pin eq "1"', /^403 sensitive/],
    [gadget, 'maker.secret eq "1"', /^403 sensitive/],
    [gadget, 'maker[secret sw "1"]', /^403 sensitive/],
  ];
  for (const [type, text, expected] of refused) {
    it(`refuses ${text}`, () => {
      expect(refusal(() => matches(type, ada, text))).to.match(expected);
    });
  }

  it('repeats no secret in a refusal', () => {
    expect(refusal(() => matches(user, ada, 'password eq "hunter2"'))).not.to.contain('hunter2');
    expect(refusal(() => matches(user, ada, 'active eq "hunter2"'))).not.to.contain('hunter2');
  });

  it('bounds what one filter asks of all it is asked about together', () => {
    const crowd = { ...ada, emails: Array.from({ length: 1000 }, (_, at) => ({ value: `${at}@x` })) };
    for (const [text, times] of [
      ['emails.value eq "y"', 1000],
      ['emails[value eq "y" and type eq "z"]', 500],
    ] as const) {
      const holds = compileFilter(parseFilter(text), user);
      for (let time = 0; time < times; time += 1) expect(holds(crowd)).to.equal(false);
      expect(refusal(() => holds(crowd))).to.match(/^400 tooMany/);
    }
  });

  it('takes fifty alternatives and thirty levels', () => {
    const many = Array.from({ length: 50 }, (_, at) => `userName eq "u${at}"`).join(' or ');
    expect(matches(user, ada, `${many} or userName sw "ada"`)).to.equal(true);
    expect(matches(user, ada, `${'not ('.repeat(30)}title pr${')'.repeat(30)}`)).to.equal(false);
  });
});
