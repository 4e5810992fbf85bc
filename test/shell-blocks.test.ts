import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
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
import type { Hop } from '../scim/wire/message.ts';
import { freePort } from './free-port.ts';
import { root } from './run-cli.ts';
import { serveBehind } from './servers/behind-hop.ts';
import { bare, blocksOf, elsewhere, pages, smaller, tooLong, typedOf, type Block } from './shell-blocks.ts';

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

/** A page whose endpoint has a fault; what looks for it, and what shows it again, ends with 1. */
const FAULTY = 'docs/exploration.md';

/** Changes of a user are forgotten, but for the one that an exploration learns from. */
const forgets: Hop = async (request, next) => {
  const { method, path, headers, json } = request;
  const isForgotten = method === 'PUT' && !JSON.stringify(json).includes('"habits-');
  return next(isForgotten ? { method: 'GET', path, headers } : request);
};

/** A block whose last command goes on until it is stopped. */
const SERVES = /^(?!.*--start).*scimulator serve (?:bridge|directory|all)\b/m;

/** Stands in for `npx scimulator`: hands its arguments, folder and environment over, and does with the answer as a process would. */
const npx = (port: number): string => `#!/bin/sh
shift
out=$(mktemp)
status=$({ printf '%s\\0' "$#" "$@" "$PWD"; env -0; } |
  curl -sS -o "$out" -w '%{http_code}' --data-binary @- http://127.0.0.1:${port}/)
cat "$out"
rm -f "$out"
exit $((status - 400))
`;

const docker = (images: string): string => `#!/bin/sh
exec '${join(root, 'node_modules/.bin/tsx')}' '${join(root, 'test/docker.ts')}' '${images}' "$@"
`;

/** Scripts are run; what installs would empty the folder of packages that the clone shares with this repository. */
const npm = (path: string): string => `#!/bin/sh
[ "$1" = run ] && PATH='${path}' && exec npm "$@"
echo "npm $1: not run here; test/shell-blocks.ts has a table of what is run elsewhere" >&2
exit 1
`;

