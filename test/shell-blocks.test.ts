import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect } from 'chai';
import { createBridge, serveBridge } from '../bridge/index.ts';
import { main } from '../cli/program.ts';
import { conform } from '../harness/index.ts';
import { writerFor } from '../reports/writers/index.ts';
import { freePort } from './free-port.ts';
import { root } from './run-cli.ts';
import { blocksOf, pages, reasons, type Block } from './shell-blocks.ts';

/** The token that stands for `…` on the pages; some say it themselves. */
const TOKEN = 'secret';

/** Files that the pages name, as they describe them. */
const files: Readonly<Record<string, string>> = {
  'user.json': '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ada@example.com"}',
  'person.json': '{"jcUser":{"firstname":"Ada","lastname":"Lovelace"}}',
  'system-user.json': '{"email":"ada@example.com","firstname":"Ada","lastname":"Lovelace","username":"ada"}',
  'rows.json': '[{"target":"userName","kind":"direct","source":"email"}]',
  'expressions.jsonl': '{"expr": "1 + 2", "context": {}}\n',
};

/** A block whose last command goes on until it is stopped. */
const SERVES = /^(?!.*--start).*scimulator serve (?:bridge|directory|all)\b/m;

/** Stands in for `npx scimulator`: hands its arguments, folder and environment over, and does with the answer as a process would. */
const shim = (port: number): string => `#!/bin/sh
shift
out=$(mktemp)
status=$({ printf '%s\\0' "$#" "$@" "$PWD"; env -0; } |
  curl -sS -o "$out" -w '%{http_code}' --data-binary @- http://127.0.0.1:${port}/)
cat "$out"
rm -f "$out"
exit $((status - 400))
`;

/** Command lines that blocks hand over, run in this process: it has loaded already what each would have to load. */
function createCommandServer() {
  const pending = new Set<Promise<unknown>>();
  let errors = '';
  let ready = () => {};
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [count = '', ...rest] = (await buffer(request)).toString().split('\0');
    const args = rest.slice(0, Number(count));
    const env = Object.fromEntries(rest.slice(Number(count) + 1).map(line => line.split(/=(.*)/s).slice(0, 2)));
    let out = '';
    // A shell that is stopped takes its commands with it.
    response.once('close', () => response.writableFinished || process.emit('SIGTERM'));
    const ended = main(args, {
      out(text) {
        out += text;
        if (/ ready at /.test(text)) ready();
      },
      err: text => void (errors += text),
      env,
      color: false,
      interactive: false,
      width: 80,
    });
    pending.add(ended);
    const code = await ended.finally(() => pending.delete(ended));
    response.writeHead(400 + code).end(out);
  };
  return {
    server: createServer((request, response) => void handle(request, response)),
    takeErrors: () => [errors, (errors = '')][0],
    ready: () => new Promise<void>(resolve => (ready = resolve)),
    idle: async () => Promise.allSettled(pending),
  };
}

describe('shell blocks of the pages', function () {
  this.timeout(180_000);
  const commands = createCommandServer();
  const running = new Set<ChildProcess>();
  const outside = { cwd: process.cwd(), env: { ...process.env } };
  let bridge: Awaited<ReturnType<typeof serveBridge>>;
  let folder = '';
  let port = 0;
  let traffic = '';

  before(async () => {
    bridge = await serveBridge(createBridge({ tokens: [TOKEN] }));
    const target = { baseUrl: bridge.url, credential: { kind: 'bearer', token: TOKEN } } as const;
    const { run } = await conform(target, { choice: { only: ['read.by-id'] } });
    traffic = writerFor('har')?.write(run) ?? '';
    commands.server.listen(0, '127.0.0.1');
    await once(commands.server, 'listening');
  });

  /** A folder of its own, with what the pages speak of, and `npx` in it. */
  beforeEach(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'blocks-')));
    port = await freePort();
    for (const name of ['docs', 'schemas']) symlinkSync(join(root, name), join(folder, name));
    for (const [name, text] of Object.entries({ ...files, 'traffic.har': traffic }))
      writeFileSync(join(folder, name), text);
    mkdirSync(join(folder, 'bin'));
    writeFileSync(join(folder, 'bin/npx'), shim((commands.server.address() as AddressInfo).port));
    chmodSync(join(folder, 'bin/npx'), 0o755);
    Object.assign(process.env, {
      PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`,
      SCIM_TOKEN: TOKEN,
      ACCOUNT_TOKEN: 'other',
      ACCOUNT_URL: `http://127.0.0.1:${port}/control`,
      // A page that names no check would run all of them; what is cut down is how much is judged, not what is typed.
      SCIMULATOR_ONLY: 'read',
    });
    process.chdir(folder);
  });
  afterEach(async () => {
    await settle();
    process.chdir(outside.cwd);
    for (const name of Object.keys(process.env)) if (!(name in outside.env)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, outside.env);
    rmSync(folder, { recursive: true, force: true });
  });
  after(async () => {
    commands.server.closeAllConnections();
    commands.server.close();
    await bridge.close();
  });

  /** The text with what the pages say stands for something else put in. */
  const real = ({ text }: Block): string => {
    const results = join(folder, 'scimulator-results');
    const newest = () =>
      readdirSync(results)
        .map(name => ({ name, at: statSync(join(results, name)).mtimeMs }))
        .toSorted((one, other) => other.at - one.at)[0]?.name ?? '';
    return text
      .replaceAll('https://host.example/scim/v2', bridge.url)
      .replaceAll('…', TOKEN)
      .replaceAll('<run>', newest)
      .replaceAll(/\b808[01]\b/g, String(port));
  };

  /** Runs a block to its end; a server is only waited for. */
  const run = async (block: Block): Promise<{ code: number | null; said: string }> => {
    const ready = commands.ready();
    const child = spawn('sh', ['-euc', real(block)], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    child.once('close', () => running.delete(child));
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const ended = once(child, 'close').then(([code]) => ({
      code: code as number | null,
      said: said + commands.takeErrors(),
    }));
    return SERVES.test(block.text) ? Promise.race([ended, ready.then(() => ({ code: 0, said: '' }))]) : ended;
  };

  /** Ends the servers of a section. */
  const settle = async (): Promise<void> => {
    for (const child of running) {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      await once(child, 'close');
    }
    await commands.idle();
  };

  it('say why they are not run, where they are not, with a reason of the list', () => {
    const odd = pages.flatMap(blocksOf).filter(({ reason }) => reason !== '' && !Object.hasOwn(reasons, reason));
    expect(odd).to.deep.equal([]);
  });

  for (const page of pages) {
    const blocks = blocksOf(page).filter(({ reason }) => reason === '');
    if (blocks.length === 0) continue;
    it(`work, copied and pasted: ${page}`, async () => {
      for (const [at, block] of blocks.entries()) {
        const { code, said } = await run(block);
        expect(code, `${page}:${block.line}\n${block.text}\n${said}`).to.equal(0);
        if (blocks[at + 1]?.heading !== block.heading) await settle();
      }
    });
  }
});
