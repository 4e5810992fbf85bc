import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { fold } from '../record/index.ts';
import { largeRun, sampleEvents, sampleHeader, sampleRun } from './sample-run.test.ts';
import { json } from './json.ts';
import { reportSchema } from './report-schema.ts';
import type { Report } from './report.ts';

const read = (text: string): Report => JSON.parse(text) as Report;
const report = read(json.write(sampleRun));
const isReport = new Ajv2020({ allErrors: true }).compile(reportSchema);

describe('The JSON report', () => {
  const runs = {
    'with everything': sampleRun,
    'that was cut off': fold(sampleEvents.filter(({ kind }) => kind !== 'footer')),
    'with nothing in it': fold([sampleHeader]),
    'of a thousand verdicts': largeRun(1000),
  };
  for (const [which, run] of Object.entries(runs)) {
    it(`of a run ${which} is as its schema says`, () => {
      isReport(read(json.write(run)));
      expect(isReport.errors ?? []).to.deep.equal([]);
    });
  }

  it('has in each verdict the members that scripts rely on, and no others', () => {
    const members =
      'check case title clause also level outcome severity expected actual reason blockedBy exchanges'.split(' ');
    for (const { script, fix: _fix, matters: _matters, ...verdict } of report.verdicts) {
      expect(verdict).to.have.all.keys(members);
      if (script !== undefined) expect(verdict.severity).to.be.oneOf(['failure', 'warning']);
    }
  });

  it('holds verdicts and exchanges of the run in its order, exchanges under their id', () => {
    expect(
      report.verdicts.map(verdict => Object.fromEntries(Object.entries(verdict).filter(([name]) => name !== 'script'))),
    ).to.deep.equal(sampleRun.verdicts);
    expect(report.exchanges.map(({ id }) => id)).to.deep.equal([...sampleRun.exchanges.keys()]);
    for (const { id, ...exchange } of report.exchanges) expect(exchange).to.deep.equal(sampleRun.exchanges.get(id));
  });

  it('holds header, tally, steps, leftovers and footer', () => {
    const { kind: _header, format: _format, ...header } = sampleHeader;
    expect(report).to.deep.include({ format: 1, ...header });
    expect(report.tally.outcomes).to.include({ fail: 5, inconclusive: 5, pass: 1 });
    expect(report.tally.severities).to.include({ failure: 4, warning: 1 });
    expect(report.steps.map(({ title }) => title))
      .to.have.length(4)
      .and.include('Ada leaves Engineering');
    expect(report.leftovers.map(({ endpoint, id }) => `${endpoint} ${id}`)).to.deep.equal(['/Users ', '/Groups g-1']);
    expect(report.footer).to.include({ exitCode: 1, lostSince: 'delete.gone#1' });
  });

  it('has null for the footer of a run that was cut off', () => {
    expect(read(json.write(fold([sampleHeader])))).to.have.property('footer', null);
  });
});

describe('The schema of the JSON report', () => {
  it('is published as a file', () => {
    const published = readFileSync(new URL('../../schemas/report.schema.json', import.meta.url), 'utf8');
    expect(JSON.parse(published)).to.deep.equal(reportSchema);
  });

  const [verdict] = report.verdicts;
  const [exchange] = report.exchanges;
  const wrong: Readonly<Record<string, unknown>> = {
    'another format': { ...report, format: 2 },
    'no tally': { ...report, tally: undefined },
    'an unknown outcome': { ...report, verdicts: [{ ...verdict, outcome: 'skipped' }] },
    'a verdict without evidence': { ...report, verdicts: [{ ...verdict, exchanges: undefined }] },
    'an exchange without a request': { ...report, exchanges: [{ ...exchange, request: undefined }] },
    'a local time': { ...report, started: '2026-03-01 10:00' },
  };
  for (const [what, value] of Object.entries(wrong)) {
    it(`refuses ${what}`, () => {
      expect(isReport(JSON.parse(JSON.stringify(value)))).to.equal(false);
    });
  }

  it('lets members of later versions through', () => {
    expect(isReport({ ...report, later: true })).to.equal(true);
  });
});
