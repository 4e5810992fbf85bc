import { expect } from 'chai';
import { readFilter, readPath } from './client-filter.ts';

describe('the recogniser of filters', () => {
  const right = [
    'userName eq "bjensen"',
    'name.familyName co "O\'Malley"',
    'urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J"',
    'title pr',
    'meta.lastModified gt "2011-05-13T04:42:34Z"',
    'title pr and userType eq "Employee"',
    'userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")',
    'userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")',
    'emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]',
    'active EQ true',
    'x eq null',
    'count ge -1.5e3',
    'name.familyName eq "a \\"quoted\\" (word) and [more]"',
    'members.$ref pr',
    '((userName pr))',
  ];
  for (const filter of right) {
    it(`takes ${filter}`, () => expect(readFilter(filter).fault).to.equal(undefined));
  }

  const wrong = [
    '',
    ' ',
    '()',
    'userName',
    'userName eq',
    'eq "x"',
    'userName "x"',
    'userName pr "x"',
    'userName eq "x" and',
    'userName eq "x" userName eq "y"',
    "userName eq 'x'",
    'userName eq x',
    'userName eq "x',
    '(userName pr',
    'userName pr)',
    'emails[type eq "work"',
    'emails[]',
    'emails[value[type pr]]',
    'not userName pr',
    '1name pr',
    'a.b.c pr',
    `${'('.repeat(9_000)}a pr${')'.repeat(9_000)}`,
  ];
  for (const filter of wrong) {
    it(`refuses ${filter.slice(0, 40)}`, () => expect(readFilter(filter).fault).to.be.a('string'));
  }

  it('tells what is compared, and where', () => {
    expect(readFilter('emails[type eq "work"] and active ne false').comparisons).to.deep.equal([
      { path: 'type', operator: 'eq', operand: 'work', within: 'emails' },
      { path: 'active', operator: 'ne', operand: false, within: undefined },
    ]);
  });
});

describe('the recogniser of paths', () => {
  const right = [
    'members',
    'name.familyName',
    'addresses[type eq "work"]',
    'members[value eq "2819c223"].displayName',
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value',
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  ];
  for (const path of right) {
    it(`takes ${path}`, () => expect(readPath(path).fault).to.equal(undefined));
  }

  for (const path of [
    '/name',
    'emails[0]',
    'emails[type eq "work"]value',
    'emails[type eq "work"].a.b',
    'a b',
    'a[b pr]]',
  ]) {
    it(`refuses ${path}`, () => expect(readPath(path).fault).to.be.a('string'));
  }
});
