import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERSION } from '../harness/version.ts';
import { inFolder, root } from './run-cli.ts';

const npm = (args: readonly string[], cwd: string) =>
  execFileSync('npm', [...args], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

describe('package', function () {
  this.timeout(180_000);

  it('says the version that the command says', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(VERSION).to.equal(version);
  });

  it('holds what is needed and nothing else, installs in an empty folder without scripts, and runs', async () => {
    await inFolder(async folder => {
      const [packed] = JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], root)) as [
        { filename: string; files: { path: string }[] },
      ];
      const odd = packed.files
        .map(({ path }) => path)
        .filter(
          path =>
            !/^(?:dist\/.*\.(?:js|d\.ts)|schemas\/.*\.json|package\.json|README\.md|CHANGELOG\.md|LICENSE)$/.test(path),
        );
      expect(odd).to.deep.equal([]);
      expect(packed.files.some(({ path }) => /\.test\.|^dist\/(?:test|bench)\//.test(path))).to.equal(false);

      const empty = join(folder, 'empty');
      mkdirSync(empty);
      writeFileSync(join(empty, 'package.json'), JSON.stringify({ name: 'empty', private: true, type: 'module' }));
      npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', join(folder, packed.filename)], empty);
      const bin = join(empty, 'node_modules/.bin/scimulator');
      expect(execFileSync(bin, ['--version'], { encoding: 'utf8' }).trim()).to.equal(VERSION);
      const out = execFileSync(bin, ['demo', '--people', '5', '--out', join(folder, 'results')], {
        cwd: empty,
        encoding: 'utf8',
      });
      expect(out).to.include('report.html');
      const typed = `import { conform, reportSchema } from 'scimulator'; process.stdout.write(reportSchema.title && typeof conform);`;
      expect(
        execFileSync(process.execPath, ['--input-type=module', '-e', typed], { cwd: empty, encoding: 'utf8' }),
      ).to.equal('function');
    });
  });

  it('has a runtime tree without install scripts and without native code', () => {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<
        string,
        {
          dev?: boolean;
          devOptional?: boolean;
          optional?: boolean;
          hasInstallScript?: boolean;
          os?: string[];
          cpu?: string[];
        }
      >;
    };
    const runtime = Object.entries(lock.packages).filter(
      ([path, { dev, devOptional, optional }]) => path !== '' && !dev && !devOptional && !optional,
    );
    expect(runtime.length).to.be.greaterThan(20);
    expect(
      runtime.filter(([, { hasInstallScript, os, cpu }]) => hasInstallScript || os || cpu).map(([path]) => path),
    ).to.deep.equal([]);
  });
});
