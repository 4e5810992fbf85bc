import { expect } from 'chai';
import { createRedactor, REDACTED } from './redact.ts';

const SECRET = 's3cr+t/with "quotes" & ümlaut';

describe('redactor', () => {
  const spellings: readonly [string, string][] = [
    ['as it is', SECRET],
    ['inside JSON text', JSON.stringify({ a: SECRET })],
    ['base64', Buffer.from(SECRET).toString('base64')],
    ['base64url', Buffer.from(SECRET).toString('base64url')],
    ['percent-encoded', encodeURIComponent(SECRET)],
    ['percent-encoded in lower case', encodeURIComponent(SECRET).replace(/%../g, e => e.toLowerCase())],
    ['form-encoded', new URLSearchParams({ a: SECRET }).toString()],
    ['base64 inside a query', encodeURIComponent(Buffer.from(SECRET).toString('base64'))],
  ];
  for (const [what, text] of spellings) {
    it(`blanks a secret ${what}`, () => {
      const out = createRedactor([SECRET]).text(`before ${text} after`);
      expect(out)
        .to.include(REDACTED)
        .and.to.match(/^before /)
        .and.to.match(/ after$/);
      for (const [, spelling] of spellings.slice(2)) expect(out).not.to.include(spelling);
      expect(out).not.to.include(SECRET);
    });
  }

  it('blanks members by name at any depth, whatever their case', () => {
    const value = { headers: { Authorization: 'Bearer abc' }, list: [{ password: 'x' }, { PassWord: ['x'] }] };
    expect(createRedactor().value(value)).to.deep.equal({
      headers: { Authorization: REDACTED },
      list: [{ password: REDACTED }, { PassWord: REDACTED }],
    });
  });

  it('blanks what a PATCH sets the password to', () => {
    const urn = 'urn:ietf:params:scim:schemas:core:2.0:User:password';
    const Operations = [
      { op: 'replace', path: 'password', value: 'new' },
      { op: 'replace', path: urn, value: 'new' },
      { op: 'replace', path: 'title', value: 'stays' },
    ];
    const out = createRedactor().value({ Operations });
    expect(out.Operations.map(({ value }) => value)).to.deep.equal([REDACTED, REDACTED, 'stays']);
  });

  it('blanks a password in text that is no JSON', () => {
    expect(createRedactor().text('{"userName":"a","password": "hun\\"ter2')).to.equal(
      `{"userName":"a","password": "${REDACTED}`,
    );
  });

  it('blanks secrets that become known later, in names as well as values', () => {
    const redactor = createRedactor();
    redactor.add('late-secret');
    expect(redactor.value({ 'x-late-secret': 'my late-secret' })).to.deep.equal({
      [`x-${REDACTED}`]: `my ${REDACTED}`,
    });
  });

  it('leaves everything else as it was', () => {
    const value = { a: [1, null, true, 'text'], passwordless: 'x', b: { password: null, supported: false } };
    expect(createRedactor(['unrelated']).value(value)).to.deep.equal(value);
  });
});
