import { expect } from 'chai';
import type { Exchange } from '../../reports/record/index.ts';
import { PATCH_OP } from '../../scim/message/urn.ts';
import { isProbe, type Invariant } from '../run/check.ts';
import { rfc } from '../run/profiles.ts';
import { severityOf } from '../run/severity.ts';
import { Violation } from '../run/violation.ts';
import { checks } from './index.ts';

/** Reports, baselines and other people's scripts hold these: an id that changes or goes is a breaking change. */
const ids = [
  'auth.challenge',
  'auth.missing',
  'auth.required',
  'auth.wrong-token',
  'client.media-type',
  'client.patch-message',
  'create.body',
  'create.conflict',
  'create.conflict-other-case',
  'create.external-id-not-invented',
  'create.group',
  'create.location',
  'create.password-hidden',
  'create.read-back',
  'create.read-only-ignored',
  'create.status',
  'create.user-name-required',
  'delete.gone',
  'delete.not-found-by-filter',
  'delete.re-create',
  'delete.status',
  'delete.unknown',
  'discovery.config.authentication-schemes',
  'discovery.config.bulk.max-operations',
  'discovery.config.bulk.max-payload-size',
  'discovery.config.bulk.supported',
  'discovery.config.change-password.supported',
  'discovery.config.etag.supported',
  'discovery.config.filter.max-results',
  'discovery.config.filter.supported',
  'discovery.config.patch.supported',
  'discovery.config.sort.supported',
  'discovery.resource-type-members',
  'discovery.resource-types',
  'discovery.schema-by-id',
  'discovery.schemas',
  'discovery.service-provider-config',
  'error.method',
  'error.missing-user-name',
  'error.not-json',
  'error.unknown-endpoint',
  'filter.attribute-other-case',
  'filter.flag',
  'filter.no-match',
  'filter.unknown-operator',
  'filter.user-name-eq',
  'filter.user-name-other-case',
  'group.members',
  'list.envelope',
  'page.count',
  'page.count-zero',
  'page.items-per-page',
  'page.start-index',
  'page.total',
  'page.walk',
  'patch.add-member',
  'patch.add-member-again',
  'patch.atomic',
  'patch.read-only',
  'patch.remove-all-members',
  'patch.remove-member-by-value-path',
  'patch.remove-without-path',
  'patch.replace-no-target',
  'patch.replace-read-back',
  'patch.replace-without-path',
  'patch.status',
  'patch.unknown',
  'read.by-id',
  'read.unknown',
  'replace.creates-nothing',
  'replace.members',
  'replace.read-back',
  'replace.round-trip',
  'replace.status',
  'replace.unknown',
  'wire.accept',
  'wire.allow',
  'wire.error-shape',
  'wire.error-status',
  'wire.framing',
  'wire.list-envelope',
  'wire.list-total',
  'wire.location',
  'wire.media-type',
  'wire.meta',
  'wire.no-content',
  'wire.resource-id',
  'wire.resource-schemas',
  'wire.secrets',
  'wire.success-is-no-error',
];

describe('the checks', () => {
  it('have the ids that were given out', () => {
    expect(checks.map(({ id }) => id).sort()).to.deep.equal(ids);
  });

  it('have ids of dotted words', () => {
    for (const { id } of checks) expect(id).to.match(/^[a-z]+(?:\.[a-z]+(?:-[a-z]+)*)+$/);
  });

  it('say what is right, each in its own sentence', () => {
    const titles = checks.map(({ title }) => title);
    expect(new Set(titles).size).to.equal(titles.length);
    for (const title of titles) expect(title).to.match(/^[A-Za-z0-9].*[^.]$/);
  });

  it('weigh something in the profile of the RFCs', () => {
    for (const check of checks) {
      const side = isProbe(check) ? 'server' : check.judges;
      expect(severityOf(check.clause, rfc, side), check.id).to.be.oneOf(['failure', 'warning']);
    }
  });
});

