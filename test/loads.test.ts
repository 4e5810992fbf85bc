import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './run-cli.ts';

/** The modules of this repository that are loaded with one of them, what is loaded on demand aside. */
function loadedWith(entry: string): readonly string[] {
  const files = new Set([entry]);
  for (const file of files) {
    const text = readFileSync(join(root, file), 'utf8');
    for (const [, path = ''] of text.matchAll(/^(?:import|export) (?!type )(?:[^;']*? from )?'(\.[^']+)';/gm)) {
      files.add(join(dirname(file), path));
    }
  }
  return [...files];
}

describe('what a command loads', () => {
  for (const command of ['rerun', 'conform']) {
    // Loading is most of what a run of one check takes, so stories, names of people and proofs stay out of it.
    it(`holds the checks, and neither stories nor simulator nor bridge nor proofs: ${command}`, () => {
      const loaded = loadedWith(`cli/commands/${command}.ts`);
      expect(loaded).to.include('conformance/checks/filter.ts');
      expect(loaded.filter(file => /^(?:scenarios|simulator|bridge|conformance\/proof)\//.test(file))).to.deep.equal(
        [],
      );
    });
  }
});
