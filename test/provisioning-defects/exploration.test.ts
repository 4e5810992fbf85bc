import { expect } from 'chai';
import { deepFound, fingerprint, readExploration, SEEDS } from './exploration-table.ts';
import { exploreWith } from './explore-one.ts';
import { provisioningDefects } from './index.ts';

const defectOf = (id: string) => provisioningDefects.find(each => each.id === id);

describe('explore', () => {
  for (const id of ['returner-stays-suspended', 'rejoin-unsent']) {
    it(`finds a seeded defect, and shortens it to ten steps or fewer: ${id}`, async () => {
      const defect = defectOf(id);
      expect(defect).not.to.equal(undefined);
      const { found, deeds, story } = await exploreWith(defect, { seed: 1, steps: 1000 });
      expect(found).to.equal(true);
      expect(deeds, story).to.be.at.most(10);
    });
  }

  it('finds nothing where nothing is wrong', async () => {
    const { found, by, story } = await exploreWith(undefined, { seed: 1, steps: 100, account: 'hosted' });
    expect(found, `${by}: ${story}`).to.equal(false);
  });
});

describe('docs/exploration.json', () => {
  const table = readExploration();

  it('is about the defects and the histories there are; otherwise run `npm run exploration`', () => {
    expect(table.fingerprint).to.equal(fingerprint());
    expect(Object.keys(table.defects).sort()).to.deep.equal(provisioningDefects.map(({ id }) => id).sort());
  });

  it('has fifteen defects of four steps or more that every seed finds, each in ten steps or fewer', () => {
    expect(deepFound(table).length).to.be.at.least(15);
    expect(SEEDS).to.have.lengthOf(3);
  });
});
