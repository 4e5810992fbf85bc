import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder } from './in-folder.ts';
import { root } from './run-cli.ts';

const page = readFileSync(join(root, 'docs/test-runners.md'), 'utf8');
const examples = [...page.matchAll(/```js\n([^]*?)```/g)].map(([, text = '']) => text);

/** The app that the examples judge; it asks for no credential. */
const app = `import { createBridge } from ${JSON.stringify(join(root, 'dist/bridge/index.js'))};
export const { app } = createBridge({ anonymous: true });
`;

const runners = [
  [
    'mocha',
    /^(?!.*from 'vitest')(?!.*from 'node:test').*/s,
    [join(root, 'node_modules/mocha/bin/mocha.js'), '--no-config'],
  ],
  ['node:test', /from 'node:test'/, ['--test', '--test-reporter', 'tap']],
] as const;

describe('examples of docs/test-runners.md', function () {
  this.timeout(120_000);

  for (const [runner, pattern, command] of runners) {
    it(`run as they stand there, with fewer checks, in ${runner}`, async () => {
      const [example = '', ...more] = examples.filter(text => pattern.test(text));
      expect(more).to.deep.equal([]);
      await inFolder(async folder => {
        for (const name of ['node_modules', 'src', 'test']) mkdirSync(join(folder, name));
        symlinkSync(root, join(folder, 'node_modules/scimulator'));
        writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
        writeFileSync(join(folder, 'src/app.js'), app);
        const file = join(folder, 'test/scim.test.js');
        writeFileSync(file, example.replace(/^(conformance\(app, \{)/m, "$1 only: ['create.status', 'read.by-id'],"));
        const { status, stdout, stderr } = spawnSync(process.execPath, [...command, file], {
          cwd: folder,
          encoding: 'utf8',
          env: { PATH: process.env['PATH'], NODE_NO_WARNINGS: '1', NO_COLOR: '1' },
        });
        expect(status, stdout + stderr).to.equal(0);
        expect(stdout).to.include('create.status: ').and.not.include('filter.');
      });
    });
  }
});
