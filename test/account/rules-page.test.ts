import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { ruleHomes, rulesElsewhere } from '../../bridge/account/rules.ts';
import { rules, type RuleId } from '../../conformance/clauses/index.ts';
import { onePasswordRulesPage } from '../../docs/onepassword-rules.ts';

const root = new URL('../../', import.meta.url);

interface Row {
  readonly rule: RuleId;
  readonly cells: Readonly<Record<string, string>>;
}

/** The rows of the tables that are about rules, by the names of their columns. */
function rowsOf(page: string): readonly Row[] {
  const rows: Row[] = [];
  let header: readonly string[] = [];
  for (const line of page.split('\n')) {
    const cells = line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map(cell => cell.trim());
    const [first = ''] = cells;
    if (/^OP-\w+$/.test(first)) {
      rows.push({
        rule: first as RuleId,
        cells: Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ''])),
      });
    } else if (cells.length > 0 && !first.startsWith('---')) header = cells;
  }
  return rows;
}

const pathsIn = (cell: string | undefined): readonly string[] =>
  [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, path = '']) => path);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const names = (path: string, rule: string): boolean => new RegExp(`\\b${rule}\\b`).test(read(path));

describe('the page of the rules of 1Password', () => {
  const rows = rowsOf(onePasswordRulesPage());
  const kept = rows.filter(({ rule }) => ruleHomes.some(home => home.rule === rule));
  const elsewhere = rows.filter(({ rule }) => rule in rulesElsewhere);

  it('has each rule of the catalogue once, with its mark', () => {
    const all = Object.values(rules).filter(({ id }) => id.startsWith('OP-'));
    expect(rows.map(({ rule, cells }) => `${rule} ${cells['mark']}`).toSorted()).to.deep.equal(
      all.map(({ id, mark }) => `${id} ${mark}`).toSorted(),
    );
    expect(all).to.have.length(134);
    expect(kept.length + elsewhere.length).to.equal(rows.length);
    for (const { mark } of all) expect(mark).to.match(/^(?:documented|observed|inferred)$/);
  });

  it('shows of each rule that the account keeps where it lives, what tests it and who checks it', () => {
    for (const { rule, cells } of kept) {
      const [home = ''] = pathsIn(cells['code']);
      expect(names(home, rule), `${home} names ${rule}`).to.equal(true);
      const tests = pathsIn(cells['test']);
      expect(tests, `tests of ${rule}`).not.to.deep.equal([]);
      for (const test of tests) expect(names(test, rule), `${test} names ${rule}`).to.equal(true);
      expect(cells['checks, or why there is none'], rule).to.match(/^(?:`onepassword\.[\w.-]+` ?)+$|^\*\w.+\*$/);
    }
  });

  it('has a check for each rule that shows over SCIM, or the reason of its own why not', () => {
    const unseen = kept.filter(
      ({ cells }) => cells['seen by'] === 'black-box' && !cells['checks, or why there is none']?.startsWith('`'),
    );
    expect(unseen.map(({ rule }) => rule)).to.deep.equal(['OP-2']);
    expect(JSON.stringify(rows)).not.to.include('*open*');
  });

  it('says of each other rule why it is not here, and what tests it where anything of it is simulated', () => {
    for (const { rule, cells } of elsewhere) {
      expect(cells['why not here'], rule).to.match(/^\w.{10,}/);
      for (const path of [...pathsIn(cells['code']), ...pathsIn(cells['test'])]) {
        expect(existsSync(new URL(path, root)), `${rule}: ${path}`).to.equal(true);
      }
      expect(pathsIn(cells['test']).length > 0, `a test of ${rule}`).to.equal(pathsIn(cells['code']).length > 0);
    }
    const untested = elsewhere.filter(({ cells }) => cells['test'] === '').map(({ rule }) => rule);
    expect(untested).to.deep.equal(['OP-10', 'OP-61', 'OP-62b', 'OP-65', 'OP-67']);
  });
});
