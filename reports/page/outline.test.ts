import { expect } from 'chai';
import { toReport } from '../writers/report.ts';
import { sampleRun } from '../writers/sample-run.test.ts';
import { modelOf } from './model.ts';
import { itemsOf, treeOf, type Group, type Item } from './outline.ts';

const report = toReport(sampleRun);
const { rows } = modelOf(report);
const labels = (groups: readonly Group[]): readonly string[] => groups.map(({ label }) => label);
const said = (item: Item): string => (item.kind === 'heading' ? item.group.label : item.row.verdict.check);

describe('The tree of a view', () => {
  it('puts verdicts under their topics, in order of names', () => {
    const tree = treeOf('topics', report, rows);
    expect(labels(tree)).to.deep.equal([
      'bulk',
      'create',
      'delete',
      'filter',
      'leaver-in-two-groups',
      'ne',
      'patch',
      'read',
      'refuse',
      'replace',
      'wire',
    ]);
    expect(tree.find(({ label }) => label === 'patch')?.rows).to.have.length(3);
  });

  it('goes from document over section to clause', () => {
    const tree = treeOf('clauses', report, rows);
    expect(labels(tree)).to.deep.equal(['RFC 7644', 'JumpCloud']);
    const [rfc] = tree;
    expect(labels(rfc?.groups ?? [])).to.deep.equal(['Section 3.3', 'Section 3.4.2.2']);
    expect(labels(rfc?.groups[0]?.groups ?? [])).to.deep.equal(['RFC7644-3.3-04', 'RFC7644-3.3-06', 'RFC7644-3.3-08']);
    expect(rfc?.rows).to.have.length(rows.length - 1);
  });

  it('keeps provisioning rules apart', () => {
    const [jumpcloud, ...others] = treeOf('rules', report, rows);
    expect(others).to.deep.equal([]);
    expect(labels(jumpcloud?.groups ?? [])).to.deep.equal(['JC-49']);
  });

  it('shows what is unfolded and no more', () => {
    const tree = treeOf('clauses', report, rows);
    expect(itemsOf(tree, () => false).map(said)).to.deep.equal(['RFC 7644', 'JumpCloud']);
    expect(itemsOf(tree, ({ label }) => label !== 'RFC 7644').map(said)).to.deep.equal([
      'RFC 7644',
      'JumpCloud',
      'Group Provisioning and Syncing',
      'JC-49',
      'leaver-in-two-groups:1',
    ]);
  });
});
