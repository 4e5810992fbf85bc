import { expect } from 'chai';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checksNamed, recordsIn } from './rerun.ts';

describe('checks to run again', () => {
  it('are named by id, in any case, or by a pattern', () => {
    expect(checksNamed(['Create.Status'])).to.deep.equal(['create.status']);
    expect(checksNamed(['patch.read-only-*']))
      .to.include('patch.read-only-attribute')
      .and.not.include('patch.status');
  });

  it('are refused with the nearest id, not with all of them', () => {
    expect(() => checksNamed(['patch.statsu'])).to.throw(/no check patch\.statsu \(did you mean patch\.status\?\)/);
    expect(() => checksNamed(['patch.statsu'])).to.not.throw(/create\.status/);
  });
});

describe('records in a folder', () => {
  it('come with the newest first, and are none where there is no folder', () => {
    const folder = mkdtempSync(join(tmpdir(), 'scimulator-'));
    after(() => rmSync(folder, { recursive: true }));
    for (const [name, at] of [
      ['b', 300],
      ['a', 100],
      ['c', 200],
    ] as const) {
      mkdirSync(join(folder, name));
      const path = join(folder, name, 'record.jsonl');
      writeFileSync(path, '');
      utimesSync(path, at, at);
    }
    mkdirSync(join(folder, 'empty'));
    expect(recordsIn(folder).map(path => path.slice(folder.length + 1, folder.length + 2))).to.deep.equal([
      'b',
      'c',
      'a',
    ]);
    expect(recordsIn(join(folder, 'nowhere'))).to.deep.equal([]);
  });
});
