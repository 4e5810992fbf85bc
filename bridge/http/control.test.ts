import { expect } from 'chai';
import { connectControl, ControlConnectionError, type RemoteControl } from '../../scim/control-client.ts';
import { controlActNames } from '../../scim/control-acts.ts';
import type { Control } from '../../scim/target.ts';
import { createBridge, type BridgeOptions } from './app.ts';
import { listen } from './serve.ts';

const TOKEN = 'endpoint-token';
const CONTROL = 'control-token';
const start = Date.parse('2026-03-02T09:00:00Z');

interface Served {
  readonly url: string;
  /** Status, headers and JSON of a request to the control API. */
  readonly ask: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Told>;
  readonly connect: () => Promise<RemoteControl>;
}

interface Told {
  readonly status: number;
  readonly headers: Headers;
  readonly json: Readonly<Record<string, unknown>>;
}

const authorization = `Bearer ${CONTROL}`;

/** Serves a hosted account, with a control unless told otherwise. */
async function inServed(work: (served: Served) => Promise<void>, options: Partial<BridgeOptions> = {}): Promise<void> {
  const { app, settings } = createBridge({
    tokens: [TOKEN],
    controlToken: CONTROL,
    now: () => start,
    account: { profile: 'hosted' },
    ...options,
  });
  const { origin, close } = await listen(app, settings);
  const url = `${origin}/control`;
  const ask: Served['ask'] = async (method, path, body, headers = {}) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { authorization, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      json: text === '' ? {} : (JSON.parse(text) as Told['json']),
    };
  };
  const open: RemoteControl[] = [];
  try {
    await work({
      url,
      ask,
      async connect() {
        const remote = await connectControl({ url, token: CONTROL });
        open.push(remote);
        return remote;
      },
    });
  } finally {
    await Promise.all(open.map(remote => remote.close()));
    await close();
  }
}

const told = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'done',
    (error: { name: string; status?: number; rule?: string }) =>
      [error.name, error.status, error.rule].filter(Boolean).join(' '),
  );

describe('the control API', () => {
  it('is off unless asked for', async () => {
    const { app, settings } = createBridge({ tokens: [TOKEN], account: { profile: 'hosted' } });
    const { origin, close } = await listen(app, settings);
    try {
      const answer = await fetch(`${origin}/control/people`, { headers: { authorization: `Bearer ${TOKEN}` } });
      expect(answer.status).to.equal(404);
    } finally {
      await close();
    }
  });

  it('lists its acts and what they take', () =>
    inServed(async ({ ask }) => {
      const { status, json } = await ask('GET', '');
      expect(status).to.equal(200);
      const acts = json['acts'] as readonly { name: string }[];
      expect(acts.map(({ name }) => name)).to.deep.equal(controlActNames);
      expect(acts).to.deep.include({
        name: 'setRole',
        method: 'POST',
        takes: { person: 'text', role: 'text' },
        title: 'The person gets another role',
      });
    }));

  it('keeps answers out of caches', () =>
    inServed(async ({ ask }) => {
      expect((await ask('GET', '/people')).headers.get('cache-control')).to.equal('no-store');
    }));

  const refusals: readonly {
    readonly what: string;
    readonly ask: readonly [method: string, path: string, body?: unknown, headers?: Record<string, string>];
    readonly status: number;
    readonly code: string;
    readonly says: RegExp;
  }[] = [
    {
      what: 'the token of the endpoint',
      ask: ['GET', '/people', undefined, { authorization: `Bearer ${TOKEN}` }],
      status: 401,
      code: 'unauthorized',
      says: /not accepted/,
    },
    {
      what: 'no token',
      ask: ['GET', '/people', undefined, { authorization: '' }],
      status: 401,
      code: 'unauthorized',
      says: /token/,
    },
    {
      what: 'an act that is none',
      ask: ['POST', '/acept', { person: 'a' }],
      status: 404,
      code: 'unknown-act',
      says: /"acept" is no act \(did you mean accept\?\)/,
    },
    { what: 'a path below an act', ask: ['GET', '/people/1'], status: 404, code: 'unknown-act', says: /people\/1/ },
    {
      what: 'a name of every object',
      ask: ['POST', '/toString', {}],
      status: 404,
      code: 'unknown-act',
      says: /no act/,
    },
    { what: 'another method', ask: ['GET', '/accept'], status: 405, code: 'method', says: /with POST/ },
    { what: 'a write to the list', ask: ['DELETE', ''], status: 405, code: 'method', says: /with GET/ },
    {
      what: 'no body where one is needed',
      ask: ['POST', '/accept'],
      status: 400,
      code: 'body',
      says: /a text as "person"/,
    },
    {
      what: 'a member of another type',
      ask: ['POST', '/setMembers', { group: 'Club', members: ['a', 1] }],
      status: 400,
      code: 'body',
      says: /setMembers takes a list of texts as "members"/,
    },
    {
      what: 'a member that is none',
      ask: ['POST', '/accept', { person: 'a', persn: 'a' }],
      status: 400,
      code: 'body',
      says: /no member "persn" \(did you mean person\?\)/,
    },
    {
      what: 'members where none are',
      ask: ['POST', '/reset', { a: 1 }],
      status: 400,
      code: 'body',
      says: /takes nothing/,
    },
    { what: 'a list', ask: ['POST', '/accept', []], status: 400, code: 'body', says: /JSON object/ },
    { what: 'what is no JSON', ask: ['POST', '/accept', '{"person":'], status: 400, code: 'body', says: /not JSON/ },
    {
      what: 'another media type',
      ask: ['POST', '/accept', 'person=a', { 'content-type': 'text/plain' }],
      status: 415,
      code: 'body',
      says: /application\/json/,
    },
    {
      what: 'a body that is too large',
      ask: ['POST', '/accept', { person: 'a'.repeat(1_048_577) }],
      status: 413,
      code: 'body',
      says: /larger than the limit/,
    },
    {
      what: 'a clock that leaves the calendar',
      ask: ['POST', '/advance', { ms: 1e300 }],
      status: 400,
      code: 'control',
      says: /9999/,
    },
    {
      what: 'somebody who is not there',
      ask: ['POST', '/suspend', { person: 'x' }],
      status: 404,
      code: 'control',
      says: /"x"/,
    },
    {
      what: 'what the account does not admit',
      ask: ['POST', '/accept', { person: 'owner@example.com' }],
      status: 409,
      code: 'control',
      says: /is active/,
    },
    {
      what: 'an act on Unlock with SSO that is none',
      ask: ['POST', '/setUnlock', { do: 'chose', value: 'everyone' }],
      status: 400,
      code: 'control',
      says: /did you mean choose/,
    },
    ...[{}, { format: 'scimulator-account-1', stock: {}, resources: [] }, 7, null].map(snapshot => ({
      what: `the snapshot ${JSON.stringify(snapshot)}`,
      ask: ['POST', '/restore', { snapshot }] as const,
      status: 400,
      code: 'control',
      says: /no snapshot/,
    })),
  ];
  for (const { what, ask: given, status, code, says } of refusals) {
    it(`refuses ${what}`, () =>
      inServed(async ({ ask }) => {
        const before = (await ask('GET', '/snapshot')).json;
        const answer = await ask(...given);
        expect([answer.status, answer.json['code']]).to.deep.equal([status, code]);
        expect(answer.json['message']).to.match(says);
        expect(answer.json['message']).not.to.include(TOKEN).and.not.to.include(CONTROL);
        expect((await ask('GET', '/snapshot')).json).to.deep.equal(before);
      }));
  }

  it('names the rule that refuses', () =>
    inServed(async ({ ask }) => {
      const { status, json } = await ask('POST', '/regenerateToken');
      expect([status, json['rule']]).to.deep.equal([409, 'OP-6a']);
    }));

  it('wants a token of its own', () => {
    const account = { profile: 'hosted' } as const;
    expect(() => createBridge({ tokens: [TOKEN], account, controlToken: TOKEN })).to.throw(TypeError, 'of its own');
    expect(() => createBridge({ tokens: [TOKEN], account, controlToken: '' })).to.throw(TypeError, 'of its own');
    expect(() => createBridge({ tokens: [TOKEN], controlToken: CONTROL })).to.throw(TypeError, 'without an account');
  });
});

