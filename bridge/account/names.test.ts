import { expect } from 'chai';
import { cutName } from './names.ts';

describe('the cut of a name', () => {
  // The first six are recorded (research note, section 3.3); the rest follow from the rule that fits them (Q9).
  const cuts = [
    ['Ada Byron', 'Ada', 'Byron'],
    ['Patched Delete Test', 'Patched', 'Delete Test'],
    ['SCIM Test Updated', 'SCIM', 'Test Updated'],
    ['Nango Developer Test', 'Nango', 'Developer Test'],
    ['Tmp Delete Test 2', 'Tmp Delete', 'Test 2'],
    ['One', 'One', undefined],
    ['', undefined, undefined],
    ['  Ada   Byron ', 'Ada', 'Byron'],
    ['a b c d e', 'a b', 'c d e'],
  ] as const;
  for (const [name, givenName, familyName] of cuts) {
    it(`makes ${givenName} and ${familyName} of ${JSON.stringify(name)}`, () => {
      expect(cutName(name)).to.deep.equal({ givenName, familyName });
    });
  }
});
