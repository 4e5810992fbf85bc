import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBridge, serveBridge } from '../bridge/index.ts';
import { conformance, type TestRunner } from '../harness/embed.ts';
import { inFolder, root } from './run-cli.ts';

const few = ['create.status', 'create.location', 'read.by-id', 'auth.wrong-token'];

/** A test file of a user over an app of a few lines: the bridge, with a fault in front of it where one is wanted. */
const fileOf = (runner: string, faulty: boolean): string => `
${runner === 'node' ? "import { before, describe, it } from 'node:test';" : ''}
import express from '${join(root, 'node_modules/express/index.js')}';
import { createBridge } from '${join(root, 'dist/bridge/index.js')}';
import { conformance } from '${join(root, runner === 'node' ? 'dist/harness/index.js' : 'dist/harness/mocha.js')}';
const app = express();
if (${faulty}) app.use((request, response, next) => {
  if (request.method === 'POST' && request.path === '/scim/v2/Users') {
    const writeHead = response.writeHead.bind(response);
    response.writeHead = (status, ...rest) => writeHead(status === 201 ? 200 : status, ...rest);
  }
  next();
});
app.use(createBridge({ tokens: ['token-of-the-embed-test'] }).app);
conformance(app, {
  credential: { kind: 'bearer', token: 'token-of-the-embed-test' },
  only: ${JSON.stringify(few)},
  ${runner === 'node' ? 'runner: { before, describe, it },' : ''}
});
`;

const commandOf = {
  mocha: (file: string) => [join(root, 'node_modules/mocha/bin/mocha.js'), '--no-config', file],
  node: (file: string) => ['--test', '--test-reporter', 'tap', file],
} as const;

describe('conformance in a test runner', function () {
  this.timeout(120_000);

  for (const runner of ['mocha', 'node'] as const) {
    for (const faulty of [false, true]) {
      it(`is ${faulty ? 'red, and names the check,' : 'green'} on an Express app under ${runner}`, async () => {
        await inFolder(async folder => {
          const file = join(folder, 'suite.test.mjs');
          writeFileSync(file, fileOf(runner, faulty));
          const { status, stdout, stderr } = spawnSync(process.execPath, commandOf[runner](file), {
            cwd: root,
            encoding: 'utf8',
            env: { PATH: process.env['PATH'], NODE_NO_WARNINGS: '1' },
          });
          const out = stdout + stderr;
          expect(status === 0, out).to.equal(!faulty);
          expect(out).to.include('create.status: ');
          if (faulty) expect(out).to.match(/(?:\d\)|not ok \d+ -) create\.status: /);
        });
      });
    }
  }

  it('takes a runner of the shape of vitest, which has beforeAll and hands over a context', async () => {
    const works: (() => unknown)[] = [];
    const tests = new Map<string, (context: () => void) => unknown>();
    let limit: number | undefined;
    const runner: TestRunner = {
      describe: (_, work) => work(),
      it: (name, work) => tests.set(name.split(':')[0] ?? '', context => Reflect.apply(work, undefined, [context])),
      beforeAll: (work, timeoutMs) => (works.push(() => Reflect.apply(work, undefined, [])), (limit = timeoutMs)),
    };
    const bridge = createBridge({ anonymous: true });
    const { url, close } = await serveBridge(bridge);
    try {
      conformance(url, { runner, only: few });
      for (const work of works) await work();
    } finally {
      await close();
    }
    const skipped: string[] = [];
    // What vitest hands over is a function with members.
    for (const [name, test] of tests) test(Object.assign(() => undefined, { skip: () => skipped.push(name) }));
    expect([...tests.keys()].sort()).to.deep.equal([...few].sort());
    expect(skipped).to.deep.equal(['auth.wrong-token']);
    expect(limit).to.be.greaterThan(60_000);
  });

  it('refuses a check that is none, with the nearest one', () => {
    const runner: TestRunner = { describe: (_, work) => work(), it: () => undefined, before: () => undefined };
    expect(() => conformance('http://127.0.0.1:1', { runner, only: ['create.statsu'] })).to.throw(
      /did you mean create\.status/,
    );
  });

  it('says what to do where no test runner is', () => {
    const { describe: own } = globalThis;
    Reflect.deleteProperty(globalThis, 'describe');
    try {
      expect(() => conformance('http://127.0.0.1:1')).to.throw(TypeError, /describe, it, before/);
    } finally {
      Object.assign(globalThis, { describe: own });
    }
  });
});
