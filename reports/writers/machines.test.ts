import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { expect } from 'chai';
import { validateStrict } from 'ctrf';
import { parse } from 'test-results-parser';
import { validateXML } from 'xmllint-wasm';
import { fold, type Run } from '../record/index.ts';
import { ctrf } from './ctrf.ts';
import { github } from './github.ts';
import { har } from './har.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { hostile, largeRun, sampleEvents, sampleHeader, sampleRun, verdict } from './sample-run.test.ts';

const known = { reason: 'the gateway does it', owner: 'ada', expires: '2027-01-01' };
const run: Run = {
  ...sampleRun,
  verdicts: [
    ...sampleRun.verdicts,
    verdict({ check: 'patch.known', outcome: 'fail', expected: 'a', actual: '\uD800 lone', known }),
  ],
};
const empty = fold([sampleHeader]);
const cutOff = fold(sampleEvents.slice(0, -1));
const runs: readonly (readonly [string, Run])[] = [
  ['with everything', run],
  ['without a verdict', empty],
  ['that was cut off', cutOff],
];

/** The JUnit format as Jenkins, GitLab and GitHub read it: which elements there are, in which order, with which attributes. */
const junitSchema = `<?xml version="1.0"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:attributeGroup name="counts">
    <xs:attribute name="name" type="xs:string" use="required"/>
    <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/>
    <xs:attribute name="skipped" type="xs:nonNegativeInteger"/>
    <xs:attribute name="time" type="xs:decimal"/>
    <xs:attribute name="timestamp" type="xs:dateTime"/>
    <xs:attribute name="hostname" type="xs:string"/>
  </xs:attributeGroup>
  <xs:element name="properties">
    <xs:complexType><xs:sequence><xs:element name="property" minOccurs="0" maxOccurs="unbounded">
      <xs:complexType>
        <xs:attribute name="name" type="xs:string" use="required"/>
        <xs:attribute name="value" type="xs:string" use="required"/>
      </xs:complexType>
    </xs:element></xs:sequence></xs:complexType>
  </xs:element>
  <xs:complexType name="told" mixed="true">
    <xs:attribute name="message" type="xs:string"/>
    <xs:attribute name="type" type="xs:string"/>
  </xs:complexType>
  <xs:element name="testcase">
    <xs:complexType>
      <xs:sequence>
        <xs:element ref="properties" minOccurs="0"/>
        <xs:choice minOccurs="0">
          <xs:element name="skipped" type="told"/>
          <xs:element name="error" type="told"/>
          <xs:element name="failure" type="told"/>
        </xs:choice>
        <xs:element name="system-out" type="xs:string" minOccurs="0"/>
        <xs:element name="system-err" type="xs:string" minOccurs="0"/>
      </xs:sequence>
      <xs:attribute name="name" type="xs:string" use="required"/>
      <xs:attribute name="classname" type="xs:string" use="required"/>
      <xs:attribute name="time" type="xs:decimal"/>
      <xs:attribute name="file" type="xs:string"/>
    </xs:complexType>
  </xs:element>
  <xs:element name="testsuite">
    <xs:complexType>
      <xs:sequence>
        <xs:element ref="properties" minOccurs="0"/>
        <xs:element ref="testcase" minOccurs="0" maxOccurs="unbounded"/>
        <xs:element name="system-out" type="xs:string" minOccurs="0"/>
        <xs:element name="system-err" type="xs:string" minOccurs="0"/>
      </xs:sequence>
      <xs:attributeGroup ref="counts"/>
    </xs:complexType>
  </xs:element>
  <xs:element name="testsuites">
    <xs:complexType>
      <xs:sequence><xs:element ref="testsuite" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
      <xs:attributeGroup ref="counts"/>
    </xs:complexType>
  </xs:element>
</xs:schema>`;

