import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { requirements, rules } from '../conformance/clauses/index.ts';
import { checks, profiles } from '../conformance/index.ts';
import { clientDefects, defects, variants } from '../conformance/proof/index.ts';
import { explain } from '../harness/explain.ts';
import { withReferenceBridge } from '../harness/reference-bridge.ts';
import { scenarios } from '../scenarios/index.ts';
import { inProcess } from './in-process.ts';

const TOKEN = 'the-token-nobody-may-see';

describe('explain', () => {
  it('knows every id there is', () => {
    const ids = [
      ...Object.keys(requirements),
      ...Object.keys(rules),
      ...[...checks, ...defects, ...clientDefects, ...variants, ...scenarios, ...profiles].map(({ id }) => id),
    ];
    for (const id of ids) {
      const [first] = explain(id);
      expect(first?.heading.startsWith(`${id}: `), id).to.equal(true);
      expect(
        first?.lines.every(([, text]) => text !== ''),
        id,
      ).to.equal(true);
    }
  });

  it('tells a reader what a check judges, what proves it and how to run it', async () => {
    const { code, out } = await inProcess(['explain', 'CREATE.status', 'rfc7644-3.3-04', 'JC-49b']);
    expect(code).to.equal(0);
    expect(out)
      .to.match(/^create\.status: a check/m)
      .and.match(/create-answers-200/);
    expect(out).to.match(/^ {2}run +scimulator rerun create\.status <url>$/m);
    expect(out).to.match(
      /^ {2}read +RFC7644 section 3\.3, https:\/\/www\.rfc-editor\.org\/rfc\/rfc7644#section-3\.3$/m,
    );
    expect(out)
      .to.match(/^JC-49b: a provisioning rule$/m)
      .and.match(/^ {2}story +leaver-in-two-groups/m);
  });

  it('names the checks of a topic', async () => {
    const { out } = await inProcess(['explain', 'delete']);
    expect(out)
      .to.match(/^delete: a topic of \d+ checks$/m)
      .and.match(/delete\.status: /)
      .and.match(/conform <url> --only delete$/m);
  });

  it('says what was meant', async () => {
    const { code, err } = await inProcess(['explain', 'create.statsu']);
    expect(code).to.equal(2);
    expect(err).to.match(/did you mean create\.status\?/);
  });
});

describe('lint', () => {
  let folder = '';
  before(() => (folder = mkdtempSync(join(tmpdir(), 'lint-'))));
  after(() => rmSync(folder, { recursive: true }));
  const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
  const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
  const linted = async (payload: unknown, ...args: string[]) => {
    const file = join(folder, 'payload.json');
    writeFileSync(file, typeof payload === 'string' ? payload : JSON.stringify(payload));
    return inProcess(['lint', file, ...args]);
  };
  const member = { path: 'members', value: [{ value: '1' }] };

  for (const [what, payload] of [
    ['user', { schemas: [USER], userName: 'ada', active: true, emails: [{ value: 'a@example.com', primary: true }] }],
    ['group', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'Eng' }],
    ['patch', { schemas: [PATCH], Operations: [{ op: 'add', ...member }] }],
    ['search', { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], filter: 'userName eq "a"' }],
  ] as const) {
    it(`finds nothing wrong with a right ${what}`, async () => {
      const { code, out } = await linted(payload);
      expect(out).to.match(new RegExp(`\\(${what}\\): nothing wrong\\n$`));
      expect(code).to.equal(0);
    });
  }

  for (const [payload, message] of [
    [{ schemas: [USER], userName: 'ada', active: 'true' }, /active: true or false is wanted, not "true"/],
    [{ schemas: [USER], userName: 'ada', emails: { value: 'a' } }, /emails: a list is wanted/],
    [{ schemas: [USER], userName: 'ada', actvie: true }, /actvie: a name of the schema .* \(did you mean active\?\)/],
    [
      { schemas: [PATCH], Operations: [{ op: 'replace', value: { active: 'False' } }] },
      /Operations\[0\]\.value\.active: true or false is wanted, not "False"/,
    ],
    [{ schemas: [USER], userName: 'ada', emails: [{ value: 7 }] }, /emails\[0\]\.value: a string is wanted, not 7/],
    [{ schemas: [USER], active: true }, /failure: .*userName|failure: .*required/i],
    [{ userName: 'ada' }, /failure: What is sent names its schemas/],
    [{ schemas: [PATCH], Operations: [{ op: 'remove' }] }, /failure: .*path/i],
    [{ schemas: [PATCH], Operations: [{ op: 'increase', path: 'active', value: true }] }, /failure: /],
  ] as const) {
    it(`finds what is wrong: ${message.source}`, async () => {
      const { code, out } = await linted(payload);
      expect(out).to.match(message);
      expect(code).to.equal(1);
    });
  }

  for (const [payload, message] of [
    ['{"userName": "ada",\n "active": tru }', /payload\.json:2:\d+: no JSON: .*\n {2}2 \| /],
    ['[]', /a JSON object is wanted/],
    ['{}', /name it with --as user\|group\|patch\|bulk\|search/],
    ['{"schemas": ["urn:ietf:params:scim:api:messages:2.0:ListResponse"]}', /this is an answer/],
    ['', /no JSON/],
  ] as const) {
    it(`says what is wrong with the file: ${JSON.stringify(payload)}`, async () => {
      const { code, err } = await linted(payload);
      expect(code).to.equal(2);
      expect(err).to.match(message);
    });
  }

  it('is told apart from a file that is not there', async () => {
    const { code, err } = await inProcess(['lint', join(folder, 'none.json')]);
    expect([code, /no such file/.test(err)]).to.deep.equal([2, true]);
  });

  it('is read by scripts', async () => {
    const { out } = await linted({ schemas: [USER], userName: 1 }, '--json');
    expect(JSON.parse(out)).to.be.an('array').with.length(1);
  });
});

