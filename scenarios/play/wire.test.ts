import { expect } from 'chai';
import type { Exchange, Json } from '../../reports/record/exchange.ts';
import { addsMember, mentions, newGroup, newUser, removes, removesMember, setsActive } from './wire.ts';

const exchange = (method: string, path: string, json?: Json): Exchange => ({
  scope: 's',
  n: 1,
  at: 0,
  ms: 0,
  request: { method, path, headers: {}, ...(json !== undefined && { json }) },
  response: { status: 200, headers: {} },
});
const patch = (path: string, ...operations: Json[]): Exchange => exchange('PATCH', path, { Operations: operations });

const ada = new Set(['ada 1']);
const eng = new Set(['g1']);
const ADA = '/Users/ada%201';
const CORE = 'urn:ietf:params:scim:schemas:core:2.0:User';

describe('a request that sets a user inactive', () => {
  const shapes: readonly [string, Exchange][] = [
    ['PUT', exchange('PUT', ADA, { userName: 'a', active: false })],
    ['PUT with text', exchange('PUT', ADA, { active: 'False' })],
    ['PUT with another case', exchange('PUT', ADA, { Active: false })],
    ['PATCH with a path', patch(ADA, { op: 'replace', path: 'active', value: false })],
    ['PATCH with text, as Entra ID sends it', patch(ADA, { op: 'Replace', path: 'active', value: 'False' })],
    [
      'PATCH with a wrapped value',
      patch(ADA, { op: 'Replace', path: 'active', value: [{ $ref: null, value: 'False' }] }),
    ],
    ['PATCH with add', patch(ADA, { op: 'add', path: 'active', value: false })],
    ['PATCH without path, as Okta sends it', patch(ADA, { op: 'replace', value: { active: false } })],
    ['PATCH with the schema in the path', patch(ADA, { op: 'replace', path: `${CORE}:active`, value: false })],
    ['PATCH with the schema in a name', patch(ADA, { op: 'replace', value: { [`${CORE}:active`]: false } })],
    [
      'PATCH as its second operation',
      patch(ADA, { op: 'replace', path: 'title', value: 'x' }, { op: 'replace', path: 'active', value: false }),
    ],
    ['a doubled slash', exchange('PUT', '//Users/ada%201', { active: false })],
    ['a query behind it', exchange('PUT', `${ADA}?attributes=id`, { active: false })],
  ];
  for (const [name, request] of shapes) {
    it(`is seen in ${name}`, () => {
      expect(setsActive(request, ada, false)).to.equal(true);
      expect(setsActive(request, ada, true)).to.equal(false);
    });
  }
  const others: readonly [string, Exchange][] = [
    ['a PUT that keeps the user active', exchange('PUT', ADA, { active: true })],
    ['a PUT that leaves active out', exchange('PUT', ADA, { userName: 'a' })],
    ['another user', exchange('PUT', '/Users/ada', { active: false })],
    ['a group of that id', exchange('PUT', '/Groups/ada%201', { active: false })],
    ['a member of the value named active further down', exchange('PUT', ADA, { name: { active: false } })],
    ['a removal of the attribute', patch(ADA, { op: 'remove', path: 'active' })],
    ['a POST', exchange('POST', '/Users', { id: 'ada 1', active: false })],
    ['a GET', exchange('GET', ADA)],
    [
      'operations that are no list',
      exchange('PATCH', ADA, { Operations: { op: 'replace', path: 'active', value: false } }),
    ],
    ['a body that is no object', exchange('PUT', ADA, [false])],
    ['an id that cannot be decoded', exchange('PUT', '/Users/%E0%A4%A', { active: false })],
  ];
  for (const [name, request] of others) {
    it(`is not seen in ${name}`, () => expect(setsActive(request, ada, false)).to.equal(false));
  }
});

describe('a request that deletes', () => {
  it('is a DELETE of one of the ids in that collection', () => {
    expect(removes(exchange('DELETE', ADA), 'Users', ada)).to.equal(true);
    expect(removes(exchange('DELETE', ADA), 'Groups', ada)).to.equal(false);
    expect(removes(exchange('DELETE', '/Users/ben'), 'Users', ada)).to.equal(false);
    expect(removes(exchange('GET', ADA), 'Users', ada)).to.equal(false);
  });
});

