import { expect } from 'chai';
import { ENTERPRISE_USER, USER } from '../../../scim/message/urn.ts';
import { group, user } from '../examples.test.ts';
import { equalities } from './equalities.ts';
import { parseFilter } from './parse.ts';

describe('equalities of a filter', () => {
  const table: readonly [typeof user, string, readonly (readonly [string, string])[]][] = [
    [user, 'userName eq "Ada"', [['userName', 'Ada']]],
    [user, `${USER.toUpperCase()}:USERNAME EQ "Ada"`, [['userName', 'Ada']]],
    [user, 'id eq "Id"', [['id', 'Id']]],
    [user, 'externalId eq "E" and active eq true', [['externalId', 'E']]],
    [user, 'active eq true and (title pr and displayName eq "D")', [['displayName', 'D']]],
    [user, 'emails.value eq "A@x"', [['emails.value', 'A@x']]],
    [user, 'emails eq "A@x"', [['emails.value', 'A@x']]],
    [
      user,
      'emails[value eq "a@x" and type eq "work"]',
      [
        ['emails.value', 'a@x'],
        ['emails.type', 'work'],
      ],
    ],
    [user, `${ENTERPRISE_USER}:manager eq "m"`, [[`${ENTERPRISE_USER}:manager.value`, 'm']]],
    [group, 'members[value eq "u"]', [['members.value', 'u']]],
    [group, 'members eq "u"', [['members.value', 'u']]],
    [user, 'userName eq "a" or userName eq "b"', []],
    [user, 'not (userName eq "a")', []],
    [user, 'emails[value eq "a" or type eq "b"]', []],
    [user, 'emails[not (value eq "a")]', []],
    [user, 'userName ne "a"', []],
    [user, 'userName eq null', []],
    [user, 'active eq true', []],
    [user, 'name eq "x"', []],
    [user, 'password eq "x"', []],
    [user, 'noSuch eq "x"', []],
    [user, 'noSuch[value eq "x"]', []],
  ];
  for (const [type, text, expected] of table) {
    it(`finds ${expected.length} in ${text}`, () => {
      expect(equalities(parseFilter(text), type).map(({ path, value }) => [path, value])).to.deep.equal(expected);
    });
  }
});
