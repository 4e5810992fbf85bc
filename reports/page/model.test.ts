import { expect } from 'chai';
import { largeRun, sampleRun } from '../writers/sample-run.test.ts';
import { toReport } from '../writers/report.ts';
import { chosenBy, matching, matchingExchanges, modelOf, rowOfCheck } from './model.ts';
import { start, type Place } from './place.ts';

const model = modelOf(toReport(sampleRun));
const found = (place: Partial<Place>): string[] =>
  matching(model, { ...start, ...place }).map(({ verdict }) => verdict.check);

describe('The model of the page', () => {
  it('has a row with its own key for each verdict, failures first', () => {
    expect(model.rows).to.have.length(sampleRun.verdicts.length);
    expect(model.byKey.size).to.equal(model.rows.length);
    expect(model.rows.map(({ text }) => text.kind).slice(0, 5)).to.deep.equal([
      'failure',
      'failure',
      'failure',
      'failure',
      'error',
    ]);
    expect(model.rows.at(-1)?.text.kind).to.equal('not-applicable');
  });

  it('calls rows by check and case, also where two have the same', () => {
    const { verdicts } = toReport(sampleRun);
    const twice = modelOf({ ...toReport(sampleRun), verdicts: [...verdicts, ...verdicts] });
    expect([...twice.byKey.keys()]).to.include.members(['filter.eq [displayName]', 'filter.eq [displayName] ~2']);
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

  it('keeps apart what the documents leave open', () => {
    expect(model.disputed.map(({ verdict }) => verdict.check)).to.deep.equal(['ne.absent']);
  });

  it('counts a softened clause as disputed where the target departs from it', () => {
    const report = toReport(sampleRun);
    const clauses = Object.fromEntries(
      Object.entries(report.clauses).map(([id, clause]) => [id, { ...clause, softened: 'It can be read twice.' }]),
    );
    expect(modelOf({ ...report, clauses }).disputed.map(({ verdict }) => verdict.check)).to.have.members([
      'filter.eq',
      'create.status',
      'create.location',
      'refuse.not-json',
      'leaver-in-two-groups:1',
      'ne.absent',
    ]);
  });

  it('finds the verdict that stands in the way, and none for a check that was not run', () => {
    expect(rowOfCheck(model.rows, 'create.status')?.verdict.check).to.equal('create.status');
    expect(rowOfCheck(model.rows, 'target')).to.equal(undefined);
  });
});

describe('matching', () => {
  const cases: readonly (readonly [string, Partial<Place>, readonly string[]])[] = [
    ['one kind', { kinds: new Set(['warning']) }, ['refuse.not-json']],
    ['several kinds', { kinds: new Set(['observed', 'pass']) }, ['ne.absent', 'read.by-id']],
    ['a check, whatever its case', { query: 'FILTER.eq' }, ['filter.eq']],
    ['a case', { query: '  displayname ' }, ['filter.eq']],
    ['a clause', { query: 'RFC7644-3.4.2.2-17' }, ['ne.absent']],
    ['words of a value in any order', { query: 'page html' }, ['refuse.not-json']],
    ['kind and words together', { kinds: new Set(['pass']), query: 'found' }, ['read.by-id']],
    ['words that do not occur', { query: 'nowhere' }, []],
    ['what is disputed', { only: 'disputed' }, ['ne.absent']],
  ];
  for (const [what, place, checks] of cases) {
    it(`finds by ${what}`, () => {
      expect(found(place)).to.deep.equal(checks);
    });
  }

  it('lets everything through when nothing is asked, or something that is not there', () => {
    expect(found({})).to.have.length(sampleRun.verdicts.length);
    expect(found({ only: 'cause:nowhere' })).to.have.length(sampleRun.verdicts.length);
    expect(chosenBy(model, 'idp:nobody')).to.equal(undefined);
  });

  it('finds what a cause breaks and blocks', () => {
    expect(found({ only: `cause:${model.causes[0]?.key}` })).to.have.members([
      'create.status',
      'create.location',
      'patch.add',
      'patch.replace',
      'patch.remove',
      'replace.status',
    ]);
  });

  it('finds one of a thousand', () => {
    expect(matching(modelOf(toReport(largeRun(1000))), { ...start, query: 'check-777' })).to.have.length(1);
  });
});

describe('matchingExchanges', () => {
  const cases: readonly (readonly [string, Partial<Place>, readonly string[]])[] = [
    ['method and path', { query: 'get /groups/g-1' }, ['read.by-id#1']],
    ['class of answer', { statuses: new Set(['none', '5xx']) }, ['refuse.not-json#1', 'delete.gone#1']],
    ['what broke below HTTP', { query: 'timeout' }, ['delete.gone#1']],
    ['words that do not occur', { query: 'nowhere' }, []],
  ];
  for (const [what, place, ids] of cases) {
    it(`finds by ${what}`, () => {
      expect(matchingExchanges(model, { ...start, ...place }).map(({ id }) => id)).to.deep.equal(ids);
    });
  }
});