describe('a request that creates', () => {
  it('is a POST of a user with the address as user name or e-mail, in any case', () => {
    expect(newUser(exchange('POST', '/Users', { userName: 'Ada@X.example' }), 'ada@x.example')).not.to.equal(undefined);
    expect(
      newUser(exchange('POST', '/Users', { userName: 'ada', emails: [{ value: 'ada@x.example' }] }), 'ada@x.example'),
    ).not.to.equal(undefined);
    expect(newUser(exchange('POST', '/Users', { userName: 'ben@x.example' }), 'ada@x.example')).to.equal(undefined);
    expect(newUser(exchange('PUT', ADA, { userName: 'ada@x.example' }), 'ada@x.example')).to.equal(undefined);
    expect(newUser(exchange('POST', '/Groups', { userName: 'ada@x.example' }), 'ada@x.example')).to.equal(undefined);
  });
  it('is a POST of a group with the name', () => {
    expect(newGroup(exchange('POST', '/Groups', { displayName: 'Eng' }), 'Eng')).not.to.equal(undefined);
    expect(newGroup(exchange('POST', '/Groups', { displayName: 'Ops' }), 'Eng')).to.equal(undefined);
  });
});

describe('a request that changes members', () => {
  const value = [{ value: 'ada 1' }];
  const ben = [{ value: 'ben' }];
  const cases: readonly [string, Exchange, 'adds' | 'removes' | 'neither'][] = [
    ['add with a path', patch('/Groups/g1', { op: 'add', path: 'members', value }), 'adds'],
    ['add of one object', patch('/Groups/g1', { op: 'Add', path: 'members', value: { value: 'ada 1' } }), 'adds'],
    ['add of plain ids', patch('/Groups/g1', { op: 'add', path: 'members', value: ['ada 1'] }), 'adds'],
    ['add without path', patch('/Groups/g1', { op: 'add', value: { members: value } }), 'adds'],
    ['a new list with the user', exchange('PUT', '/Groups/g1', { members: value }), 'adds'],
    ['add of another user', patch('/Groups/g1', { op: 'add', path: 'members', value: ben }), 'neither'],
    ['add to another group', patch('/Groups/g2', { op: 'add', path: 'members', value }), 'neither'],
    ['a rename', patch('/Groups/g1', { op: 'replace', path: 'displayName', value: 'x' }), 'neither'],
    ['removal by value', patch('/Groups/g1', { op: 'remove', path: 'members', value }), 'removes'],
    ['removal by filter', patch('/Groups/g1', { op: 'remove', path: 'members[value eq "ada 1"]' }), 'removes'],
    ['removal of all', patch('/Groups/g1', { op: 'Remove', path: 'members' }), 'removes'],
    ['a new list without the user', patch('/Groups/g1', { op: 'replace', path: 'members', value: ben }), 'removes'],
    ['PUT without the user', exchange('PUT', '/Groups/g1', { displayName: 'x', members: [] }), 'removes'],
    ['PUT without members', exchange('PUT', '/Groups/g1', { displayName: 'x' }), 'neither'],
    ['removal of another by value', patch('/Groups/g1', { op: 'remove', path: 'members', value: ben }), 'neither'],
    ['removal of another by filter', patch('/Groups/g1', { op: 'remove', path: 'members[value eq "ben"]' }), 'neither'],
  ];
  for (const [name, request, what] of cases) {
    it(`${what === 'neither' ? 'is not seen' : what} in ${name}`, () => {
      expect({ adds: addsMember(request, eng, ada), removes: removesMember(request, eng, ada) }).to.deep.equal({
        adds: what === 'adds',
        removes: what === 'removes',
      });
    });
  }
});

describe('a request that mentions somebody', () => {
  it('names them in path, query or body, in any case', () => {
    expect(
      mentions(exchange('GET', '/Users?filter=userName%20eq%20%22ada%40x.example%22'), ['Ada@x.example']),
    ).to.equal(true);
    expect(mentions(exchange('POST', '/Users', { userName: 'ada@x.example' }), ['ada@x.example'])).to.equal(true);
    expect(mentions(exchange('GET', ADA), ['ada 1'])).to.equal(true);
    expect(mentions(exchange('GET', '/Users/ben'), ['ada 1', ''])).to.equal(false);
  });
});
