import { expect } from 'chai';
import type { Exchange, Json, RunEvent } from '../reports/record/index.ts';
import { createMask, MASKED } from './mask.ts';

const RUN = 'ab12cd34';
const PLANTED = ['Grace Hopper', 'grace@corp.test', 'Rear Admiral', '+1-202-555-0100'];

const theirs = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  id: '7f1',
  userName: 'grace@corp.test',
  displayName: 'Grace Hopper',
  title: 'Rear Admiral',
  employeeAge: 79,
  active: true,
  emails: [{ value: 'grace@corp.test', type: 'work', primary: true }],
  phoneNumbers: [{ value: '+1-202-555-0100', type: 'work' }],
  meta: { resourceType: 'User', location: 'https://h/Users/7f1', created: '2026-01-01T00:00:00Z' },
};
const ours = { id: 'o1', userName: `user-${RUN}-x@scimulator.example`, displayName: 'Ada Lovelace' };

const exchange = (path: string, response: Exchange['response']): RunEvent => ({
  kind: 'exchange',
  exchange: { scope: 's', n: 1, at: 0, ms: 0, request: { method: 'GET', path, headers: {} }, response },
});
const shown = (path: string, json: Json, mask = createMask(RUN)) => {
  const event = mask(exchange(path, { status: 200, headers: {}, json }));
  return event.kind === 'exchange' ? event.exchange.response.json : undefined;
};
const created = (id: string): RunEvent => ({
  kind: 'created',
  scope: 's',
  endpoint: '/Users',
  key: 'displayName',
  value: 'x',
  id,
});

describe('mask', () => {
  it('blanks every value of a resource that the run did not make and keeps what tells which it is', () => {
    expect(shown('/Users/7f1', theirs)).to.deep.equal({
      ...theirs,
      userName: MASKED,
      displayName: MASKED,
      title: MASKED,
      employeeAge: 0,
      emails: [{ value: MASKED, type: 'work', primary: true }],
      phoneNumbers: [{ value: MASKED, type: 'work' }],
    });
  });

  const shapes: readonly [string, Json][] = [
    ['a list', { totalResults: 2, Resources: [ours, theirs] }],
    ['a list with a misspelt member', { resources: [theirs] }],
    ['a bare array', [theirs]],
    ['a resource without id', { userName: 'grace@corp.test', title: 'Rear Admiral' }],
    ['a group', { id: 'g', displayName: 'Grace Hopper', members: [{ value: 'u7', display: 'Rear Admiral' }] }],
    [
      'an id that is an address',
      { ...theirs, id: 'grace@corp.test', meta: { location: 'https://h/grace%40corp.test' } },
    ],
    ['a list in which a text is an entry', { Resources: ['Grace Hopper'] }],
  ];
  for (const [what, json] of shapes) {
    it(`lets none of them through in ${what}`, () => {
      const text = decodeURIComponent(JSON.stringify(shown('/Users', json)));
      for (const value of PLANTED) expect(text).not.to.include(value);
      if (what === 'a list') expect(text).to.include('Ada Lovelace');
    });
  }

  it('passes on what the run made, by its id or by the mark of the run, as it is', () => {
    const mask = createMask(RUN);
    mask(created('o2'));
    const marked = { totalResults: 1, Resources: [ours] };
    const known = { id: 'o2', displayName: 'No Mark' };
    expect(shown('/Users', marked, mask)).to.deep.equal(marked);
    expect(shown('/Users/o2', known, mask)).to.equal(known);
  });

  it('blanks the names of others that a resource of ours points to', () => {
    const group = { id: 'other', display: 'Board of Directors', type: 'direct' };
    const user = { ...ours, groups: [{ ...group, value: 'g9' }] };
    const text = JSON.stringify(shown('/Users/o1', user));
    expect(text).to.include('g9');
    expect(text).not.to.include('Board');
  });

  it('leaves discovery alone', () => {
    const schema = { id: 'urn:x', name: 'User', attributes: [{ name: 'userName' }] };
    expect(shown('/Schemas', { Resources: [schema] })).to.deep.equal({ Resources: [schema] });
  });

  it('finds blanked values again in verdicts, requests and errors', () => {
    const mask = createMask(RUN);
    shown('/Users', [theirs], mask);
    const verdict = mask({
      kind: 'verdict',
      verdict: {
        check: 'c',
        case: '',
        title: '',
        clause: '',
        also: [],
        level: '',
        outcome: 'fail',
        severity: 'failure',
        expected: 'nobody',
        actual: 'the user "Grace Hopper" (GRACE@corp.test)',
        reason: '',
        blockedBy: '',
        exchanges: [],
      },
    });
    expect(verdict.kind === 'verdict' && verdict.verdict.actual).to.equal(`the user "${MASKED}" (${MASKED})`);
    const error = {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '409',
      detail: 'Grace Hopper is there',
    };
    const event = mask(
      exchange('/Users?filter=userName%20eq%20%22grace%40corp.test%22', { status: 409, headers: {}, json: error }),
    );
    expect(decodeURIComponent(JSON.stringify(event))).not.to.match(/grace/i);
  });

  it('blanks texts of a body that does not parse', () => {
    const text = JSON.stringify(theirs).slice(0, -9);
    const event = createMask(RUN)(exchange('/Users/7f1', { status: 200, headers: {}, text }));
    for (const value of PLANTED) expect(JSON.stringify(event)).not.to.include(value);
    expect(JSON.stringify(event)).to.include('7f1');
  });
});
