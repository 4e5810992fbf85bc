import { expect } from 'chai';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from './make-folder.ts';

describe('a folder', () => {
  let base = '';
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'make-folder-'));
  });
  afterEach(() => rmSync(base, { recursive: true }));

  it('is made with those above it, and left alone where it is there', () => {
    makeFolder(join(base, 'a', 'b'));
    writeFileSync(join(base, 'a', 'b', 'kept'), '');
    makeFolder(join(base, 'a', 'b'));
    expect(statSync(join(base, 'a', 'b')).isDirectory()).to.equal(true);
    expect(readdirSync(join(base, 'a', 'b'))).to.deep.equal(['kept']);
  });

  it('is refused below a file', () => {
    writeFileSync(join(base, 'file'), '');
    expect(() => makeFolder(join(base, 'file', 'folder'))).to.throw(/ENOTDIR/);
  });

  it('is refused, and not tried without end, where a folder takes none', function () {
    if (process.platform !== 'linux') this.skip();
    expect(() => makeFolder('/proc/scimulator/out')).to.throw(/ENOENT|EACCES/);
  });
});
