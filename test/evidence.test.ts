import { expect } from 'chai';
import { fileURLToPath } from 'node:url';
import { defects } from '../conformance/proof/index.ts';
import { withReferenceBridge } from '../harness/index.ts';
import { loadSchemas } from '../harness/load-schemas.ts';
import { inFolder } from './in-folder.ts';
import { proveScripts } from './prove-script.ts';
import type { Shown } from './script-table.ts';

const types = loadSchemas(fileURLToPath(new URL('../schemas/test-type', import.meta.url)));

/** A few kinds of defects; `npm run proof:scripts` takes them all, and `docs/scripts.json` holds what it found. */
const sample = [
  'unknown-user-answers-400',
  'create-shows-another-name',
  'filtered-count-one-more',
  'add-element-doubles',
  'bulk-creates-with-200',
  'users-not-created',
];

describe('scripts of failed verdicts', function () {
  this.timeout(240_000);

  it('show the fault, show nothing without it, and leave nothing behind', async () => {
    const all: Shown[] = [];
    await inFolder(async folder =>
      withReferenceBridge(async target => {
        for (const id of sample) {
          const defect = defects.find(one => one.id === id);
          expect(defect, id).to.not.equal(undefined);
          if (defect) all.push(...(await proveScripts(target, defect, folder)));
        }
      }, types),
    );
    const wrong = all.filter(({ faulty, clean, left }) => faulty !== 1 || clean !== 0 || left !== 0);
    expect(wrong.map(({ defect, check, output }) => `${defect} ${check}\n${output}`)).to.deep.equal([]);
    expect(new Set(all.map(({ defect }) => defect)).size).to.equal(sample.length);
  });
});