describe('JUnit', () => {
  for (const [what, each] of runs) {
    it(`holds to the schema of its readers for a run ${what}`, async () => {
      const { valid, errors } = await validateXML({
        xml: { fileName: 'junit.xml', contents: junit.write(each) },
        schema: [junitSchema],
      });
      expect(errors).to.deep.equal([]);
      expect(valid).to.equal(true);
    });
  }

  it('is read by a consumer of the format, with the right counts', () => {
    const folder = mkdtempSync(join(tmpdir(), 'junit-'));
    const file = join(folder, 'junit.xml');
    writeFileSync(file, junit.write(run));
    const result = parse({ type: 'junit', files: [file] });
    rmSync(folder, { recursive: true });
    expect(result).to.include({ failed: 4, skipped: 2, errors: 6 });
    const cases = result.suites.flatMap(({ cases }) => cases);
    expect(cases).to.have.length(15);
    const failed = cases.find(({ name }) => name.startsWith('create.status'));
    expect(failed).to.include({ status: 'FAIL', failure: 'expected status 201; actual status 400' });
    expect(failed?.stack_trace).to.include('POST /Users -> 400 invalidValue');
    expect(cases.find(({ name }) => name.startsWith('refuse.not-json'))?.status).to.equal('PASS');
    expect(cases.find(({ name }) => name.startsWith('patch.known'))?.status).to.equal('SKIP');
  });
});

describe('CTRF', () => {
  for (const [what, each] of runs) {
    it(`holds to its schema for a run ${what}`, () => {
      validateStrict(JSON.parse(ctrf.write(each)));
    });
  }

  it('counts each verdict once', () => {
    const { summary } = (JSON.parse(ctrf.write(run)) as { results: { summary: Record<string, number> } }).results;
    expect(summary).to.include({ tests: 15, failed: 4, skipped: 2, other: 6, passed: 3, pending: 0 });
  });
});

describe('HAR', () => {
  const schemas = createRequire(import.meta.url)('har-schema') as Record<string, { $id: string; $schema: string }>;
  const ajv = new Ajv({ strict: false, validateSchema: false, validateFormats: false });
  for (const schema of Object.values(schemas)) ajv.addSchema(schema);

  for (const [what, each] of runs) {
    it(`holds to its schema for a run ${what}`, () => {
      const valid = ajv.validate('har.json#', JSON.parse(har.write(each)));
      expect(ajv.errors ?? []).to.deep.equal([]);
      expect(valid).to.equal(true);
    });
  }

  it('has every exchange under its full address', () => {
    const { entries } = (JSON.parse(har.write(run)) as { log: { entries: { request: { url: string } }[] } }).log;
    expect(entries).to.have.length(run.exchanges.size);
    expect(entries[0]?.request.url).to.equal('https://bridge.example.com/scim/v2/ServiceProviderConfig');
  });
});

describe('Markdown', () => {
  it('lets nothing that an endpoint says become markup', () => {
    const outside = markdown.write(run).replace(/^```text\n[\s\S]*?^```$/gm, '');
    for (const word of ['<script', '<img', 'javascript:alert(1))', '\u001b', '\u202E']) {
      expect(outside).not.to.include(word);
    }
    expect(outside).to.match(/Known deviations: 1/);
  });

  it('keeps a code block closed whatever is in it', () => {
    const ticks = { ...run, verdicts: [verdict({ check: 'a.b', outcome: 'fail', actual: '\n````\n<script>' })] };
    expect(markdown.write(ticks)).to.match(/^`````text\n[\s\S]*\n`````$/m);
  });

  it('fits into a step summary, which is measured in bytes, whatever is in it', () => {
    const long = '\u{1F4A5}`</details>|\n'.repeat(40_000);
    const verdicts = Array.from({ length: 30 }, (_, n) =>
      verdict({ check: `a.c${n}`, title: `t${n} ${long.slice(0, 2000)}`, outcome: 'fail', actual: `${n}${long}` }),
    );
    expect(Buffer.byteLength(markdown.write({ ...run, verdicts }))).to.be.lessThan(1_000_000);
  });

  it('fits into a step summary', () => {
    const text = markdown.write(largeRun(40_000));
    expect(Buffer.byteLength(text)).to.be.lessThan(1_000_000);
    expect(text).to.match(/\d+ parts did not fit/);
  });
});

