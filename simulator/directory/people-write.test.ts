import { expect } from 'chai';
import fc from 'fast-check';
import type { Placed } from './generate.ts';
import { idTable } from './ids.ts';
import { PERSON_STATES, type Address, type Person } from './model.ts';
import { peopleCsv } from './people-csv.ts';
import { peopleJson, peopleJsonLines } from './people-json.ts';
import { readPeople } from './people-read.ts';
import { completePerson } from './validate.ts';

const word = fc.string({
  unit: fc.constantFrom('a', 'B', '"', ',', '\n', ' ', 'ß', '東', '😀', "'", '='),
  maxLength: 6,
});
const address: fc.Arbitrary<Address> = fc
  .record({ type: fc.constantFrom('home', 'work', 'other', ''), locality: word, poBox: word, extendedAddress: word })
  .map(({ type, ...parts }) => ({
    type,
    ...Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== '')),
  }));

const idAt = idTable('written', 0);
const work: Address = { type: 'work', locality: 'Leeds' };

/** Whatever a directory may hold. */
const organisation: fc.Arbitrary<readonly Placed[]> = fc
  .array(
    fc.record({
      firstname: word,
      displayname: word,
      description: word,
      state: fc.constantFrom(...PERSON_STATES),
      passwordExpired: fc.boolean(),
      mfaConfigured: fc.boolean(),
      sudo: fc.boolean(),
      addresses: fc.array(address, { maxLength: 3 }),
      phoneNumbers: fc.array(fc.record({ type: fc.constantFrom('work', 'mobile', 'fax'), number: word }), {
        maxLength: 3,
      }),
      attributes: fc.uniqueArray(fc.record({ name: fc.string({ minLength: 1 }), value: word }), {
        maxLength: 4,
        selector: ({ name }) => name,
      }),
      relationships: fc.array(fc.record({ type: word, value: word }), { maxLength: 2 }),
      groups: fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 4 }),
      boss: fc.nat({ max: 9 }),
    }),
    { maxLength: 5 },
  )
  .map(drafts =>
    drafts.map(({ groups, boss, ...draft }, index) => ({
      groups,
      person: completePerson(idAt(index), {
        ...draft,
        email: `p${index}@orbital.example`,
        lastname: 'x',
        manager: boss < drafts.length && boss !== index ? idAt(boss) : '',
      }),
    })),
  );

describe('people written to a file and read again', () => {
  const formats: readonly [name: string, write: (people: readonly Placed[]) => Iterable<string>][] = [
    ['x.csv', people => peopleCsv(people, { groups: 2, attributes: 2 })],
    ['x.json', peopleJson],
    ['x.jsonl', peopleJsonLines],
  ];
  for (const [name, write] of formats) {
    it(`${name} gives back whoever went into it`, async () => {
      await fc.assert(
        fc.asyncProperty(organisation, async people => {
          const read = await readPeople(name, write(people), { newId: () => '' });
          expect(read.problems).to.deep.equal([]);
          expect(read.people).to.deep.equal(people.map(({ person }) => person));
          const groups = new Set(people.flatMap(({ groups }) => groups));
          expect(read.groups.map(({ name }) => name)).to.have.members([...groups]);
          for (const { name, members } of read.groups) {
            const expected = people.filter(({ groups }) => groups.includes(name)).map(({ person }) => person.id);
            expect(members).to.deep.equal(expected);
          }
        }),
        { numRuns: 60 },
      );
    });
  }

  const unusual: readonly [what: string, fields: Partial<Person>][] = [
    ['an address with a type alone', { addresses: [{ type: 'work' }] }],
    ['addresses in another order than the columns', { addresses: [work, { ...work, type: 'home' }] }],
    ['two addresses of one type', { addresses: [work, work] }],
    ['a part of an address without a column', { addresses: [{ ...work, extendedAddress: 'Floor 2' }] }],
    ['a telephone without a number', { phoneNumbers: [{ type: 'work', number: '' }] }],
    ['telephones in another order', { phoneNumbers: ['work', 'mobile'].map(type => ({ type, number: '1' })) }],
    ['more attributes than columns', { attributes: ['a', 'b', 'c'].map(name => ({ name, value: '' })) }],
  ];
  for (const [what, fields] of unusual) {
    it(`keeps ${what} in CSV`, async () => {
      const person = completePerson(idAt(1), { email: 'a@x.example', firstname: 'A', lastname: 'B', ...fields });
      const text = [...peopleCsv([{ person, groups: [] }], { groups: 1, attributes: 2 })];
      const { people, problems } = await readPeople('x.csv', text, { newId: () => '' });
      expect(problems).to.deep.equal([]);
      expect(people).to.deep.equal([person]);
    });
  }
});
