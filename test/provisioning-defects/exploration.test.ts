import { expect } from 'chai';
import { deepFound, fingerprint, isShort, readExploration, SEEDS } from './exploration-table.ts';
import { exploreWith } from './explore-one.ts';
import { needs, provisioningDefects } from './index.ts';
import { storiesForDefects, storyThatFinds } from './story-that-finds.ts';

const defectOf = (id: string) => provisioningDefects.find(each => each.id === id);

describe('explore', () => {
  for (const id of ['returner-stays-suspended', 'rejoin-unsent']) {
    it(`finds a seeded defect, and shortens it to ten steps or fewer: ${id}`, async () => {
      const defect = defectOf(id);
      expect(defect).not.to.equal(undefined);
      const explored = await exploreWith(defect, { seed: 1, steps: 1000 });
      expect(isShort(explored), explored.story).to.equal(true);
      expect(explored.isReplayed).to.equal(true);
    });
  }

  it('finds nothing where nothing is wrong', async () => {
    const { found, by, story } = await exploreWith(undefined, { seed: 1, steps: 100, account: 'hosted' });
    expect(found, `${by}: ${story}`).to.equal(false);
  });
});

describe('docs/exploration.json', () => {
  const table = readExploration();
  const ids = provisioningDefects.map(({ id }) => id).sort();
  const runs = ids.flatMap(id => SEEDS.map(seed => ({ id, seed, explored: table.defects[id]?.[seed] })));

  it('is about the defects and the histories there are; otherwise run `npm run exploration`', () => {
    expect(table.fingerprint).to.equal(fingerprint());
    expect(Object.keys(table.defects).sort()).to.deep.equal(ids);
    expect(Object.keys(table.stories).sort()).to.deep.equal(ids);
  });

  it('has every defect with every seed', () => {
    const missing = ids.flatMap(id =>
      SEEDS.filter(seed => !table.defects[id]?.[seed]).map(seed => `${id}, seed ${seed}`),
    );
    expect(missing).to.deep.equal([]);
  });

  it('has every defect found by a story, or by exploration with each seed', () => {
    const missed = runs.filter(({ id, explored }) => !explored?.found && !table.stories[id]);
    expect(missed.map(({ id, seed }) => `${id}, seed ${seed}`)).to.deep.equal([]);
  });

  it('has what exploration finds in ten steps or fewer, those that send included, and red again as it is written', () => {
    const found = runs.filter(({ explored }) => explored?.found);
    const long = found.filter(({ explored }) => !isShort(explored));
    expect(long.map(({ id, seed, explored }) => `${id}, seed ${seed}: ${explored?.story}`)).to.deep.equal([]);
    const silent = found.filter(({ explored }) => !explored?.isReplayed);
    expect(silent.map(({ id, seed }) => `${id}, seed ${seed}`)).to.deep.equal([]);
  });

  it('has fifteen defects of four steps or more that every seed finds, each in ten steps or fewer', () => {
    expect(deepFound(table).length).to.be.at.least(15);
    expect(SEEDS).to.have.lengthOf(3);
  });

  const found = provisioningDefects.filter(({ id }) => table.stories[id]);
  for (const defect of found.toSorted((a, b) => needs(b) - needs(a)).filter((_, nth) => nth % 8 === 0)) {
    it(`names a story that turns red: ${defect.id}, ${table.stories[defect.id]}`, async () => {
      const stories = storiesForDefects.filter(({ id }) => id === table.stories[defect.id]);
      expect(await storyThatFinds(defect, stories)).to.equal(table.stories[defect.id]);
    });
  }
});