/** What of this repository a clone has, and what keeps out of an image. */
const cloned = readdirSync(root).filter(
  name => !/^(?:\.|(?:dist|coverage|scimulator-results)$)/.test(name) || name === '.dockerignore',
);

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
  let faulty: Awaited<ReturnType<typeof serveBehind>>;
  let place = '';
  let folder = '';
  let port = 0;
  let traffic = '';

  before(async () => {
    bridge = await serveBridge(createBridge({ tokens: [TOKEN] }));
    const target = { baseUrl: bridge.url, credential: { kind: 'bearer', token: TOKEN } } as const;
    const { run } = await conform(target, { choice: { only: ['read.by-id'] } });
    traffic = writerFor('har')?.write(run) ?? '';
    faulty = await serveBehind(bridge.url, forgets);
    commands.server.listen(0, '127.0.0.1');
    await once(commands.server, 'listening');
  });

  /** A clone of its own, with what the pages speak of; before all other commands, those that stand in for `npx`, `npm` and `docker`. */
  beforeEach(async () => {
    place = realpathSync(mkdtempSync(join(tmpdir(), 'blocks-')));
    folder = join(place, 'clone');
    port = await freePort();
    for (const name of ['clone', 'bin', 'images']) mkdirSync(join(place, name));
    for (const name of cloned) symlinkSync(join(root, name), join(folder, name));
    for (const [name, text] of Object.entries({ ...files, 'traffic.har': traffic }))
      writeFileSync(join(folder, name), text);
    const path = process.env['PATH'] ?? '';
    const shims = {
      npx: npx((commands.server.address() as AddressInfo).port),
      npm: npm(path),
      docker: docker(join(place, 'images')),
    };
    for (const [name, text] of Object.entries(shims)) {
      writeFileSync(join(place, 'bin', name), text);
      chmodSync(join(place, 'bin', name), 0o755);
    }
    Object.assign(process.env, {
      PATH: `${join(place, 'bin')}${delimiter}${path}`,
      SCIM_TOKEN: TOKEN,
      ACCOUNT_TOKEN: 'other',
      ACCOUNT_URL: `http://127.0.0.1:${port}/control`,
      // A page that names no check would run all of them; what is cut down is how much is judged, not what is typed.
      SCIMULATOR_ONLY: 'read.*',
      // It would ask a registry.
      npm_config_update_notifier: 'false',
    });
    process.chdir(folder);
  });
  afterEach(async () => {
    await settle();
    process.chdir(outside.cwd);
    for (const name of Object.keys(process.env)) if (!(name in outside.env)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, outside.env);
    rmSync(place, { recursive: true, force: true });
  });
  after(async () => {
    commands.server.closeAllConnections();
    commands.server.close();
    await faulty.close();
    await bridge.close();
  });

  /** What is typed, with what the pages say stands for something else put in. */
  const real = (block: Block): string =>
    typedOf(block)
      .replaceAll('https://host.example/scim/v2', block.page === FAULTY ? faulty.url : bridge.url)
      .replaceAll('…', TOKEN)
      .replaceAll('<run>', '$(ls -t scimulator-results | head -n 1)')
      .replaceAll(/\b808[01]\b/g, String(port));

  const endOf = ({ page, text }: Block): number => (page === FAULTY && text.includes('host.example') ? 1 : 0);

  /** Runs a block to its end; a server is only waited for. */
  const run = async (block: Block): Promise<{ code: number | null; said: string }> => {
    const ready = commands.ready();
    const child = spawn('sh', [endOf(block) === 0 ? '-euc' : '-uc', real(block)], {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
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

  const all = pages.flatMap(blocksOf);
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Readonly<Record<string, string>>;
  };
  const lines = all.flatMap(({ text }) => text.split('\n').map(bare));

  it('are cut down in what they still say', () => {
    const stale = smaller.filter(({ page, of }) => !all.some(block => block.page === page && block.text.includes(of)));
    expect(stale).to.deep.equal([]);
    expect(lines).to.include.members([...Object.keys(elsewhere), ...Object.keys(tooLong)]);
  });

  it('have lines that others run, who do', () => {
    for (const [file, ...commands] of Object.values(elsewhere)) {
      const said = readFileSync(join(root, file), 'utf8').split('\n');
      for (const command of commands)
        expect(
          said.some(line => `${line.trim()} `.startsWith(command)),
          `${file}: ${command}`,
        ).to.equal(true);
    }
    const parts = [...(scripts['check']?.matchAll(/check:(\w+)/g) ?? [])].map(([, part]) => part).join(' ');
    expect(elsewhere['npm run check']).to.include(`for part in ${parts};`);
    for (const [file, call] of Object.values(tooLong).flat())
      expect(readFileSync(join(root, file), 'utf8'), file).to.include(call);
  });

  it('name scripts that there are, of files that there are', () => {
    const named = lines.flatMap(line => /\bnpm run ([\w:]+)/.exec(line)?.[1] ?? []);
    expect(named.filter(name => !Object.hasOwn(scripts, name))).to.deep.equal([]);
    const sources = named.flatMap(name => scripts[name]?.match(/\b[\w/.-]+\.(?:ts|json)\b/g) ?? []);
    expect(sources.length).to.be.greaterThan(10);
    expect(sources.filter(path => !existsSync(join(root, path)))).to.deep.equal([]);
  });

  for (const page of pages) {
    const blocks = blocksOf(page).filter(block => typedOf(block).trim() !== '');
    if (blocks.length === 0) continue;
    it(`work, copied and pasted: ${page}`, async () => {
      for (const [at, block] of blocks.entries()) {
        const before = results();
        const { code, said } = await run(block);
        expect(code, `${page}:${block.line}\n${typedOf(block)}\n${said}`).to.equal(endOf(block));
        if (block.text.includes('docker run')) expect(results(), said).to.equal(before + 1);
        if (blocks[at + 1]?.heading !== block.heading) await settle();
      }
    });
  }

  /** Runs whose reports are in the folder. */
  const results = (): number => (existsSync('scimulator-results') ? readdirSync('scimulator-results').length : 0);
});
