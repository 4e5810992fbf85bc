import { expect } from 'chai';
import { checks } from '../checks/index.ts';
import { fixes, fixOf, mattersTo, stakes } from './index.ts';

/** Families that no check belongs to: the table has outlived them. */
const unused = (families: readonly string[]): readonly string[] => {
  const ids = checks.map(({ id }) => id);
  return families.filter(family => !ids.some(id => `${id}.`.startsWith(`${family}.`) || id.startsWith(`${family}-`)));
};

describe('What to change where a check fails', () => {
  it('is told for every check; a new one needs a line in a table beside this test', () => {
    expect(checks.map(({ id }) => id).filter(id => fixOf(id) === undefined)).to.deep.equal([]);
  });

  it('is told once for each family', () => {
    const families = fixes.map(([family]) => family);
    expect(families.filter((family, at) => families.indexOf(family) !== at)).to.deep.equal([]);
    expect(unused(families)).to.deep.equal([]);
  });

  it('is a sentence or two that say what to do', () => {
    const odd = fixes.filter(
      ([, text]) => !/^[A-Z].{23,299}\.$/s.test(text) || /\b(?:should|properly|correctly)\b/.test(text),
    );
    expect(odd).to.deep.equal([]);
  });

  it('is that of the longest beginning of the id, up to a dot or a hyphen', () => {
    expect(fixOf('patch.add-member')).to.not.equal(fixOf('patch.add-absent'));
    expect(fixOf('patch.add-absent')).to.equal(fixOf('patch.add'));
    expect(fixOf('patch.address')).to.equal(undefined);
    expect(fixOf('nobody.knows')).to.equal(undefined);
  });
});

describe('What hangs on a check', () => {
  it('is told for every check and each identity provider, to go after its name', () => {
    expect(checks.map(({ id }) => id).filter(id => mattersTo(id) === undefined)).to.deep.equal([]);
    const sentences = stakes.flatMap(([, each]) => Object.values(each));
    expect(sentences.filter(text => !/^[a-z].*[^.]$/s.test(text))).to.deep.equal([]);
  });

  it('is told once for each family', () => {
    const families = stakes.map(([family]) => family);
    expect(families.filter((family, at) => families.indexOf(family) !== at)).to.deep.equal([]);
    expect(unused(families)).to.deep.equal([]);
  });
});
