import { expect } from 'chai';
import { ERROR, USER } from '../../scim/message/urn.ts';
import type { Json, JsonObject } from '../../scim/wire/message.ts';
import type { Facts } from './facts.ts';
import { rightRefusal, unpublishedPart } from './right-refusal.ts';

const string = (name: string, mutability = 'readWrite') => ({ name, type: 'string', multiValued: false, mutability });

const facts: Facts = {
  serviceProviderConfig: { bulk: { supported: true, maxOperations: 1 } },
  resourceTypes: [{ name: 'User', endpoint: '/Users', schema: USER }],
  schemas: [
    {
      id: USER,
      attributes: [
        string('userName'),
        string('displayName', 'readOnly'),
        string('badge', 'immutable'),
        { name: 'name', type: 'complex', multiValued: false, subAttributes: [string('givenName')] },
        { name: 'emails', type: 'complex', multiValued: true, subAttributes: [string('value'), string('type')] },
      ],
    },
  ],
  credentialed: true,
  refused: {},
  kept: undefined,
};

const exchange = (method: string, json: Json, status: number, scimType?: string) => ({
  scope: 'x',
  n: 1,
  at: 0,
  ms: 1,
  request: {
    method,
    path:
      Array.isArray((json as JsonObject)['Operations']) && method === 'POST'
        ? '/Bulk'
        : method === 'POST'
          ? '/Users'
          : '/Users/1',
    headers: {},
    json,
  },
  response: {
    status,
    headers: {},
    json: { schemas: [ERROR], status: String(status), ...(scimType !== undefined && { scimType }) } as JsonObject,
  },
});

const refusedSearch = exchange('POST', { filter: 'x', count: 0 }, 400, 'invalidValue');
const searched = { ...refusedSearch, request: { ...refusedSearch.request, path: '/Users/.search' } };

const patched = (operation: JsonObject, scimType?: string, status = 400) =>
  rightRefusal(exchange('PATCH', { Operations: [operation] }, status, scimType), facts);

describe('a right refusal', () => {
  const cases: readonly (readonly [string, string | undefined, string | undefined])[] = [
    ['a read-only attribute', patched({ op: 'replace', path: 'displayName', value: 'x' }, 'mutability'), 'readOnly'],
    ['one in a value', patched({ op: 'replace', value: { displayName: 'x' } }, 'mutability'), 'readOnly'],
    ['an unpublished part', patched({ op: 'add', path: 'name.middleName', value: 'x' }, 'invalidPath'), 'middleName'],
    [
      'a filter by co',
      patched({ op: 'remove', path: 'emails[type co "o"]' }, 'invalidFilter'),
      'the filter type co "o"',
    ],
    ['an unpublished member', rightRefusal(exchange('POST', { title: 'x' }, 400, 'invalidSyntax'), facts), 'title'],
    [
      'a PUT of what is immutable',
      rightRefusal(exchange('PUT', { badge: '7' }, 400, 'mutability'), facts),
      'immutable',
    ],
    ['a filter by co without a keyword', patched({ op: 'remove', path: 'emails[type co "o"]' }), 'the filter type co'],
    ['too many operations', rightRefusal(exchange('POST', { Operations: [{}, {}] }, 413), facts), '1 operations'],
    ['a large body', rightRefusal(exchange('POST', { title: 'x'.repeat(20_000) }, 413), facts), '20012 bytes'],
    ['a small body', rightRefusal(exchange('POST', { title: 'x' }, 413), facts), undefined],
    ['as many operations as may be', rightRefusal(exchange('POST', { Operations: [{}] }, 413), facts), undefined],
    ['a PUT of what can change', rightRefusal(exchange('PUT', { userName: 'x' }, 400, 'mutability'), facts), undefined],
    ['another keyword', patched({ op: 'replace', path: 'displayName', value: 'x' }, 'noTarget'), undefined],
    ['another status', patched({ op: 'replace', path: 'displayName', value: 'x' }, 'mutability', 403), undefined],
    ['an ordinary change', patched({ op: 'replace', path: 'userName', value: 'x' }, 'mutability'), undefined],
    ['a filter by eq', patched({ op: 'remove', path: 'emails[type eq "x"]' }, 'invalidFilter'), undefined],
    ['a search', rightRefusal(searched, facts), undefined],
    ['an externalId', rightRefusal(exchange('POST', { externalId: 'x' }, 400, 'invalidValue'), facts), undefined],
  ];
  for (const [what, reason, right] of cases) {
    it(`${right === undefined ? 'does not excuse' : 'excuses'} ${what}`, () => {
      if (right === undefined) expect(reason).to.equal(undefined);
      else expect(reason).to.include(right);
    });
  }

  it('names the part of a complex value that is not published', () => {
    expect(unpublishedPart(facts, 'User', { name: { givenName: 'A', middleName: 'B' } })).to.equal('name.middleName');
    expect(unpublishedPart(facts, 'User', { name: { givenName: 'A' }, title: 'x' })).to.equal(undefined);
  });
});
