import { expect } from 'chai';
import { largeRun, sampleRun } from '../writers/sample-run.test.ts';
import { toReport } from '../writers/report.ts';
import { matching, modelOf, noFilter, rowOfCheck, type Filter } from './model.ts';

const model = modelOf(toReport(sampleRun));
const found = (filter: Partial<Filter>): string[] =>
  matching(model.rows, { ...noFilter, ...filter }).map(({ verdict }) => verdict.check);

describe('The model of the page', () => {
  it('has a row with its own key for each verdict, failures first', () => {
    expect(model.rows).to.have.length(sampleRun.verdicts.length);
    expect(new Set(model.rows.map(({ key }) => key)).size).to.equal(model.rows.length);
    expect(model.rows.map(({ text }) => text.kind).slice(0, 5)).to.deep.equal([
      'failure',
      'failure',
      'failure',
      'failure',
      'error',
    ]);
    expect(model.rows.at(-1)?.text.kind).to.equal('not-applicable');
  });

  it('ranks causes of failures before those of warnings', () => {
    expect(
      model.causes.map(({ text, verdicts, blocked }) => [text.kind, verdicts.length, blocked.length]),
    ).to.deep.equal([
      ['failure', 2, 4],
      ['failure', 1, 0],
      ['failure', 1, 0],
      ['warning', 1, 0],
    ]);
  });

  it('tells a scenario with its steps, what they sent and what was judged', () => {
    const [story, ...others] = model.stories;
    expect(others).to.deep.equal([]);
    expect(story?.scenario).to.equal('leaver-in-two-groups');
    expect(story?.steps.map(({ exchanges }) => exchanges.length)).to.deep.equal([0, 2, 0, 1]);
    expect(story?.rows.map(({ verdict }) => verdict.check)).to.deep.equal(['leaver-in-two-groups:1']);
  });

  it('finds the verdict that stands in the way, and none for a check that was not run', () => {
    expect(rowOfCheck(model.rows, 'create.status')?.verdict.check).to.equal('create.status');
    expect(rowOfCheck(model.rows, 'target')).to.equal(undefined);
  });
});

describe('matching', () => {
  const cases: readonly (readonly [string, Partial<Filter>, readonly string[]])[] = [
    ['one kind', { kinds: new Set(['warning']) }, ['refuse.not-json']],
    ['several kinds', { kinds: new Set(['observed', 'pass']) }, ['ne.absent', 'read.by-id']],
    ['a check, whatever its case', { query: 'FILTER.eq' }, ['filter.eq']],
    ['a case', { query: '  displayname ' }, ['filter.eq']],
    ['a clause', { query: 'RFC7644-3.4.2.2-17' }, ['ne.absent']],
    ['words of a value in any order', { query: 'page html' }, ['refuse.not-json']],
    ['kind and words together', { kinds: new Set(['pass']), query: 'found' }, ['read.by-id']],
    ['words that do not occur', { query: 'nowhere' }, []],
  ];
  for (const [what, filter, checks] of cases) {
    it(`finds by ${what}`, () => {
      expect(found(filter)).to.deep.equal(checks);
    });
  }

  it('lets everything through when nothing is asked', () => {
    expect(found({})).to.have.length(sampleRun.verdicts.length);
  });

  it('finds what a cause breaks and blocks', () => {
    expect(found({ cause: model.causes[0] })).to.have.members([
      'create.status',
      'create.location',
      'patch.add',
      'patch.replace',
      'patch.remove',
      'replace.status',
    ]);
  });

  it('finds one of a thousand', () => {
    const { rows } = modelOf(toReport(largeRun(1000)));
    expect(matching(rows, { ...noFilter, query: 'check-777' })).to.have.length(1);
  });
});