describe('a control that is reached over HTTP', () => {
  it('does what one in the same process does', () =>
    inServed(async ({ connect }) => {
      const { control } = await connect();
      const acts = control as Required<Control>;
      expect(Object.keys(control)).to.deep.equal(controlActNames);
      const ada = await acts.addPerson({ address: 'ada@x.example', state: 'invited' });
      expect(ada).to.include({ address: 'ada@x.example', state: 'invited', role: 'member' });
      const before = await acts.snapshot();
      expect(await acts.accept({ person: ada.id })).to.include({ state: 'active' });
      expect(await acts.setDomains({ domains: ['x.example'] })).to.equal(undefined);
      expect((await acts.outbox()).map(({ kind, to }) => [kind, to])).to.deep.equal([['invitation', 'ada@x.example']]);
      await acts.restore({ snapshot: before });
      expect((await acts.people()).find(({ id }) => id === ada.id)).to.include({ state: 'invited' });
    }));

  it('refuses as one in the same process does', () =>
    inServed(async ({ connect }) => {
      const { control } = await connect();
      expect(await told(control.regenerateToken?.() ?? Promise.resolve())).to.equal('ControlError 409 OP-6a');
      expect(await told(control.suspend?.({ person: 'x' }) ?? Promise.resolve())).to.equal('ControlError 404');
    }));

  it('says what is wrong with address and token', () =>
    inServed(async ({ url }) => {
      const tries: readonly [string, string, RegExp][] = [
        [url, 'other', /does not take this token/],
        [url.replace('/control', '/scim/v2'), CONTROL, /does not take this token/],
        [url.replace('/control', '/elsewhere'), CONTROL, /no control API at .* answered 404/],
      ];
      for (const [at, token, says] of tries) {
        const error = await connectControl({ url: at, token }).catch((error: unknown) => error);
        expect(error).to.be.instanceOf(ControlConnectionError);
        expect(String(error)).to.match(says).and.not.to.include(CONTROL);
      }
    }));

  it('says when nobody is there any more', async () => {
    let left: RemoteControl | undefined;
    await inServed(async ({ url }) => {
      left = await connectControl({ url, token: CONTROL });
    });
    expect(await told(left?.control.people?.() ?? Promise.resolve())).to.equal('ControlConnectionError');
    await left?.close();
  });
});
