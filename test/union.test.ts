import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { checks } from '../conformance/index.ts';
import { requirements } from '../conformance/clauses/index.ts';

/** Why a row has no check: one of these, with a clause or a place where the sentence ends in one. */
const reasons = [
  /^contradicts the RFC \((?<clause>\S+)\)$/,
  /^not in the RFC$/,
  /^only the target can bring it about \((?<clause>\S+)\)$/,
  /^the resource is not one that the run made \((?<clause>\S+)\)$/,
  /^a habit of the tester, not of the target: (?<place>\S+)$/,
  /^a scenario or load, not a check: (?<place>\S+)$/,
];

interface UnionRow {
  readonly row: string;
  readonly ids: readonly string[];
  readonly reason: string;
}

const [header, ...lines] = readFileSync(new URL('../docs/union.tsv', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');

const rows = lines.map((line): UnionRow => {
  const [, row = '', ids = '', reason = ''] = line.split('\t');
  return { row, ids: ids.split(' ').filter(id => id !== ''), reason };
});

describe('docs/union.tsv', () => {
  const known = new Set<string>(checks.map(({ id }) => id));

  it('has a line of four cells for each of the 217 rows', () => {
    expect(header).to.equal('group\trow\tchecks\treason');
    expect(lines).to.have.lengthOf(217);
    expect(lines.filter(line => line.split('\t').length !== 4 || /^\t|\t\t\t/.test(line))).to.deep.equal([]);
  });

  it('names checks that there are, each once in its row', () => {
    const wrong = rows.filter(({ ids }) => ids.some((id, at) => !known.has(id) || ids.indexOf(id) < at));
    expect(wrong).to.deep.equal([]);
  });

  it('has either checks or a reason of the closed list for each row', () => {
    const wrong = rows.filter(({ ids, reason }) =>
      ids.length > 0 ? reason !== '' : !reasons.some(one => one.test(reason)),
    );
    expect(wrong).to.deep.equal([]);
  });

  it('gives reasons with clauses and files that there are', () => {
    const wrong = rows.filter(({ reason }) => {
      const { clause, place } = reasons.map(one => one.exec(reason)?.groups).find(found => found !== undefined) ?? {};
      const noClause = clause !== undefined && !(clause in requirements);
      return noClause || (place !== undefined && !existsSync(new URL(`../${place}`, import.meta.url)));
    });
    expect(wrong).to.deep.equal([]);
  });
});
