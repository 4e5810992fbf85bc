import { expect } from 'chai';
import type { JsonObject } from '../../scim/wire/message.ts';
import { ERROR, LIST_RESPONSE, USER } from '../../scim/message/urn.ts';
import { expect as right, describeAnswer, same, show, type Answer } from './expect.ts';
import { Violation } from './violation.ts';

const answer = (status: number, json?: Answer['json'], headers: Answer['headers'] = {}): Answer => ({
  status,
  headers,
  exchange: 'check#1',
  ...(json !== undefined && { json }),
});
const silent: Answer = {
  headers: {},
  failure: { code: 'cut', message: 'the connection was reset' },
  exchange: 'check#1',
};
const error = (status: number, scimType?: string) =>
  answer(status, { schemas: [ERROR], status: String(status), detail: 'no', ...(scimType && { scimType }) });
const list = (members: JsonObject) => answer(200, { schemas: [LIST_RESPONSE], ...members });

describe('expect', () => {
  const verbs: readonly [
    verb: string,
    passes: () => unknown,
    fails: () => unknown,
    expected: string,
    actual: string,
  ][] = [
    [
      'status',
      () => right.status(answer(204), 200, 204),
      () => right.status(answer(202), 200, 204),
      'status 200 or 204',
      'status 202',
    ],
    [
      'status without a response',
      () => right.status(answer(200), 200),
      () => right.status(silent, 200),
      'status 200',
      'no response (the connection was reset)',
    ],
    [
      'refusal',
      () => right.refusal(error(409, 'uniqueness'), [409], 'uniqueness'),
      () => right.refusal(error(409), [409], 'uniqueness'),
      'status 409 with scimType "uniqueness"',
      'status 409: "no"',
    ],
    [
      'refusal by its status',
      () => right.refusal(error(400, 'noTarget'), [400], 'noTarget'),
      () => right.refusal(error(404, 'noTarget'), [400], 'noTarget'),
      'status 400',
      'status 404 "noTarget": "no"',
    ],
    [
      'header',
      () => right.header(answer(401, undefined, { 'www-authenticate': 'Bearer' }), 'WWW-Authenticate'),
      () => right.header(answer(401, undefined, { 'www-authenticate': ' ' }), 'WWW-Authenticate'),
      'a WWW-Authenticate header',
      'status 401 without one',
    ],
    ['object', () => right.object(answer(200, {})), () => right.object(answer(200, [])), 'a JSON object as body', '[]'],
    [
      'object without a body',
      () => right.object(answer(200, {})),
      () => right.object(answer(200)),
      'a JSON object as body',
      'status 200',
    ],
    [
      'schema',
      () => right.schema({ schemas: [USER.toUpperCase()] }, USER, answer(200)),
      () => right.schema({ schemas: [ERROR] }, USER, answer(200)),
      `schemas with ${USER}`,
      `["${ERROR}"]`,
    ],
    [
      'page',
      () => right.page(list({ totalResults: 0 })),
      () => right.page(answer(200, {})),
      `schemas with ${LIST_RESPONSE}`,
      'nothing',
    ],
    [
      'page with entries',
      () => right.page(list({ Resources: [] })),
      () => right.page(list({ Resources: {} })),
      'Resources as an array',
      '{}',
    ],
    [
      'equal',
      () => right.equal({ a: 1, b: [2] }, { b: [2], a: 1 }, 'it'),
      () => right.equal('a', 'b', 'name'),
      'name "b"',
      '"a"',
    ],
    [
      'set',
      () => right.set(['b', 'a'], ['a', 'b'], 'ids'),
      () => right.set(['a', 'a'], ['a'], 'ids'),
      'ids ["a"]',
      '["a","a"]',
    ],
    ['that', () => right.that(true, 'x', 'y'), () => right.that(false, 'x', 'y'), 'x', 'y'],
  ];
  for (const [verb, passes, fails, expected, actual] of verbs) {
    it(`${verb}: lets the right one pass and names what is wrong with the other`, () => {
      expect(passes).not.to.throw();
      expect(fails).to.throw(Violation).that.includes({ expected, actual });
    });
  }

  it('names the decisive exchange', () => {
    expect(() => right.status(answer(500), 200))
      .to.throw(Violation)
      .with.property('exchange', 'check#1');
  });

  it('gives the entries of a page, and no number where the total is none', () => {
    const page = right.page(list({ totalResults: '2', Resources: [{ id: 'a' }, 'odd'] }));
    expect(page.resources).to.deep.equal([{ id: 'a' }]);
    expect(page.total).to.be.NaN;
  });
});

describe('words of a verdict', () => {
  it('name the type of a body that is no JSON', () => {
    expect(describeAnswer({ status: 200, headers: { 'content-type': 'text/html' }, text: '<p>' })).to.equal(
      'status 200 with text/html',
    );
  });

  it('cut long values', () => {
    expect(show('x'.repeat(1000))).to.have.length.below(300);
  });

  it('tell values apart that only look alike', () => {
    expect(same([1, 2], [2, 1])).to.equal(false);
    expect(same({ a: null }, {})).to.equal(false);
    expect(same('1', 1)).to.equal(false);
  });
});
