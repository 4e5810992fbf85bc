import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { answer, onList } from '../conformance/proof/hops.ts';
import { baselineSchema, readBaseline, updateBaseline } from '../harness/baseline-file.ts';
import { createBaseline, type KnownDeviation } from '../harness/baseline.ts';
import { conform } from '../harness/conform.ts';
import { withReferenceBridge } from '../harness/reference-bridge.ts';
import type { Hop } from '../scim/wire/message.ts';
import { writerFor } from '../reports/writers/index.ts';
import { readable } from './readable.ts';

const TODAY = '2026-11-22';
const only = ['create.status', 'read.by-id'];
const entry = { reason: 'the gateway does it', owner: 'ada' };

/** Creates are answered with 200. */
const wrongStatus: Hop = answer(onList('POST', 'Users', 'Groups'), response => ({ ...response, status: 200 }));

const judged = (known: readonly KnownDeviation[], hops: readonly Hop[] = [wrongStatus]) =>
  withReferenceBridge(target => conform(target, { hops, only, baseline: createBaseline(known, TODAY) }));

describe('a baseline', () => {
  let folder = '';
  before(() => (folder = mkdtempSync(join(tmpdir(), 'baseline-'))));
  after(() => rmSync(folder, { recursive: true }));
  const written = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  };

  for (const [what, known] of [
    ['check', { check: 'create.status' }],
    ['clause', { clause: 'RFC7644-3.3-04' }],
    ['last day of an entry', { check: 'create.status', expires: TODAY }],
  ] as const) {
    it(`keeps a known deviation out of the exit code and in the report, by ${what}`, async () => {
      const { run, exitCode } = await judged([{ ...entry, ...known }]);
      const failed = run.verdicts.filter(({ outcome }) => outcome === 'fail');
      expect(exitCode).to.equal(0);
      expect(failed.length).to.be.greaterThan(0);
      expect(failed.every(({ known }) => known?.reason === entry.reason)).to.equal(true);
      for (const format of ['text', 'json', 'html', 'markdown']) {
        expect(readable(writerFor(format)?.write(run) ?? '')).to.include(entry.reason);
      }
      expect(writerFor('text')?.write(run)).to.match(/Known deviations, not counted/);
    });
  }

  it('lets everything else turn the run red', async () => {
    expect((await judged([])).exitCode).to.equal(1);
    expect((await judged([{ ...entry, check: 'read.by-id' }])).exitCode).to.equal(1);
    expect((await judged([{ ...entry, check: 'create.status', case: 'no such case' }])).exitCode).to.equal(1);
  });

  it('turns the run red when an entry has expired', async () => {
    const { run, exitCode } = await judged([{ ...entry, check: 'create.status', expires: '2026-11-21' }]);
    expect(exitCode).to.equal(1);
    expect(run.footer?.baseline).to.deep.equal(['check create.status expired on 2026-11-21: the gateway does it']);
    expect(run.verdicts.some(({ known }) => known)).to.equal(false);
  });

  it('turns the run red when an entry stands for nothing any more, and not when its check did not run', async () => {
    const stale = await judged([{ ...entry, check: 'create.status' }], []);
    expect(stale.exitCode).to.equal(1);
    expect(stale.run.footer?.baseline).to.deep.equal(['check create.status is no deviation any more; take it out']);
    expect(writerFor('text')?.write(stale.run)).to.match(/The baseline is out of date\n.*take it out/);
    const other = await judged([{ ...entry, check: 'filter.eq' }], []);
    expect([other.exitCode, other.run.footer?.baseline]).to.deep.equal([0, []]);
  });

  it('is written so that the run passes, keeps what still stands with its comments, and drops the rest', async () => {
    const { run } = await judged([]);
    const file = written(
      'old.yaml',
      '# ours\nknown:\n  # gone\n  - check: read.by-id\n    reason: was\n    owner: ada\n    expires: 2027-01-01\n',
    );
    expect(updateBaseline(file, run.verdicts, Date.parse(TODAY))).to.include({ entries: 1, added: 1 });
    expect(readFileSync(file, 'utf8')).to.match(/^# ours\n/);
    const [known, ...more] = readBaseline(file);
    expect(more).to.deep.equal([]);
    expect(known).to.include({ check: 'create.status', owner: 'nobody yet', expires: '2027-02-20' });
    expect((await judged(readBaseline(file))).exitCode).to.equal(0);
    const before = readFileSync(file, 'utf8');
    updateBaseline(file, run.verdicts, Date.parse(TODAY));
    expect(readFileSync(file, 'utf8')).to.equal(before);
    const fresh = join(folder, 'fresh.yaml');
    updateBaseline(fresh, run.verdicts, Date.parse(TODAY));
    expect(readBaseline(fresh)).to.deep.equal([known]);
  });

  for (const [text, message] of [
    [
      'known:\n  - check: create.statsu\n    reason: x\n    owner: y\n    expires: 2027-01-01\n',
      /b\.yaml:2:12: no check create\.statsu \(did you mean create\.status\?\)/,
    ],
    ['known:\n  - reason: x\n    owner: y\n    expires: 2027-01-01\n', /b\.yaml:2:13: the entry is about nothing/],
    ['known:\n  - check: create.status\n    reason: x\n    owner: y\n', /b\.yaml:2:5: known\.0 needs expires/],
    [
      'known:\n  - check: create.status\n    reason: x\n    owner: y\n    expires: soon\n',
      /b\.yaml:5:14: known\.0\.expires/,
    ],
    [
      'known:\n  - case: a\n    clause: JC-1a\n    reason: x\n    owner: y\n    expires: 2027-01-01\n',
      /a case belongs to a check/,
    ],
    ['known:\n  - clause: RFC0\n    reason: x\n    owner: y\n    expires: 2027-01-01\n', /no clause or rule RFC0/],
    ['known:\n  - scenario: joinr\n    reason: x\n    owner: y\n    expires: 2027-01-01\n', /did you mean joiner/],
    ['knwon: []\n', /no setting knwon \(did you mean known\?\)/],
  ] as const) {
    it(`is refused with place and advice: ${message.source}`, () => {
      expect(() => readBaseline(written('b.yaml', text))).to.throw(message);
    });
  }

  it('may be empty', () => {
    for (const text of ['', 'known:\n', 'known: []\n']) expect(readBaseline(written('e.yaml', text))).to.deep.equal([]);
  });

  it('has a schema that editors can read', () => {
    const published = new URL('../schemas/baseline.schema.json', import.meta.url);
    expect(JSON.parse(readFileSync(published, 'utf8'))).to.deep.equal(baselineSchema);
  });
});