describe('GitHub annotations', () => {
  it('are one workflow command a line, nothing else', () => {
    const lines = github.write(run).split('\n').filter(Boolean);
    expect(lines.length).to.be.greaterThan(2);
    for (const line of lines) expect(line).to.match(/^::(error|warning) title=[^:,]+::.+$/);
    expect(lines.some(line => line.includes('%25') || line.includes(hostile.terminal))).to.equal(false);
  });

  /** What the runner of GitHub makes of a command: first the others, then the percent sign, as it does. */
  const decoded = (line: string) => {
    const [, command = '', properties = '', data = ''] = /^::(\w+) (.*?)::(.*)$/.exec(line) ?? [];
    const unescaped = (text: string, pairs: readonly (readonly [string, string])[]) =>
      pairs.reduce((all, [from, to]) => all.replaceAll(from, to), text);
    const ends = [
      ['%0D', '\r'],
      ['%0A', '\n'],
    ] as const;
    const titles = properties.split(',').map(pair => {
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      return [name, unescaped(value, [...ends, ['%3A', ':'], ['%2C', ','], ['%25', '%']])] as const;
    });
    return { command, titles, data: unescaped(data, [...ends, ['%25', '%']]) };
  };

  const hostiles = [
    '%',
    '%0A',
    '%25',
    '\n::error::x',
    '\r\n::stop-commands::x',
    ':',
    ',',
    'a=b,file=/etc/passwd',
    '##[error]',
  ];
  for (const text of [...hostiles, hostiles.join('')]) {
    it(`say what was meant, one command and no property more: ${JSON.stringify(text)}`, () => {
      const odd = verdict({ check: 'a.b', case: text, title: 'T', outcome: 'fail', expected: 'e', actual: text });
      const lines = github.write({ ...run, verdicts: [odd] }).split('\n');
      expect(lines).to.have.length(2);
      const { command, titles, data } = decoded(lines[0] ?? '');
      const shown = text.replaceAll('\r', '\\u000d');
      expect(command).to.equal('error');
      expect(titles).to.deep.equal([['title', `a.b [${shown}]`]]);
      expect(data).to.include(`actual ${shown}`);
    });
  }

  it('are ten errors at most, those of the tool among them', () => {
    const many = Array.from({ length: 12 }, (_, n) => [
      verdict({ check: `a.c${n}`, title: `t${n}`, outcome: 'fail', actual: `x${n}` }),
      verdict({ check: `b.c${n}`, title: `u${n}`, outcome: 'error', actual: `y${n}` }),
      verdict({ check: `c.c${n}`, title: `v${n}`, outcome: 'fail', severity: 'warning', actual: `z${n}` }),
    ]).flat();
    const lines = github
      .write({ ...run, verdicts: many })
      .split('\n')
      .filter(Boolean);
    expect(lines.map(line => /^::\w+/.exec(line)?.[0])).to.deep.equal([
      ...Array<string>(10).fill('::error'),
      ...Array<string>(10).fill('::warning'),
    ]);
  });

  it('escape what would end them', () => {
    const odd = verdict({ check: 'a.b', case: 'x:y,z', outcome: 'fail', actual: '100%\nof ::error::' });
    expect(github.write({ ...run, verdicts: [odd] })).to.match(/title=a\.b \[x%3Ay%2Cz\]::.*100%25%0Aof/);
  });

  it('are ten of a kind at most', () => {
    expect(github.write(largeRun(700)).match(/^::error/gm)).to.have.length(10);
  });
});