describe('doctor', () => {
  const serving = async <T>(listener: RequestListener, work: (origin: string) => Promise<T>): Promise<T> => {
    const server = createServer(listener).listen(0, '127.0.0.1');
    await new Promise(resolve => server.once('listening', resolve));
    try {
      return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    } finally {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    }
  };
  const doctor = (url: string, ...args: string[]) =>
    inProcess(['doctor', url, '--token-env', 'T', ...args], { T: TOKEN });
  const config = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'] };

  it('finds nothing wrong with a right endpoint, and says how to go on', async () => {
    await withReferenceBridge(async ({ baseUrl, credential }) => {
      const token = credential.kind === 'bearer' ? credential.token : '';
      const { code, out } = await inProcess(['doctor', baseUrl, '--token-env', 'T'], { T: token });
      expect(code).to.equal(0);
      expect(out)
        .to.match(/Ready: scimulator conform http/)
        .and.not.match(/[▲✕]/);
      const wrong = await doctor(baseUrl);
      expect(wrong.code).to.equal(3);
      expect(wrong.out).to.match(/✕ GET \/Users is answered with 401\n {2}the credential is refused/);
      const none = await inProcess(['doctor', baseUrl]);
      expect(none.out).to.match(/a credential is wanted/);
      const astray = await doctor(new URL('/', baseUrl).href);
      expect(astray.out).to.match(/\/scim\/v2 speaks SCIM\n {2}try that as the base URL/);
      const slash = await inProcess(['doctor', `${baseUrl}/`, '--token-env', 'T'], { T: token });
      expect([slash.code, /ends in a slash/.test(slash.out)]).to.deep.equal([0, true]);
      const deep = await doctor(`${baseUrl}/Users`);
      expect(deep.out).to.match(/the base URL ends in \/Users\n {2}leave that out/);
    });
  });

  const answers: readonly (readonly [what: string, listener: RequestListener, message: RegExp])[] = [
    [
      'a sign-in page',
      (_request, response) =>
        response.setHeader('content-type', 'text/html').end('<!doctype html><title>Sign in</title>'),
      /an HTML page\n {2}that is a web page/,
    ],
    [
      'a redirect',
      (_request, response) => response.writeHead(302, { location: 'https://sso.example/' }).end(),
      /to https:\/\/sso\.example\/\n {2}name the address/,
    ],
    ['a refusal', (_request, response) => response.writeHead(403).end(), /may not read users/],
    ['trouble', (_request, response) => response.writeHead(503).end(), /the server is in trouble/],
    [
      'other JSON',
      (_request, response) => response.setHeader('content-type', 'application/json').end('{"ok":true}'),
      /which is no SCIM list/,
    ],
    ['nothing', request => request.socket.destroy(), /✕ no answer: /],
    [
      'no groups, an old clock',
      (request, response) => {
        response.setHeader('content-type', 'application/scim+json').setHeader('date', 'Sun, 01 Mar 2020 10:00:00 GMT');
        if (request.url?.startsWith('/Groups')) return void response.writeHead(404).end();
        response.end(JSON.stringify(request.url?.startsWith('/Users') ? { totalResults: 0 } : config));
      },
      /▲ GET \/Groups is answered with 404[\s\S]*the clocks differ by \d+ s[\s\S]*Ready/,
    ],
  ];
  for (const [what, listener, message] of answers) {
    it(`makes sense of ${what}, without a word about the token`, async () => {
      const { out, err } = await serving(listener, async origin => doctor(origin));
      expect(out).to.match(message);
      expect(out + err).not.to.include(TOKEN);
    });
  }

  it('makes sense of a port where nobody listens, and of TLS where there is none', async () => {
    const gone = await serving(
      (_request, response) => response.end(),
      async origin => origin,
    );
    expect((await doctor(gone)).out).to.match(/nobody listens at that address\n {2}start the server/);
    const tls = await serving(
      (_request, response) => response.end(),
      async origin => doctor(origin.replace('http:', 'https:')),
    );
    expect(tls.out).to.match(/^✕ no answer: TLS refused: [a-z ]+\n {2}the other side speaks no TLS at this port/m);
    expect(tls.code).to.equal(3);
  });

  it('is read by scripts', async () => {
    const { code, out } = await serving(
      (_request, response) => response.writeHead(403).end(),
      async origin => doctor(origin, '--json'),
    );
    expect([code, (JSON.parse(out) as { ready: boolean }).ready]).to.deep.equal([3, false]);
  });
});
