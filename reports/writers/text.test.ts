import { expect } from 'chai';
import { fold, type RunEvent } from '../record/index.ts';
import { largeRun, sampleEvents, sampleHeader, sampleRun, verdict } from './sample-run.test.ts';
import { columns } from './terminal-text.ts';
import { renderText, text } from './text.ts';

const summary = renderText(sampleRun, { color: false });

/** Line breaks and indents as one space: what is said, wherever it was wrapped. */
const flat = (text: string): string => text.replace(/\s+/g, ' ');

/** The section that starts with this heading, up to the next. */
function section(text: string, heading: string): string {
  const lines = text.split('\n');
  const start = lines.findIndex(line => line.startsWith(heading));
  expect(start, `section "${heading}"`).to.be.at.least(0);
  const end = lines.findIndex((line, index) => index > start && /^\S/.test(line));
  return lines.slice(start, end === -1 ? undefined : end).join('\n');
}

describe('The terminal summary', () => {
  const said: readonly (readonly [string, readonly string[]])[] = [
    [
      'what was run against what',
      ['scimulator 0.1.0 conform', 'https://bridge.example.com/scim/v2', 'jumpcloud', 'seed 42'],
    ],
    ['what was generated', ['Made 20 people in 6 locales and 4 groups from seed 42.']],
    [
      'what failed, with clause and evidence',
      [
        'FAIL filter.eq [displayName] A filter finds the groups that match and no other',
        'clause RFC7644-3.4.2.2-03 SHALL: Only matching resources are returned.',
        'expected the one group named "Engineering"',
        'actual 2 groups:',
        'request GET /Groups?filter=displayName%20eq%20%22Engineering%22 -> 200',
        'exchange filter.eq#2 after filter.eq#1',
      ],
    ],
    ['what a refusal said', ['POST /Users -> 400 invalidValue: Attribute externalId is required']],
    ['what was left behind and why', ['Left behind on the target /Groups/g-1', 'Clean-up stopped']],
  ];
  for (const [what, parts] of said) {
    it(`tells ${what}`, () => {
      for (const part of parts) expect(flat(summary)).to.include(part);
    });
  }

  it('counts requests by method and class of answer', () => {
    const rows = section(summary, 'On the wire').split('\n').map(flat);
    expect(rows).to.include.members([
      ' method sent 2xx 4xx 5xx none',
      ' GET 4 4 . . .',
      ' POST 5 2 2 1 .',
      ' all 12 8 2 1 1',
      ' broken answers: timeout 1',
    ]);
  });

  it('counts verdicts by what they mean', () => {
    const rows = section(summary, 'Verdicts')
      .split('\n')
      .map(line => line.trim());
    expect(rows).to.include.members([
      '4 failures',
      '1 tool error',
      '5 inconclusive',
      '1 warning',
      '1 observed',
      '1 passed',
    ]);
  });

  it('ends with the result', () => {
    expect(flat(summary.trimEnd().split('\n\n').at(-1) ?? '')).to.match(
      /^Not passed: 4 failures, 1 tool error, 5 inconclusive, 1 warning, /,
    );
  });

  it('has failures before inconclusive before warnings', () => {
    const order = ['\nFailures', '\nErrors of the tool', '\nInconclusive', '\nWarnings', '\nLeft behind'].map(heading =>
      summary.indexOf(heading),
    );
    expect(order).to.not.include(-1);
    expect(order).to.deep.equal([...order].sort((a, b) => a - b));
  });

  it('puts failures of one cause together, the one that breaks most first', () => {
    const failures = section(summary, 'Failures');
    expect(flat(failures)).to.match(
      /^Failures \(4, 3 causes\) POST \/Users is answered with 400 .*?\(2 verdicts, stands in the way of 4 more\)/,
    );
    const at = ['create.status', 'create.location', 'filter.eq'].map(check => failures.indexOf(`FAIL  ${check}`));
    expect(at).to.not.include(-1);
    expect(at).to.deep.equal([...at].sort((a, b) => a - b));
  });

  it('groups inconclusive verdicts under what blocked them', () => {
    expect(flat(section(summary, 'Inconclusive'))).to.include(
      'Blocked by create.status (4) No user could be created. patch.add, patch.replace, patch.remove, replace.status',
    );
    expect(flat(summary)).to.include('The target was lost since delete.gone#1 (1)');
  });

  it('lists observations only when asked', () => {
    expect(summary).to.not.include('ne.absent');
    expect(flat(renderText(sampleRun, { color: false, observed: true }))).to.include(
      'SEEN ne.absent Whether ne finds resources without the attribute resources without nickName are found',
    );
  });

  for (const width of [60, 80, 100, 120]) {
    it(`keeps within ${width} columns`, () => {
      for (const line of renderText(sampleRun, { color: false, width }).split('\n')) {
        expect(columns(line), line).to.be.at.most(width);
      }
    });
  }

  it('holds no character that a terminal obeys, unless colour is asked for', () => {
    expect(summary).to.not.match(/[^\P{Cc}\n]/u);
    expect(summary).to.not.include('\u202E');
    expect(renderText(sampleRun, { color: true })).to.include('\u001b[31m');
  });

  it('says the same with and without colour', () => {
    const colored = renderText(sampleRun, { color: true });
    expect(colored.replace(/\p{Cc}\[\d+m/gu, '')).to.equal(summary);
  });

  it('cuts huge values and long lists of one cause', () => {
    const huge = verdict({ check: 'a.b', outcome: 'fail', actual: 'x'.repeat(50_000) });
    expect(renderText(fold([sampleHeader, { kind: 'verdict', verdict: huge }]), { color: false }).length).to.be.below(
      3000,
    );
    const cases: RunEvent[] = Array.from({ length: 50 }, (_, index) => ({
      kind: 'verdict',
      verdict: verdict({ check: 'schema.required', case: `attribute-${index}`, outcome: 'fail', expected: 'it' }),
    }));
    const many = renderText(fold([sampleHeader, ...cases]), { color: false });
    expect(many.match(/expected/g)).to.have.length(5);
    expect(flat(many)).to.include('and 45 more: schema.required [attribute-5]').and.include('[attribute-49]');
  });

  it('says that a run was cut off, and what its ledger leaves', () => {
    const cut = renderText(fold(sampleEvents.filter(({ kind }) => kind !== 'footer')), { color: false });
    expect(cut).to.include('Cut off: ');
    expect(flat(section(cut, 'Left behind'))).to.include('/Users userName=lost-k3v9q2xw /Groups/g-1');
  });

  it('is short when there is nothing to tell', () => {
    const nothing = renderText(fold([{ ...sampleHeader, notes: [] }]), { color: false });
    expect(nothing).to.include('nothing was sent').and.include('no verdicts');
    expect(nothing).to.not.match(/Failures|Inconclusive|Warnings|Left behind/);
  });

  it('is made for a thousand verdicts', () => {
    expect(renderText(largeRun(1000), { color: false })).to.include('143 failures');
  });

  it('is what the text writer writes, without colour', () => {
    expect(text.write(sampleRun)).to.equal(summary);
  });
});
