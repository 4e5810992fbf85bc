import { expect } from 'chai';
import { authorize, type Credential } from './credentials.ts';
import { createRedactor } from './redact.ts';
import type { HttpRequest, HttpResponse, Send } from './message.ts';

const request: HttpRequest = { method: 'GET', path: '/Users', headers: { accept: 'x' } };
const ok: HttpResponse = { status: 200, headers: {}, text: '' };

async function sent(credential: Credential, now: () => number = () => 0, times = 1) {
  const seen: HttpRequest[] = [];
  const redactor = createRedactor();
  const hop = authorize(credential, redactor, now);
  const next: Send = async r => {
    seen.push(r);
    return ok;
  };
  const responses: HttpResponse[] = [];
  for (let i = 0; i < times; i++) responses.push(await hop(request, next));
  return { headers: seen.map(r => r.headers), responses, redactor };
}

/** A token endpoint that counts. */
function tokens(answer: (n: number) => HttpResponse): { send: Send; asked: HttpRequest[] } {
  const asked: HttpRequest[] = [];
  return { asked, send: async r => answer(asked.push(r)) };
}
const token = (value: string, expires_in?: number): HttpResponse => {
  const json = { access_token: value, token_type: 'Bearer', ...(expires_in && { expires_in }) };
  return { status: 200, headers: {}, text: JSON.stringify(json), json };
};

describe('authorization', () => {
  const table: readonly [string, Credential, Record<string, string>, string[]][] = [
    ['nothing', { kind: 'none' }, { accept: 'x' }, []],
    ['a bearer token', { kind: 'bearer', token: 'tok-1' }, { accept: 'x', authorization: 'Bearer tok-1' }, ['tok-1']],
    [
      'any header',
      { kind: 'header', name: 'X-Api-Key', value: 'key-1' },
      { accept: 'x', 'x-api-key': 'key-1' },
      ['key-1'],
    ],
    [
      'basic credentials',
      { kind: 'basic', user: 'ada', password: 'pass-1' },
      { accept: 'x', authorization: `Basic ${Buffer.from('ada:pass-1').toString('base64')}` },
      ['pass-1', Buffer.from('ada:pass-1').toString('base64')],
    ],
  ];
  for (const [what, credential, headers, secrets] of table) {
    it(`sends ${what} and makes its secrets known`, async () => {
      const { headers: seen, redactor } = await sent(credential);
      expect(seen).to.deep.equal([headers]);
      for (const secret of secrets) expect(redactor.text(secret)).not.to.include(secret);
    });
  }

  it('fetches an OAuth token once, again when it is about to end, and hides it', async () => {
    const endpoint = tokens(n => token(`token-${n}`, 100));
    let time = 0;
    const credential: Credential = {
      kind: 'oauth',
      token: endpoint.send,
      clientId: 'id 1',
      clientSecret: 'shhh',
      scope: 'scim',
    };
    const { headers, redactor } = await sent(credential, () => (time += 30_000), 4);
    expect(headers.map(h => h['authorization'])).to.deep.equal([
      'Bearer token-1',
      'Bearer token-1',
      'Bearer token-1',
      'Bearer token-2',
    ]);
    expect(endpoint.asked[0]?.text).to.equal('grant_type=client_credentials&scope=scim');
    expect(endpoint.asked[0]?.headers['authorization']).to.equal(
      `Basic ${Buffer.from('id+1:shhh').toString('base64')}`,
    );
    expect(redactor.text('token-2 shhh')).to.equal('[redacted] [redacted]');
  });

  it('asks for one token when many requests start at once', async () => {
    const endpoint = tokens(() => token('one-token'));
    const hop = authorize(
      { kind: 'oauth', token: endpoint.send, clientId: 'id', clientSecret: 'secret' },
      createRedactor(),
    );
    await Promise.all([1, 2, 3].map(() => hop(request, async () => ok)));
    expect(endpoint.asked).to.have.lengthOf(1);
  });

  it('answers with the failure no-token when the endpoint refuses, and sends nothing', async () => {
    const json = { error: 'invalid_client' };
    const endpoint = tokens(() => ({ status: 401, headers: {}, text: JSON.stringify(json), json }));
    const { headers, responses } = await sent({
      kind: 'oauth',
      token: endpoint.send,
      clientId: 'i',
      clientSecret: 'secret',
    });
    expect(headers).to.deep.equal([]);
    expect(responses[0]?.failure?.code).to.equal('no-token');
    expect(responses[0]?.failure?.message).to.include('invalid_client');
  });
});