describe('checks of a client', () => {
  const sent = (request: Partial<Exchange['request']>): Exchange => ({
    scope: 'step',
    n: 1,
    at: 0,
    ms: 0,
    request: { method: 'PATCH', path: '/Groups/1', headers: { 'content-type': 'application/scim+json' }, ...request },
    response: { status: 204, headers: {} },
  });
  const patch = (...Operations: Record<string, string>[]) => sent({ json: { schemas: [PATCH_OP], Operations } });
  const find = (id: string) => checks.find(check => check.id === id) as Invariant;

  const cases: readonly [id: string, exchange: Exchange, right: boolean, what: string][] = [
    ['client.media-type', sent({ json: {} }), true, 'SCIM JSON'],
    [
      'client.media-type',
      sent({ json: {}, headers: { 'content-type': 'application/scim+json; charset=utf-8' } }),
      true,
      'a charset',
    ],
    ['client.media-type', sent({ json: {}, headers: { 'content-type': 'application/json' } }), false, 'plain JSON'],
    ['client.media-type', sent({ json: {}, headers: {} }), false, 'no type'],
    ['client.patch-message', patch({ op: 'add', path: 'members' }), true, 'an addition'],
    ['client.patch-message', patch({ op: 'Replace', value: 'x' }), true, 'a capital, which is an open question'],
    ['client.patch-message', patch({ op: 'remove' }), false, 'a removal without a path'],
    ['client.patch-message', patch({ op: 'move', path: 'a' }), false, 'an operation that does not exist'],
    ['client.patch-message', patch(), false, 'no operations'],
    ['client.patch-message', sent({ json: { Operations: [{ op: 'add' }] } }), false, 'no schemas'],
    ['client.patch-message', sent({}), false, 'no body'],
  ];
  for (const [id, exchange, right, what] of cases) {
    it(`${id} ${right ? 'accepts' : 'refuses'} ${what}`, () => {
      const invariant = find(id);
      expect(invariant.when(exchange)).to.equal(true);
      const judged = () => invariant.observe(exchange);
      if (right) expect(judged).not.to.throw();
      else expect(judged).to.throw(Violation);
    });
  }

  it('have nothing to say about a GET', () => {
    const get = sent({ method: 'GET', path: '/Users' });
    expect(find('client.patch-message').when(get)).to.equal(false);
    expect(find('client.media-type').when(get)).to.equal(false);
  });
});

describe('checks of every response', () => {
  const find = (id: string) => checks.find(check => check.id === id) as Invariant;
  const exchange = (response: Exchange['response'], request: Partial<Exchange['request']> = {}): Exchange => ({
    scope: 'step',
    n: 1,
    at: 0,
    ms: 0,
    request: { method: 'GET', path: '/Users/1', headers: { accept: 'application/scim+json' }, ...request },
    response,
  });
  const json = { 'content-type': 'application/scim+json' };
  const failing = (
    code: 'malformed' | 'wrong-length' | 'stray-bytes' | 'cut' | 'timeout' | 'too-large',
    status?: number,
  ) => exchange({ headers: json, failure: { code, message: 'so it is' }, ...(status !== undefined && { status }) });
  const token = 'Bearer abcdefgh-token';
  const bearer = { headers: { authorization: token } };
  const meta = (location: string, id = 'a b') =>
    exchange({ status: 200, headers: json, json: { id, meta: { location } } });

  const cases: readonly [id: string, exchange: Exchange, right: boolean, what: string][] = [
    ['wire.framing', failing('malformed'), false, 'what is no HTTP'],
    ['wire.framing', failing('wrong-length', 200), false, 'a wrong length'],
    ['wire.framing', failing('stray-bytes', 200), false, 'stray bytes'],
    ['wire.framing', failing('cut', 200), false, 'a response that was cut off'],
    ['wire.framing', failing('timeout', 200), false, 'a body that stops half-way'],
    ['wire.framing', failing('too-large', 200), true, 'a body past our own limit'],
    ['wire.framing', failing('stray-bytes', 204), true, 'bytes after a 204, which wire.no-content reports'],
    ['wire.no-content', exchange({ status: 204, headers: {}, text: 'x' }), false, 'a body'],
    [
      'wire.secrets',
      exchange({ status: 200, headers: {}, json: { a: [{ Password: 'x' }] } }),
      false,
      'a password deep inside',
    ],
    ['wire.secrets', exchange({ status: 200, headers: {}, json: { password: null } }), true, 'a password that is null'],
    ['wire.secrets', exchange({ status: 200, headers: {}, json: { name: 'password' } }), true, 'the word alone'],
    [
      'wire.secrets',
      exchange({ status: 401, headers: {}, json: { detail: `bad ${token}` } }, bearer),
      false,
      'the token in an error',
    ],
    [
      'wire.secrets',
      exchange(
        { status: 400, headers: {}, json: { detail: 's3cret-s3cret' } },
        { json: { password: 's3cret-s3cret' } },
      ),
      false,
      'the password in an error',
    ],
    [
      'wire.secrets',
      exchange({ status: 200, headers: {}, json: { x: '[redacted]' } }, { headers: { authorization: '[redacted]' } }),
      true,
      'what a record blanks',
    ],
    ['wire.location', meta('https://h/v2/Users/a%20b'), true, 'an escaped id'],
    ['wire.location', meta('/Users/a%20b'), true, 'a relative URI'],
    ['wire.location', meta('https://h/v2/Users/c'), false, 'another id'],
  ];
  for (const [id, judged, right, what] of cases) {
    it(`${id} ${right ? 'accepts' : 'refuses'} ${what}`, () => {
      const invariant = find(id);
      expect(invariant.when(judged)).to.equal(true);
      if (right) expect(() => invariant.observe(judged)).not.to.throw();
      else expect(() => invariant.observe(judged)).to.throw(Violation);
    });
  }

  it('ask for no schemas or meta where the client chose the attributes', () => {
    const chosen = exchange(
      { status: 200, headers: json, json: { id: '1' } },
      { path: '/Users/1?attributes=userName' },
    );
    expect(find('wire.resource-schemas').when(chosen)).to.equal(false);
    expect(find('wire.meta').when(chosen)).to.equal(false);
    expect(find('wire.resource-id').when(chosen)).to.equal(true);
  });
});
